// @ts-check
/** Loads the index's files over the network and retries what fails. */

import { IndexFormatError } from "./codec.js";
import { MANIFEST_NAME } from "./constants.js";
import { SearchIndex } from "./reader.js";
import { WORDS } from "./words.js";

const PAUSES = [0, 300, 1200]; // milliseconds before each attempt

/** @type {Map<string, Promise<SearchIndex>>} */
const opened = new Map();
/** The prefetched manifests that have been used. A prefetched manifest is used once; a retry fetches it
 * again.
 * @type {WeakSet<Promise<unknown>>} */
const used = new WeakSet();

/**
 * Opens the index in a folder; later calls get the same one.
 * @param {string} folder its address @param {Promise<ArrayBuffer | null>} [manifest] requested before
 */
export function openIndex(folder, manifest) {
  let index = opened.get(folder);
  if (!index) {
    index = SearchIndex.open(async (path) => {
      if (path === MANIFEST_NAME && manifest && !used.has(manifest)) {
        used.add(manifest);
        const early = await manifest;
        if (early) return new Uint8Array(early);
      }
      return load(new URL(path, folder));
    });
    opened.set(folder, index);
    index.catch(() => opened.delete(folder));
  }
  return index;
}

/** Says what has failed. @param {unknown} error */
export function describeError(error) {
  if (error instanceof IndexFormatError) return WORDS.index_damaged;
  return error instanceof Error ? error.message : String(error);
}

/** @param {URL} address @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function load(address) {
  if (address.protocol === "file:") throw new Error(WORDS.from_disk);
  if (typeof DecompressionStream === "undefined") {
    throw new Error(WORDS.old_browser);
  }
  let problem = "";
  for (const pause of PAUSES) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const isManifest = address.pathname.endsWith(`/${MANIFEST_NAME}`);
      const answer = await fetch(address, { cache: isManifest ? "no-cache" : "default" });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      problem = WORDS.answered({ status: answer.status });
    } catch {
      problem = navigator.onLine ? WORDS.no_answer : WORDS.no_connection;
    }
  }
  throw new Error(WORDS.index_not_loaded({ reason: problem }));
}
