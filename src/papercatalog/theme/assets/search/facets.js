// @ts-check
/** The search page's facets: filters of a result, each with its number of papers. */

import { DAY_LENGTH } from "./constants.js";
import { element } from "./dom.js";
import { formatNumber } from "./numbers.js";
import { countAuthors, countCode, countTimes, countTopics } from "./facet_counts.js";
import { WORDS } from "./words.js";

const MAX_AUTHORS = 15;
const MAX_TOPICS = 8;

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {{index: SearchIndex, hits: Hit[], state: State, go: (state: State) => void}} View */

/**
 * Replaces the facets in an element by those of a result, in one step, and keeps the reader's place among
 * them. A facet without choices is left out.
 * @param {HTMLElement} place @param {View} view @param {() => boolean} isCurrent whether the result is still
 *   the one shown
 */
export async function renderFacets(place, view, isCurrent) {
  const { index, hits, state } = view;
  const isOpen = (/** @type {string} */ name) => place.querySelector(`[data-facet="${name}"][open]`) !== null;
  const isNew = !place.hasChildNodes();
  const [topics, code, people] = await Promise.all([
    countTopics(index, hits),
    countCode(index, hits),
    isOpen("Author") ? authors(view) : element("div"),
  ]);
  if (!isCurrent()) return;
  const facets = [
    facet("Topic", WORDS.facet_topic, isNew || isOpen("Topic"), topicChoices(view, topics, place)),
    facet("Date", WORDS.facet_date, isOpen("Date"), times(view)),
  ].filter((one) => one.querySelector("button"));
  if (hits.length || state.author) facets.push(facet("Author", WORDS.facet_author, isOpen("Author"), people));
  if (code || state.code) {
    facets.push(facet("Code", WORDS.facet_code, isNew || isOpen("Code"), choices([
      choice(view, "code", WORDS.has_code, code, state.code, { ...state, code: !state.code }),
    ])));
  }
  fillWhenOpened(people, view);
  const name = place.contains(document.activeElement) && document.activeElement?.getAttribute("data-choice");
  place.replaceChildren(...facets);
  if (name) focusChoice(place, name);
}

/** Focuses the choice with a name, or else what is at its place: its facet.
 * @param {HTMLElement} place @param {string} name */
