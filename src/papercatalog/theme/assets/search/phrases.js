// @ts-check
/** Finds phrases by the places of their words. */

import { ABSTRACT_START, BODY_LEVELS, TITLE_STEP } from "./postings.js";
import { idf } from "./ranking.js";
import { stem } from "./stemmer.js";

/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./ranking.js").Source} Source */

/**
 * The papers whose words stand as in the phrase; stop words match any word, other forms count half.
 * @param {SearchIndex} index @param {Clause} clause @returns {Promise<Source[]>}
 */
export async function findPhrase(index, clause) {
  const [written, found] = await Promise.all([
    matchesOf(index, clause, true),
    matchesOf(index, clause, false),
  ]);
  const postings = [];
  for (const [paper, places] of [...found].sort((one, other) => one[0] - other[0])) {
    const first = Math.min(...places);
    const titled = clause.field !== "author" && first < ABSTRACT_START;
    if (!titled && clause.field === "title") continue;
    const full = titled ? 6 * TITLE_STEP : BODY_LEVELS;
    const impact = written.has(paper) ? full : Math.floor(full / 2);
    postings.push({ paper, impact, title: titled ? first : -1 });
  }
  if (!postings.length) return [];
  return [{ postings, idf: idf(index.papers, postings.length), weight: 100, exact: true }];
}

/**
 * For each paper with the phrase, the places where it starts.
 * @param {SearchIndex} index @param {Clause} clause @param {boolean} exact
 */
async function matchesOf(index, { words, field }, exact) {
  const all = await Promise.all(
    words.map(([word, offset]) => startsOf(index, field, word, offset, exact)),
  );
  return all.reduce((both, here) => {
    /** @type {Map<number, Set<number>>} */
    const kept = new Map();
    for (const [paper, places] of both) {
      const other = here.get(paper);
      const shared = other && [...places].filter((place) => other.has(place));
      if (shared?.length) kept.set(paper, new Set(shared));
    }
    return kept;
  });
}

/**
 * For each paper, where the phrase would start by one of its words.
 * @param {SearchIndex} index @param {string} field @param {string} word @param {number} offset
 * @param {boolean} exact
 */
async function startsOf(index, field, word, offset, exact) {
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  const lists = await index.group(stem(word));
  for (const [key, postings] of lists) {
    if (key.endsWith("-") || key.endsWith("@") !== (field === "author")) continue;
    if (exact && key.replace(/@$/, "") !== word) continue;
    const places = await index.places(stem(word), key);
    postings.forEach(({ paper }, at) => {
      const starts = found.get(paper) ?? new Set();
      found.set(paper, starts);
      for (const place of places[at]) starts.add(place - offset);
    });
  }
  return found;
}
