// @ts-check
/** The terms of the index: words, and marked terms beside them; see terms.py. */

import { AUTHOR_MARK, FACT_MARKS, JOINED_MARK } from "./constants.js";
import { stem } from "./stemmer.js";

const WORD_MARKS = new RegExp(`[${AUTHOR_MARK}${JOINED_MARK}]+$`);

/** What a term is sorted and found by: a word's stem, or the fact itself. @param {string} term */
export function termStem(term) {
  return FACT_MARKS.includes(term[0]) ? term : stem(term.replace(WORD_MARKS, ""));
}

/** Whether a term is an author's name. @param {string} term */
export function isAuthor(term) {
  return term.endsWith(AUTHOR_MARK);
}

/** Whether a term is a word of a title, a topic's title or an abstract. @param {string} term */
export function isTextWord(term) {
  return !FACT_MARKS.includes(term[0]) && !isAuthor(term);
}
