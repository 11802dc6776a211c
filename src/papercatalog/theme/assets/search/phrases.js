// @ts-check
/** Finds phrases by the places of their words. */

import { ABSTRACT_START, BODY_LEVELS, TITLE_STEP } from "./postings.js";
import { idf } from "./ranking.js";
import { stem } from "./stemmer.js";

/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./ranking.js").Source} Source */

/**
 * The papers whose words stand as in the phrase, of stop words those beside another word; other
 * forms count half.
 * @param {SearchIndex} index @param {Clause} clause @returns {Promise<Source[]>}
 */
export async function findPhrase(index, clause) {
  const [written, found] = await Promise.all([
    matchesOf(index, clause, true),
    matchesOf(index, clause, false),
  ]);
  /** @type {number[][]} */
  const rows = [];
  for (const [paper, places] of [...found].sort((one, other) => one[0] - other[0])) {
    const first = Math.min(...places);
    const titled = clause.field !== "author" && first < ABSTRACT_START;
    if (!titled && clause.field === "title") continue;
    const full = titled ? 6 * TITLE_STEP : BODY_LEVELS;
    const impact = written.has(paper) ? full : Math.floor(full / 2);
    rows.push([paper, impact, titled ? first : -1]);
  }
  if (!rows.length) return [];
  const postings = {
    papers: Uint32Array.from(rows, ([paper]) => paper),
    impacts: Uint32Array.from(rows, ([, impact]) => impact),
    titles: Int32Array.from(rows, ([, , title]) => title),
  };
  return [{ postings, idf: idf(index.papers, rows.length), weight: 100, exact: true }];
}

/**
 * For each paper with the phrase, the places where it starts.
 * @param {SearchIndex} index @param {Clause} clause @param {boolean} exact
 */
async function matchesOf(index, { words, field }, exact) {
  const all = await Promise.all(
    words.map((spot) => startsOf(index, field, spot, exact)),
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
 * @param {SearchIndex} index @param {string} field @param {[string, number, number]} spot
 * @param {boolean} exact
 */
async function startsOf(index, field, [word, offset, beside], exact) {
  const asked = (beside & 0xf0 ? 0xf0 : 0) | (beside & 0x0f ? 0x0f : 0);
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  const lists = await index.group(stem(word));
  for (const [key, postings] of lists) {
    if (key.endsWith("-") || key.endsWith("@") !== (field === "author")) continue;
    if (exact && key.replace(/@$/, "") !== word) continue;
    const places = await index.places(stem(word), key);
    postings.papers.forEach((paper, at) => {
      const here = places[at].filter(([, has]) => (has & asked) === beside);
      if (!here.length) return;
      const starts = found.get(paper) ?? new Set();
      found.set(paper, starts);
      for (const [place] of here) starts.add(place - offset);
    });
  }
  return found;
}
