// @ts-check
/** Turns text into words to look up: folds accents, splits words, drops stop words. */

import { isAscii } from "./stemmer.js";

/** What folded text is cut by. @param {string} letter a class of characters: letters and digits */
function patternsOf(letter) {
  const atom = String.raw`${letter}+(?:(?<=[0-9])\.[0-9]${letter}*)*`;
  return {
    chunks: new RegExp(String.raw`${atom}(?:\+\+|#|(?:[-'’‐]${atom})+)?`, "gu"),
    atoms: new RegExp(String.raw`${atom}(?:\+\+|#)?`, "gu"),
    apostrophe: new RegExp(`['’](s(?!${letter}))?`, "gu"),
  };
}

const ASCII = patternsOf("[a-z0-9]");
/** @type {typeof ASCII | undefined} */
let unicode;

/** Patterns for a text; browsers take a while to prepare those for all letters there are.
 * @param {string} text */
function patternsFor(text) {
  if (isAscii(text)) return ASCII;
  unicode ??= patternsOf(String.raw`[\p{L}\p{N}]`);
  return unicode;
}

const MARK = /[\u0300-\u036f]/g;
const MAX_TERM = 40;

/*! The stop words are those of lunr, https://lunrjs.com, (C) 2020 Oliver Nightingale, MIT licence. */
const STOP_WORDS = (
  "a able about across after all almost also am among an and any are as at be because been but " +
    "by can cannot could dear did do does either else ever every for from get got had has have " +
    "he her hers him his how however i if in into is it its just least let like likely may me " +
    "might most must my neither no nor not of off often on only or other our own rather said say " +
    "says she should since so some than that the their them then there these they this tis to " +
    "too twas us wants was we were what when where which while who whom why will with would yet " +
    "you your"
).split(" ");
const STOP_CODES = new Map(STOP_WORDS.map((word, number) => [word, (number % 5) + 1]));

/** @typedef {{words: [string, number][], width: number}} Chunk */

/** The text in lower case, without accents, in compatibility form. @param {string} text */
export function fold(text) {
  if (isAscii(text)) return text.toLowerCase();
  return text.normalize("NFKD").toLowerCase().replace(MARK, "");
}

/** The folded chunks of a text. @param {string} text @returns {string[]} */
export function chunks(text) {
  const folded = fold(text);
  return folded.match(patternsFor(folded).chunks) ?? [];
}

/** The atoms of a folded chunk. @param {string} chunk @returns {string[]} */
export function atoms(chunk) {
  const { apostrophe, atoms } = patternsFor(chunk);
  return (chunk.replace(apostrophe, "").match(atoms) ?? []).map(shorten);
}

/** @param {string} word */
function shorten(word) {
  return word.length <= MAX_TERM ? word : Array.from(word).slice(0, MAX_TERM).join("");
}

/** What a word beside a stop word remembers it by: 1 to 5; 0 for other words. @param {string} word */
export function stopCode(word) {
  return STOP_CODES.get(word) ?? 0;
}

/** The words of one folded chunk, each with its place; see `analyse` in Python. */
export function analyse(/** @type {string} */ chunk) {
  const found = atoms(chunk);
  /** @type {[string, number][]} */
  const words = [];
  found.forEach((atom, at) => {
    if (!stopCode(atom)) words.push([atom, at]);
  });
  if (found.length > 1) words.push([`${shorten(found.join(""))}-`, 0]);
  return { words, width: found.length };
}
