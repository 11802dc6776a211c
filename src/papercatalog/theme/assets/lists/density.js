// @ts-check
/** How much lists show of each paper. The choice is kept for all lists. */

import { readValue, writeValue } from "./storage.js";
import { WORDS } from "../search/words.js";

const DENSITY = "density";
/** The densities by the class that the page gets. @type {Record<string, string>} */
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

/** Gives all lists of the page a density. At first `catalog.html` does, before anything is painted.
 * @param {string} density */
export function applyDensity(density) {
  document.documentElement.classList.remove(...Object.keys(DENSITIES));
  document.documentElement.classList.add(density);
}

/** Shows all of the lists, which wait for their order and for the abstracts in sight. */
export function settleDensity() {
  document.documentElement.classList.add("pc-settled");
}
