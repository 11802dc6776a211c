// @ts-check
/** The header's search box: a combobox that suggests words and papers as the reader types. */

import { addressOf, element, marked, spell } from "./dom.js";
import { findBest } from "./best.js";
import { search } from "./engine.js";
import { meant, segments } from "./highlight.js";
import { openIndex } from "./loader.js";
import { parseQuery } from "./query.js";

const PAPERS = 6;
const SUGGESTED = 3;
const PAUSE = 50; // milliseconds between the last key and the query

/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */

/**
 * @param {HTMLElement} box holds the input, `[data-search-list]` and `[data-search-status]`
 * @param {HTMLInputElement} input
 * @param {string} root the site's address
 * @param {Promise<ArrayBuffer | null>} manifest
 */
export function startBox(box, input, root, manifest) {
  const list = /** @type {HTMLElement} */ (box.querySelector("[data-search-list]"));
  const status = /** @type {HTMLElement} */ (box.querySelector("[data-search-status]"));
  const panel = /** @type {HTMLElement} */ (box.querySelector("[data-search-panel]"));
  let asked = 0;
  let timer = 0;
  let active = -1;

  /** @param {number} to the option that is active; -1 for none */
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
    const number = ++asked;
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
      const best = await findBest(index, query, PAPERS);
      const found = best ?? (await search(index, text, { typing: true, count: PAPERS }));
      const { words, papers, all } = optionsFor(index, found, text, root);
      // The first paper is shown at once and not when the last one is there.
      let fresh = words;
      for (const [at, coming] of papers.entries()) {
        const paper = await coming.catch((error) => void index.failures.push(error));
        if (number !== asked) return;
        fresh.push(...(paper ? [paper] : []));
        if (at > 0) list.append(...fresh);
        else fill(fresh);
        fresh = [];
      }
      if (number !== asked) return;
      if (papers.length) list.append(...all);
      else fill(words);
      const failed = index.failures.splice(0).length > 0;
      status.textContent = tell(found) + (failed ? " Part of the index could not be loaded." : "");
    } catch (error) {
      if (number !== asked) return;
      fill([]);
      status.textContent = error instanceof Error ? error.message : String(error);
    }
    show(document.activeElement === input);
  }

  /** Show a new list. @param {HTMLElement[]} options */
  function fill(options) {
    list.replaceChildren(...options);
    activate(-1);
    show(document.activeElement === input);
  }

  if (input.value) ask(); // typed before this code was here
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
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
function tell({ hits, total }) {
  if (!hits.length) return "No paper found.";
  if (Number.isNaN(total)) return `The ${hits.length} best papers.`;
  return total === 1 ? "1 paper." : `${spell(total)} papers.`;
}

/**
 * The options of the list: words the last one may become, papers as they come, all results.
 * @param {SearchIndex} index @param {Results} found @param {string} text @param {string} root
 */
function optionsFor(index, found, text, root) {
  const cards = found.hits.slice(0, PAPERS).map(({ paper }) => index.card(paper));
  const what = meant(found.clauses, found.corrections.map(([, word]) => word));
  const start = text.replace(/\S+$/, "");
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
  const resultsOf = (query) => `${root}search/?q=${encodeURIComponent(query)}`;
  const words = found.completions.slice(0, SUGGESTED).map((word) => {
    return option(resultsOf(start + word), "word", start + word);
  });
  const papers = cards.map(async (coming) => {
    const card = await coming;
    const title = element("span", { class: "pc-search__title" }, ...marked(segments(card.title, what)));
    const facts = [card.date, card.authors].filter(Boolean).join(" · ");
    const about = element("span", { class: "pc-search__facts" }, facts);
    return option(addressOf(root, card.url), "paper", title, about);
  });
  const isKnown = !Number.isNaN(found.total);
  const many = !isKnown || found.total > PAPERS;
  const tale = isKnown ? `All ${spell(found.total)} papers` : "All papers";
  return { words, papers, all: many ? [option(resultsOf(text.trim()), "all", tale)] : [] };
}
