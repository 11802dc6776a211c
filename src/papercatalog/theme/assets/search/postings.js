// @ts-check
/** Decodes posting lists: which papers hold a word, how much it says about each, and where. */

import { IndexFormatError } from "./wire.js";

/** @typedef {import("./wire.js").Cursor} Cursor */

const NO_ENTRY = "a list of the search index names a paper or a word that is not there";

export const BODY_LEVELS = 5;
export const TOPIC_IMPACT = 10;
export const ELSEWHERE_IMPACT = 1;
export const TITLE_STEP = 5;
export const MOST_IMPACT = 12 * TITLE_STEP;
export const ABSTRACT_START = 32;

/**
 * A posting list, in columns: papers, how much the word says about each, its first place in the
 * title, -1 where it is not there.
 * @typedef {{papers: Uint32Array, impacts: Uint32Array, titles: Int32Array}} Postings
 */
/** Where a word stands, and the codes of the stop words before it, times 16, and after it.
 * @typedef {[number, number]} Place */

/** Where lists of such sizes begin, one after the other, and where the last one ends.
 * @param {Uint32Array} sizes */
export function startsIn(sizes) {
  const starts = new Uint32Array(sizes.length + 1);
  for (let at = 0; at < sizes.length; at++) starts[at + 1] = starts[at] + sizes[at];
  return starts;
}

/** Lists of ascending numbers with a value each, in two columns; list `n` is from `starts[n]` on. */
export class Pairs {
  /** @param {Cursor} cursor @param {Uint32Array} sizes of the lists */
  constructor(cursor, sizes) {
    this.starts = startsIn(sizes);
    const total = this.starts[sizes.length];
    this.gaps = cursor.numbers(total);
    this.values = cursor.numbers(total);
  }

  /** The numbers of a list, all below a limit. @param {number} list @param {number} limit */
  numbers(list, limit) {
    const found = this.gaps.slice(this.starts[list], this.starts[list + 1]);
    let number = -1;
    for (let at = 0; at < found.length; at++) found[at] = number += found[at] + 1;
    if (number >= limit) throw new IndexFormatError(NO_ENTRY);
    return found;
  }
}

/**
 * Which words of their group papers hold that have one of them in the title: patterns, each of codes,
 * a word's number in the group times 2, plus 1 where it is in the title.
 */
export class Patterns {
  /** @param {Cursor} cursor @param {Uint32Array} sizes how many words each group has */
  constructor(cursor, sizes) {
    /** Each group's first pattern. */
    this.firsts = startsIn(cursor.numbers(sizes.length));
    this.starts = startsIn(cursor.numbers(this.firsts[sizes.length]));
    this.codes = cursor.numbers(this.starts[this.starts.length - 1]);
    for (let group = 0; group < sizes.length; group++) {
      for (let pattern = this.firsts[group]; pattern < this.firsts[group + 1]; pattern++) {
        let least = 0;
        for (let at = this.starts[pattern]; at < this.starts[pattern + 1]; at++) {
          const word = this.codes[at] >>> 1;
          if (word < least || word >= sizes[group]) throw new IndexFormatError(NO_ENTRY);
          least = word + 1;
        }
      }
    }
  }

  /** A pattern's number among all. @param {number} group @param {number} number in the group */
  find(group, number) {
    const found = this.firsts[group] + number;
    if (found >= this.firsts[group + 1]) throw new IndexFormatError(NO_ENTRY);
    return found;
  }
}

/** An empty list that has room. @param {number} length @returns {Postings} */
export function makePostings(length) {
  return {
    papers: new Uint32Array(length),
    impacts: new Uint32Array(length),
    titles: new Int32Array(length),
  };
}

/** How many papers are in one of the lists. @param {Postings[]} lists @param {number} papers */
export function countPapers(lists, papers) {
  if (lists.length === 1) return lists[0].papers.length;
  const seen = new Uint8Array(papers);
  let count = 0;
  for (const list of lists) {
    for (const paper of list.papers) {
      count += 1 - seen[paper];
      seen[paper] = 1;
    }
  }
  return count;
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
