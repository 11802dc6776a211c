// @ts-check
/** The query language: a text becomes clauses; what does not fit is taken as words. See query.py. */

import { analyseChunk, splitAtoms, splitChunks, stopCode } from "./analysis.js";
import { FIELD_PATTERN, ITEM_PATTERN, JOINED_MARK, MAX_CLAUSES, TIME_PATTERN } from "./constants.js";
import { fold } from "./fold.js";
import { parseArxiv, parseDoi } from "./identifiers.js";

const ITEM = new RegExp(ITEM_PATTERN, "gi");
const FIELD = new RegExp(`^${FIELD_PATTERN}$`, "i");
const TIME = new RegExp(`^${TIME_PATTERN}$`);

/** A word of a phrase, its offset from the phrase's first word, and its stop-word context: the code of
 * the phrase's stop word before it, times 16, plus the code of the one after it.
 * @typedef {[string, number, number]} PhraseWord */
/**
 * One condition on papers.
 * @typedef {object} Clause
 * @property {string} kind `word`, `phrase`, `topic`, `year`; filters of the search page add `code`
 * @property {string} text the word, the phrase's words, the topic or the year, month or day, folded
 * @property {string} field `title`, `author`, or empty for all
 * @property {PhraseWord[]} words the words of a word or phrase
 * @property {string} joined `statespace` in the first clause of `state-space`
 * @property {boolean} exclude
 * @property {boolean} prefix whether the word may be the beginning of a longer one
 * @property {boolean} startsName whether an author's name must begin with the phrase
 */
/** `identifier` is the arXiv id or DOI, folded, if the whole query is one.
 * @typedef {{clauses: Clause[], identifier: string}} Query */

/**
 * @param {string} kind @param {string} text
 * @param {Partial<Clause>} [more]
 * @returns {Clause}
 */
export function makeClause(kind, text, more = {}) {
  return { kind, text, field: "", words: [], joined: "", exclude: false, prefix: false, startsName: false, ...more };
}

/** Whether clauses of a kind ask for words of texts. @param {string} kind */
export function isText(kind) {
  return kind === "word" || kind === "phrase";
}

/** Parses a query; while a reader is typing, the last word is a prefix.
 * @param {string} text @param {boolean} [typing] @returns {Query} */
export function parseQuery(text, typing = false) {
  /** @type {Clause[]} */
  const clauses = [];
  for (const item of text.matchAll(ITEM)) {
    if (item[4] === undefined) {
      clauses.push(...parseItem(item[3], (item[2] ?? "").toLowerCase(), item[1] !== "", true, false));
      continue;
    }
    const [, sign, field = "", value] = /** @type {RegExpExecArray} */ (FIELD.exec(item[4]));
    const prefix = value.endsWith("*") || (typing && item.index + item[0].length === text.length);
    clauses.push(...parseItem(value, field.toLowerCase(), sign !== "", false, prefix));
  }
  return { clauses: clauses.slice(0, MAX_CLAUSES), identifier: parseIdentifier(text) };
}

/** The arXiv id, without its version, or the DOI that a text is; else an empty string.
 * @param {string} text */
export function parseIdentifier(text) {
  return fold(parseArxiv(text) ?? parseDoi(text) ?? "");
}

/**
 * Parses one item: one clause, or one for each part of a hyphenated word.
 * @param {string} value @param {string} field
 * @param {boolean} exclude @param {boolean} phrase @param {boolean} prefix
 * @returns {Clause[]}
 */
function parseItem(value, field, exclude, phrase, prefix) {
  if (field === "year" && TIME.test(value)) return [makeClause("year", value, { exclude })];
  if (field === "topic" && value.trim()) return [makeClause("topic", fold(value.trim()), { exclude })];
  if (field === "topic" || field === "year") field = "";
  /** @type {Clause[]} */
  const clauses = [];
  /** @type {string[]} */
  const atoms = [];
  for (const chunk of splitChunks(value)) {
    const { words } = analyseChunk(chunk);
    const isJoined = (/** @type {string} */ word) => word.endsWith(JOINED_MARK);
    let joined = words.filter(([word]) => isJoined(word)).map(([word]) => word.slice(0, -1)).join("");
    for (const [word] of words) {
      if (isJoined(word)) continue;
      clauses.push(makeClause("word", word, { field, words: [[word, 0, 0]], joined }));
      joined = "";
    }
    atoms.push(...splitAtoms(chunk));
  }
  if (!clauses.length) return [];
  if ((clauses.length > 1 && (phrase || exclude)) || (atoms.length > 1 && phrase)) {
    const text = clauses.map((clause) => clause.text).join(" ");
    return [makeClause("phrase", text, { field, words: phraseWords(atoms, field), exclude })];
  }
  Object.assign(clauses[clauses.length - 1], { exclude, prefix });
  return clauses;
}

/** The atoms that are no stop words, with their offsets from the first of them; in a name from its first
 * atom, a stop word or not: there the name begins.
 * @param {string[]} atoms @param {string} field @returns {PhraseWord[]} */
function phraseWords(atoms, field) {
  const codes = [0, ...atoms.map(stopCode), 0];
  const places = atoms.flatMap((_, place) => (codes[place + 1] ? [] : [place]));
  const start = field === "author" ? 0 : places[0];
  return places.map((place) => [atoms[place], place - start, (codes[place] << 4) | codes[place + 2]]);
}
