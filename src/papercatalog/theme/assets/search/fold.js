// @ts-check
/** Folds letters: case, accents and strokes do not count. names.py does the same. */

import { STROKES } from "./constants.js";

const ACCENTS = /[\u0300-\u036f]/g;
const STROKED = new RegExp(`[${Object.keys(STROKES).join("")}]`, "g");

/** @param {string} text */
export function isAscii(text) {
  return /^[\x00-\x7f]*$/.test(text);
}

/** Converts a text to lower case without accents, in compatibility form. @param {string} text */
export function fold(text) {
  if (isAscii(text)) return text.toLowerCase();
  const folded = text.normalize("NFKD").toLowerCase().replace(ACCENTS, "");
  return folded.replace(STROKED, (letter) => /** @type {Record<string, string>} */ (STROKES)[letter]);
}
