// @ts-check
/** On the page for addresses without one: offers a search for the words of the address. */

import { WORDS } from "./words.js";

const MAX_WORDS = 12;

/** The words of an address below the site: its last part that has some. @param {string} path @param {string} root */
export function wordsOf(path, root) {
  const below = path.startsWith(root) ? path.slice(root.length) : path;
  for (const part of below.split("/").reverse()) {
    const words = decode(part).replace(/\.html?$/, "").match(/[\p{L}\p{N}.]+/gu) ?? [];
    const told = words.filter((word) => word !== "index" && /[\p{L}\p{N}]/u.test(word));
    if (told.length) return told.slice(0, MAX_WORDS).join(" ");
  }
  return "";
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {HTMLElement} place */
function offerSearch(place) {
  const search = new URL(place.dataset.missing ?? "search/", location.href);
  const words = wordsOf(location.pathname, new URL("..", search).pathname);
  if (!words) return;
  search.searchParams.set("q", words);
  const link = document.createElement("a");
  link.href = search.href;
  link.textContent = words;
  const offer = document.createElement("p");
  const [before, after] = WORDS.search_address({ words: "\0" }).split("\0");
  offer.append(before, link, after);
  place.append(offer);
}

/** @type {HTMLElement | null | undefined} */
const place = globalThis.document?.querySelector("[data-missing]");
if (place) offerSearch(place);
