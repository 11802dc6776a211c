// @ts-check
/** A shard of posting lists: those of a range of stems. What no query asks for stays as it came. */

import {
  ELSEWHERE_IMPACT, MOST_IMPACT, Pairs, Patterns, countPapers, decodePlaces, makePostings, startsIn,
} from "./postings.js";
import { stem } from "./stemmer.js";
import { Cursor, IndexFormatError } from "./wire.js";

/** @typedef {import("./postings.js").Postings} Postings */

const FACT_MARKS = "#+^=";
const NOT_IN_ORDER = "a shard of the search index is not in order";

/** What a key is found by: a word's stem; a fact's key as it is. @param {string} key */
export function groupKey(key) {
  return FACT_MARKS.includes(key[0]) ? key : stem(key.replace(/[@-]+$/, ""));
}

/** Whether a key is a fact or a name, not a word of texts. @param {string} key */
function isMarked(key) {
  return FACT_MARKS.includes(key[0]) || key.endsWith("@");
}

export class TermShard {
  /** @param {Uint8Array} payload @param {number} papers how many the index holds */
  constructor(payload, papers) {
    const cursor = new Cursor(payload);
    this.papers = papers;
    this.places = cursor.text();
    /** The name of the file of the rest of the lists, where that is apart. */
    this.restName = cursor.text();
    this.keys = cursor.text().split("\n");
    const keys = this.keys.length;
    const starting = cursor.numbers(keys);
    const others = cursor.numbers(keys);
    if (!starting[0] || this.keys.includes("")) throw new IndexFormatError(NOT_IN_ORDER);
    const opening = [];
    for (let key = 0; key < keys; key++) if (starting[key]) opening.push(key);
    /** Each group's first key. */
    this.firsts = Uint32Array.from([...opening, keys]);
    this.patterns = new Patterns(cursor, this.firsts.slice(1).map((end, at) => end - this.firsts[at]));
    /** The papers with a word of the group in the title, and what words there say. */
    this.titled = new Pairs(cursor, Uint32Array.from(opening, (key) => starting[key] - 1));
    /** Of each of these its pattern. */
    this.ofTitles = cursor.numbers(this.titled.gaps.length);
    const { inside, shown } = this.countInside();
    this.shownStarts = startsIn(shown);
    /** The first places of each key in titles, by impact. */
    this.shown = cursor.numbers(this.shownStarts[keys]);
    /** How many papers of those in `titled` hold each key. */
    this.inside = inside;
    /** How many papers hold each key. */
    this.sizes = new Uint32Array(keys);
    /** Of each word, how many hold it that are not in `titled`. */
    this.restSizes = new Uint32Array(keys);
    const factSizes = new Uint32Array(keys);
    for (let key = 0; key < keys; key++) {
      this.sizes[key] = others[key] + inside[key];
      const part = isMarked(this.keys[key]) ? factSizes : this.restSizes;
      part[key] = others[key];
    }
    this.facts = new Pairs(cursor, factSizes);
    /** How many papers hold a word of each group, where the rest is apart. */
    this.holders = this.restName ? cursor.numbers(opening.length) : null;
    /** The other papers of words. @type {Pairs | null} */
    this.rest = null;
    /** The lists that were asked for, by group. @type {Map<number, [string, Postings][]>} */
    this.decoded = new Map();
    if (this.restName) cursor.finish();
    else this.readRest(cursor);
  }

  /** Find each title's pattern, and count by key: the papers in `titled`, and those that hold the key
   * in the title. */
  countInside() {
    const { firsts, patterns, titled, ofTitles } = this;
    const uses = new Uint32Array(patterns.starts.length);
    const inside = new Uint32Array(this.keys.length);
    const shown = new Uint32Array(this.keys.length);
    for (let group = 0; group < firsts.length - 1; group++) {
      for (let title = titled.starts[group]; title < titled.starts[group + 1]; title++) {
        ofTitles[title] = patterns.find(group, ofTitles[title]);
        uses[ofTitles[title]]++;
      }
      for (let at = patterns.firsts[group]; at < patterns.firsts[group + 1]; at++) {
        for (let place = patterns.starts[at]; place < patterns.starts[at + 1]; place++) {
          const code = patterns.codes[place];
          inside[firsts[group] + (code >>> 1)] += uses[at];
          if (code & 1) shown[firsts[group] + (code >>> 1)] += uses[at];
        }
      }
    }
    return { inside, shown };
  }

