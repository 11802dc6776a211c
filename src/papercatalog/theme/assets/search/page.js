// @ts-check
/**
 * The search page: results, passages, facets. Its address is its whole state; the history's entry
 * remembers how many results were shown, and where the reader was.
 */

import { element, markPieces, pageAddress } from "./dom.js";
import { search } from "./engine.js";
import { renderFacets } from "./facets.js";
import { fillText } from "./fill.js";
import { correctQuery, describeAuthors, findPassage, sayAuthors, soughtNames, soughtWords, splitPieces } from "./highlight.js";
import { describeError, openIndex } from "./loader.js";
import { filtersOf, parseState, renderState } from "./state.js";
import { WORDS } from "./words.js";

const BATCH_SIZE = 10; // results added at once
const MAX_RESTORED = 200; // results shown again on coming back
const STILL = 200; // milliseconds without scrolling after which the place is remembered

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./highlight.js").Sought} Sought */

/**
 * @param {HTMLElement} page @param {string} root the site's address
 * @param {Promise<ArrayBuffer | null>} manifest
 */
export function startPage(page, root, manifest) {
  /** @param {string} name @returns {any} */
  const part = (name) => page.querySelector(`[data-search-${name}]`);
  const [form, list, status, notes, facets, more, tools, columns, start, filter] = [
    "form", "results", "status", "notes", "facets", "more", "export", "columns", "start", "filter",
  ].map(part);
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const sort = /** @type {HTMLSelectElement} */ (form.elements.namedItem("sort"));
  const folder = new URL("search/", root).href;
  const feeds = page.hasAttribute("data-search-feeds");
  const title = document.title;
  let run = 0;
  let timer = 0;
  /** Appends the next papers of the newest result. */
  let next = async () => {};
  /** Saves the citations of the newest result's papers. @param {string} _ending of the format */
  let exportFound = async (_ending) => {};

  /** @param {State} state */
  function go(state) {
    remember();
    history.pushState(null, "", location.pathname + renderState(state));
    show();
  }

  /** Remembers how many results are shown, and where the reader is. */
  function remember() {
    clearTimeout(timer);
    if (!page.isConnected || list.hasAttribute("aria-busy")) return;
    history.replaceState({ shown: list.childElementCount, scroll: scrollY }, "");
  }

  async function show() {
    const number = ++run;
    const state = parseState(location.search);
    const { shown = BATCH_SIZE, scroll = NaN } = history.state ?? {};
    const isAsked = hasQuestion(state);
    clearTimeout(timer);
    if (document.activeElement !== input) input.value = state.q;
    sort.value = state.sort;
    if (sort.selectedIndex < 0) sort.selectedIndex = 0;
    document.title = state.q ? `${state.q} - ${title}` : title;
    list.setAttribute("aria-busy", "true");
    if (!isAsked) {
      status.textContent = WORDS.search_start;
      notes.replaceChildren();
      list.replaceChildren();
    }
    start.toggleAttribute("data-shown", !isAsked);
    columns.hidden = filter.hidden = !isAsked;
    try {
      if (!isAsked) return;
      const index = await openIndex(folder, manifest);
      const found = await search(index, state.q, { filters: filtersOf(state), sort: state.sort });
      const sought = soughtWords(found.clauses, found.corrections.map(([, word]) => word));
      /** @param {number} from @param {number} to */
      const render = (from, to) => Promise.allSettled(found.hits.slice(from, to).map(({ paper }) => {
        return renderResult(index, paper, found.clauses, sought, root);
      }));
      const first = await render(0, Math.max(BATCH_SIZE, Math.min(shown, MAX_RESTORED)));
      if (number !== run) return;
      // All at once: what came piece by piece would push the rest down.
      status.textContent = describeResult(found, state);
      notes.replaceChildren(...renderNotes(index, found, state, root, feeds));
      list.toggleAttribute("data-passages", asksForText(sought));
      list.toggleAttribute("data-names", found.clauses.some(({ field }) => field === "author"));
      list.replaceChildren();
      append(index, found, first);
      exportFound = async (ending) => {
        const lists = await import("../cite/lists.js");
        await lists.exportFound(tools, ending, found.hits, index.manifest.months);
      };
      tools.hidden = !found.hits.length;
      tools.lastElementChild.textContent = "";
      next = async () => {
        const from = list.childElementCount;
        const results = await render(from, from + BATCH_SIZE);
        if (number !== run || list.childElementCount !== from) return;
        append(index, found, results);
        remember();
      };
      list.removeAttribute("aria-busy");
      if (!Number.isNaN(scroll)) scrollTo(0, scroll);
      warn(index);
      await renderFacets(facets, { index, hits: found.hits, state, go }, () => number === run);
      if (number !== run) return;
      filter.hidden = !facets.hasChildNodes();
      warn(index);
    } catch (error) {
      if (number !== run) return;
      list.replaceChildren();
      tools.hidden = true;
      status.textContent = describeError(error);
      more.hidden = true;
      notes.replaceChildren(retry());
    } finally {
      if (number === run) list.removeAttribute("aria-busy");
    }
  }

  /** Reports files that could not be loaded. @param {SearchIndex} index */
  function warn(index) {
    const failures = index.failures.splice(0);
    if (!failures.length || notes.querySelector("[data-search-failed]")) return;
    notes.append(element("p", { "data-search-failed": "", role: "alert" }, WORDS.index_failed, retry()));
  }

  function retry() {
    const button = element("button", { type: "button", class: "md-button" }, WORDS.try_again);
    button.addEventListener("click", show);
    return button;
  }

  /** Appends papers to the list. @param {SearchIndex} index @param {Results} found
   * @param {PromiseSettledResult<HTMLElement>[]} results */
  function append(index, found, results) {
    for (const result of results) {
      if (result.status === "rejected") index.failures.push(result.reason);
      const failed = element("li", { class: "pc-result" }, WORDS.paper_failed);
      list.append(result.status === "fulfilled" ? result.value : failed);
    }
    more.hidden = list.childElementCount >= found.hits.length;
  }

  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    go({ ...parseState(location.search), q: input.value.trim() });
  });
  sort.addEventListener("change", () => go({ ...parseState(location.search), sort: sort.value }));
  more.addEventListener("click", async () => {
    const from = list.childElementCount;
    await next();
    list.children[from]?.querySelector("a")?.focus({ preventScroll: true });
  });
  tools.addEventListener("click", (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLButtonElement) exportFound(target.value);
  });
  const seen = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && !more.hidden) next();
  }, { rootMargin: "1000px" });
  seen.observe(more);
  filter.addEventListener("click", () => {
    filter.setAttribute("aria-expanded", String(columns.toggleAttribute("data-filters")));
  });
  const goBack = () => {
    if (page.isConnected) return void show();
    window.removeEventListener("popstate", goBack);
    history.scrollRestoration = "auto";
  };
  window.addEventListener("popstate", goBack);
  window.addEventListener("pagehide", remember);
  window.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = window.setTimeout(remember, STILL);
  }, { passive: true });
  history.scrollRestoration = "manual";
  show();
}

