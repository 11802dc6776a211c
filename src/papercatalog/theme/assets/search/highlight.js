// @ts-check
/** Says which words of a text a query means, and which passage of it shows them best. */

import { fold } from "./analysis.js";
import { isText } from "./query.js";
import { isAscii, stem } from "./stemmer.js";

const WORD = /[\p{L}\p{N}\p{M}]+(?:\.[0-9]+)*(?:\+\+|#)?/gu;
const ASCII_WORD = /[a-z0-9]+(?:\.[0-9]+)*(?:\+\+|#)?/gi;
const PASSAGE = 240; // characters

/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {{stems: Set<string>, starts: string[]}} Meant */

/**
 * What a query's clauses, and the words taken for misspelt ones, mean in a text.
 * @param {Clause[]} clauses @param {string[]} others @returns {Meant}
 */
export function meant(clauses, others) {
  const texts = clauses.filter(({ kind, exclude }) => !exclude && isText(kind));
  const words = texts.flatMap((clause) => clause.words.map(([word]) => word)).concat(others);
  const starts = texts.filter((clause) => clause.prefix && clause.text.length > 2);
  return { stems: new Set(words.map(stem)), starts: starts.map((clause) => clause.text) };
}

/** The words of a text, each with its place. @param {string} text */
function wordsOf(text) {
  return text.matchAll(isAscii(text) ? ASCII_WORD : WORD);
}

/** @param {string} word @param {Meant} what */
function isMeant(word, { stems, starts }) {
  const folded = fold(word);
  return stems.has(stem(folded)) || starts.some((start) => folded.startsWith(start));
}

/**
 * The text in pieces, each with whether the query means it.
 * @param {string} text @param {Meant} what @returns {[string, boolean][]}
 */
export function segments(text, what) {
  /** @type {[string, boolean][]} */
  const found = [];
  let end = 0;
  for (const word of wordsOf(text)) {
    if (!isMeant(word[0], what)) continue;
    if (word.index > end) found.push([text.slice(end, word.index), false]);
    found.push([word[0], true]);
    end = word.index + word[0].length;
  }
  if (end < text.length) found.push([text.slice(end), false]);
  return found;
}

/** The passage that holds most of the words meant. @param {string} text @param {Meant} what */
export function passage(text, what) {
  const plain = text.replace(/\s+/g, " ").trim();
  const spots = [...wordsOf(plain)].filter((word) => isMeant(word[0], what));
  let best = 0;
  let most = 0;
  for (const { index } of spots) {
    const here = spots.filter((other) => other.index >= index && other.index < index + PASSAGE - 40);
    const kinds = new Set(here.map((word) => stem(fold(word[0])))).size * 100 + here.length;
    if (kinds > most) [best, most] = [index, kinds];
  }
  let start = Math.max(0, Math.min(best - 40, plain.length - PASSAGE));
  if (start) start = plain.indexOf(" ", start) + 1;
  let end = start + PASSAGE;
  if (end < plain.length) end = Math.max(start + 1, plain.lastIndexOf(" ", end));
  const shown = plain.slice(start, end);
  return `${start ? "… " : ""}${shown}${end < plain.length ? " …" : ""}`;
}
