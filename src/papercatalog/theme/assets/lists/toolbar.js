// @ts-check
/** The tools above a list: how much it shows, sort, filter, links. */

import { element } from "../search/dom.js";
import { formatNumber } from "../search/numbers.js";
import { DENSITIES } from "./density.js";
import { findOrders } from "./view.js";
import { WORDS } from "../search/words.js";

/** @typedef {import("./view.js").View} View @typedef {import("./row.js").Row} Row */

/** @type {Record<string, string>} */
const ORDER_NAMES = { listed: WORDS.sort_listed, votes: WORDS.sort_votes, title: WORDS.sort_title, newest: WORDS.sort_newest };
const SHOWN_NAMES = { all: WORDS.show_all_marks, unseen: WORDS.show_unseen, seen: WORDS.show_seen, saved: WORDS.show_saved };
const SAID_FOR = 5000; // milliseconds
/** With fewer rows a list has nothing to sort or to filter. */
const MIN_FILTERED = 8;

export class Toolbar {
  /**
   * @param {HTMLElement} bar is filled @param {Row[]} rows @param {string} root the site's address
   * @param {{view: (view: View) => void, density: (density: string) => void, help: () => void}} on
   *   what to do when a reader changes the view or the density, or asks for help
   */
  constructor(bar, rows, root, on) {
    this.total = rows.length;
    this.saidUntil = 0;
    this.on = on;
    this.hasFilters = rows.length >= MIN_FILTERED;
    this.status = element("span", { role: "status", class: "pc-bar__status" });
    this.said = element("span", { role: "status", class: "pc-toast" });
    this.saved = element("a", { href: `${root}reading-list/` });
    this.saved.hidden = location.href.startsWith(this.saved.href);
    this.densities = Object.entries(DENSITIES).map(([density, label]) => {
      return this.button(label, () => on.density(density), { "aria-pressed": "false", value: density });
    });
    this.topic = this.select(WORDS.topic, listTopics(rows));
    this.sort = this.select(WORDS.sort, findOrders(rows.map(({ facts }) => facts)).map((sort) => [sort, ORDER_NAMES[sort]]));
    this.show = this.select(WORDS.show, Object.entries(SHOWN_NAMES));
    this.words = element("input", { type: "search", maxlength: "200", autocomplete: "off", spellcheck: "false" });
    this.words.addEventListener("input", () => this.change());
    // Browsers would bring back what stood in fields; the address does.
    this.code = element("input", { type: "checkbox", autocomplete: "off" });
    this.code.addEventListener("change", () => this.change());
    this.reset = this.button(WORDS.show_all, () => {
      this.on.view({ ...this.view(), topic: "", show: "all", code: false, words: "" });
      this.filter.focus();
    }, { hidden: "" });
    this.panel = element("div", { class: "pc-bar__filters", id: "pc-filters", hidden: "" },
      element("label", {}, `${WORDS.words} `, this.words), this.show);
    if (rows.some(({ facts }) => facts.code)) this.panel.append(element("label", {}, this.code, ` ${WORDS.with_code}`));
    this.filter = this.button(WORDS.filter, () => this.openFilters(Boolean(this.panel.hidden)), {
      "aria-expanded": "false", "aria-controls": this.panel.id,
    });
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", WORDS.tools);
    const choices = element("div", { class: "pc-bar__row" },
      element("div", { class: "pc-switch", role: "group", "aria-label": WORDS.detail }, ...this.densities));
    if (this.hasFilters) {
      choices.append(this.filter);
      if (this.topic.length > 2) choices.append(this.topic);
      choices.append(this.sort);
    }
    bar.replaceChildren(choices, this.panel, element("div", { class: "pc-bar__row pc-bar__notes" },
      this.status, this.reset,
      element("span", { class: "pc-bar__links" }, this.saved, this.button(WORDS.keys, on.help, { "aria-haspopup": "dialog" })),
    ), this.said);
  }

  /** @param {string} label @param {() => void} press @param {Record<string, string>} attributes */
  button(label, press, attributes) {
    const button = element("button", { type: "button", ...attributes }, label);
    button.addEventListener("click", press);
    return button;
  }

  /** @param {string} label @param {[string, string][]} options */
  select(label, options) {
    const select = element("select", { "aria-label": label, autocomplete: "off" },
      ...options.map(([value, name]) => element("option", { value }, name)));
    select.addEventListener("change", () => this.change());
    return select;
  }

  /** Says what has happened, for a while. @param {string} text */
  say(text) {
    clearTimeout(this.saidUntil);
    this.said.textContent = text;
    this.saidUntil = setTimeout(() => this.said.replaceChildren(), SAID_FOR);
  }

  change() {
    this.on.view(this.view());
  }

  /** @returns {View} */
  view() {
    return {
      sort: this.sort.value, topic: this.topic.value, show: this.show.value, code: this.code.checked, words: this.words.value,
    };
  }

  /** Shows a view. What is typed stays. @param {View} view @param {number} shown how many rows it has */
  update(view, shown) {
    this.sort.value = view.sort;
    this.topic.value = view.topic;
    this.show.value = view.show;
    this.code.checked = view.code;
    if (this.words.value.trim() !== view.words.trim()) this.words.value = view.words;
    const count = this.total;
    this.status.textContent = shown === count ? WORDS.papers({ count }) : WORDS.of_papers({ number: formatNumber(shown), count });
    this.status.classList.toggle("pc-unseen", shown === this.total); // the page's head says how many there are
    this.reset.hidden = !(view.topic || view.code || view.words.trim() || view.show !== "all");
    if (view.code || view.words.trim() || view.show !== "all") this.openFilters(true);
  }

  /** @param {boolean} open */
  openFilters(open) {
    this.panel.hidden = !open;
    this.filter.setAttribute("aria-expanded", String(open));
  }

  /** @param {string} density */
  updateDensity(density) {
    for (const button of this.densities) button.setAttribute("aria-pressed", String(button.value === density));
  }

  /** @param {number} saved how many papers the reading list has */
  updateSaved(saved) {
    this.saved.textContent = saved ? WORDS.reading_list_of({ number: formatNumber(saved) }) : WORDS.reading_list;
  }
}

/** The topics of rows by title, each with the number of its papers, after the choice of all. The titles
 * stand in the rows. @param {Row[]} rows @returns {[string, string][]} */
function listTopics(rows) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {Map<string, string>} */
  const titles = new Map();
  for (const { facts, item } of rows) {
    for (const slug of facts.topics) {
      counts.set(slug, (counts.get(slug) ?? 0) + 1);
      if (titles.has(slug)) continue;
      const link = item.querySelector(`a[href$="topics/${CSS.escape(slug)}/"]`);
      titles.set(slug, link?.textContent || slug);
    }
  }
  const sorted = [...titles].sort(([, one], [, other]) => (one < other ? -1 : 1));
  return [["", WORDS.all_topics], ...sorted.map(([slug, title]) => {
    return /** @type {[string, string]} */ ([slug, WORDS.topic_of({ title, number: formatNumber(counts.get(slug) ?? 0) })]);
  })];
}
