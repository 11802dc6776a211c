// @ts-check
/** The formats of citations, and how a page lets a reader save a file of them. */

import { renderBibtex } from "./bibtex.js";
import { renderRis } from "./ris.js";

/** @typedef {import("./item.js").Item} Item */
/** @typedef {{label: string, type: string, render: (items: Item[]) => string}} Format */

/** The formats by the ending of their files' names. @type {Record<string, Format>} */
export const FORMATS = {
  bib: { label: "BibTeX", type: "application/x-bibtex", render: (items) => items.map(renderBibtex).join("\n") },
  ris: {
    label: "RIS", type: "application/x-research-info-systems", render: (items) => items.map(renderRis).join("\n"),
  },
  json: {
    label: "CSL-JSON",
    type: "application/vnd.citationstyles.csl+json",
    render: (items) => `[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`,
  },
};

/** Saves a text as a file. @param {string} text @param {string} name @param {string} type */
export function save(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
