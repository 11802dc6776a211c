// @ts-check
/** The list of authors: finds people by what is typed. A file a letter has their names. */

import { element } from "./dom.js";
import { formatNumber } from "./numbers.js";
import { fold } from "./fold.js";
import { WORDS } from "./words.js";

const MAX_SHOWN = 20;

/** A name, the number of papers, and the slug unless it is the name in lower case with hyphens; it
 * is empty where the person has no page.
 * @typedef {[string, number, string?]} Row */

/** The words of a name, folded. @param {string} text */
function wordsOf(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The rows whose names have a word that begins with each of those typed. @param {Row[]} rows
 * @param {string[]} typed */
export function findNames(rows, typed) {
  return rows.filter(([name]) => {
    const words = wordsOf(name);
    return typed.every((part) => words.some((word) => word.startsWith(part)));
  });
}

/** @param {HTMLElement} form @param {HTMLInputElement} input */
function start(form, input) {
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (form.querySelector("ul"));
  const folder = new URL(form.dataset.findAuthors ?? "", location.href);
  /** @type {Map<string, Promise<Row[]>>} */
  const files = new Map();
  let run = 0;

  /** @param {string} slug */
  const addressOf = (slug) => new URL(`${slug}/`, folder).href;

  /** @param {string} name of a person without a page */
  const searchFor = (name) =>
    new URL(`../search/?${new URLSearchParams({ author: name })}`, folder).href;

  /** The people with a word that begins with a letter. @param {string} letter @returns {Promise<Row[]>} */
  function load(letter) {
    let rows = files.get(letter);
    if (!rows) {
      rows = fetch(new URL(`names-${letter}.json`, folder)).then((answer) => {
        if (answer.status === 404) return [];
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.json();
      });
      rows.catch(() => files.delete(letter));
      files.set(letter, rows);
    }
    return rows;
  }

  async function show() {
    const number = ++run;
    const typed = wordsOf(input.value);
    const [letter] = /^[a-z]/.exec(typed[0] ?? "") ?? ["0"];
    const rows = typed.length ? await load(letter).catch(() => null) : [];
    if (number !== run) return;
    const found = findNames(rows ?? [], typed).sort((one, other) => other[1] - one[1]);
    list.replaceChildren(...found.slice(0, MAX_SHOWN).map(([name, count, slug]) => {
      const href = slug === "" ? searchFor(name) : addressOf(slug ?? name.toLowerCase().replaceAll(" ", "-"));
      return element("li", {}, element("a", { href }, name), ` ${formatNumber(count)}`);
    }));
    list.hidden = !found.length;
    status.textContent = typed.length ? describe(rows ? found.length : NaN) : "";
  }

  input.addEventListener("input", show);
  if (input.value) show();
}

/** @param {number} count NaN where names could not be loaded */
function describe(count) {
  if (Number.isNaN(count)) return WORDS.names_failed;
  if (!count) return WORDS.nobody;
  return count > MAX_SHOWN ? WORDS.people_most({ count }) : WORDS.people({ count });
}

const form = globalThis.document?.querySelector("[data-find-authors]");
const input = form?.querySelector("input");
if (form instanceof HTMLElement && input) start(form, input);
