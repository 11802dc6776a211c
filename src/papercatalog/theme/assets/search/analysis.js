// @ts-check
/** Text analysis: splits words, drops stop words; analysis.py does the same. */

import { JOINED_MARK, MAX_TERM_LENGTH, STOP_WORDS, STOP_WORD_CODES } from "./constants.js";
import { fold, isAscii } from "./fold.js";

/** The patterns of chunks, atoms and apostrophes. @param {string} letter a class of letters and digits */
function patternsOf(letter) {
  const atom = String.raw`${letter}+(?:(?<=[0-9])\.[0-9]${letter}*)*`;
  return {
    chunks: new RegExp(String.raw`${atom}(?:\+\+|#|(?:[-'’‐]${atom})+)?`, "gu"),
    atoms: new RegExp(String.raw`${atom}(?:\+\+|#)?`, "gu"),
    apostrophes: new RegExp(`['’](s(?!${letter}))?`, "gu"),
  };
}

const ASCII = patternsOf("[a-z0-9]");
/** @type {typeof ASCII | undefined} */
let unicode;

/** The patterns for a text; those for all letters of Unicode take browsers long to compile.
 * @param {string} text */
function patternsFor(text) {
  if (isAscii(text)) return ASCII;
  unicode ??= patternsOf(String.raw`[\p{L}\p{N}]`);
  return unicode;
}

/*! The stop words are those of lunr, https://lunrjs.com, (C) 2020 Oliver Nightingale, MIT licence. */
const STOP_CODES = new Map(STOP_WORDS.map((word, number) => [word, (number % STOP_WORD_CODES) + 1]));

/** Splits a text into folded chunks. @param {string} text @returns {string[]} */
export function splitChunks(text) {
  const folded = fold(text);
  return folded.match(patternsFor(folded).chunks) ?? [];
}

/** Splits a folded chunk into atoms. @param {string} chunk @returns {string[]} */
export function splitAtoms(chunk) {
  const { apostrophes, atoms } = patternsFor(chunk);
  return (chunk.replace(apostrophes, "").match(atoms) ?? []).map(shorten);
}

/** @param {string} word */
function shorten(word) {
  if (word.length <= MAX_TERM_LENGTH) return word;
  return Array.from(word).slice(0, MAX_TERM_LENGTH).join("");
}

/** The code of a stop word, from 1; 0 for other words. @param {string} word */
export function stopCode(word) {
  return STOP_CODES.get(word) ?? 0;
}

/** Analyses one folded chunk: its words, each with its offset in atoms. @param {string} chunk */
export function analyseChunk(chunk) {
  const atoms = splitAtoms(chunk);
  /** @type {[string, number][]} */
  const words = [];
  atoms.forEach((atom, offset) => {
    if (!stopCode(atom)) words.push([atom, offset]);
  });
  if (atoms.length > 1) words.push([shorten(atoms.join("")) + JOINED_MARK, 0]);
  return { words, width: atoms.length };
}
