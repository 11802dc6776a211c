// @ts-check
/** The search page: results, passages, facets; the address is its whole state. */

import { addressOf, element, marked, spell } from "./dom.js";
import { search } from "./engine.js";
import { renderFacets } from "./filters.js";
import { meant, passage, segments } from "./highlight.js";
import { openIndex } from "./loader.js";
import { filtersOf, parseState, queryOf, renderState } from "./state.js";

const BATCH = 10;

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./highlight.js").Meant} Meant */

/**
 * @param {HTMLElement} page @param {string} root the site's address
 * @param {Promise<ArrayBuffer | null>} manifest
 */
export function startPage(page, root, manifest) {
  /** @param {string} name @returns {any} */
  const part = (name) => page.querySelector(`[data-search-${name}]`);
  const [form, list, status, notes, facets, more] =
    ["form", "results", "status", "notes", "facets", "more"].map(part);
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const sort = /** @type {HTMLSelectElement} */ (form.elements.namedItem("sort"));
  const folder = new URL("search/", root).href;
  const feeds = page.hasAttribute("data-search-feeds");
  let run = 0;
  /** Shows the next papers of the newest result. */
  let next = async () => {};

  /** @param {State} state @param {boolean} [replace] keep no step to go back to */
  function go(state, replace = false) {
    const address = location.pathname + renderState(state);
    if (replace) history.replaceState(history.state, "", address);
    else history.pushState(history.state, "", address);
    show();
  }

  async function show() {
    const number = ++run;
    const state = parseState(location.search);
    if (document.activeElement !== input) input.value = state.q;
    sort.value = state.sort;
    list.setAttribute("aria-busy", "true");
    try {
      const index = await openIndex(folder, manifest);
      const query = queryOf(state);
      const found = await search(index, query, { filters: filtersOf(state), sort: state.sort });
      if (number !== run) return;
      status.textContent = tellResult(found, state);
      notes.replaceChildren(...notesFor(index, found, state, root, feeds));
      list.replaceChildren();
      const what = meant(found.clauses, found.corrections.map(([, word]) => word));
      next = () => append(index, found, what, () => number === run);
      await next();
      if (number !== run) return;
      warn(index);
      await renderFacets(facets, { index, hits: found.hits, state, go });
      warn(index);
    } catch (error) {
      if (number !== run) return;
      list.replaceChildren();
      status.textContent = error instanceof Error ? error.message : String(error);
      notes.replaceChildren(retry());
    }
    list.removeAttribute("aria-busy");
  }

  /** Say what is missing from what is shown. @param {SearchIndex} index */
  function warn(index) {
    const failures = index.failures.splice(0);
    if (!failures.length || notes.querySelector("[data-search-failed]")) return;
    const text = "Part of the index could not be loaded; these are the results found without it. ";
    notes.append(element("p", { "data-search-failed": "", role: "alert" }, text, retry()));
  }

  function retry() {
    const button = element("button", { type: "button", class: "md-button" }, "Try again");
    button.addEventListener("click", show);
    return button;
  }

  /**
   * Append the next papers to the list.
   * @param {SearchIndex} index @param {Results} found @param {Meant} what @param {() => boolean} current
   */
  async function append(index, found, what, current) {
    const from = list.childElementCount;
    const hits = found.hits.slice(from, from + BATCH);
    const made = await Promise.allSettled(hits.map(({ paper }) => resultFor(index, paper, what, root)));
    if (!current() || list.childElementCount !== from) return;
    for (const one of made) {
      if (one.status === "rejected") index.failures.push(one.reason);
      const failed = element("li", { class: "pc-result" }, "This paper could not be loaded.");
      list.append(one.status === "fulfilled" ? one.value : failed);
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
  const seen = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && !more.hidden) next();
  }, { rootMargin: "400px" });
  seen.observe(more);
  const back = () => (page.isConnected ? show() : window.removeEventListener("popstate", back));
  window.addEventListener("popstate", back);
  show();
}

