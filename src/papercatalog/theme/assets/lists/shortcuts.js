// @ts-check
/** Shortcuts of one key, which readers can switch off (WCAG 2.1.4). */

import { readValue, writeValue } from "./storage.js";

const SHORTCUTS = "shortcuts";
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog";

export function hasShortcuts() {
  return readValue(SHORTCUTS) !== "off";
}

/** @param {boolean} on */
export function switchShortcuts(on) {
  return writeValue(SHORTCUTS, on ? "on" : "off");
}

/**
 * The key of an event that may be a shortcut, in lower case without Shift. Empty where the key belongs to
 * a field, an input method or another command. @param {KeyboardEvent} event
 */
export function shortcutOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return "";
  if (event.target instanceof Element && event.target.closest(FIELDS)) return "";
  return event.shiftKey ? event.key : event.key.toLowerCase();
}

/** What the page's shortcuts do, by key; each page sets its own. @type {Record<string, () => void>} */
let actions = {};

/** Sets what the page's shortcuts do. @param {Record<string, () => void>} pageActions */
export function bindShortcuts(pageActions) {
  // The function is the same each time, so that the document has one listener.
  document.addEventListener("keydown", pressShortcut, true);
  actions = pageActions;
}

/** @param {KeyboardEvent} event */
function pressShortcut(event) {
  if (!hasShortcuts()) return;
  const key = shortcutOf(event);
  if (!Object.hasOwn(actions, key) || (event.repeat && !["j", "k"].includes(key))) return;
  event.preventDefault();
  event.stopPropagation(); // the theme listens on the window
  actions[key]();
}
