// @ts-check
/** Writes a citation as a plain sentence, as citations/sentence.py does. */

import { arxivOf, dateOf, pad } from "./item.js";

/** @typedef {import("./item.js").Author} Author */
/** @typedef {import("./item.js").Item} Item */

const MOST_NAMES = 10; // named of more authors

/** Writes an item as plain text: authors, year, title, venue, identifier; no point ends a link.
 * @param {Item} item */
export function renderSentence(item) {
  const arxiv = arxivOf(item);
  const venue = item["container-title"];
  const parts = [
    joinNames(item.author ?? []),
    pad(dateOf(item)[0], 4),
    item.title,
    venue && item.type === "paper-conference" ? `In ${venue}` : venue,
    arxiv && !item.DOI ? `arXiv:${arxiv}` : "",
  ];
  const address = item.DOI ? doiAddress(item.DOI) : arxiv ? "" : item.URL;
  const ended = parts.filter(Boolean).map((part) => (/[.?!]$/.test(part) ? part : `${part}.`));
  return [...ended, address].filter(Boolean).join(" ");
}

/** Gives the address that resolves a DOI, as ids.py does.
 * @param {string} doi */
function doiAddress(doi) {
  return `https://doi.org/${encodeURI(doi).replace(/[?#]/g, encodeURIComponent)}`;
}

/** @param {Author[]} authors */
function joinNames(authors) {
  const names = authors.slice(0, MOST_NAMES).map(({ family, given, suffix, literal }) => {
    return literal ?? `${given} ${family}${suffix ? `, ${suffix}` : ""}`;
  });
  if (authors.length > MOST_NAMES) return `${names.join(", ")}, et al.`;
  if (names.length < 3) return names.join(" and ");
  return `${names.slice(0, -1).join(", ")}, and ${names[names.length - 1]}`;
}
