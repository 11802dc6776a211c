// @ts-check
/**
 * The one script that every page loads: it starts the search box or the search page, the tools of lists, and
 * what a page offers to cite. Their code and the index are loaded when a reader first uses the box, opens the
 * page, or presses a link.
 */

import { hasShortcuts, shortcutOf } from "../lists/shortcuts.js";
import { MANIFEST_NAME } from "./constants.js";

/** @type {WeakSet<Element>} */
const started = new WeakSet();

const FIRST_USES = ["focus", "pointerenter"]; // events of the box
const THEMES_KEYS = ["/", "f", "s", "n", "p", ",", "."];

/**
 * Marks the links to feeds as such before the theme sees them: it takes every other alternate for a
 * site in another language, and asks for a sitemap beside it.
 */
function markFeeds() {
  for (const link of document.head.querySelectorAll("link[rel=alternate][type]")) {
    if (link instanceof HTMLLinkElement) link.relList.add("feed");
  }
}

function mount() {
  const box = document.querySelector("[data-search-box]");
  const input = box?.querySelector("input");
  if (box instanceof HTMLElement && input && !started.has(box)) {
    started.add(box);
    const root = siteRoot(box.dataset.searchBox);
    const start = () => {
      for (const use of FIRST_USES) input.removeEventListener(use, start);
      const manifest = fetchManifest(root);
      import("./box.js").then(({ startBox }) => startBox(box, input, root, manifest));
    };
    if (document.activeElement === input) start();
    else for (const use of FIRST_USES) input.addEventListener(use, start);
  }
  const page = document.querySelector("[data-search-page]");
  if (page instanceof HTMLElement && !started.has(page)) {
    started.add(page);
    const root = siteRoot(page.dataset.searchPage);
    const manifest = fetchManifest(root);
    import("./page.js").then(({ startPage }) => startPage(page, root, manifest));
  }
  const block = document.querySelector("[data-cite]");
  if (block instanceof HTMLElement && !started.has(block)) {
    started.add(block);
    import("../cite/block.js").then(({ startBlock }) => startBlock(block));
    import("../lists/paper.js").then(({ startPaper }) => startPaper(rootOfPage()));
  }
  const list = document.querySelector(".pc-papers");
  if (list && !started.has(list)) {
    started.add(list);
    import("../lists/rows.js").then(({ startLists }) => startLists(rootOfPage()));
  }
  const reading = document.querySelector("[data-reading]");
  if (reading instanceof HTMLElement && !started.has(reading)) {
    started.add(reading);
    import("../lists/reading.js").then(({ startReading }) => startReading(reading, rootOfPage()));
  }
}

/** The site's address, which the search box knows. */
function rootOfPage() {
  const box = document.querySelector("[data-search-box]");
  return siteRoot(box instanceof HTMLElement ? box.dataset.searchBox : "");
}

/** Makes a list's file in place of following the link to all papers. @param {MouseEvent} event */
function exportList(event) {
  const link = event.target instanceof Element && event.target.closest("[data-export] > a");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import("../cite/lists.js").then((lists) => lists.exportList(link));
}

/** The site's address. @param {string} [page] the address of its search page */
function siteRoot(page) {
  return new URL("..", new URL(page || "search/", location.href)).href;
}

/** Requests the manifest at the same time as the code; null if that fails.
 * @param {string} root @returns {Promise<ArrayBuffer | null>} */
async function fetchManifest(root) {
  try {
    const answer = await fetch(new URL(`search/${MANIFEST_NAME}`, root), { cache: "no-cache" });
    return answer.ok ? await answer.arrayBuffer() : null;
  } catch {
    return null;
  }
}

/**
 * The keys `/` and `f` open the box, `?` the list of keys. The theme's keys, too, do nothing where readers
 * have switched shortcuts off. @param {KeyboardEvent} event
 */
function pressKey(event) {
  const key = shortcutOf(event);
  if (!hasShortcuts()) {
    if (THEMES_KEYS.includes(key)) event.stopPropagation();
    return;
  }
  if (key === "?") {
    event.preventDefault();
    import("../lists/help.js").then(({ openHelp }) => openHelp());
  }
  if (!["/", "f"].includes(key)) return;
  const input = document.querySelector("[data-search-box] input");
  if (!(input instanceof HTMLInputElement)) return;
  event.preventDefault();
  input.focus();
  input.select();
}

// In the capture phase, to come before Material's own listener for these keys on the window.
document.addEventListener("keydown", pressKey, true);
document.addEventListener("click", exportList);
markFeeds();
const pages = /** @type {any} */ (window).document$;
if (pages) pages.subscribe(mount);
else mount();