  /** @param {Cursor} cursor */
  readRest(cursor) {
    const rest = new Pairs(cursor, this.restSizes);
    cursor.finish();
    this.rest = rest;
    this.decoded.clear();
  }

  /** A group's number; -1 where it is not here. @param {string} name */
  find(name) {
    let low = 0;
    for (let high = this.firsts.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (groupKey(this.keys[this.firsts[middle]]) < name) low = middle + 1;
      else high = middle;
    }
    const keys = this.keys.slice(this.firsts[low], this.firsts[low + 1]);
    if (!keys.length || groupKey(keys[0]) !== name) return -1;
    if (keys.some((key, at) => groupKey(key) !== name || (at && key <= keys[at - 1]))) {
      throw new IndexFormatError(NOT_IN_ORDER);
    }
    return low;
  }

  /** What is there of a group's lists, by key. @param {number} group */
  lists(group) {
    let found = this.decoded.get(group);
    if (!found) {
      found = this.decode(group);
      this.decoded.set(group, found);
    }
    return found;
  }

  /** @param {number} group @returns {[string, Postings][]} */
  decode(group) {
    const { patterns, titled, rest } = this;
    const [first, end] = this.firsts.subarray(group, group + 2);
    const keys = Array.from({ length: end - first }, (_, at) => first + at);
    const lists = keys.map((key) => makePostings(this.sizes[key] - (rest ? 0 : this.restSizes[key])));
    const lengths = new Uint32Array(lists.length);
    const papers = this.titledBy(group);
    for (let at = 0, title = titled.starts[group]; at < papers.length; at++, title++) {
      const pattern = this.ofTitles[title];
      for (let place = patterns.starts[pattern]; place < patterns.starts[pattern + 1]; place++) {
        const code = patterns.codes[place];
        const list = lists[code >>> 1];
        const to = lengths[code >>> 1]++;
        list.papers[to] = papers[at];
        list.impacts[to] = code & 1 ? titled.values[title] : ELSEWHERE_IMPACT;
        list.titles[to] = code & 1 ? 0 : -1;
      }
    }
    lists.forEach((list, number) => {
      const key = keys[number];
      this.putPlaces(list, this.inside[key], this.shownStarts[key]);
      let length = this.inside[key];
      for (const part of rest ? [this.facts, rest] : [this.facts]) {
        const others = part.numbers(key, this.papers);
        list.papers.set(others, length);
        list.impacts.set(part.values.subarray(part.starts[key], part.starts[key + 1]), length);
        list.titles.fill(-1, length, (length += others.length));
      }
    });
    return keys.map((key, number) => [this.keys[key], lists[number]]);
  }

  /** Give the postings whose word is in the title its first place there.
   * @param {Postings} list @param {number} length how many of its postings come first
   * @param {number} from where the list's places begin */
  putPlaces({ impacts, titles }, length, from) {
    const next = new Uint32Array(MOST_IMPACT + 2);
    for (let at = 0; at < length; at++) if (titles[at] === 0) next[impacts[at] + 1]++;
    next[0] = from;
    for (let impact = 0; impact <= MOST_IMPACT; impact++) next[impact + 1] += next[impact];
    for (let at = 0; at < length; at++) {
      if (titles[at] === 0) titles[at] = this.shown[next[impacts[at]]++];
    }
  }

  /** How many papers hold a group's words, each counted by itself and names left out.
   * @param {number} group */
  sizeOf(group) {
    let size = 0;
    for (let key = this.firsts[group]; key < this.firsts[group + 1]; key++) {
      if (!this.keys[key].endsWith("@")) size += this.sizes[key];
    }
    return size;
  }

  /** How many papers hold a word of a group, names left out. @param {number} group */
  holdersOf(group) {
    if (this.holders) return this.holders[group];
    const words = this.lists(group).filter(([key]) => !key.endsWith("@"));
    return countPapers(words.map(([, list]) => list), this.papers);
  }

  /** The papers with a word of a group in the title. @param {number} group */
  titledBy(group) {
    return this.titled.numbers(group, this.papers);
  }

  /** The places of a group's list, of the shard's file of places.
   * @param {Uint8Array} data @param {number} group @param {string} key */
  placesOf(data, group, key) {
    const number = this.keys.indexOf(key, this.firsts[group]);
    const starts = startsIn(this.sizes);
    return decodePlaces(data, starts[this.keys.length], starts[number], this.sizes[number]);
  }
}
