// @ts-check
/** Decodes posting lists: which papers hold a word, how much it says about each, and where. */

import { IndexFormatError } from "./wire.js";

/** @typedef {import("./wire.js").Cursor} Cursor */

const NO_ENTRY = "a list of the search index names a paper or a word that is not there";

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

/** Where lists of such sizes begin, one after the other. @param {number[]} sizes */
function startsIn(sizes) {
  let total = 0;
  return { starts: [0, ...sizes.map((size) => (total += size))], total };
}

/**
 * Read lists of pairs.
 * @param {Cursor} cursor @param {number[]} sizes of the lists
 * @param {(list: number) => number} limit what a list's numbers are below
 * @returns {Pairs}
 */
export function readPairs(cursor, sizes, limit) {
  const { starts, total } = startsIn(sizes);
  const numbers = cursor.numbers(total);
  for (let list = 0; list < sizes.length; list++) {
    let number = -1;
    for (let at = starts[list]; at < starts[list + 1]; at++) numbers[at] = number += numbers[at] + 1;
    if (number >= limit(list) && sizes[list]) {
      throw new IndexFormatError(NO_ENTRY);
    }
  }
  return { numbers, values: cursor.numbers(total), starts };
}

/**
 * Read which words of their group papers hold that have one of them in the title: patterns of words,
 * each by its number in the group times 2, plus 1 where it is in the title.
 * @param {Cursor} cursor @param {number[]} sizes how many keys each group has
 * @returns {Uint32Array[][]} of each group its patterns
 */
export function readPatterns(cursor, sizes) {
  const counts = [...cursor.numbers(sizes.length)];
  const lengths = counts.map((count) => [...cursor.numbers(count)]);
  return lengths.map((ofGroup, group) => ofGroup.map((length) => {
    const pattern = cursor.numbers(length);
    const words = pattern.map((code) => code >>> 1);
    if (words.some((word, at) => word >= sizes[group] || (at && word <= words[at - 1]))) {
      throw new IndexFormatError(NO_ENTRY);
    }
    return pattern;
  }));
}

/**
 * Read which papers with a word of a group in the title each key is in, by their number among them,
 * and the key's first place in the title, plus 1; 0 where it is elsewhere.
 * @param {Cursor} cursor @param {number[]} sizes how many keys each group has
 * @param {Uint32Array[][]} patterns @param {Pairs} titled
 * @returns {Pairs}
 */
export function readInside(cursor, sizes, patterns, titled) {
  const ofTitles = cursor.numbers(titled.numbers.length);
  const keys = sizes.reduce((sum, size) => sum + size, 0);
  const lists = Array.from({ length: keys }, () => /** @type {number[]} */ ([]));
  /** Where each list's titles of an impact hold the word. @type {Map<number, number[]>[]} */
  const shown = lists.map(() => new Map());
  let key = 0;
  sizes.forEach((size, group) => {
    const first = titled.starts[group];
    for (let title = first; title < titled.starts[group + 1]; title++) {
      const pattern = patterns[group][ofTitles[title]];
      if (!pattern) throw new IndexFormatError(NO_ENTRY);
      for (const code of pattern) {
        const [list, byImpact] = [lists[key + (code >>> 1)], shown[key + (code >>> 1)]];
        const impact = titled.values[title];
        if (code & 1) byImpact.set(impact, byImpact.get(impact) ?? []).get(impact)?.push(list.length);
        list.push(title - first);
      }
    }
    key += size;
  });
  const { starts, total } = startsIn(lists.map(({ length }) => length));
  const values = new Uint32Array(total);
  shown.forEach((byImpact, list) => {
    const impacts = [...byImpact].sort(([one], [other]) => one - other);
    for (const at of impacts.flatMap(([, places]) => places)) {
      values[starts[list] + at] = cursor.number() + 1;
    }
  });
  return { numbers: Uint32Array.from(lists.flat()), values, starts };
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
