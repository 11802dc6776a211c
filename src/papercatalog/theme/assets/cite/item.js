// @ts-check
/** Items of CSL-JSON, the values that all writers of citations write; citations/item.py has more. */

/** @typedef {{family?: string, given?: string, suffix?: string, literal?: string}} Author */
/** @typedef {Record<string, any> & {id: string, type: string, title: string, author?: Author[],
 *   issued: {"date-parts": number[][]}}} Item */

/** An item's arXiv id; empty without one. @param {Item} item @returns {string} */
export function arxivOf(item) {
  return item.archive_location ?? (item.number ?? "").replace(/^arXiv:/, "");
}

/** The year, the month and, where it is known, the day of publication. @param {Item} item */
export function dateOf(item) {
  return item.issued["date-parts"][0];
}

/** Writes a number with at least so many digits. @param {number} number @param {number} digits */
export function pad(number, digits) {
  return String(number).padStart(digits, "0");
}
