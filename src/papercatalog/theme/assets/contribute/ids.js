/**
 * @file Identifiers and slugs as in `ids.py`; the same tests hold both. `letters.json` has the ASCII
 * spellings of letters. Unlike Python, HTML entities in a title are not resolved.
 */

const SLUG_LENGTH = 80;

const ARXIV_NEW = String.raw`[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}`;
const ARXIV_OLD = String.raw`[a-z][a-z-]*(?:\.[a-z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}`;
const ARXIV = new RegExp(
  String.raw`^(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/` +
    String.raw`|(?:www\.)?(?:hf\.co|huggingface\.co)/papers/` +
    String.raw`|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\.|10\.48550/arxiv\.|arxiv:\s*)?` +
    `(${ARXIV_NEW}|${ARXIV_OLD})` +
    String.raw`(?:v[0-9]+)?(?:\.pdf)?/?$`,
  "i",
);
const DOI = /^(?:https?:\/\/(?:dx\.|www\.)?doi\.org\/|doi:\s*)?(10\.[0-9]{4,9}\/[!-~]+)$/i;

/**
 * @typedef {Record<string, string[]>} Letters
 * Spellings by the upper byte of the code point, in hexadecimal, then by the lower byte.
 */

/** @param {string} text @returns {string | null} the arXiv id without its version */
export function parseArxiv(text) {
  const found = ARXIV.exec(text.trim().split("#")[0].split("?")[0]);
  if (!found) return null;
  const [archive, number] = found[1].toLowerCase().split("/");
  return number ? `${archive.split(".")[0]}/${number}` : archive;
}

/** @param {string} text @returns {string | null} the DOI in lower case */
export function parseDoi(text) {
  const found = DOI.exec(text.trim());
  return found ? found[1].toLowerCase() : null;
}

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
    return facts.doi.toLowerCase().replace(/[^a-z0-9.]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
  }
  return cut(slugify(facts.title, letters)) || "paper";
}

/** @param {string} slug cut at a word's end @returns {string} */
function cut(slug) {
  if (slug.length <= SLUG_LENGTH) return slug;
  const end = slug.lastIndexOf("-", SLUG_LENGTH);
  return slug.slice(0, end > 0 ? end : SLUG_LENGTH);
}
