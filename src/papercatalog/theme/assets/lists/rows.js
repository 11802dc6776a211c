// @ts-check
/** Lists of papers: density, sort, filter, marks and keys. Without this script they stand as built. */

import { element } from "../search/dom.js";
import { applyDensity, keepDensity, readDensity, settleDensity } from "./density.js";
import { toggleMark } from "./mark_buttons.js";
import { Marks } from "./marks.js";
import { Row } from "./row.js";
import { bindShortcuts } from "./shortcuts.js";
import { Toolbar } from "./toolbar.js";
import { compareRows, isMatch, parseView, renderView } from "./view.js";
import { WORDS } from "../search/words.js";

/** @typedef {import("./marks.js").Kind} Kind @typedef {import("./view.js").View} View */

const NEAR = "600px"; // abstracts are loaded this far ahead
const ADDRESS_DELAY = 300; // milliseconds: browsers bear few changes of the address

let page = new AbortController();

/** Starts the lists of the page. @param {string} root the site's address */
export function startLists(root) {
  page.abort();
  page = new AbortController();
  const lists = Array.from(document.querySelectorAll("ol.pc-papers"));
  const marks = new Marks(root);
  /** @type {Row[]} */
  const rows = [];
  for (const item of document.querySelectorAll(".pc-papers > li")) {
    const link = item.querySelector(":is(h2, h3) a");
    if (item instanceof HTMLElement && link instanceof HTMLAnchorElement) {
      rows.push(new Row(item, link, rows.length, root, mark));
    }
  }
  if (!rows.length) return;
  const bar = document.querySelector(".pc-bar") ?? element("div", { class: "pc-bar" });
  if (!bar.isConnected) ((lists.length > 1 && lists[0].closest("section")) || lists[0]).before(bar);
  const toolbar = new Toolbar(/** @type {HTMLElement} */ (bar), rows, root, { view: applyView, density: chooseDensity, help });
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const jumps = document.querySelectorAll(".pc-jump a[href^='#topics/']");
  let shown = rows;
  let saving = 0;

  /** @param {Row} row @param {Kind} kind */
  function mark(row, kind) {
    toolbar.say(toggleMark(marks, kind, row.reference));
  }

  /** Rows keep their place when a mark changes, so that none is lost from under a reader's eyes.
   * @param {View} view */
  function applyView(view) {
    for (const row of rows) row.item.hidden = !(isMatch(row.facts, view) && hasMark(row, view.show));
    const sorted = [...rows].sort((one, other) => {
      return lists.indexOf(listOf(one)) - lists.indexOf(listOf(other)) || compareRows(view.sort, one.facts, other.facts);
    });
    for (const list of lists) {
      const items = sorted.filter((row) => listOf(row) === list).map(({ item }) => item);
      if (items.some((item, at) => item !== list.children[at])) list.append(...items);
      const section = list.closest("section");
      if (section && lists.length > 1) section.hidden = items.every((item) => item.hidden);
    }
    shown = sorted.filter(({ item }) => !item.hidden);
    toolbar.update(view, shown.length);
    for (const link of jumps) {
      if (topicOf(link) === view.topic) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    clearTimeout(saving);
    saving = setTimeout(() => {
      if (page.signal.aborted) return;
      const search = renderView(view, location.search);
      if (search !== location.search) history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
    }, ADDRESS_DELAY);
  }

  /** @param {Row} row @param {string} show */
  function hasMark({ reference }, show) {
    if (show === "unseen") return !marks.has("seen", reference);
    return show === "all" || marks.has(/** @type {Kind} */ (show), reference);
  }

  const watcher = new IntersectionObserver(async (entries) => {
    const inSight = [];
    for (const { isIntersecting, target, boundingClientRect } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      const row = rows.find(({ item }) => item === target);
      const shown = readDensity() === "pc-abstracts" ? row?.show(true) : row?.fill();
      if (boundingClientRect.top < innerHeight) inSight.push(shown);
    }
    await Promise.all(inSight);
    settleDensity();
  }, { rootMargin: NEAR });

  /** @param {string} density */
  function setDensity(density) {
    applyDensity(density);
    toolbar.updateDensity(density);
    watcher.disconnect();
    const isOpen = density === "pc-abstracts";
    const loaded = rows.filter(({ isLine }) => isOpen || (density === "pc-gists" && isLine));
    for (const { item } of loaded) watcher.observe(item);
    if (!loaded.length) settleDensity();
    for (const row of rows) if (!isOpen && !row.panel.hidden) row.show(false);
  }

  /** @param {string} density */
  function chooseDensity(density) {
    keepDensity(density);
    setDensity(density);
  }

  function updateMarks() {
    for (const row of rows) row.update(marks);
    toolbar.updateSaved(marks.sets.saved.size);
  }

  /** The row that has the focus. */
  const current = () => rows.find(({ item }) => item.contains(document.activeElement));

  /** @param {number} step */
  function move(step) {
    const at = shown.findIndex(({ item }) => item.contains(document.activeElement));
    const header = document.querySelector("header")?.getBoundingClientRect().bottom ?? 0;
    const top = Math.max(0, header);
    const inSight = shown.findIndex(({ item }) => item.getBoundingClientRect().bottom > top + 8);
    const row = shown[at >= 0 ? at + step : Math.max(0, inSight)];
    if (!row) return;
    row.link.focus({ preventScroll: true });
    row.item.scrollIntoView({ block: "nearest" });
  }

  /** @param {Kind} kind */
  function markCurrent(kind) {
    const row = current();
    if (row) mark(row, kind);
    else toolbar.say(WORDS.choose_first);
  }

  // The links that lead to a topic's first paper show its papers alone; again, all.
  for (const link of jumps) {
    link.addEventListener("click", (event) => {
      const topic = topicOf(link);
      const view = toolbar.view();
      const chosen = usable({ ...view, topic: view.topic === topic ? "" : topic });
      if (view.topic === chosen.topic) return;
      event.preventDefault();
      applyView(chosen);
    });
  }
  bindShortcuts({
    j: () => move(1),
    k: () => move(-1),
    o: () => current()?.link.click(),
    s: () => markCurrent("saved"),
    x: () => markCurrent("seen"),
  });
  marks.listen(updateMarks, page.signal);
  updateMarks();
  setDensity(readDensity(rows[0].isLine ? "pc-titles" : undefined));
  applyView(usable(parseView(location.search)));

  /** Leaves out of a view what the list does not have. @param {View} view @returns {View} */
  function usable(view) {
    if (!toolbar.hasFilters) return parseView("");
    const has = (/** @type {HTMLSelectElement} */ select, /** @type {string} */ value) => {
      return Array.from(select.options).some((option) => option.value === value);
    };
    return {
      ...view,
      sort: has(toolbar.sort, view.sort) ? view.sort : "listed",
      topic: has(toolbar.topic, view.topic) ? view.topic : "",
      code: view.code && rows.some(({ facts }) => facts.code),
    };
  }
}

/** The topic that a link of the list of topics leads to. @param {HTMLAnchorElement} link */
function topicOf({ hash }) {
  return hash.slice("#topics/".length, -1);
}

/** @param {Row} row */
function listOf({ item }) {
  return /** @type {Element} */ (item.parentElement);
}

async function help() {
  (await import("./help.js")).openHelp();
}
