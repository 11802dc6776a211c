// @ts-check
/** The search page's facets: filters of a result, each with its number of papers. */

import { element, formatNumber } from "./dom.js";
import { countAuthors, countCode, countTimes, countTopics } from "./facet_counts.js";

const MAX_AUTHORS = 15;

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {{index: SearchIndex, hits: Hit[], state: State, go: (state: State) => void}} View */

/** Replaces the facets in an element by those of a result. @param {HTMLElement} place @param {View} view */
export async function renderFacets(place, view) {
  const { index, hits, state } = view;
  const [topics, code] = await Promise.all([countTopics(index, hits), countCode(index, hits)]);
  const open = new Set(
    [...place.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-facet")),
  );
  const fresh = !place.hasChildNodes() && matchMedia("(min-width: 45em)").matches;
  place.replaceChildren(
    facet("Topic", open.has("Topic") || fresh, topicTree(view, topics, "")),
    facet("Date", open.has("Date"), times(view)),
    facet("Author", open.has("Author"), authors(view, open.has("Author"))),
    facet("Code", open.has("Code") || fresh, choices([
      choice(view, "has code", code, state.code, { ...state, code: !state.code }),
    ])),
  );
}

/** @param {string} name @param {boolean} open @param {Node} content */
function facet(name, open, content) {
  const details = element("details", { "data-facet": name }, element("summary", {}, name), content);
  details.open = open;
  return details;
}

/** @param {HTMLElement[]} items */
function choices(items) {
  return element("ul", { class: "pc-facet" }, ...items.map((item) => element("li", {}, item)));
}

/**
 * @param {View} view @param {string} text @param {number} count @param {boolean} chosen
 * @param {State} to the state after a click
 */
function choice(view, text, count, chosen, to) {
  const number = element("span", { class: "pc-facet__count" }, formatNumber(count));
  const button = element("button", { type: "button", "aria-pressed": String(chosen) }, text, " ", number);
  button.addEventListener("click", () => view.go(to));
  return button;
}

/**
 * The topics of the result below a topic, each with those below it.
 * @param {View} view @param {Map<string, number>} counts @param {string} parent
 * @returns {HTMLElement}
 */
function topicTree(view, counts, parent) {
  const { state, index } = view;
  const rows = index.manifest.topics.filter(([slug, , above]) => {
    return above === parent && ((counts.get(slug) ?? 0) > 0 || state.topics.includes(slug));
  });
  return choices(rows.map(([slug, title]) => {
    const chosen = state.topics.includes(slug);
    const topics = chosen ? state.topics.filter((one) => one !== slug) : [...state.topics, slug];
    const item = choice(view, title, counts.get(slug) ?? 0, chosen, { ...state, topics });
    const below = topicTree(view, counts, slug);
    return below.childElementCount ? element("div", {}, item, below) : item;
  }));
}

/** @param {View} view */
function times(view) {
  const { state } = view;
  /** @param {string} time */
  const to = (time) => ({ ...state, time: state.time === time ? "" : time });
  return choices(countTimes(view.index, view.hits).map(({ year, count, months }) => {
    const item = choice(view, year, count, state.time === year, to(year));
    if (!state.time.startsWith(year)) return item;
    const rows = months.map(([month, size]) => choice(view, month, size, state.time === month, to(month)));
    return element("div", {}, item, choices(rows));
  }));
}

/** The authors' facet, counted when it is opened: it loads the most files.
 * @param {View} view @param {boolean} open */
function authors(view, open) {
  const place = element("div", {}, element("p", { class: "pc-facet__wait" }, "Counting …"));
  const fill = async () => {
    const { state } = view;
    const counts = await countAuthors(view.index, view.hits, MAX_AUTHORS);
    const rows = counts.map(([name, count]) => {
      const chosen = state.author === name;
      return choice(view, name, count, chosen, { ...state, author: chosen ? "" : name });
    });
    place.replaceChildren(rows.length ? choices(rows) : element("p", {}, "No author of several papers."));
  };
  const start = () => {
    fill().catch(() => place.replaceChildren(element("p", {}, "The authors could not be loaded.")));
  };
  if (open) start();
  else place.addEventListener("pc-open", start, { once: true });
  queueMicrotask(() => {
    const details = place.closest("details");
    details?.addEventListener("toggle", () => place.dispatchEvent(new Event("pc-open")));
  });
  return place;
}
