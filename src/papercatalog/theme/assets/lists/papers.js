// @ts-check
/** Loads papers' own pages for what lists do not have: the abstract, all authors, the citation. */

import { referenceOf } from "./marks.js";
import { WORDS } from "../search/words.js";

/**
 * @typedef {object} LoadedPaper
 * @property {string} reference @property {string} title @property {string[]} authors
 * @property {string} facts venue, dates and votes, as the page says them
 * @property {[string, string][]} topics slugs and titles
 * @property {string} description the page's, plain text
 * @property {Element} abstract its HTML, which the build has made safe
 * @property {string} bibtex
 */

/** No page of a paper lies at the address. */
export class NoPaperError extends Error {}

const MAX_NAMES = 4;
const MAX_REQUESTS = 4; // at once
const MAX_ADDRESSES = 3; // former addresses that lead on to others

/** @type {Map<string, Promise<LoadedPaper>>} */
const papers = new Map();
/** @type {(() => void)[]} */
const waiting = [];
let running = 0;

/** Loads a paper once; one that failed is loaded again.
 * @param {string} root the site's address @param {string} address */
export function loadPaper(root, address) {
  let paper = papers.get(address);
  if (!paper) {
    paper = queue(() => fetchPaper(root, address, MAX_ADDRESSES));
    papers.set(address, paper);
    paper.catch(() => papers.delete(address));
  }
  return paper;
}

/** Names three authors and counts the others, as rows do; a fourth takes no more room than "and 1 more".
 * @param {string[]} authors */
export function nameAuthors(authors) {
  if (authors.length <= MAX_NAMES) return authors.join(", ");
  const named = authors.slice(0, MAX_NAMES - 1);
  return named.join(", ") + WORDS.names_more({ count: authors.length - named.length });
}

/** @template T @param {() => Promise<T>} request @returns {Promise<T>} */
async function queue(request) {
  if (running >= MAX_REQUESTS) await new Promise((resolve) => waiting.push(() => resolve(null)));
  else running++;
  try {
    return await request();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** @param {string} root @param {string} address @param {number} addresses how many may be asked
 * @returns {Promise<LoadedPaper>} */
async function fetchPaper(root, address, addresses) {
  const answer = await fetch(address).catch(() => {
    throw new Error(navigator.onLine ? WORDS.no_answer : WORDS.no_connection);
  });
  if (answer.status === 404) throw new NoPaperError(WORDS.no_such_paper);
  if (!answer.ok) throw new Error(WORDS.answered({ status: answer.status }));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const moved = page.querySelector("meta[http-equiv=refresh]")?.getAttribute("content")?.split("url=")[1];
  const target = moved ? new URL(moved, address).href : "";
  if (addresses > 1 && referenceOf(root, target)) return fetchPaper(root, target, addresses - 1);
  const abstract = page.querySelector(".pc-abstract");
  const cited = page.querySelector("[data-cite]");
  if (!abstract || !cited) throw new NoPaperError(WORDS.no_such_paper);
  for (const link of abstract.querySelectorAll("a[href]")) {
    link.setAttribute("href", new URL(link.getAttribute("href") ?? "", address).href);
  }
  for (const named of abstract.querySelectorAll("[id]")) named.removeAttribute("id");
  const text = (/** @type {string} */ selector) => page.querySelector(selector)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  return {
    reference: referenceOf(root, address),
    title: text("h1"),
    authors: Array.from(page.querySelectorAll(".pc-authors a"), (link) => link.textContent ?? ""),
    facts: text(".pc-facts"),
    topics: Array.from(page.querySelectorAll(".pc-tags a"), (link) => {
      return /** @type {[string, string]} */ ([link.getAttribute("href")?.match(/topics\/([a-z0-9-]+)\/$/)?.[1] ?? "", link.textContent ?? ""]);
    }).filter(([slug]) => slug),
    description: page.querySelector("meta[name=description]")?.getAttribute("content") ?? "",
    abstract: document.importNode(abstract, true),
    bibtex: cited.querySelector("pre")?.textContent?.trimStart() ?? "",
  };
}
