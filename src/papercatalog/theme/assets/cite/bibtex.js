// @ts-check
/** Writes citations as BibTeX, as citations/bibtex.py does, and reads what both write. */

import { arxivOf, dateOf, pad } from "./item.js";

/** @typedef {import("./item.js").Author} Author */
/** @typedef {import("./item.js").Item} Item */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** The entry type of each type of item, and the field that holds its venue.
 * @type {Record<string, [string, string]>} */
const ENTRY_TYPES = {
  article: ["misc", ""],
  "paper-conference": ["inproceedings", "booktitle"],
  "article-journal": ["article", "journal"],
  thesis: ["phdthesis", "school"],
};
/** @type {Record<string, string>} */
const COMMANDS = {
  "%": "\\%", "&": "\\&", _: "\\_", "#": "\\#", $: "\\$",
  "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}",
};
const SIGNS = Object.fromEntries(Object.entries(COMMANDS).map(([sign, command]) => [command, sign]));
const SPECIAL = /[%&_#$\\{}~^<>]|(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)/g;
const FORMULA = /\$(?=[^ \n$])((?:[^$\\%#&~]|\\[^ \n])+)(?<![ \n])\$(?![0-9])/g;
const TEX = /^(?:[^\\_^{]*[\\_^{][^]*|[A-Za-z0-9]?[A-Za-z](?:\([A-Za-z0-9,]+\))?)$/;
const WRITTEN = /\$(?:[^$\\]|\\[^])+\$|\\text[a-z]+\{\}|\\[%&_#$]|\{\}/g;

/** Writes an item as an entry, with its line end. @param {Item} item */
export function renderBibtex(item) {
  const lines = fieldsOf(item).map(([name, value]) => `  ${name} = ${value}`);
  return `@${ENTRY_TYPES[item.type][0]}{${item.id},\n${lines.join(",\n")}\n}\n`;
}

/**
 * Reads an entry that `renderBibtex` or its twin has written; of no other is anything promised.
 * @param {string} text @returns {Item}
 */
export function parseBibtex(text) {
  const [, kind, id] = /** @type {RegExpMatchArray} */ (text.match(/^\s*@([a-z]+)\{([^,]+),\n/));
  const fields = new Map(Array.from(text.matchAll(/^ {2}([A-Za-z]+) = (.*?),?$/gm), ([, name, value]) => {
    return [name, value.startsWith("{") ? value.slice(1, -1) : value];
  }));
  const [type, [, holder]] = /** @type {[string, [string, string]]} */ (
    Object.entries(ENTRY_TYPES).find(([, [name]]) => name === kind)
  );
  const get = (/** @type {string} */ name) => fields.get(name) ?? "";
  const venue = unescapeLatex(get(holder));
  const arxiv = get("eprint");
  const date = [Number(get("year")), MONTHS.indexOf(get("month")) + 1, Number(get("day"))];
  const authors = splitOutsideBraces(get("author"), " and ").map(parseName);
  return /** @type {Item} */ (Object.fromEntries(Object.entries({
    id,
    type,
    title: unescapeLatex(get("title").slice(1, -1)),
    author: authors.length && authors,
    issued: { "date-parts": [date.filter(Boolean)] },
    "container-title": venue,
    ...(arxiv && venue ? { archive: "arXiv", archive_location: arxiv } : {}),
    ...(arxiv && !venue ? { publisher: "arXiv", number: `arXiv:${arxiv}` } : {}),
    DOI: get("doi"),
    URL: get("url"),
  }).filter(([, value]) => value)));
}

/** Escapes a text for LaTeX; formulas between dollar signs stay. @param {string} text */
export function escapeLatex(text) {
  let written = "";
  let end = 0;
  for (const found of text.matchAll(FORMULA)) {
    if (!isFormula(found[1])) continue;
    written += escapeSigns(text.slice(end, found.index)) + found[0];
    end = found.index + found[0].length;
  }
  return written + escapeSigns(text.slice(end));
}

/** @param {string} latex written by `escapeLatex` */
function unescapeLatex(latex) {
  return latex.replace(WRITTEN, (found) => (found.startsWith("$") ? found : (SIGNS[found] ?? "")));
}

/** @param {Item} item @returns {[string, string][]} */
function fieldsOf(item) {
  const [year, month, day] = dateOf(item);
  const arxiv = arxivOf(item);
  const authors = item.author?.map(renderName).join(" and ");
  /** @type {[string, string][]} */
  const fields = [
    ["title", `{{${escapeLatex(item.title)}}}`],
    ["author", authors && `{${authors}}`],
    [ENTRY_TYPES[item.type][1], item["container-title"] && `{${escapeLatex(item["container-title"])}}`],
    ["year", `{${pad(year, 4)}}`],
    ["month", MONTHS[month - 1]],
    ["day", day && `{${day}}`],
    ["eprint", arxiv && `{${arxiv}}`],
    ["archivePrefix", arxiv && "{arXiv}"],
    ["doi", item.DOI && renderAddress(item.DOI)],
    ["url", item.URL && renderAddress(item.URL)],
  ];
  return fields.filter(([, value]) => value);
}

/** @param {Author} author */
function renderName({ family = "", given = "", suffix, literal }) {
  if (literal) return `{${escapeLatex(literal)}}`;
  const last = escapeLatex(family);
  const parts = [/^[^a-z].* [a-z]/.test(family) ? `{${last}}` : last];
  if (suffix) parts.push(escapeLatex(suffix));
  return [...parts, escapeLatex(given)].join(", ");
}

/** @param {string} name @returns {Author} */
function parseName(name) {
  const [last, ...rest] = splitOutsideBraces(name, ", ");
  const family = unescapeLatex(last.startsWith("{") ? last.slice(1, -1) : last);
  const given = unescapeLatex(rest.pop() ?? "");
  if (!given) return { literal: family };
  return { family, given, ...(rest.length ? { suffix: unescapeLatex(rest[0]) } : {}) };
}

/** Splits a text where a separator stands in no braces; nothing becomes of an empty text.
 * @param {string} text @param {string} separator */
function splitOutsideBraces(text, separator) {
  const parts = text ? [""] : [];
  let depth = 0;
  for (const piece of text.split(new RegExp(`(${separator}|[{}])`))) {
    depth += piece === "{" ? 1 : piece === "}" ? -1 : 0;
    if (piece === separator && !depth) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** Whether a text between dollar signs is a formula, with braces that BibTeX can count.
 * @param {string} tex */
function isFormula(tex) {
  let depth = 0;
  for (const [brace] of tex.matchAll(/[{}]/g)) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return !depth && TEX.test(tex);
}

/** @param {string} text */
function escapeSigns(text) {
  return text.replace(SPECIAL, (sign) => COMMANDS[sign] ?? "{}");
}

/** @param {string} address */
function renderAddress(address) {
  return `{${address.replace(/[{}\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}}`;
}
