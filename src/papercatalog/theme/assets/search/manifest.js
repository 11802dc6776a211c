// @ts-check
/** The manifest: what a browser knows of an index before its first file. */

import { Cursor, IndexFormatError } from "./wire.js";

const CUT = ["terms", "words", "endings"]; // folders whose files hold a range of keys each
const FOLDERS = [...CUT, "cards", "authors"];
const NAME = 4; // bytes
const NOT_AS_MANY = "the search index's manifest does not say where each file begins";

/**
 * @typedef {object} Manifest
 * @property {number} papers
 * @property {[string, number][]} months
 * @property {[string, string, string][]} topics slug, title, the slug of the topic above
 * @property {{cards: number, blocks: number, authors: number}} sizes how many papers are in a block of
 *   cards; how many of these blocks share a name; how many papers are in a block of authors
 * @property {Record<string, string[]>} starts of each folder that is cut by keys, where each file begins
 * @property {Record<string, Uint8Array>} names of each folder the names of its files, as bytes
 */

/** @param {Uint8Array} payload @returns {Manifest} */
export function readManifest(payload) {
  const cursor = new Cursor(payload);
  const { files, ...known } = JSON.parse(cursor.text());
  const rests = CUT.map(() => cursor.text().split("\n"));
  const starts = Object.fromEntries(CUT.map((folder, number) => {
    let start = "";
    if (rests[number].length !== Math.max(1, files[folder])) throw new IndexFormatError(NOT_AS_MANY);
    const of = Array.from(cursor.numbers(files[folder]), (shared, at) => {
      start = start.slice(0, shared) + rests[number][at];
      return start;
    });
    return [folder, of];
  }));
  const names = Object.fromEntries(FOLDERS.map((folder) => [folder, cursor.bytes(NAME * files[folder])]));
  cursor.finish();
  return { ...known, starts, names };
}

/** The name of a folder's file. @param {Manifest} manifest @param {string} folder
 * @param {number} number */
export function nameOf({ names }, folder, number) {
  const bytes = names[folder].subarray(NAME * number, NAME * (number + 1));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
