// @ts-check
/** Decodes the manifest of an index: its size, the topics, and the names of its files. */

import { Cursor, IndexFormatError } from "./codec.js";
import { NAMED_FOLDERS, NAME_BYTES, SHARDED_FOLDERS } from "./constants.js";

/**
 * @typedef {object} Manifest
 * @property {number} papers how many papers the index holds
 * @property {[string, number][]} months each month from the oldest, and how many papers it has
 * @property {[string, string, string][]} topics slug, title, the parent's slug
 * @property {{cards: number, blocks: number, authors: number}} sizes how many papers a block of cards
 *   has; how many of these blocks share a name; how many papers a block of authors has
 * @property {Record<string, string[]>} starts the first string of each file, by folder
 * @property {Record<string, Uint8Array>} names the names of the files as bytes, by folder
 */

/** @param {Uint8Array} payload @returns {Manifest} */
export function decodeManifest(payload) {
  const cursor = new Cursor(payload);
  const { files, ...head } = JSON.parse(cursor.string());
  const suffixes = SHARDED_FOLDERS.map(() => cursor.string().split("\n"));
  const starts = Object.fromEntries(SHARDED_FOLDERS.map((folder, number) => {
    if (suffixes[number].length !== Math.max(1, files[folder])) {
      throw new IndexFormatError("the search index's manifest lacks the starts of some files");
    }
    let start = "";
    const ofFolder = Array.from(cursor.varints(files[folder]), (shared, at) => {
      start = start.slice(0, shared) + suffixes[number][at];
      return start;
    });
    return [folder, ofFolder];
  }));
  const names = Object.fromEntries(NAMED_FOLDERS.map((folder) => {
    return [folder, cursor.bytes(NAME_BYTES * files[folder])];
  }));
  cursor.finish();
  return { ...head, starts, names };
}

/** The name of a folder's file. @param {Manifest} manifest @param {string} folder
 * @param {number} number */
export function fileName({ names }, folder, number) {
  const bytes = names[folder].subarray(NAME_BYTES * number, NAME_BYTES * (number + 1));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
