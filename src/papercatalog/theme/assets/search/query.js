// @ts-check
/** The query language: a text becomes clauses; what does not fit is taken as words. */

import { analyse, atoms, chunks, fold, stopCode } from "./analysis.js";

const ITEM = /(?<!\S)(-?)(?:(title|author|topic|year):)?"([^"]*)"(?!\S)|(\S+)/gi;
const FIELD = /^(-?)(?:(title|author|topic|year):)?(.*)$/is;
const YEAR = /^(?:19|20)[0-9]{2}$/;
const ARXIV =
  /^(?:(?:https?:\/\/)?(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/|arxiv:)?([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?\/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?$/i;
const DOI = /^(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/|doi:)?(10\.[0-9]{4,9}\/\S+)$/i;
const MAX_CLAUSES = 32;

/**
 * One thing that a paper has, or has not.
 * @typedef {object} Clause
 * @property {string} kind `word`, `phrase`, `topic`, `year`; a page's filters add `code`
 * @property {string} text the word, folded; the topic, the year; a phrase's words
 * @property {string} field `title`, `author`, or empty for all
 * @property {[string, number, number][]} words a word's or phrase's words with their places and
 *   the codes of the phrase's stop words before each, times 16, and after it
 * @property {string} joined `statespace` where the reader wrote `state-space`
 * @property {boolean} exclude
 * @property {boolean} prefix whether the word may go on
 */
/** @typedef {{clauses: Clause[], identifier: string}} Query */

/**
 * @param {string} kind @param {string} text
 * @param {Partial<Clause>} [more]
 * @returns {Clause}
 */
export function clause(kind, text, more = {}) {
  return { kind, text, field: "", words: [], joined: "", exclude: false, prefix: false, ...more };
}

/** Whether clauses of a kind ask for words of texts. @param {string} kind */
export function isText(kind) {
  return kind === "word" || kind === "phrase";
}

/** Read a query; while a reader types, its last word may go on. @returns {Query} */
export function parseQuery(/** @type {string} */ text, typing = false) {
  /** @type {Clause[]} */
  const found = [];
  for (const item of text.matchAll(ITEM)) {
    if (item[4] === undefined) {
      found.push(...clausesOf(item[3], (item[2] ?? "").toLowerCase(), item[1] !== "", true, false));
      continue;
    }
    const [, sign, field = "", value] = /** @type {RegExpExecArray} */ (FIELD.exec(item[4]));
    const open = value.endsWith("*") || (typing && item.index + item[0].length === text.length);
    found.push(...clausesOf(value, field.toLowerCase(), sign !== "", false, open));
  }
  return { clauses: found.slice(0, MAX_CLAUSES), identifier: parseIdentifier(text) };
}

/** The arXiv id or DOI that a text is, else the empty string. @param {string} text */
export function parseIdentifier(text) {
  if (!/[0-9]/.test(text)) return "";
  const found = ARXIV.exec(text.trim()) ?? DOI.exec(text.trim());
  return found ? fold(found[1]) : "";
}

/**
 * The clauses of one item: one, or for a hyphenated word one for each part.
 * @param {string} value @param {string} field
 * @param {boolean} exclude @param {boolean} phrase @param {boolean} prefix
 * @returns {Clause[]}
 */
function clausesOf(value, field, exclude, phrase, prefix) {
  if (field === "year" && YEAR.test(value)) return [clause("year", value, { exclude })];
  if (field === "topic" && value.trim()) return [clause("topic", fold(value.trim()), { exclude })];
  if (field === "topic" || field === "year") field = "";
  /** @type {Clause[]} */
  const found = [];
  /** @type {string[]} */
  const read = [];
  for (const chunk of chunks(value)) {
    const { words } = analyse(chunk);
    let joined = words.filter(([word]) => word.endsWith("-")).map(([word]) => word.slice(0, -1)).join("");
    for (const [word] of words) {
      if (word.endsWith("-")) continue;
      found.push(clause("word", word, { field, words: [[word, 0, 0]], joined }));
      joined = "";
    }
    read.push(...atoms(chunk));
  }
  if (!found.length) return [];
  if ((found.length > 1 && (phrase || exclude)) || (read.length > 1 && phrase)) {
    const all = found.map(({ text }) => text).join(" ");
    return [clause("phrase", all, { field, words: spotsOf(read), exclude })];
  }
  Object.assign(found[found.length - 1], { exclude, prefix });
  return found;
}

/** The words of a phrase, the first at place 0, with the stop words beside them.
 * @param {string[]} read @returns {[string, number, number][]} */
function spotsOf(read) {
  const codes = [0, ...read.map(stopCode), 0];
  const places = read.flatMap((_, place) => (codes[place + 1] ? [] : [place]));
  return places.map((place) => [read[place], place - places[0], (codes[place] << 4) | codes[place + 2]]);
}
