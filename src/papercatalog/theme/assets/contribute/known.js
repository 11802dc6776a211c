/**
 * @file Looks a paper up in the catalog by hashed keys, in the files of `known/` that
 * `outputs/contribute.py` writes (its `known_keys` defines the keys).
 */

/** A lookup in the catalog's keys, which fetches each file once. */
export class Known {
  /** @type {Map<string, Promise<Record<string, string>>>} */
  #files = new Map();
  #digits;
  #load;

  /**
   * @param {number} digits how many digits of a key name its file
   * @param {(name: string) => Promise<Record<string, string>>} load gives a file's content
   */
  constructor(digits, load) {
    this.#digits = digits;
    this.#load = load;
  }

  /**
   * The address of the paper known by a name, relative to the site.
   * @param {string} name such as `arxiv:2410.08115` @returns {Promise<string | undefined>}
   */
  async find(name) {
    const key = crc32(new TextEncoder().encode(name)).toString(16).padStart(8, "0");
    const file = key.slice(0, this.#digits) || "all";
    if (!this.#files.has(file)) {
      this.#files.set(file, this.#load(file));
    }
    try {
      const keys = await /** @type {Promise<Record<string, string>>} */ (this.#files.get(file));
      const rest = key.slice(this.#digits);
      return Object.hasOwn(keys, rest) ? keys[rest] : undefined;
    } catch (error) {
      this.#files.delete(file);
      throw error;
    }
  }
}

/** @param {Uint8Array} bytes @returns {number} CRC-32 as in ISO 3309 and zlib */
export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
