// @ts-check
/** A shard of posting lists: those of a range of stems. */

import {
  ELSEWHERE_IMPACT, decodePlaces, makePostings, readInside, readPairs, readPatterns,
} from "./postings.js";
import { stem } from "./stemmer.js";
import { Cursor, IndexFormatError } from "./wire.js";

/** @typedef {import("./postings.js").Pairs} Pairs */
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
    const { length } = this.keys;
    const [titles, others] = [0, 1].map(() => [...cursor.numbers(length)]);
    if (this.keys.includes("")) throw new IndexFormatError(NOT_IN_ORDER);
    /** What each key is found by. */
    this.names = this.keys.map(groupKey);
    for (let at = 0, before = ["", ""]; at < length; at++) {
      const [name, key] = [this.names[at], this.keys[at]];
      const isNew = name !== before[0];
      if (isNew !== titles[at] > 0 || (isNew ? name < before[0] : key <= before[1])) {
        throw new IndexFormatError(NOT_IN_ORDER);
      }
      before = [name, key];
    }
    /** @type {number[]} */
    const sizes = [];
    /** Of each key, the number of its group. */
    this.groups = titles.map((count) => {
      if (count) sizes.push(0);
      sizes[sizes.length - 1]++;
      return sizes.length - 1;
    });
    const patterns = readPatterns(cursor, sizes);
    /** The papers with a word of the group in the title, and what words there say. */
    this.titled = readPairs(cursor, titles.filter(Boolean).map((count) => count - 1), () => papers);
    /** Which of those each key is in, and its first place in the title, plus 1. */
    this.inside = readInside(cursor, sizes, patterns, this.titled);
    const marked = this.keys.map(isMarked);
    this.facts = readPairs(cursor, others.map((count, at) => (marked[at] ? count : 0)), () => papers);
    const { starts } = this.inside;
    /** How many papers hold each key. */
    this.sizes = others.map((count, at) => count + starts[at + 1] - starts[at]);
    this.restSizes = others.map((count, at) => (marked[at] ? 0 : count));
    /** How many papers hold a word of each group, where the rest is apart. */
    this.holders = this.restName ? cursor.numbers(sizes.length) : null;
    /** The other papers of words. @type {Pairs | null} */
    this.rest = null;
    if (this.restName) cursor.finish();
    else this.readRest(cursor);
  }

  /** @param {Cursor} cursor */
  readRest(cursor) {
    const rest = readPairs(cursor, this.restSizes, () => this.papers);
    cursor.finish();
    this.rest = rest;
  }

  /** The numbers of a group's keys. @param {string} group */
  numbers(group) {
    return [...this.names.keys()].filter((at) => this.names[at] === group);
  }

  /** What is there of a key's list. @param {number} key @returns {Postings} */
  list(key) {
    const { titled, inside } = this;
    const found = makePostings(this.sizes[key] - (this.rest ? 0 : this.restSizes[key]));
    const group = titled.starts[this.groups[key]];
    let length = 0;
    for (let at = inside.starts[key]; at < inside.starts[key + 1]; at++, length++) {
      const title = group + inside.numbers[at];
      found.papers[length] = titled.numbers[title];
      found.impacts[length] = inside.values[at] ? titled.values[title] : ELSEWHERE_IMPACT;
      found.titles[length] = inside.values[at] - 1;
    }
    for (const part of this.rest ? [this.facts, this.rest] : [this.facts]) {
      const [from, end] = part.starts.slice(key, key + 2);
      found.papers.set(part.numbers.subarray(from, end), length);
      found.impacts.set(part.values.subarray(from, end), length);
      found.titles.fill(-1, length, length += end - from);
    }
    return found;
  }

  /** How many papers hold one of a group's words. @param {number[]} keys */
  holdersOf(keys) {
    if (this.holders) return this.holders[this.groups[keys[0]]];
    const mask = new Uint8Array(this.papers);
    for (const key of keys) for (const paper of this.list(key).papers) mask[paper] = 1;
    return mask.reduce((sum, one) => sum + one, 0);
  }

  /** The papers with a word of a key's group in the title. @param {number} key */
  titledBy(key) {
    const [from, end] = this.titled.starts.slice(this.groups[key], this.groups[key] + 2);
    return this.titled.numbers.subarray(from, end);
  }

  /** The posting lists of a group, by key. @param {string} group @returns {[string, Postings][]} */
  lists(group) {
    return this.numbers(group).map((number) => [this.keys[number], this.list(number)]);
  }

  /** The places of a list, of the shard's file of places. @param {Uint8Array} data
   * @param {number} key */
  placesOf(data, key) {
    let count = 0;
    const before = this.sizes.map((size) => (count += size) - size);
    return decodePlaces(data, count, before[key], this.sizes[key]);
  }
}
