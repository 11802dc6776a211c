// @ts-check
/** The header's search box: a combobox that suggests papers and words as the reader types. */

import { findBest } from "./best.js";
import { element, markPieces, pageAddress } from "./dom.js";
import { search } from "./engine.js";
import { correctQuery, sayAuthors, soughtWords, splitPieces } from "./highlight.js";
import { describeError, openIndex } from "./loader.js";
import { parseQuery } from "./query.js";
import { WORDS } from "./words.js";

const MAX_PAPERS = 6;
const MAX_WORDS = 3; // completions shown
const LAST_WORD = /[^\s:"-]*$/;
const TYPING_PAUSE = 50; // milliseconds between the last key and the query

/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */

/**
 * @param {HTMLElement} box contains the input, `[data-search-list]` and `[data-search-status]`
 * @param {HTMLInputElement} input
 * @param {string} root the site's address
 * @param {Promise<ArrayBuffer | null>} manifest
 */
export function startBox(box, input, root, manifest) {
  const list = /** @type {HTMLElement} */ (box.querySelector("[data-search-list]"));
  const status = /** @type {HTMLElement} */ (box.querySelector("[data-search-status]"));
  const panel = /** @type {HTMLElement} */ (box.querySelector("[data-search-panel]"));
  let run = 0;
  let timer = 0;
  let active = -1;

  /** @param {number} to the option to make active; -1 for none */
  function activate(to) {
    const options = [...list.querySelectorAll('[role="option"]')];
    active = options.length ? ((to + 1 + options.length + 1) % (options.length + 1)) - 1 : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    options[active]?.scrollIntoView({ block: "nearest" });
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options[active].id);
  }

  /** @param {boolean} open */
  function show(open) {
    panel.hidden = !open;
    const listed = open && list.childElementCount > 0;
    input.setAttribute("aria-expanded", String(listed));
    if (!open) activate(-1);
  }

  async function ask() {
    const number = ++run;
    const text = input.value;
    if (!text.trim()) {
      list.replaceChildren();
      status.textContent = "";
      show(false);
      return;
    }
    try {
      const opening = openIndex(new URL("search/", root).href, manifest);
      const query = parseQuery(text, true);
      const index = await opening;
      const best = await findBest(index, query, MAX_PAPERS);
      const found = best ?? (await search(index, text, { typing: true, count: MAX_PAPERS }));
      const { words, papers, all } = renderOptions(index, found, text, root);
      // Show the first paper as soon as it is loaded, before the others.
      for (const [at, loading] of papers.entries()) {
        const paper = await loading.catch((error) => void index.failures.push(error));
        if (number !== run) return;
        if (at === 0) fill(paper ? [paper] : []);
        else if (paper) list.append(paper);
      }
      if (number !== run) return;
      if (papers.length) list.append(...words, ...all);
      else fill(words);
      const failed = index.failures.splice(0).length > 0;
      status.textContent = describeResult(found) + (failed ? WORDS.index_part_failed : "");
    } catch (error) {
      if (number !== run) return;
      fill([]);
      status.textContent = describeError(error);
    }
    show(document.activeElement === input);
  }

  /** Replaces the list. @param {HTMLElement[]} options */
  function fill(options) {
    list.replaceChildren(...options);
    activate(-1);
    show(document.activeElement === input);
  }

  if (input.value) ask(); // typed before this code was loaded
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, TYPING_PAUSE);
  });
  input.addEventListener("focus", () => show(status.textContent !== ""));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden) show(status.textContent !== "");
      activate(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      /** @type {HTMLElement} */ (list.querySelectorAll('[role="option"]')[active]).click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (!panel.hidden) show(false);
      else if (input.value) input.value = "";
      else input.blur();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", () => {
    show(false);
    input.blur();
  });
  box.addEventListener("focusout", (event) => {
    if (!box.contains(/** @type {Node | null} */ (event.relatedTarget))) show(false);
  });
}

/** @param {Results} found */
function describeResult({ hits, total }) {
  if (!hits.length) return WORDS.no_paper;
  if (Number.isNaN(total)) return WORDS.best_papers({ count: hits.length });
  return WORDS.total({ count: total });
}

/**
 * The options of the list: papers that are still loading, completions (or the query as corrected, if there
 * are none), a link to all results.
 * @param {SearchIndex} index @param {Results} found @param {string} text @param {string} root
 */
function renderOptions(index, found, text, root) {
  const cards = found.hits.slice(0, MAX_PAPERS).map(({ paper }) => index.card(paper));
  const sought = soughtWords(found.clauses, found.corrections.map(([, word]) => word));
  const start = correctQuery(text.replace(LAST_WORD, ""), found.corrections);
  const longer = found.completions.slice(0, MAX_WORDS).map((word) => start + word);
  const corrected = found.corrections.length ? [correctQuery(text, found.corrections)] : [];
  let count = 0;
  /** @param {string} href @param {string} kind @param {...(Node | string)} children */
  const option = (href, kind, ...children) => element(
    "a",
    {
      href, id: `search-option-${count++}`, role: "option", tabindex: "-1", "aria-selected": "false",
      class: `pc-search__option pc-search__option--${kind}`,
    },
    ...children,
  );
  /** @param {string} query */
  const resultsAddress = (query) => `${root}search/?q=${encodeURIComponent(query)}`;
  const papers = cards.map(async (loading) => {
    const card = await loading;
    const title = element("span", { class: "pc-search__title" }, ...markPieces(splitPieces(card.title, sought)));
    const facts = [card.date, sayAuthors(card.authors)].filter(Boolean).join(" · ");
    const about = element("span", { class: "pc-search__facts" }, facts);
    return option(pageAddress(root, card.url), "paper", title, about);
  });
  const queries = longer.length ? longer : corrected;
  const words = queries.map((query) => option(resultsAddress(query.trim()), "word", query));
  const isTotalKnown = !Number.isNaN(found.total);
  const many = !isTotalKnown || found.total > MAX_PAPERS;
  const label = isTotalKnown ? WORDS.all_papers_of({ count: found.total }) : WORDS.all_papers;
  return { words, papers, all: many ? [option(resultsAddress(text.trim()), "all", label)] : [] };
}
