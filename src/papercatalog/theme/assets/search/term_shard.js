// @ts-check
/** A shard of posting lists, those of a range of stems; a stem's lists are decoded on demand. */

import { Cursor, IndexFormatError } from "./codec.js";
import { ELSEWHERE_IMPACT, MAX_IMPACT } from "./constants.js";
import {
  PairLists, TitlePatterns, countPapers, decodePositions, makePostingList, startsOf,
} from "./postings.js";
import { isAuthor, isTextWord, termStem } from "./terms.js";

/** @typedef {import("./postings.js").PostingList} PostingList */

const NOT_IN_ORDER = "a shard of the search index is not in order";

export class TermShard {
  /** @param {Uint8Array} payload @param {number} paperCount how many papers the index holds */
  constructor(payload, paperCount) {
    const cursor = new Cursor(payload);
    this.paperCount = paperCount;
    /** The name of the file of positions. */
    this.positionsName = cursor.string();
    /** The name of the file with the tail of the lists; empty if they have none. */
    this.tailName = cursor.string();
    this.terms = cursor.string().split("\n");
    const count = this.terms.length;
    const titleCounts = cursor.varints(count);
    const otherCounts = cursor.varints(count);
    if (!titleCounts[0] || this.terms.includes("")) throw new IndexFormatError(NOT_IN_ORDER);
    const firsts = [];
    for (let term = 0; term < count; term++) if (titleCounts[term]) firsts.push(term);
    /** The first term of each stem, and the number of terms. */
    this.firsts = Uint32Array.from([...firsts, count]);
    this.patterns = new TitlePatterns(cursor, this.firsts.slice(1).map((end, at) => end - this.firsts[at]));
    /** The papers with a word of each stem in the title, and the impact of words there. */
    this.titles = new PairLists(cursor, Uint32Array.from(firsts, (term) => titleCounts[term] - 1));
    /** The pattern of each of these papers. */
    this.titlePatterns = cursor.varints(this.titles.gaps.length);
    const { inHead, inTitle } = this.countHead();
    /** How many papers of `titles` contain each term. */
    this.headSizes = inHead;
    this.titlePositionStarts = startsOf(inTitle);
    /** The first positions of each term in titles, by impact. */
    this.titlePositions = cursor.varints(this.titlePositionStarts[count]);
    /** How many papers contain each term. */
    this.sizes = new Uint32Array(count);
    /** How many papers contain each word but are not in `titles`. */
    this.tailSizes = new Uint32Array(count);
    const nonWordSizes = new Uint32Array(count);
    for (let term = 0; term < count; term++) {
      this.sizes[term] = otherCounts[term] + inHead[term];
      const sizes = isTextWord(this.terms[term]) ? this.tailSizes : nonWordSizes;
      sizes[term] = otherCounts[term];
    }
    /** The papers of facts and authors. */
    this.nonWords = new PairLists(cursor, nonWordSizes);
    /** How many papers contain a word of each stem; null if the tail is in this file. */
    this.documentFrequencies = this.tailName ? cursor.varints(firsts.length) : null;
    /** The other papers of words; null before they are loaded. @type {PairLists | null} */
    this.tail = null;
    /** The decoded lists, by stem. @type {Map<number, [string, PostingList][]>} */
    this.decoded = new Map();
    if (this.tailName) cursor.finish();
    else this.readTail(cursor);
  }

  /** Resolves each title's pattern; counts by term the papers in `titles`, and those with the term in
   * the title. */
  countHead() {
    const { firsts, patterns, titles, titlePatterns } = this;
    const uses = new Uint32Array(patterns.starts.length);
    const inHead = new Uint32Array(this.terms.length);
    const inTitle = new Uint32Array(this.terms.length);
    for (let stem = 0; stem < firsts.length - 1; stem++) {
      for (let title = titles.starts[stem]; title < titles.starts[stem + 1]; title++) {
        titlePatterns[title] = patterns.find(stem, titlePatterns[title]);
        uses[titlePatterns[title]]++;
      }
      for (let pattern = patterns.firsts[stem]; pattern < patterns.firsts[stem + 1]; pattern++) {
        for (let at = patterns.starts[pattern]; at < patterns.starts[pattern + 1]; at++) {
          const code = patterns.codes[at];
          inHead[firsts[stem] + (code >>> 1)] += uses[pattern];
          if (code & 1) inTitle[firsts[stem] + (code >>> 1)] += uses[pattern];
        }
      }
    }
    return { inHead, inTitle };
  }

  /** @param {Cursor} cursor */
  readTail(cursor) {
    const tail = new PairLists(cursor, this.tailSizes);
    cursor.finish();
    this.tail = tail;
    this.decoded.clear();
  }

