// @ts-check
/** The buttons that mark a paper as saved or seen. */

import { LIMITS } from "./marks.js";
import { WORDS } from "../search/words.js";

/** @typedef {import("./marks.js").Kind} Kind @typedef {import("./marks.js").Marks} Marks */

/** The label, the key and what is said of each mark. @type {Record<Kind, [string, string, string, string]>} */
const MARKS = {
  saved: [WORDS.save, "s", WORDS.saved_to_list, WORDS.removed_from_list],
  seen: [WORDS.seen, "x", WORDS.marked_seen, WORDS.marked_not_seen],
};

/** Marks a paper, or takes the mark away. Returns what to say.
 * @param {Marks} marks @param {Kind} kind @param {string} reference */
export function toggleMark(marks, kind, reference) {
  const on = !marks.has(kind, reference);
  if (on && kind === "saved" && marks.sets.saved.size >= LIMITS.saved) {
    return WORDS.list_full({ count: LIMITS.saved });
  }
  marks.set(kind, reference, on);
  const text = MARKS[kind][on ? 2 : 3];
  return marks.isKept ? WORDS.said({ text }) : WORDS.said_unkept({ text });
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
  if (title) button.setAttribute("aria-label", WORDS.with_title({ label, title }));
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", press);
  return button;
}
