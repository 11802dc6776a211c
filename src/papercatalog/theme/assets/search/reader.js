// @ts-check
/** Reads the files of a search index as queries need them; keeps what it has decoded. */

import { Cursor, decodeFile, decodeText } from "./codec.js";
import { MANIFEST_NAME } from "./constants.js";
import { decodeManifest, fileName } from "./manifest.js";
import { TermShard } from "./term_shard.js";

/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {import("./postings.js").PostingList} PostingList */
/** @typedef {import("./spelling.js").VocabularyWord} VocabularyWord */
/** @typedef {(path: string) => Promise<Uint8Array<ArrayBuffer>>} Read */
/**
 * A paper in a list of results.
 * @typedef {object} Card
 * @property {string} title @property {string} url @property {string} date
 * @property {string[]} topics slugs @property {string} authors @property {number} votes
 * @property {boolean} code @property {string} gist the beginning of the abstract's most telling sentence
 */

const RETRY_AFTER = 1000; // milliseconds before a failed file may be requested again

/** How many of the sorted strings are at most `text`. @param {string[]} sorted @param {string} text */
function countUpTo(sorted, text) {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= text) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class SearchIndex {
  /** @param {Read} read returns the content of a path such as `manifest.bin`
   * @param {Manifest} manifest */
  constructor(read, manifest) {
    this.read = read;
    this.manifest = manifest;
    this.paperCount = manifest.papers;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** Errors of files that a query went on without, until the interface has shown them.
     * @type {unknown[]} */
    this.failures = [];
  }

  /** @param {Read} read */
  static async open(read) {
    return new SearchIndex(read, decodeManifest(await decodeFile(await read(MANIFEST_NAME))));
  }

  /** The posting lists of a stem's terms, by term; a fact is its own stem. @param {string} stem */
  async postingLists(stem) {
    const shard = await this.wholeShard(stem);
    const number = shard ? shard.find(stem) : -1;
    return shard && number >= 0 ? shard.lists(number) : [];
  }

  /** The positions of each posting of a term. @param {string} stem @param {string} term */
  async positions(stem, term) {
    const shard = await this.wholeShard(stem);
    const number = shard ? shard.find(stem) : -1;
    if (!shard || number < 0) return [];
    const data = await this.load("places", shard.positionsName, (payload) => payload);
    return shard.positionsOf(data, number, term);
  }

  /** The words with a prefix, and others near them. @param {string} prefix */
  wordsStarting(prefix) {
    return this.vocabulary("words", prefix);
  }

  /** The words with a suffix, and others. @param {string} suffix */
  async wordsEnding(suffix) {
    const found = await this.vocabulary("endings", reverse(suffix));
    return found.map(([word, bits]) => /** @type {VocabularyWord} */ ([reverse(word), bits]));
  }

  /** The card of a paper. @param {number} paper @returns {Promise<Card>} */
  async card(paper) {
    const { cards, blocks } = this.manifest.sizes;
    const block = Math.floor(paper / cards);
    const name = fileName(this.manifest, "cards", Math.floor(block / blocks));
    const number = (block % blocks).toString(16).padStart(2, "0");
    const rows = await this.load("cards", name + number, parseJson);
    const [title, url, date, topics, authors, votes, code, gist] = rows[paper % cards];
    const slugs = topics.map((/** @type {number} */ topic) => this.manifest.topics[topic][0]);
    return { title, url, date, topics: slugs, authors, votes, code: code === 1, gist };
  }

  /** A block of the authors' facet. @param {number} number */
  authors(number) {
    return this.load("authors", fileName(this.manifest, "authors", number), parseJson);
  }

  /**
   * @template T
   * @param {string} folder @param {string} name @param {(payload: Uint8Array) => T} decode
   * @returns {Promise<T>}
   */
  load(folder, name, decode) {
    const path = `${folder}/${name}.bin`;
    let found = this.files.get(path);
    if (!found) {
      found = this.read(path).then(decodeFile).then(decode);
      this.files.set(path, found);
      found.catch(() => setTimeout(() => this.files.delete(path), RETRY_AFTER));
    }
    return found;
  }

  /** The shard with a stem, without the tail of its lists if that is another file.
   * @param {string} stem @returns {Promise<TermShard | null>} */
  async termShard(stem) {
    const number = countUpTo(this.manifest.starts.terms, stem) - 1;
    if (number < 0) return null;
    const name = fileName(this.manifest, "terms", number);
    return this.load("terms", name, (payload) => new TermShard(payload, this.paperCount));
  }

  /** The shard with a stem, and the tail of its lists. @param {string} stem */
  async wholeShard(stem) {
    const shard = await this.termShard(stem);
    if (shard && !shard.tail) {
      const tail = await this.load("rest", shard.tailName, (payload) => payload);
      // The shard now holds the decoded tail; free the bytes.
      this.files.delete(`rest/${shard.tailName}.bin`);
      if (!shard.tail) shard.readTail(new Cursor(tail));
    }
    return shard;
  }

  /** @param {"words" | "endings"} folder @param {string} prefix @returns {Promise<VocabularyWord[]>} */
  async vocabulary(folder, prefix) {
    const starts = this.manifest.starts[folder];
    const first = Math.max(0, countUpTo(starts, prefix) - 1);
    let end = Math.min(first + 1, starts.length);
    while (end < starts.length && starts[end].startsWith(prefix)) end++;
    const names = Array.from({ length: end - first }, (_, at) => fileName(this.manifest, folder, first + at));
    try {
      return (await Promise.all(names.map((name) => this.load(folder, name, decodeWords)))).flat();
    } catch (error) {
      this.failures.push(error);
      return [];
    }
  }
}

/** @param {Uint8Array} payload @returns {VocabularyWord[]} */
function decodeWords(payload) {
  const cursor = new Cursor(payload);
  const words = cursor.string().split("\n");
  const frequencyBits = cursor.string();
  return words.map((word, at) => [word, Number.parseInt(frequencyBits[at], 16)]);
}

/** @param {Uint8Array} payload */
function parseJson(payload) {
  return JSON.parse(decodeText(payload));
}

/** @param {string} word */
function reverse(word) {
  return Array.from(word).reverse().join("");
}
