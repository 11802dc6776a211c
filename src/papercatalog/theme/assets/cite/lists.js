// @ts-check
/** Makes files of the citations of a list, of the files of all papers that outputs/exports.py writes. */

import { FORMATS, save } from "./formats.js";
import { WORDS } from "../search/words.js";

/** @typedef {import("./item.js").Item} Item */
/** A paper's place: the part of the name of its file, `-2025` or empty, and its number there.
 * @typedef {[string, number]} Place */

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();

/**
 * Saves the papers of the list to whose heading a link belongs. Its address ends in the format's ending,
 * as in `../../data/#bib`. @param {HTMLAnchorElement} link
 */
export async function exportList(link) {
  const row = /** @type {HTMLElement} */ (link.parentElement);
  let status = row.querySelector("[role=status]");
  if (!status) {
    status = document.createElement("span");
    status.setAttribute("role", "status");
    row.append(" ", status);
  }
  const data = new URL(link.href);
  const here = new URL(".", location.href);
  const path = here.href.slice(new URL("..", data).href.length);
  const name = path.split("/").slice(1, -1).join("-") || "papers";
  await exportPlaces(new URL(".", data), data.hash.slice(1), name, status, async () => {
    const numbers = await load(new URL("numbers.json", here));
    // Keys that are numbers come in rising order, wherever they stand in the file.
    return Object.entries(numbers).reverse().flatMap(([year, ranges]) => {
      return parseRanges(/** @type {string} */ (ranges)).map((number) => /** @type {Place} */ ([`-${year}`, number]));
    });
  });
}

/**
 * Saves the papers that a search has found.
 * @param {HTMLElement} tools knows the folder of the files; its last child says what happens
 * @param {string} ending of the format @param {{paper: number}[]} hits by their numbers in the index
 * @param {[string, number][]} months each month from the oldest, and how many papers it has
 */
export async function exportFound(tools, ending, hits, months) {
  const data = new URL(tools.dataset.searchExport ?? "", location.href);
  const places = placesOf(hits.map(({ paper }) => paper), tools.hasAttribute("data-by-year") ? months : []);
  await exportPlaces(data, ending, "found", /** @type {Element} */ (tools.lastElementChild), async () => places);
}

/**
 * The places of papers in the files of all citations, which number papers as the index does: in the one
 * file, or in those by year. @param {number[]} papers @param {[string, number][]} months none for one file
 * @returns {Place[]}
 */
export function placesOf(papers, months) {
  /** The number of each year's first paper. @type {Map<string, number>} */
  const starts = new Map();
  let start = 0;
  for (const [month, size] of months) {
    const part = `-${month.slice(0, 4)}`;
    if (!starts.has(part)) starts.set(part, start);
    start += size;
  }
  const newestFirst = [...starts].reverse();
  return papers.map((paper) => {
    const [part, first] = newestFirst.find(([, one]) => one <= paper) ?? ["", 0];
    return [part, paper - first];
  });
}

/**
 * Saves papers; says on the page what it does, and what has failed.
 * @param {URL} data the folder of the files of all papers @param {string} ending of the format
 * @param {string} name of the file, without its ending
 * @param {Element} status @param {() => Promise<Place[]>} findPlaces
 */
export async function exportPlaces(data, ending, name, status, findPlaces) {
  status.textContent = WORDS.loading_citations;
  try {
    const places = await findPlaces();
    const parts = [...new Set(places.map(([part]) => part))];
    const files = await Promise.all(parts.map((part) => load(new URL(`papers${part}.json`, data))));
    const items = places.map(([part, number]) => files[parts.indexOf(part)][number]);
    if (!items.every(Boolean)) {
      loaded.clear();
      throw new Error(WORDS.site_changed);
    }
    const { type, render } = FORMATS[ending];
    save(render(items), `${name}.${ending}`, type);
    const papers = WORDS.papers({ count: items.length });
    status.textContent = WORDS.papers_saved_as({ papers, name: `${name}.${ending}` });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    status.textContent = WORDS.no_citations({ reason });
  }
}

/** Reads numbers as outputs/exports.py writes them: `7-9,4`. @param {string} text */
export function parseRanges(text) {
  return text.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}

/** Loads a file once; one that failed is loaded again. @param {URL} address @returns {Promise<any>} */
function load({ href }) {
  let file = loaded.get(href);
  if (!file) {
    file = fetchJson(href);
    loaded.set(href, file);
    file.catch(() => loaded.delete(href));
  }
  return file;
}

/** @param {string} address */
async function fetchJson(address) {
  const answer = await fetch(address, { cache: "no-cache" }).catch(() => {
    throw new Error(navigator.onLine ? WORDS.no_answer : WORDS.no_connection);
  });
  if (!answer.ok) throw new Error(WORDS.answered({ status: answer.status }));
  return answer.json();
}
