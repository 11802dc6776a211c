// @ts-check
/** The bytes of the index: checked containers and varints; docs/guide/search.md has the layout. */

const VERSION = 5;
const MAGIC = [0x50, 0x43, 0x53]; // PCS

/** A file of the index is damaged, or of a version that this code does not read. */
export class IndexFormatError extends Error {}

/** The payload of a file, checked. @param {Uint8Array<ArrayBuffer>} data @returns {Promise<Uint8Array>} */
export async function unpack(data) {
  if (MAGIC.some((byte, at) => data[at] !== byte)) {
    throw new IndexFormatError("not a file of a search index");
  }
  if (data[3] !== VERSION) {
    throw new IndexFormatError("a search index of another version; reload the page");
  }
  try {
    const { readable, writable } = new DecompressionStream("deflate");
    const writer = writable.getWriter();
    const plain = new Response(readable).arrayBuffer();
    await Promise.all([writer.write(data.subarray(4)), writer.close(), plain]);
    return new Uint8Array(await plain);
  } catch (error) {
    throw new IndexFormatError(`a damaged file of the search index: ${error}`);
  }
}

const UTF_8 = new TextDecoder();

/** @param {Uint8Array} payload */
export function text(payload) {
  return UTF_8.decode(payload);
}

/** Reads varints and strings from a payload, one after the other. */
export class Cursor {
  /** @param {Uint8Array} data @param {number} [at] */
  constructor(data, at = 0) {
    this.data = data;
    this.at = at;
  }

  /** The next varint, below 2 ** 32. */
  number() {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.data[this.at++];
      if (byte === undefined) break;
      value += (byte & 127) * 2 ** shift;
      if (value >= 2 ** 32) break;
      if (byte < 128) return value;
    }
    throw new IndexFormatError("a search index's file ends too early");
  }

  /** As many varints. @param {number} count */
  numbers(count) {
    if (count > this.data.length - this.at) {
      throw new IndexFormatError("a search index's file ends too early");
    }
    const found = new Uint32Array(count);
    for (let number = 0; number < count; number++) {
      const byte = this.data[this.at];
      if (byte < 128) this.at++;
      found[number] = byte < 128 ? byte : this.number();
    }
    return found;
  }

  /** Refuse a payload that goes on. */
  finish() {
    if (this.at !== this.data.length) {
      throw new IndexFormatError("a file of the search index is longer than it says");
    }
  }

  /** The next string. */
  text() {
    return text(this.bytes(this.number()));
  }

  /** So many bytes. @param {number} count */
  bytes(count) {
    const end = this.at + count;
    if (end > this.data.length) {
      throw new IndexFormatError("a search index's file ends too early");
    }
    const found = this.data.subarray(this.at, end);
    this.at = end;
    return found;
  }
}