/** Whether there is anything to search for. @param {State} state */
function hasQuestion({ q, topics, time, code, author }) {
  return Boolean(q || topics.length || time || code || author);
}

/** Whether passages of the abstract are to be shown. @param {Sought} sought */
function asksForText({ stems, prefixes }) {
  return stems.size > 0 || prefixes.length > 0;
}

/** @param {Results} found @param {State} state */
function describeResult({ hits, direct }, state) {
  if (direct) return WORDS.found_id;
  const { author } = state;
  const count = hits.length;
  if (!count) return author ? WORDS.none_found_by({ author }) : WORDS.none_found;
  return author ? WORDS.found_by({ count, author }) : WORDS.found({ count });
}

/** @param {SearchIndex} index @param {Results} found @param {State} state @param {string} root
 * @param {boolean} feeds whether topics have feeds */
function renderNotes(index, { hits, corrections, clauses }, state, root, feeds) {
  const notes = [];
  if (corrections.length) {
    const query = correctQuery(state.q, corrections);
    const link = element("a", { href: renderState({ ...state, q: query }) || "?" }, query);
    notes.push(element("p", {}, ...fillText(WORDS.did_you_mean, { query: link })));
  }
  if (!hits.length && clauses.length) {
    const tips = [WORDS.tip_words, WORDS.tip_filters];
    notes.push(element("ul", {}, ...tips.map((tip) => element("li", {}, tip))));
    const topics = element("a", { href: `${root}topics/` }, WORDS.browse_topics);
    const days = element("a", { href: `${root}dates/` }, WORDS.browse_days);
    notes.push(element("p", {}, ...fillText(WORDS.or_browse, { topics, days })));
  }
  for (const slug of feeds ? state.topics : []) {
    const topic = index.manifest.topics.find(([one]) => one === slug);
    if (!topic) continue;
    const feed = element("a", { href: `${root}topics/${slug}/feed.xml` }, WORDS.feed_of({ topic: topic[1] }));
    notes.push(element("p", {}, ...fillText(WORDS.new_papers, { feed })));
  }
  return notes;
}

