// @ts-check
/** Completions and corrections of words, from the vocabulary; spelling.py finds the same. */

import { MAX_COMPLETIONS, MAX_CORRECTIONS, MAX_RARER_BITS, MIN_OFFERED_BITS } from "./constants.js";
import { stem } from "./stemmer.js";

/** A word of the vocabulary and its frequency bits: the bit length of its document frequency.
 * @typedef {[string, number]} VocabularyWord */

/** How many typing errors are corrected in a word. @param {string} word */
export function maxEdits(word) {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/** How many letters at its beginning or end a correction shares with the word. @param {string} word */
export function anchorLength(word) {
  return word.length >= 6 ? 3 : 2;
}

/** @param {string} one @param {string} other */
export function compareStrings(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * The optimal string alignment distance; `limit + 1` if it exceeds `limit`. spelling.py names the source.
 * @param {string} one @param {string} other @param {number} limit
 */
export function editDistance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const [beforePrevious, previous] = [before, row];
    row = [i];
    for (let j = 1; j <= other.length; j++) {
      const differs = one[i - 1] === other[j - 1] ? 0 : 1;
      let cost = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + differs);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, beforePrevious[j - 2] + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = previous;
  }
  return Math.min(row[row.length - 1], limit + 1);
}

/**
 * Picks the words with the prefix that are most frequent, one a stem.
 * @param {string} prefix @param {VocabularyWord[]} words @returns {string[]}
 */
export function pickCompletions(prefix, words) {
  const ranked = words.filter(([word]) => word.startsWith(prefix) && word !== prefix);
  ranked.sort((one, other) => other[1] - one[1] || compareStrings(one[0], other[0]));
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [word] of ranked) {
    const stemmed = stem(word);
    if (!found.has(stemmed)) found.set(stemmed, word);
    if (found.size === MAX_COMPLETIONS) break;
  }
  return [...found.values()];
}

/**
 * Picks the completions that a reader may be about to type; see spelling.py.
 * @param {string} typed @param {VocabularyWord[]} words @returns {string[]}
 */
export function offerCompletions(typed, words) {
  const [, own] = words.find(([word]) => word === typed) ?? ["", 0];
  const least = Math.max(MIN_OFFERED_BITS, own - MAX_RARER_BITS);
  return pickCompletions(typed, words.filter(([word, bits]) => {
    return bits >= least && !(own && stem(word) === stem(typed));
  }));
}

/**
 * Picks the words at the least edit distance, at most `limit`, the most frequent first.
 * @param {string} word @param {VocabularyWord[]} words @param {number} limit @returns {string[]}
 */
export function pickCorrections(word, words, limit) {
  const size = anchorLength(word);
  const [start, end] = [word.slice(0, size), word.slice(-size)];
  /** @type {Map<string, [number, number, string]>} */
  const near = new Map();
  for (const [other, frequencyBits] of words) {
    if (other === word || near.has(other)) continue;
    if (!other.startsWith(start) && !other.endsWith(end)) continue;
    const edits = editDistance(word, other, limit);
    if (edits <= limit) near.set(other, [edits, -frequencyBits, other]);
  }
  const ranked = [...near.values()].sort(
    (one, other) => one[0] - other[0] || one[1] - other[1] || compareStrings(one[2], other[2]),
  );
  const least = ranked.filter(([edits]) => edits === ranked[0][0]);
  return least.slice(0, MAX_CORRECTIONS).map(([, , other]) => other);
}
