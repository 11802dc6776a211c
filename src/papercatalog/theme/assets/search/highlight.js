// @ts-check
/** Finds the words of a text that a query asks for, and the passage with the most of them. */

import { splitAtoms, splitChunks } from "./analysis.js";
import { MIN_PREFIX_LENGTH } from "./constants.js";
import { fold, isAscii } from "./fold.js";
import { isText } from "./query.js";
import { stem } from "./stemmer.js";
import { WORDS } from "./words.js";

const WORD = /[\p{L}\p{N}\p{M}]+(?:\.[0-9]+)*(?:\+\+|#)?/gu;
const ASCII_WORD = /[a-z0-9]+(?:\.[0-9]+)*(?:\+\+|#)?/gi;
const PASSAGE_LENGTH = 180; // three lines, of 65 to 75 characters on wide screens
const MAX_NAMES = 5;
const LEAD_LENGTH = 40; // characters of a passage before the first word found

/** @typedef {import("./query.js").Clause} Clause */
/** Stems and prefixes of the words that a query asks for.
 * @typedef {{stems: Set<string>, prefixes: string[]}} Sought */

/**
 * The words that a query's clauses and the corrections of misspelt ones ask for.
 * @param {Clause[]} clauses @param {string[]} corrections @returns {Sought}
 */
export function soughtWords(clauses, corrections) {
  const texts = clauses.filter(({ kind, exclude }) => !exclude && isText(kind));
  const words = texts.flatMap((clause) => clause.words.map(([word]) => word)).concat(corrections);
  const prefixes = texts.filter((clause) => clause.prefix && clause.text.length >= MIN_PREFIX_LENGTH);
  return { stems: new Set(words.map(stem)), prefixes: prefixes.map((clause) => clause.text) };
}

/** The words of a text, as matches. @param {string} text */
function wordsOf(text) {
  return text.matchAll(isAscii(text) ? ASCII_WORD : WORD);
}

/** @param {string} word @param {Sought} sought */
function isSought(word, { stems, prefixes }) {
  const folded = fold(word);
  return stems.has(stem(folded)) || prefixes.some((prefix) => folded.startsWith(prefix));
}

/**
 * Splits a text into pieces, each with whether the query asks for it.
 * @param {string} text @param {Sought} sought @returns {[string, boolean][]}
 */
export function splitPieces(text, sought) {
  /** @type {[string, boolean][]} */
  const found = [];
  let end = 0;
  for (const word of wordsOf(text)) {
    if (!isSought(word[0], sought)) continue;
    if (word.index > end) found.push([text.slice(end, word.index), false]);
    found.push([word[0], true]);
    end = word.index + word[0].length;
  }
  if (end < text.length) found.push([text.slice(end), false]);
  return found;
}

/** The names that an author clause asks for. @param {string[]} names @param {Clause[]} clauses */
export function soughtNames(names, clauses) {
  const asked = clauses.filter(({ field, exclude }) => field === "author" && !exclude);
  return names.filter((name) => {
    const words = splitChunks(name).flatMap(splitAtoms);
    return asked.some(({ words: parts, prefix }) => parts.every(([part]) => {
      return words.some((word) => (prefix ? word.startsWith(part) : word === part));
    }));
  });
}

/** Names authors in a line: the first two, those asked for, and how many others. See `_render_authors` of
 * segment_builder.py. @param {string[]} names @param {string[]} asked */
export function describeAuthors(names, asked) {
  if (names.length <= 3) return names.join(", ");
  const shown = names.filter((name, at) => at < 2 || asked.includes(name)).slice(0, MAX_NAMES);
  const others = names.length - shown.length;
  return others ? WORDS.others({ names: shown.join(", "), count: others }) : shown.join(", ");
}

/** Says the authors of a card in the site's language: the index, which has one for all, counts the others
 * in English. @param {string} authors */
export function sayAuthors(authors) {
  const found = / and (\d+) others?$/.exec(authors);
  return found ? WORDS.others({ names: authors.slice(0, found.index), count: Number(found[1]) }) : authors;
}

/** A query with its misspelt words corrected. @param {string} query
 * @param {[string, string][]} corrections words, folded, each with the one to put in its place */
export function correctQuery(query, corrections) {
  const corrected = new Map(corrections);
  return query.replace(WORD, (word) => corrected.get(fold(word)) ?? word);
}

/** The passage with the most words that the query asks for, different ones first.
 * @param {string} text @param {Sought} sought */
export function findPassage(text, sought) {
  const plain = text.replace(/\s+/g, " ").trim();
  const words = [...wordsOf(plain)].filter((word) => isSought(word[0], sought));
  let best = 0;
  let most = 0;
  for (const { index } of words) {
    const end = index + PASSAGE_LENGTH - LEAD_LENGTH;
    const here = words.filter((other) => other.index >= index && other.index < end);
    const value = new Set(here.map((word) => stem(fold(word[0])))).size * 100 + here.length;
    if (value > most) [best, most] = [index, value];
  }
  let start = Math.max(0, Math.min(best - LEAD_LENGTH, plain.length - PASSAGE_LENGTH));
  if (start) start = plain.indexOf(" ", start) + 1;
  let end = start + PASSAGE_LENGTH;
  if (end < plain.length) end = Math.max(start + 1, plain.lastIndexOf(" ", end));
  const shown = plain.slice(start, end);
  return `${start ? "… " : ""}${shown}${end < plain.length ? " …" : ""}`;
}
