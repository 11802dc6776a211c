// @ts-check
/** Decodes posting lists, sorted by impact: which papers hold a word, and where. */

import { Cursor, IndexFormatError } from "./wire.js";

export const BODY_LEVELS = 5;
export const TITLE_STEP = 5;
export const ABSTRACT_START = 32;

/**
 * A posting list, in columns: papers, how much the word says about each, its first place in the
 * title, -1 where it is not there.
 * @typedef {{papers: Uint32Array, impacts: Uint32Array, titles: Int32Array}} Postings
 */
/** Where a word stands, and the codes of the stop words before it, times 16, and after it.
 * @typedef {[number, number]} Place */

/** The list between two bytes. @param {Uint8Array} data @param {number} at @param {number} end
 * @param {number} papers how many the index holds @returns {Postings} */
export function decodeList(data, at, end, papers) {
  const cursor = new Cursor(data, at);
  const most = end - at;
  const found = { papers: new Uint32Array(most), impacts: new Uint32Array(most), titles: new Int32Array(most) };
  let length = 0;
  for (let groups = cursor.number(); groups > 0; groups--) {
    const head = cursor.number();
    let paper = -1;
    for (let size = cursor.number(); size > 0; size--, length++) {
      paper += cursor.number() + 1;
      found.papers[length] = paper;
      found.impacts[length] = head >>> 1;
      found.titles[length] = head & 1 ? cursor.number() : -1;
    }
    if (paper >= papers) {
      throw new IndexFormatError("a list of the search index names a paper that is not there");
    }
  }
  if (cursor.at !== end) {
    throw new IndexFormatError("a list of the search index is not as long as it says");
  }
  return cut(found, length);
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
  const found = { papers: new Uint32Array(length), impacts: new Uint32Array(length), titles: new Int32Array(length) };
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
