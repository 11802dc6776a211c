// @ts-check
/** Decodes posting lists, sorted by impact: which papers hold a word, and where. */

import { Cursor, IndexFormatError } from "./wire.js";

export const BODY_LEVELS = 5;
export const TITLE_STEP = 5;
export const ABSTRACT_START = 32;

/** @typedef {{paper: number, impact: number, title: number}} Posting */

/** The list at the cursor. @param {Cursor} cursor @param {number} papers @returns {Posting[]} */
export function decodeList(cursor, papers) {
  /** @type {Posting[]} */
  const found = [];
  for (let groups = cursor.number(); groups > 0; groups--) {
    const head = cursor.number();
    let paper = -1;
    for (let size = cursor.number(); size > 0; size--) {
      paper += cursor.number() + 1;
      found.push({ paper, impact: head >>> 1, title: head & 1 ? cursor.number() : -1 });
    }
    if (paper >= papers) {
      throw new IndexFormatError("a list of the search index names a paper that is not there");
    }
  }
  return found;
}

/**
 * The places of so many postings from byte `at` on.
 * @param {Uint8Array} data @param {number} at @param {number} size @returns {number[][]}
 */
export function decodePlaces(data, at, size) {
  const found = [];
  for (; size > 0; size--) {
    const places = [];
    let place = 0;
    for (let count = data[at++]; count > 0; count--) {
      for (; data[at] === 255; at++) place += 255;
      place += data[at++];
      places.push(place);
    }
    found.push(places);
  }
  if (at > data.length) throw new IndexFormatError("a search index's file ends too early");
  return found;
}