/**
 * Renders a result; its passage and the names that a query asks for follow when the paper's page has been
 * loaded.
 * @param {SearchIndex} index @param {number} paper @param {Clause[]} clauses @param {Sought} sought
 * @param {string} root
 */
async function renderResult(index, paper, clauses, sought, root) {
  const card = await index.card(paper);
  const href = pageAddress(root, card.url);
  const title = element("a", { href }, ...markPieces(splitPieces(card.title, sought)));
  const authors = element("span", {}, sayAuthors(card.authors));
  const votes = card.votes ? WORDS.votes({ count: card.votes }) : "";
  const facts = [card.date, card.authors ? authors : "", votes, card.code ? WORDS.code : ""].filter(Boolean);
  const text = element("p", { class: "pc-result__text" }, ...markPieces(splitPieces(card.gist, sought)));
  const tags = card.topics.flatMap((slug) => {
    const topic = index.manifest.topics.find(([one]) => one === slug);
    const href = `${root}topics/${slug}/`;
    return topic ? [element("li", {}, element("a", { href }, topic[1]))] : [];
  });
  showFromPage(text, authors, href, clauses, sought);
  return element(
    "li", { class: "pc-result" },
    element("h2", {}, title),
    element("p", { class: "pc-result__facts" }, ...facts.flatMap((fact, at) => (at ? [" · ", fact] : fact))),
    text,
    element("ul", { class: "pc-tags" }, ...tags),
  );
}

/**
 * Replaces the beginning of the gist by the passage that matches, and the first authors by those asked
 * for, once the result is nearly in view. Both are taken from the paper's page, the only copy on the site.
 * @param {HTMLElement} text @param {HTMLElement} authors @param {string} href @param {Clause[]} clauses
 * @param {Sought} sought
 */
function showFromPage(text, authors, href, clauses, sought) {
  if (!asksForText(sought)) return;
  const seen = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    const answer = await fetch(href).catch(() => null);
    if (!answer?.ok) return;
    const paper = new DOMParser().parseFromString(await answer.text(), "text/html");
    const abstract = paper.querySelector("[data-search-abstract], .pc-abstract")?.textContent;
    if (abstract) text.replaceChildren(...markPieces(splitPieces(findPassage(abstract, sought), sought)));
    const names = [...paper.querySelectorAll(".pc-authors a")].map((link) => link.textContent ?? "");
    const asked = soughtNames(names, clauses);
    if (asked.length) authors.replaceChildren(...markPieces(splitPieces(describeAuthors(names, asked), sought)));
  }, { rootMargin: "300px" });
  seen.observe(text);
}