function focusChoice(place, name) {
  const all = [...place.querySelectorAll("[data-choice]")];
  const chosen = all.find((one) => one.getAttribute("data-choice") === name);
  const target = chosen ?? place.querySelector("summary") ?? place;
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

/** @param {string} name @param {string} label @param {boolean} open @param {Node} content */
function facet(name, label, open, content) {
  const details = element("details", { "data-facet": name }, element("summary", {}, label), content);
  details.open = open;
  return details;
}

/** @param {HTMLElement[]} items */
function choices(items) {
  return element("ul", { class: "pc-facet" }, ...items.map((item) => element("li", {}, item)));
}

/**
 * @param {View} view @param {string} name of the choice among all @param {string} text @param {number} count
 * @param {boolean} chosen @param {State} to the state after a click
 */
function choice(view, name, text, count, chosen, to) {
  const number = element("span", { class: "pc-facet__count" }, formatNumber(count));
  const attributes = { type: "button", "aria-pressed": String(chosen), "data-choice": name };
  const button = element("button", attributes, text, " ", number);
  button.addEventListener("click", () => view.go(to));
  return button;
}

/**
 * The topics of the result: of more than eight, those at the top with the most papers and those chosen, until
 * the reader asks for all.
 * @param {View} view @param {Map<string, number>} counts @param {HTMLElement} place remembers that all are shown
 */
function topicChoices(view, counts, place) {
  const { topics } = view.index.manifest;
  const isListed = (/** @type {string} */ slug) => (counts.get(slug) ?? 0) > 0 || view.state.topics.includes(slug);
  const listed = topics.filter(([slug]) => isListed(slug));
  listed.sort((one, other) => (counts.get(other[0]) ?? 0) - (counts.get(one[0]) ?? 0));
  const tree = element("div");
  const fold = () => {
    const folded = listed.length > MAX_TOPICS && !place.hasAttribute("data-all-topics");
    const top = listed.filter(([, , above]) => !above).slice(0, MAX_TOPICS);
    const shown = folded ? listed.filter((row) => top.includes(row) || isAbove(row[0])) : listed;
    tree.replaceChildren(topicTree(view, shown, counts, ""));
    if (folded) tree.append(showAll);
  };
  /** Whether a topic or one below it is chosen. @param {string} slug @returns {boolean} */
  const isAbove = (slug) => view.state.topics.includes(slug)
    || topics.some(([below, , above]) => above === slug && isAbove(below));
  const text = WORDS.show_all_of({ number: listed.length });
  const showAll = element("button", { type: "button", class: "pc-facet__all", "data-choice": "topics" }, text);
  showAll.addEventListener("click", () => {
    place.toggleAttribute("data-all-topics", true);
    fold();
    tree.querySelector("button")?.focus({ preventScroll: true });
  });
  fold();
  return tree;
}

/**
 * The topics below a topic, each with those below it.
 * @param {View} view @param {[string, string, string][]} listed slug, title and parent's slug
 * @param {Map<string, number>} counts @param {string} parent
 * @returns {HTMLElement}
 */
function topicTree(view, listed, counts, parent) {
  const { state } = view;
  const rows = listed.filter(([, , above]) => above === parent);
  return choices(rows.map(([slug, title]) => {
    const chosen = state.topics.includes(slug);
    const topics = chosen ? state.topics.filter((one) => one !== slug) : [...state.topics, slug];
    const item = choice(view, `topic ${slug}`, title, counts.get(slug) ?? 0, chosen, { ...state, topics });
    const below = topicTree(view, listed, counts, slug);
    return below.childElementCount ? element("div", {}, item, below) : item;
  }));
}

/** @param {View} view */
function times(view) {
  const { index, hits, state } = view;
  /** @param {string} time @param {number} count @param {Node[]} below */
  const item = (time, count, below) => {
    const chosen = state.time === time;
    const button = choice(view, `time ${time}`, time, count, chosen, { ...state, time: chosen ? "" : time });
    return below.length ? element("div", {}, button, ...below) : button;
  };
  const isDay = state.time.length === DAY_LENGTH;
  const years = countTimes(index, hits);
  if (!years.length && state.time) return choices([item(state.time, 0, [])]);
  return choices(years.map(({ year, count, months }) => {
    const rows = state.time.startsWith(year) ? months.map(([month, size]) => {
      const day = isDay && state.time.startsWith(month) ? [choices([item(state.time, size, [])])] : [];
      return item(month, size, day);
    }) : [];
    return item(year, count, rows.length ? [choices(rows)] : []);
  }));
}

/** The choices among the authors. It loads the most files, so it is counted only where it is open.
 * @param {View} view */
async function authors(view) {
  const { state } = view;
  const counts = await countAuthors(view.index, view.hits, MAX_AUTHORS).catch(() => null);
  if (!counts) return element("p", {}, WORDS.authors_failed);
  if (state.author && !counts.some(([name]) => name === state.author)) {
    counts.unshift([state.author, view.hits.length]);
  }
  const rows = counts.map(([name, count]) => {
    const chosen = state.author === name;
    return choice(view, `author ${name}`, name, count, chosen, { ...state, author: chosen ? "" : name });
  });
  return rows.length ? choices(rows) : element("p", {}, WORDS.no_author);
}

/** Counts the authors when the reader opens their facet. @param {HTMLElement} place @param {View} view */
function fillWhenOpened(place, view) {
  if (place.hasChildNodes()) return;
  place.append(element("p", { class: "pc-facet__wait" }, WORDS.counting));
  place.closest("details")?.addEventListener("toggle", async () => {
    place.replaceWith(await authors(view));
  }, { once: true });
}