/** @param {Results} found @param {State} state */
function tellResult({ hits, direct }, state) {
  const asked = state.q || state.topics.length || state.time || state.code || state.author;
  if (!asked) return "Type what you look for; or choose a topic.";
  if (direct) return "The paper with this identifier.";
  const count = hits.length === 1 ? "1 paper" : `${spell(hits.length)} papers`;
  return hits.length ? `${count} found.` : "No paper found.";
}

/** @param {SearchIndex} index @param {Results} found @param {State} state @param {string} root
 * @param {boolean} feeds whether topics have feeds */
function notesFor(index, { hits, corrections, clauses }, state, root, feeds) {
  const notes = [];
  if (corrections.length) {
    let query = state.q;
    for (const [word, other] of corrections) {
      query = query.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escape(word)}(?![\\p{L}\\p{N}])`, "giu"), () => other);
    }
    const link = element("a", { href: renderState({ ...state, q: query }) || "?" }, query);
    notes.push(element("p", {}, "Did you mean ", link, "? Papers for near words are shown."));
  }
  if (!hits.length && clauses.length) {
    const tips = [
      "Fewer or other words find more papers.",
      "Filters, quotation marks and title:, author:, topic: or year: narrow a search; leave them out.",
    ];
    notes.push(element("ul", {}, ...tips.map((tip) => element("li", {}, tip))));
    const topics = element("a", { href: `${root}topics/` }, "topics");
    const dates = element("a", { href: `${root}dates/` }, "days");
    notes.push(element("p", {}, "Or browse the ", topics, " and the ", dates, "."));
  }
  for (const slug of feeds ? state.topics : []) {
    const topic = index.manifest.topics.find(([one]) => one === slug);
    if (!topic) continue;
    const feed = element("a", { href: `${root}topics/${slug}/feed.xml` }, `the feed of ${topic[1]}`);
    notes.push(element("p", {}, "New papers as they come: ", feed, "."));
  }
  return notes;
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * One result; its passage follows when the paper's page has been read.
 * @param {SearchIndex} index @param {number} paper @param {Meant} what @param {string} root
 */
async function resultFor(index, paper, what, root) {
  const card = await index.card(paper);
  const href = addressOf(root, card.url);
  const title = element("a", { href }, ...marked(segments(card.title, what)));
  const votes = card.votes === 1 ? "1 vote" : card.votes ? `${card.votes} votes` : "";
  const facts = [card.date, card.authors, votes, card.code ? "code" : ""];
  const text = element("p", { class: "pc-result__text" }, ...marked(segments(card.gist, what)));
  const tags = card.topics.flatMap((slug) => {
    const topic = index.manifest.topics.find(([one]) => one === slug);
    const tag = { class: "pc-tag", href: `${root}topics/${slug}/` };
    return topic ? [element("li", {}, element("a", tag, topic[1]))] : [];
  });
  showPassage(text, href, what);
  return element(
    "li", { class: "pc-result" },
    element("h2", {}, title),
    element("p", { class: "pc-result__facts" }, facts.filter(Boolean).join(" · ")),
    text,
    element("ul", { class: "pc-tags" }, ...tags),
  );
}

/**
 * Replace the abstract's beginning by the passage that matches, once the result is in sight. It is
 * read from the paper's own page, which holds the one copy of the abstract on the site.
 * @param {HTMLElement} text @param {string} href @param {Meant} what
 */
function showPassage(text, href, what) {
  if (!what.stems.size && !what.starts.length) return;
  const seen = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    const answer = await fetch(href).catch(() => null);
    if (!answer?.ok) return;
    const paper = new DOMParser().parseFromString(await answer.text(), "text/html");
    const abstract = paper.querySelector("[data-search-abstract], .pc-abstract")?.textContent;
    if (abstract) text.replaceChildren(...marked(segments(passage(abstract, what), what)));
  });
  seen.observe(text);
}