  /** A stem's number; -1 if the shard does not have it. @param {string} name */
  find(name) {
    let low = 0;
    for (let high = this.firsts.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (termStem(this.terms[this.firsts[middle]]) < name) low = middle + 1;
      else high = middle;
    }
    const terms = this.terms.slice(this.firsts[low], this.firsts[low + 1]);
    if (!terms.length || termStem(terms[0]) !== name) return -1;
    if (terms.some((term, at) => termStem(term) !== name || (at && term <= terms[at - 1]))) {
      throw new IndexFormatError(NOT_IN_ORDER);
    }
    return low;
  }

  /** A stem's posting lists, by term, as far as they are loaded. @param {number} stem */
  lists(stem) {
    let found = this.decoded.get(stem);
    if (!found) {
      found = this.decode(stem);
      this.decoded.set(stem, found);
    }
    return found;
  }

  /** @param {number} stem @returns {[string, PostingList][]} */
  decode(stem) {
    const { patterns, titles, tail } = this;
    const [first, end] = this.firsts.subarray(stem, stem + 2);
    const terms = Array.from({ length: end - first }, (_, at) => first + at);
    const lists = terms.map((term) => makePostingList(this.sizes[term] - (tail ? 0 : this.tailSizes[term])));
    const lengths = new Uint32Array(lists.length);
    const papers = this.papersInTitles(stem);
    for (let at = 0, title = titles.starts[stem]; at < papers.length; at++, title++) {
      const pattern = this.titlePatterns[title];
      for (let place = patterns.starts[pattern]; place < patterns.starts[pattern + 1]; place++) {
        const code = patterns.codes[place];
        const list = lists[code >>> 1];
        const to = lengths[code >>> 1]++;
        list.papers[to] = papers[at];
        list.impacts[to] = code & 1 ? titles.values[title] : ELSEWHERE_IMPACT;
        list.titlePositions[to] = code & 1 ? 0 : -1;
      }
    }
    lists.forEach((list, number) => {
      const term = terms[number];
      this.setTitlePositions(list, this.headSizes[term], this.titlePositionStarts[term]);
      let length = this.headSizes[term];
      for (const part of tail ? [this.nonWords, tail] : [this.nonWords]) {
        const others = part.numbers(term, this.paperCount);
        list.papers.set(others, length);
        list.impacts.set(part.values.subarray(part.starts[term], part.starts[term + 1]), length);
        list.titlePositions.fill(-1, length, (length += others.length));
      }
    });
    return terms.map((term, number) => [this.terms[term], lists[number]]);
  }

  /** Sets the first positions in titles, which are stored by impact, of a list's postings with one.
   * @param {PostingList} list @param {number} length how many postings of the list are in `titles`
   * @param {number} from where the term's positions begin */
  setTitlePositions({ impacts, titlePositions }, length, from) {
    const next = new Uint32Array(MAX_IMPACT + 2);
    for (let at = 0; at < length; at++) if (titlePositions[at] === 0) next[impacts[at] + 1]++;
    next[0] = from;
    for (let impact = 0; impact <= MAX_IMPACT; impact++) next[impact + 1] += next[impact];
    for (let at = 0; at < length; at++) {
      if (titlePositions[at] === 0) titlePositions[at] = this.titlePositions[next[impacts[at]]++];
    }
  }

  /** How many postings a stem's words have, authors' names left out. @param {number} stem */
  countPostings(stem) {
    let count = 0;
    for (let term = this.firsts[stem]; term < this.firsts[stem + 1]; term++) {
      if (!isAuthor(this.terms[term])) count += this.sizes[term];
    }
    return count;
  }

  /** How many papers contain a word of a stem, authors' names left out. @param {number} stem */
  documentFrequency(stem) {
    if (this.documentFrequencies) return this.documentFrequencies[stem];
    const words = this.lists(stem).filter(([term]) => !isAuthor(term));
    return countPapers(words.map(([, list]) => list), this.paperCount);
  }

  /** The papers with a word of a stem in the title. @param {number} stem */
  papersInTitles(stem) {
    return this.titles.numbers(stem, this.paperCount);
  }

  /** Decodes the positions of a term's postings from the shard's file of positions.
   * @param {Uint8Array} data @param {number} stem @param {string} term */
  positionsOf(data, stem, term) {
    const number = this.terms.indexOf(term, this.firsts[stem]);
    const starts = startsOf(this.sizes);
    return decodePositions(data, starts[this.terms.length], starts[number], this.sizes[number]);
  }
}
