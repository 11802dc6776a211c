// @ts-check
/** Decodes posting lists: which papers hold a word, how much it says about each, and where. */

import { IndexFormatError } from "./wire.js";

/** @typedef {import("./wire.js").Cursor} Cursor */

export const BODY_LEVELS = 5;
export const TOPIC_IMPACT = 10;
export const ELSEWHERE_IMPACT = 1;
export const TITLE_STEP = 5;
export const ABSTRACT_START = 32;

/**
 * A posting list, in columns: papers, how much the word says about each, its first place in the
 * title, -1 where it is not there.
 * @typedef {{papers: Uint32Array, impacts: Uint32Array, titles: Int32Array}} Postings
 */
/** Where a word stands, and the codes of the stop words before it, times 16, and after it.
 * @typedef {[number, number]} Place */

/**
 * Lists of ascending numbers with a value each, in two columns; list `n` is from `starts[n]` on.
 * @typedef {{numbers: Uint32Array, values: Uint32Array, starts: number[]}} Pairs
 */

/**
 * Read lists of pairs.
 * @param {Cursor} cursor @param {number[]} sizes of the lists
 * @param {(list: number) => number} limit what a list's numbers are below
 * @returns {Pairs}
 */
export function readPairs(cursor, sizes, limit) {
  const starts = [0];
  for (const size of sizes) starts.push(starts[starts.length - 1] + size);
  const total = starts[sizes.length];
  const numbers = cursor.numbers(total);
  for (let list = 0; list < sizes.length; list++) {
    let number = -1;
    for (let at = starts[list]; at < starts[list + 1]; at++) numbers[at] = number += numbers[at] + 1;
    if (number >= limit(list) && sizes[list]) {
      throw new IndexFormatError("a list of the search index names a paper that is not there");
    }
  }
  return { numbers, values: cursor.numbers(total), starts };
}

/** An empty list that has room. @param {number} length @returns {Postings} */
export function makePostings(length) {
  return {
    papers: new Uint32Array(length),
    impacts: new Uint32Array(length),
    titles: new Int32Array(length),
  };
}

/** The first postings of a list. @param {Postings} list @param {number} length */
function cut({ papers, impacts, titles }, length) {
  return {
    papers: papers.subarray(0, length),
    impacts: impacts.subarray(0, length),
    titles: titles.subarray(0, length),
  };
}

/** The postings whose word is in the title. @param {Postings} list @returns {Postings} */
export function inTitles({ papers, impacts, titles }) {
  const length = titles.length;
  const found = makePostings(length);
  let kept = 0;
  for (let at = 0; at < length; at++) {
    if (titles[at] < 0) continue;
    found.papers[kept] = papers[at];
    found.impacts[kept] = impacts[at];
    found.titles[kept++] = titles[at];
  }
  return cut(found, kept);
}

/**
 * The places of `size` postings of a shard's `postings`, from one on.
 * @param {Uint8Array} data @param {number} postings @param {number} from @param {number} size
 * @returns {Place[][]}
 */
export function decodePlaces(data, postings, from, size) {
  let total = 0;
  let at = 0;
  for (let posting = 0; posting < postings; posting++) {
    if (posting === from) at = total;
    total += data[posting];
  }
  if (data.length !== postings + 3 * total) {
    throw new IndexFormatError("a search index's file of places is not as long as its lists say");
  }
  const [low, high, beside] = [0, 1, 2].map((plane) => postings + plane * total);
  const found = [];
  for (let posting = from; posting < from + size; posting++) {
    /** @type {Place[]} */
    const places = [];
    let place = 0;
    for (let count = data[posting]; count > 0; count--, at++) {
      place += data[low + at] + 256 * data[high + at];
      places.push([place, data[beside + at]]);
    }
    found.push(places);
  }
  return found;
}
