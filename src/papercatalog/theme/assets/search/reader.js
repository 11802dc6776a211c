// @ts-check
/** Reads the files of a search index as they are needed, checks and keeps them. */

import { nameOf, readManifest } from "./manifest.js";
import { TermShard } from "./shard.js";
import { Cursor, text, unpack } from "./wire.js";

/** @typedef {import("./postings.js").Postings} Postings */
/** @typedef {import("./spelling.js").Weighted} Weighted */
/** @typedef {(path: string) => Promise<Uint8Array<ArrayBuffer>>} Read */
/** @typedef {import("./manifest.js").Manifest} Manifest */
/**
 * What a list of results shows of a paper.
 * @typedef {object} Card
 * @property {string} title @property {string} url @property {string} date
 * @property {string[]} topics @property {string} authors @property {number} votes
 * @property {boolean} code @property {string} gist
 */

const AGAIN = 1000; // milliseconds until what could not be had is asked for anew: not twice for a query

/** How many of the sorted strings are at most `key`. @param {string[]} sorted @param {string} key */
function countUpTo(sorted, key) {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class SearchIndex {
  /** @param {Read} read @param {Manifest} manifest */
  constructor(read, manifest) {
    this.read = read;
    this.manifest = manifest;
    this.papers = manifest.papers;
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
    /** What could not be loaded since the reader last looked. @type {unknown[]} */
    this.failures = [];
  }

  /** @param {Read} read gives the content of a path such as `manifest.bin` */
  static async open(read) {
    return new SearchIndex(read, readManifest(await unpack(await read("manifest.bin"))));
  }

  /** The posting lists of a stem's words; of a fact, under its key. @param {string} group */
  async group(group) {
    const shard = await this.wholeShard(group);
    const number = shard ? shard.find(group) : -1;
    return shard && number >= 0 ? shard.lists(number) : [];
  }

  /** For each posting of a list, its places. @param {string} group @param {string} key */
  async places(group, key) {
    const shard = await this.wholeShard(group);
    const number = shard ? shard.find(group) : -1;
    if (!shard || number < 0) return [];
    const data = await this.file("places", shard.places, (payload) => payload);
    return shard.placesOf(data, number, key);
  }

  /** The vocabulary from a beginning on; more than asked may come. @param {string} start */
  words(start) {
    return this.vocabulary("words", start);
  }

  /** The vocabulary with an ending; more than asked may come. @param {string} end */
  async wordsEnding(end) {
    const found = await this.vocabulary("endings", reversed(end));
    return found.map(([word, weight]) => /** @type {Weighted} */ ([reversed(word), weight]));
  }

  /** What to show of a paper. @param {number} paper @returns {Promise<Card>} */
  async card(paper) {
    const { cards, blocks } = this.manifest.sizes;
    const number = Math.floor(paper / cards);
    const name = nameOf(this.manifest, "cards", Math.floor(number / blocks));
    const place = (number % blocks).toString(16).padStart(2, "0");
    const block = await this.file("cards", name + place, json);
    const [title, url, date, topics, authors, votes, code, gist] = block[paper % cards];
    const slugs = topics.map((/** @type {number} */ at) => this.manifest.topics[at][0]);
    return { title, url, date, topics: slugs, authors, votes, code: code === 1, gist };
  }

  /** The authors of a block of papers, for the facet. @param {number} number */
  authors(number) {
    return this.file("authors", nameOf(this.manifest, "authors", number), json);
  }

  /**
   * @template T
   * @param {"terms" | "words" | "endings"} part
   * @param {number} number @param {(payload: Uint8Array) => T} decode
   * @returns {Promise<T>}
   */
  shard(part, number, decode) {
    return this.file(part, nameOf(this.manifest, part, number), decode);
  }

  /**
   * @template T
   * @param {string} folder @param {string} name @param {(payload: Uint8Array) => T} decode
   * @returns {Promise<T>}
   */
  file(folder, name, decode) {
    const path = `${folder}/${name}.bin`;
    let found = this.kept.get(path);
    if (!found) {
      found = this.read(path).then(unpack).then(decode);
      this.kept.set(path, found);
      found.catch(() => setTimeout(() => this.kept.delete(path), AGAIN));
    }
    return found;
  }

  /** The shard with a group, without the rest of its lists where that is apart.
   * @param {string} group */
  termShard(group) {
    const number = countUpTo(this.manifest.starts.terms, group) - 1;
    if (number < 0) return Promise.resolve(null);
    return this.shard("terms", number, (payload) => new TermShard(payload, this.papers));
  }

  /** The same, with the rest of its lists where that is apart. @param {string} group */
  async wholeShard(group) {
    const shard = await this.termShard(group);
    if (shard && !shard.rest) {
      const rest = await this.file("rest", shard.restName, (payload) => payload);
      this.kept.delete(`rest/${shard.restName}.bin`);
      if (!shard.rest) shard.readRest(new Cursor(rest));
    }
    return shard;
  }

  /** @param {"words" | "endings"} part @param {string} start @returns {Promise<Weighted[]>} */
  async vocabulary(part, start) {
    const firsts = this.manifest.starts[part];
    const first = Math.max(0, countUpTo(firsts, start) - 1);
    let end = Math.min(first + 1, firsts.length);
    while (end < firsts.length && firsts[end].startsWith(start)) end++;
    const numbers = Array.from({ length: end - first }, (_, at) => first + at);
    try {
      return (await Promise.all(numbers.map((at) => this.shard(part, at, decodeWords)))).flat();
    } catch (error) {
      this.failures.push(error);
      return [];
    }
  }
}

/** @param {Uint8Array} payload @returns {Weighted[]} */
function decodeWords(payload) {
  const cursor = new Cursor(payload);
  const words = cursor.text().split("\n");
  const weights = cursor.text();
  return words.map((word, at) => [word, Number.parseInt(weights[at], 16)]);
}

/** @param {Uint8Array} payload */
function json(payload) {
  return JSON.parse(text(payload));
}

/** @param {string} word */
function reversed(word) {
  return Array.from(word).reverse().join("");
}
