// @ts-check
/** Writes citations as RIS, as citations/ris.py does. */

import { arxivOf, dateOf, pad } from "./item.js";

/** @typedef {import("./item.js").Item} Item */

/** @type {Record<string, string>} */
const REFERENCE_TYPES = {
  article: "UNPB", "paper-conference": "CPAPER", "article-journal": "JOUR", thesis: "THES",
};

/** Writes an item as a reference, with its line end. @param {Item} item */
export function renderRis(item) {
  const [year, month, day] = dateOf(item);
  const arxiv = arxivOf(item);
  const authors = (item.author ?? []).map(({ family, given, suffix, literal }) => {
    return literal?.replace(",", ",,") ?? [family, given, suffix].filter(Boolean).join(", ");
  });
  const lines = [
    ["TY", REFERENCE_TYPES[item.type]],
    ["ID", item.id],
    ["TI", item.title],
    ...authors.map((name) => ["AU", name]),
    ["PY", pad(year, 4)],
    ["DA", `${pad(year, 4)}/${pad(month, 2)}/${day ? pad(day, 2) : "/"}`],
    ["T2", item["container-title"]],
    ["AN", arxiv && `arXiv:${arxiv}`],
    ["DO", item.DOI],
    ["UR", item.URL],
  ];
  const written = lines.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}\n`);
  return `${written.join("")}ER  - \n`;
}
