// @ts-check
/** A paper's page: being here marks the paper as seen; it can be saved. */

import { makeMarkButton, toggleMark } from "./mark_buttons.js";
import { Marks, referenceOf } from "./marks.js";
import { bindShortcuts } from "./shortcuts.js";
import { WORDS } from "../search/words.js";

/** @typedef {import("./marks.js").Kind} Kind */

let page = new AbortController();

/** Starts the page of a paper. @param {string} root the site's address */
export function startPaper(root) {
  page.abort();
  page = new AbortController();
  const reference = referenceOf(root, location.href);
  const row = document.querySelector(".pc-keep");
  if (!reference || !row) return;
  const marks = new Marks(root);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const list = document.createElement("a");
  list.href = `${root}reading-list/`;
  list.textContent = WORDS.reading_list;
  const toggle = (/** @type {Kind} */ kind) => {
    said.textContent = toggleMark(marks, kind, reference);
  };
  /** @type {Record<Kind, HTMLElement>} */
  const buttons = {
    saved: makeMarkButton("saved", "", () => toggle("saved")),
    seen: makeMarkButton("seen", "", () => toggle("seen")),
  };
  row.replaceChildren(buttons.saved, buttons.seen, list, said);
  const update = () => {
    for (const kind of /** @type {Kind[]} */ (["saved", "seen"])) {
      buttons[kind].setAttribute("aria-pressed", String(marks.has(kind, reference)));
    }
  };
  marks.listen(update, page.signal);
  if (!marks.has("seen", reference)) marks.set("seen", reference, true);
  update();
  bindShortcuts({ s: () => toggle("saved"), x: () => toggle("seen") });
}
