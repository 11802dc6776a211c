// @ts-check
/** The buttons that mark a paper as saved or seen. */

import { LIMITS } from "./marks.js";

/** @typedef {import("./marks.js").Kind} Kind @typedef {import("./marks.js").Marks} Marks */

/** The label, the key and what is said of each mark. @type {Record<Kind, [string, string, string, string]>} */
const MARKS = {
  saved: ["Save", "s", "Saved to your reading list", "Removed from your reading list"],
  seen: ["Seen", "x", "Marked as seen", "Marked as not seen"],
};

/** Marks a paper, or takes the mark away. Returns what to say.
 * @param {Marks} marks @param {Kind} kind @param {string} reference */
export function toggleMark(marks, kind, reference) {
  const on = !marks.has(kind, reference);
  if (on && kind === "saved" && marks.sets.saved.size >= LIMITS.saved) {
    return `Your reading list is full: it holds ${LIMITS.saved} papers.`;
  }
  marks.set(kind, reference, on);
  const said = MARKS[kind][on ? 2 : 3];
  return marks.isKept ? `${said}.` : `${said}, until you leave this page: your browser keeps nothing for this site.`;
}

/** @param {Kind} kind @param {string} title the paper's, for those who do not see the row
 * @param {() => void} press */
export function makeMarkButton(kind, title, press) {
  const [label, key] = MARKS[kind];
  const button = document.createElement("button");
  button.type = "button";
  button.className = `pc-mark pc-mark--${kind}`;
  button.textContent = label;
  button.title = `${label} (${key})`;
  if (title) button.setAttribute("aria-label", `${label}: ${title}`);
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", press);
  return button;
}
