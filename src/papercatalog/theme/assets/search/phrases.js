// @ts-check
/** Finds phrases by the places of their words. */

import { ABSTRACT_START, BODY_LEVELS, TITLE_STEP } from "./postings.js";
import { idf } from "./ranking.js";
import { stem } from "./stemmer.js";

/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./ranking.js").Source} Source */

/**
 * The papers whose words stand as in the phrase; stop words match any word.
 * @param {SearchIndex} index @param {Clause} clause @returns {Promise<Source[]>}
 */
export async function findPhrase(index, clause) {
  const all = await Promise.all(
    clause.words.map(([word, offset]) => startsOf(index, clause.field, word, offset)),
  );
  const starts = all.reduce((both, here) => {
    /** @type {Map<number, Set<number>>} */
    const kept = new Map();
    for (const [paper, places] of both) {
      const other = here.get(paper);
      const shared = other && [...places].filter((place) => other.has(place));
      if (shared?.length) kept.set(paper, new Set(shared));
    }
    return kept;
  });
  const postings = [];
  for (const [paper, places] of [...starts].sort((one, other) => one[0] - other[0])) {
    const first = Math.min(...places);
    const titled = clause.field !== "author" && first < ABSTRACT_START;
    if (!titled && clause.field === "title") continue;
    const impact = titled ? 6 * TITLE_STEP : BODY_LEVELS;
    postings.push({ paper, impact, title: titled ? first : -1 });
  }
  if (!postings.length) return [];
  return [{ postings, idf: idf(index.papers, postings.length), weight: 100, exact: true }];
}

/**
 * For each paper, where the phrase would start by one of its words.
 * @param {SearchIndex} index @param {string} field @param {string} word @param {number} offset
 */
async function startsOf(index, field, word, offset) {
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  const lists = await index.group(stem(word));
  for (const [key, postings] of lists) {
    if (key.endsWith("-") || key.endsWith("@") !== (field === "author")) continue;
    const places = await index.places(stem(word), key);
    postings.forEach(({ paper }, at) => {
      const starts = found.get(paper) ?? new Set();
      found.set(paper, starts);
      for (const place of places[at]) starts.add(place - offset);
    });
  }
  return found;
}
