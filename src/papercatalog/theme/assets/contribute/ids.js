/**
 * @file Identifiers and slugs as in `ids.py`; the same tests hold both. `letters.json` has the ASCII
 * spellings of letters. Unlike Python, HTML entities in a title are not resolved.
 */

export { parseArxiv, parseDoi } from "../search/identifiers.js";

const SLUG_LENGTH = 80;
const DOI_SLUG_LENGTH = 160;
const RESERVED_IDS = ["index", "readme"];

/**
 * @typedef {Record<string, string[]>} Letters
 * Spellings by the upper byte of the code point, in hexadecimal, then by the lower byte.
 */

/** @param {string} text @returns {boolean} whether a slug of it needs the letters */
export function needsLetters(text) {
  return /[^\x00-\x7f]/.test(text);
}

/**
 * A slug in full: words of ASCII letters and digits, joined by hyphens.
 * @param {string} text @param {Letters} letters
 */
export function slugify(text, letters) {
  return Array.from(text.replace(/'+/g, "-").normalize("NFKD"), (letter) => spell(letter, letters))
    .join("")
    .toLowerCase()
    .replace(/'+/g, "")
    .replace(/(?<=[0-9]),(?=[0-9])/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** @param {string} letter @param {Letters} letters */
function spell(letter, letters) {
  const code = /** @type {number} */ (letter.codePointAt(0));
  if (code < 0x80) return letter;
  const block = letters[(code >> 8).toString(16).padStart(2, "0")];
  return block?.[code & 0xff] ?? "";
}

/**
 * What two spellings of a title share.
 * @param {string} title @param {Letters} letters
 */
export function normaliseTitle(title, letters) {
  return slugify(title, letters).replaceAll("-", " ") || title.split(/\s+/).join(" ").trim().toLowerCase();
}

/**
 * The name of a new page, before it is known whether it is taken.
 * @param {{title: string, arxiv?: string, doi?: string}} facts @param {Letters} letters
 */
export function buildId(facts, letters) {
  if (facts.arxiv) return facts.arxiv.replaceAll("/", "-").toLowerCase();
  if (facts.doi) {
    const safe = trim(facts.doi.toLowerCase().replace(/[^a-z0-9.]+/g, "-"));
    return trim(safe.slice(0, DOI_SLUG_LENGTH));
  }
  const slug = cut(slugify(facts.title, letters)) || "paper";
  return RESERVED_IDS.includes(slug) ? `${slug}-2` : slug;
}

/** @param {string} slug @returns {string} without points and hyphens around it */
function trim(slug) {
  return slug.replace(/^[-.]+|[-.]+$/g, "");
}

/** @param {string} slug cut at a word's end @returns {string} */
function cut(slug) {
  if (slug.length <= SLUG_LENGTH) return slug;
  const end = slug.lastIndexOf("-", SLUG_LENGTH);
  return slug.slice(0, end > 0 ? end : SLUG_LENGTH);
}
