// @ts-check
/** Writes numbers as the site's language does. */

import { WORDS } from "./words.js";

/** Formats a number as `12,345`. `toLocaleString` takes browsers long at its first use.
 * @param {number} number */
export function formatNumber(number) {
  return String(number).replace(/\B(?=(?:[0-9]{3})+$)/g, WORDS.group);
}
