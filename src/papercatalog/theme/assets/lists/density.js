// @ts-check
/** How much lists show of each paper. The choice is kept for all lists. */

import { readValue, writeValue } from "./storage.js";
import { WORDS } from "../search/words.js";

const DENSITY = "density";
/** The densities by the class that a list gets. @type {Record<string, string>} */
export const DENSITIES = { "pc-titles": WORDS.titles, "pc-gists": WORDS.gist, "pc-abstracts": WORDS.abstracts };
const USUAL_DENSITY = "pc-gists";

/** The density that the reader has chosen. @param {string} usual where there is none */
export function readDensity(usual = USUAL_DENSITY) {
  const kept = readValue(DENSITY) ?? usual;
  return Object.hasOwn(DENSITIES, kept) ? kept : usual;
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
