// @ts-check
/** Decodes the columns of posting lists: papers, impacts, title patterns, positions. */

import { IndexFormatError } from "./codec.js";

/** @typedef {import("./codec.js").Cursor} Cursor */

const NOT_THERE = "a list of the search index names a paper or a word that is not there";

/**
 * A posting list, in columns: papers, the term's impact on each, and its first position in the title,
 * -1 if it is not there.
 * @typedef {{papers: Uint32Array, impacts: Uint32Array, titlePositions: Int32Array}} PostingList
 */
/** A position of a word, and its stop-word context: the code of the stop word before it, times 16, plus
 * the code of the one after it. @typedef {[number, number]} Position */

/** Where lists of these sizes begin, one after the other, and where the last one ends.
 * @param {Uint32Array} sizes */
export function startsOf(sizes) {
  const starts = new Uint32Array(sizes.length + 1);
  for (let at = 0; at < sizes.length; at++) starts[at + 1] = starts[at] + sizes[at];
  return starts;
}

/** Lists of (number, value) with ascending numbers, stored as a column of gaps and one of values; list
 * `n` begins at `starts[n]`. */
export class PairLists {
  /** @param {Cursor} cursor @param {Uint32Array} sizes of the lists */
  constructor(cursor, sizes) {
    this.starts = startsOf(sizes);
    const total = this.starts[sizes.length];
    this.gaps = cursor.varints(total);
    this.values = cursor.varints(total);
  }

  /** The numbers of a list, all below a limit. @param {number} list @param {number} limit */
  numbers(list, limit) {
    const found = this.gaps.slice(this.starts[list], this.starts[list + 1]);
    let number = -1;
    for (let at = 0; at < found.length; at++) found[at] = number += found[at] + 1;
    if (number >= limit) throw new IndexFormatError(NOT_THERE);
    return found;
  }
}

/**
 * The title patterns of a shard: which words of its stem a paper contains. A pattern is a list of codes,
 * each a word's number in the stem times 2, plus 1 if it is in the title.
 */
export class TitlePatterns {
  /** @param {Cursor} cursor @param {Uint32Array} sizes how many terms each stem has */
  constructor(cursor, sizes) {
    /** The first pattern of each stem. */
    this.firsts = startsOf(cursor.varints(sizes.length));
    this.starts = startsOf(cursor.varints(this.firsts[sizes.length]));
    this.codes = cursor.varints(this.starts[this.starts.length - 1]);
    for (let stem = 0; stem < sizes.length; stem++) {
      for (let pattern = this.firsts[stem]; pattern < this.firsts[stem + 1]; pattern++) {
        let least = 0;
        for (let at = this.starts[pattern]; at < this.starts[pattern + 1]; at++) {
          const word = this.codes[at] >>> 1;
          if (word < least || word >= sizes[stem]) throw new IndexFormatError(NOT_THERE);
          least = word + 1;
        }
      }
    }
  }

  /** A pattern's number in the shard. @param {number} stem @param {number} number in the stem */
  find(stem, number) {
    const found = this.firsts[stem] + number;
    if (found >= this.firsts[stem + 1]) throw new IndexFormatError(NOT_THERE);
    return found;
  }
}

/** Allocates a posting list. @param {number} length @returns {PostingList} */
export function makePostingList(length) {
  return {
    papers: new Uint32Array(length),
    impacts: new Uint32Array(length),
    titlePositions: new Int32Array(length),
  };
}

/** How many papers are in at least one of the lists. @param {PostingList[]} lists
 * @param {number} paperCount how many the index holds */
export function countPapers(lists, paperCount) {
  if (lists.length === 1) return lists[0].papers.length;
  const seen = new Uint8Array(paperCount);
  let count = 0;
  for (const list of lists) {
    for (const paper of list.papers) {
      count += 1 - seen[paper];
      seen[paper] = 1;
    }
  }
  return count;
}

/** The postings whose term is in the title. @param {PostingList} list @returns {PostingList} */
export function postingsInTitles({ papers, impacts, titlePositions }) {
  const length = titlePositions.length;
  const found = makePostingList(length);
  let kept = 0;
  for (let at = 0; at < length; at++) {
    if (titlePositions[at] < 0) continue;
    found.papers[kept] = papers[at];
    found.impacts[kept] = impacts[at];
    found.titlePositions[kept++] = titlePositions[at];
  }
  return {
    papers: found.papers.subarray(0, kept),
    impacts: found.impacts.subarray(0, kept),
    titlePositions: found.titlePositions.subarray(0, kept),
  };
}

/**
 * Decodes the positions of `size` of a shard's postings, beginning at `from`.
 * @param {Uint8Array} data @param {number} postingCount @param {number} from @param {number} size
 * @returns {Position[][]}
 */
export function decodePositions(data, postingCount, from, size) {
  let total = 0;
  let at = 0;
  for (let posting = 0; posting < postingCount; posting++) {
    if (posting === from) at = total;
    total += data[posting];
  }
  if (data.length !== postingCount + 3 * total) {
    throw new IndexFormatError("a file of positions is not as long as its posting lists say");
  }
  const [low, high, context] = [0, 1, 2].map((column) => postingCount + column * total);
  const found = [];
  for (let posting = from; posting < from + size; posting++) {
    /** @type {Position[]} */
    const positions = [];
    let position = 0;
    for (let count = data[posting]; count > 0; count--, at++) {
      position += data[low + at] + 256 * data[high + at];
      positions.push([position, data[context + at]]);
    }
    found.push(positions);
  }
  return found;
}
