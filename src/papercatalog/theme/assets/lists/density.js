// @ts-check
/** How much lists show of each paper. The choice is kept for all lists. */

import { readValue, writeValue } from "./storage.js";

const DENSITY = "density";
/** The densities by the class that a list gets. @type {Record<string, string>} */
export const DENSITIES = { "pc-titles": "Titles", "pc-gists": "Gist", "pc-abstracts": "Abstracts" };
const USUAL_DENSITY = "pc-gists";

export function readDensity() {
  const kept = readValue(DENSITY) ?? USUAL_DENSITY;
  return Object.hasOwn(DENSITIES, kept) ? kept : USUAL_DENSITY;
}

/** @param {string} density */
export function keepDensity(density) {
  writeValue(DENSITY, density);
}

/** Gives all lists of the page a density. @param {string} density */
export function applyDensity(density) {
  for (const list of document.querySelectorAll(".pc-papers")) {
    list.classList.remove(...Object.keys(DENSITIES));
    list.classList.add(density);
  }
}
