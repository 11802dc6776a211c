// @ts-check
/**
 * What the browser keeps for a reader. Where storage is refused or full, values last as long as the page,
 * for all scripts of it.
 */

const PREFIX = "papercatalog.";
/** @type {Map<string, string>} */
const unkept = ((/** @type {any} */ (globalThis)).papercatalogUnkept ??= new Map());

/** The event that a page's scripts send each other when a value changes; other pages get `storage`. */
export const CHANGED = "papercatalog-changed";

/** @param {string} name @returns {string | null} */
export function readValue(name) {
  const value = unkept.get(name);
  if (value !== undefined) return value;
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Writes a value. Returns whether it outlasts the page. @param {string} name @param {string} value */
export function writeValue(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
    unkept.delete(name);
    return true;
  } catch {
    unkept.set(name, value);
    return false;
  }
}
