// @ts-check
/** The terms of the index: words, and marked terms beside them; see terms.py. */

import { AUTHOR_MARK, FACT_MARKS } from "./constants.js";
import { stem } from "./stemmer.js";

/** What a term is sorted and found by: a word's stem, or the fact itself. @param {string} term */
export function termStem(term) {
  return FACT_MARKS.includes(term[0]) ? term : stem(term.replace(/[@-]+$/, ""));
}

/** Whether a term is an author's name. @param {string} term */
export function isAuthor(term) {
  return term.endsWith(AUTHOR_MARK);
}

/** Whether a term is a word of a title, a topic's title or an abstract. @param {string} term */
export function isTextWord(term) {
  return !FACT_MARKS.includes(term[0]) && !isAuthor(term);
}
