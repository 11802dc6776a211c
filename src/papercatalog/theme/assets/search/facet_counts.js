// @ts-check
/** Counts the papers of a result by topic, time, code and author. */

import { CODE_FACT, TOPIC_MARK } from "./constants.js";
import { factPostings } from "./engine.js";

/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./ranking.js").Hit} Hit */

/** @param {SearchIndex} index @param {Hit[]} hits */
function maskOfHits(index, hits) {
  const mask = new Uint8Array(index.paperCount);
  for (const { paper } of hits) mask[paper] = 1;
  return mask;
}

/** @param {SearchIndex} index @param {string} fact @param {Uint8Array} mask */
async function countFact(index, fact, mask) {
  let count = 0;
  for (const paper of (await factPostings(index, fact)).papers) count += mask[paper];
  return count;
}

/** How many papers of the result each topic has, by slug. @param {SearchIndex} index
 * @param {Hit[]} hits */
export async function countTopics(index, hits) {
  const mask = maskOfHits(index, hits);
  const counts = index.manifest.topics.map(async ([slug]) => {
    return /** @type {[string, number]} */ ([slug, await countFact(index, TOPIC_MARK + slug, mask)]);
  });
  return new Map(await Promise.all(counts));
}

/** How many papers of the result have code. @param {SearchIndex} index @param {Hit[]} hits */
export function countCode(index, hits) {
  return countFact(index, CODE_FACT, maskOfHits(index, hits));
}

/**
 * How many papers of the result each year and each month has, the newest first.
 * @param {SearchIndex} index @param {Hit[]} hits
 * @returns {{year: string, count: number, months: [string, number][]}[]}
 */
export function countTimes(index, hits) {
  const mask = maskOfHits(index, hits);
  /** @type {{year: string, count: number, months: [string, number][]}[]} */
  const years = [];
  let first = 0;
  for (const [month, size] of index.manifest.months) {
    const count = mask.subarray(first, first + size).reduce((sum, one) => sum + one, 0);
    first += size;
    if (!count) continue;
    if (years[0]?.year !== month.slice(0, 4)) {
      years.unshift({ year: month.slice(0, 4), count: 0, months: [] });
    }
    years[0].count += count;
    years[0].months.unshift([month, count]);
  }
  return years;
}

/**
 * The authors with the most papers in the result, at most `limit`. The index leaves out authors of fewer
 * than three papers in the catalog.
 * @param {SearchIndex} index @param {Hit[]} hits @param {number} limit
 * @returns {Promise<[string, number][]>}
 */
export async function countAuthors(index, hits, limit) {
  const size = index.manifest.sizes.authors;
  const numbers = [...new Set(hits.map(({ paper }) => Math.floor(paper / size)))];
  const blocks = new Map(
    await Promise.all(numbers.map(async (at) => /** @type {[number, any]} */ ([at, await index.authors(at)]))),
  );
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { paper } of hits) {
    const { names, of } = blocks.get(Math.floor(paper / size));
    for (const at of of[paper % size]) counts.set(names[at], (counts.get(names[at]) ?? 0) + 1);
  }
  const ranked = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  return ranked.slice(0, limit);
}
