// @ts-check
/** Which rows of a list are shown, in which order; the page's address says it. */

import { fold } from "../search/fold.js";

/**
 * @typedef {object} View
 * @property {string} sort one of `ORDERS`
 * @property {string} topic a slug or empty
 * @property {string} show one of `SHOWN`
 * @property {boolean} code
 * @property {string} words
 */
/**
 * What a row is sorted and filtered by.
 * @typedef {object} RowFacts
 * @property {number} place in the page's own order @property {number} votes -1 where unknown
 * @property {string} date ISO 8601 or empty @property {string[]} topics slugs @property {boolean} code
 * @property {string} title folded @property {string} text folded title, authors and gist
 */

/** The orders, the page's own first. */
export const ORDERS = ["listed", "votes", "title", "newest"];
/** Which rows are shown by their marks, all first. */
export const SHOWN = ["all", "unseen", "seen", "saved"];
const MAX_WORDS = 200; // characters

/** @param {string} search the part of an address from the question mark on @returns {View} */
export function parseView(search) {
  const given = new URLSearchParams(search);
  const sort = given.get("sort") ?? "";
  const show = given.get("show") ?? "";
  const topic = given.get("topic") ?? "";
  return {
    sort: ORDERS.includes(sort) ? sort : ORDERS[0],
    topic: /^[a-z0-9-]{1,80}$/.test(topic) ? topic : "",
    show: SHOWN.includes(show) ? show : SHOWN[0],
    code: given.get("code") === "1",
    words: (given.get("words") ?? "").slice(0, MAX_WORDS),
  };
}

/** Writes a view into the part of an address from the question mark on; what else is there stays.
 * @param {View} view @param {string} search */
export function renderView({ sort, topic, show, code, words }, search) {
  const given = new URLSearchParams(search);
  const values = {
    sort: sort === ORDERS[0] ? "" : sort, topic, show: show === SHOWN[0] ? "" : show, code: code ? "1" : "", words: words.trim(),
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) given.set(name, value);
    else given.delete(name);
  }
  const text = given.toString();
  return text ? `?${text}` : "";
}

/** Folds a text for comparison: case, accents, hyphens and the signs of TeX do not count.
 * @param {string} text */
export function foldWords(text) {
  return fold(text).replace(/[\\${}_^]/g, "").replace(/[\u2010-\u2015\s-]+/g, " ");
}

/** Whether a row has all that a view asks for but marks. @param {RowFacts} row @param {View} view */
export function isMatch(row, { topic, code, words }) {
  if (topic && !row.topics.includes(topic)) return false;
  if (code && !row.code) return false;
  return foldWords(words).split(" ").every((word) => row.text.includes(word));
}

/** Compares rows for a sort. @param {string} sort @param {RowFacts} one @param {RowFacts} other */
export function compareRows(sort, one, other) {
  let by = 0;
  if (sort === "votes") by = other.votes - one.votes;
  if (sort === "title") by = one.title < other.title ? -1 : Number(one.title > other.title);
  if (sort === "newest") by = one.date < other.date ? 1 : -Number(one.date > other.date);
  return by || one.place - other.place;
}

/** The orders for which rows have facts. @param {RowFacts[]} rows */
export function findOrders(rows) {
  const known = { votes: rows.some(({ votes }) => votes >= 0), newest: new Set(rows.map(({ date }) => date)).size > 1 };
  return ORDERS.filter((sort) => (/** @type {Record<string, boolean>} */ (known))[sort] ?? true);
}
