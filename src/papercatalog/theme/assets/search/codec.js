// @ts-check
/** Decodes the index's files: containers, varints, strings. docs/guide/search.md has the layout. */

import { MAGIC, VERSION } from "./constants.js";

const HEADER = [...new TextEncoder().encode(MAGIC), VERSION];
const TOO_SHORT = "a file of the search index ends too early";

/** A file of the index is damaged, or has a version that this code does not read. */
export class IndexFormatError extends Error {}

/** Returns the payload of a file, whose checksum the browser has checked.
 * @param {Uint8Array<ArrayBuffer>} data @returns {Promise<Uint8Array>} */
export async function decodeFile(data) {
  const different = HEADER.findIndex((byte, at) => data[at] !== byte);
  if (different >= 0 && different < MAGIC.length) {
    throw new IndexFormatError("not a file of a search index");
  }
  if (different >= 0) {
    throw new IndexFormatError("a search index of another version; reload the page");
  }
  try {
    const { readable, writable } = new DecompressionStream("deflate");
    const writer = writable.getWriter();
    const payload = new Response(readable).arrayBuffer();
    await Promise.all([writer.write(data.subarray(HEADER.length)), writer.close(), payload]);
    return new Uint8Array(await payload);
  } catch (error) {
    throw new IndexFormatError(`a damaged file of the search index: ${error}`);
  }
}

const UTF_8 = new TextDecoder();

/** @param {Uint8Array} bytes */
export function decodeText(bytes) {
  return UTF_8.decode(bytes);
}

/** Reads varints and strings from a payload, one after the other. */
export class Cursor {
  /** @param {Uint8Array} data @param {number} [at] */
  constructor(data, at = 0) {
    this.data = data;
    this.at = at;
  }

  /** Reads a varint, which is below 2 ** 32. */
  varint() {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.data[this.at++];
      if (byte === undefined) break;
      value += (byte & 127) * 2 ** shift;
      if (value >= 2 ** 32) break;
      if (byte < 128) return value;
    }
    throw new IndexFormatError(TOO_SHORT);
  }

  /** Reads this many varints. @param {number} count */
  varints(count) {
    if (count > this.data.length - this.at) throw new IndexFormatError(TOO_SHORT);
    const found = new Uint32Array(count);
    for (let number = 0; number < count; number++) {
      const byte = this.data[this.at];
      if (byte < 128) this.at++;
      found[number] = byte < 128 ? byte : this.varint();
    }
    return found;
  }

  /** Reads a string: its length in bytes as a varint, then UTF-8. */
  string() {
    return decodeText(this.bytes(this.varint()));
  }

  /** Reads this many bytes. @param {number} count */
  bytes(count) {
    const end = this.at + count;
    if (end > this.data.length) throw new IndexFormatError(TOO_SHORT);
    const found = this.data.subarray(this.at, end);
    this.at = end;
    return found;
  }

  /** Throws unless the payload ends here. */
  finish() {
    if (this.at !== this.data.length) {
      throw new IndexFormatError("a file of the search index is longer than it says");
    }
  }
}
