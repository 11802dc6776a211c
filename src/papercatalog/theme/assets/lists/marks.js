// @ts-check
/**
 * The papers that a reader has seen and saved, by their references. Each change reads what is stored, so
 * that two pages do not overwrite each other's.
 */

import { CHANGED, readValue, writeValue } from "./storage.js";

/** @typedef {"seen" | "saved"} Kind */

/** A paper's address below `papers/`, without its last slash: `2025/2410.08115`. */
const REFERENCE = /^[0-9]{4}\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/;
const MAX_REFERENCE = 205; // characters: year, slash, id
/** How many papers are kept at most; of those seen, the marks of the oldest go. @type {Record<Kind, number>} */
export const LIMITS = { seen: 5000, saved: 1000 };

/** @param {unknown} text @returns {text is string} */
export function isReference(text) {
  return typeof text === "string" && text.length <= MAX_REFERENCE && REFERENCE.test(text);
}

/** The reference of the paper at an address; empty for other addresses.
 * @param {string} root the site's address @param {string} address */
export function referenceOf(root, address) {
  const { href } = new URL(address.replace(/[?#].*$/, ""), root);
  const reference = href.startsWith(`${root}papers/`) ? href.slice(`${root}papers/`.length).replace(/\/(?:index\.html)?$/, "") : "";
  return isReference(reference) ? reference : "";
}

/** The address of a paper. @param {string} root @param {string} reference */
export function paperAddress(root, reference) {
  return `${root}papers/${reference}/`;
}

export class Marks {
  /** @param {string} root the site's address: catalogs of one host do not share marks */
  constructor(root) {
    this.site = new URL(root).pathname;
    /** Whether the last change outlasts the page. */
    this.isKept = true;
    /** @type {Record<Kind, Set<string>>} */
    this.sets = { seen: new Set(), saved: new Set() };
    this.load();
  }

  load() {
    this.sets = { seen: new Set(this.read("seen")), saved: new Set(this.read("saved")) };
  }

  /** References, the latest last. @param {Kind} kind @returns {string[]} */
  read(kind) {
    try {
      const stored = JSON.parse(readValue(`${kind}:${this.site}`) ?? "[]");
      return Array.isArray(stored) ? stored.filter(isReference) : [];
    } catch {
      return [];
    }
  }

  /** @param {Kind} kind @param {string} reference */
  has(kind, reference) {
    return this.sets[kind].has(reference);
  }

  /** Changes what is stored. Returns what was before.
   * @param {Kind} kind @param {(before: string[]) => string[]} change */
  change(kind, change) {
    const before = this.read(kind);
    const after = [...new Set(change(before).filter(isReference))].slice(-LIMITS[kind]);
    this.isKept = writeValue(`${kind}:${this.site}`, JSON.stringify(after));
    this.load();
    dispatchEvent(new Event(CHANGED));
    return before;
  }

  /** @param {Kind} kind @param {string} reference @param {boolean} on */
  set(kind, reference, on) {
    this.change(kind, (before) => {
      const others = before.filter((other) => other !== reference);
      return on ? [...others, reference] : others;
    });
  }

  /**
   * Calls a listener after changes here, in other pages, and while the page was away.
   * @param {() => void} listener @param {AbortSignal} signal ends it
   */
  listen(listener, signal) {
    const tell = () => {
      this.load();
      listener();
    };
    for (const type of [CHANGED, "storage", "pageshow"]) addEventListener(type, tell, { signal });
  }
}
