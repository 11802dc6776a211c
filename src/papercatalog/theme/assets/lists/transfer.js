// @ts-check
/** Reading lists as links and as files. Both may come from strangers: what is not a list of papers is left out. */

import { LIMITS, isReference } from "./marks.js";
import { WORDS } from "../search/words.js";

/** A paper that a file names; its reference is empty where the file does not give it.
 * @typedef {{reference: string, id: string, title: string, arxiv: string, doi: string}} Named */

const FORMAT = "papercatalog-reading-list";
/** The largest file that is read, in bytes: some 10,000 citations. */
export const MAX_FILE = 5_000_000;
const MAX_TEXT = 500; // characters of a name that is read

/** Writes references into the part of an address after `#`: `2025:2410.08115,a-title;2024:other`.
 * @param {string[]} references */
export function renderLink(references) {
  /** @type {Map<string, string[]>} */
  const years = new Map();
  for (const reference of references) {
    const [year, id] = reference.split("/");
    years.set(year, [...(years.get(year) ?? []), id]);
  }
  return [...years].map(([year, ids]) => `${year}:${ids.join(",")}`).join(";");
}

/** Reads references from the part of an address after `#`. @param {string} hash @returns {string[]} */
export function parseLink(hash) {
  const found = unescapeLink(hash).split(";").flatMap((part) => {
    const [year, ids = ""] = part.split(":");
    return ids.split(",").map((id) => `${year}/${id}`);
  });
  return [...new Set(found.filter(isReference))].slice(0, LIMITS.saved);
}

/** Some programs escape the signs between ids. @param {string} hash */
function unescapeLink(hash) {
  return hash.replace(/%(2C|3A|3B|2F)/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
}

/** Writes references as a file, which `parseFile` reads. @param {string[]} references */
export function renderFile(references) {
  return `${JSON.stringify({ format: FORMAT, papers: references }, null, 2)}\n`;
}

/**
 * Reads the papers that a file names: a list of ours, CSL-JSON, BibTeX or RIS.
 * @param {string} text @returns {Named[]} at most as many as a reading list holds
 * @throws {Error} if it is none of these
 */
export function parseFile(text) {
  const start = text.replace(/^\ufeff/, "").trimStart();
  let found;
  if (/^[[{]/.test(start)) found = parseJson(start);
  else if (/^TY {2}-/m.test(start)) found = start.split(/^ER {2}-.*$/m).map(parseReference);
  else found = start.split(/^[ \t]*@(?=\w+\s*\{)/m).slice(1).map(parseEntry);
  const named = found.filter(({ reference, id, title, arxiv, doi }) => reference || id || title || arxiv || doi);
  if (!named.length) throw new Error(WORDS.no_names);
  return named.slice(0, LIMITS.saved);
}

/** @param {Partial<Record<keyof Named, unknown>>} given @returns {Named} */
function makeNamed(given) {
  const text = (/** @type {unknown} */ value) => (typeof value === "string" || typeof value === "number" ? String(value).replace(/\s+/g, " ").trim().slice(0, MAX_TEXT) : "");
  return {
    reference: isReference(given.reference) ? given.reference : "",
    id: text(given.id), title: text(given.title), arxiv: text(given.arxiv).replace(/^arXiv:/i, ""), doi: text(given.doi),
  };
}

/** @param {string} text @returns {Named[]} */
function parseJson(text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error(WORDS.json_damaged);
  }
  if (data?.format === FORMAT && Array.isArray(data.papers)) {
    return data.papers.map((/** @type {unknown} */ reference) => makeNamed({ reference, id: reference }));
  }
  const items = Array.isArray(data) ? data : [];
  return items.filter((item) => item && typeof item === "object").map((item) => {
    return makeNamed({ id: item.id, title: item.title, arxiv: item.archive_location ?? item.number, doi: item.DOI });
  });
}

/** @param {string} text of a reference in RIS @returns {Named} */
function parseReference(text) {
  const get = (/** @type {string} */ tags) => text.match(new RegExp(`^(?:${tags}) {2}- ?(.*)$`, "m"))?.[1];
  return makeNamed({ id: get("ID"), title: get("TI|T1"), arxiv: get("AN"), doi: get("DO") });
}

/** @param {string} text of an entry in BibTeX, without its `@` @returns {Named} */
function parseEntry(text) {
  const get = (/** @type {string} */ name) => {
    const start = new RegExp(`[\\s,]${name}\\s*=\\s*`, "i").exec(text);
    const end = start ? start.index + start[0].length : 0;
    return start ? readBraced(text.slice(end, end + 4 * MAX_TEXT)) : "";
  };
  return makeNamed({ id: text.match(/^\w+\s*\{\s*([^,\s]*)/)?.[1], title: get("title"), arxiv: get("eprint"), doi: get("doi") });
}

/** The value at the beginning of a text, without braces, quotes and backslashes. @param {string} text */
function readBraced(text) {
  let depth = 0;
  let end = 0;
  for (; end < text.length; end++) {
    if (text[end] === "{") depth++;
    if (text[end] === "}") depth--;
    const isEnd = text[0] === "{" ? depth === 0 : depth < 0 || (text[0] === '"' ? end > 0 && text[end] === '"' && depth === 0 : text[end] === ",");
    if (isEnd) break;
  }
  return text.slice(0, end).replace(/[{}"\\$]/g, "");
}
