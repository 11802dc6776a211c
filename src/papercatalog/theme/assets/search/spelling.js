// @ts-check
/** Words near a word: completions and corrections from the vocabulary. */

import { stem } from "./stemmer.js";

const COMPLETIONS = 6;
const CORRECTIONS = 4;

/** @typedef {[string, number]} Weighted a word and the bits of its papers' number */

/** How many typing errors a word may have. @param {string} word */
export function editsAllowed(word) {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/** How many letters at one end a correction shares with the word. @param {string} word */
export function anchor(word) {
  return word.length >= 6 ? 3 : 2;
}

/** @param {string} one @param {string} other */
export function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * The optimal string alignment distance; `most + 1` where it is greater.
 * @param {string} one @param {string} other @param {number} most
 */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const [last, previous] = [before, row];
    row = [i];
    for (let j = 1; j <= other.length; j++) {
      const differs = one[i - 1] === other[j - 1] ? 0 : 1;
      let cost = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + differs);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, last[j - 2] + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    before = previous;
  }
  return Math.min(row[row.length - 1], most + 1);
}

/**
 * The most frequent words that begin with `start`, one a stem.
 * @param {string} start @param {Weighted[]} words @returns {string[]}
 */
export function pickCompletions(start, words) {
  const ranked = words.filter(([word]) => word.startsWith(start) && word !== start);
  ranked.sort((one, other) => other[1] - one[1] || compare(one[0], other[0]));
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [word] of ranked) {
    const of = stem(word);
    if (!found.has(of)) found.set(of, word);
    if (found.size === COMPLETIONS) break;
  }
  return [...found.values()];
}

/**
 * The nearest words, all at the least distance, the most frequent first.
 * @param {string} word @param {Weighted[]} words @param {number} most @returns {string[]}
 */
export function pickCorrections(word, words, most) {
  const size = anchor(word);
  const [head, tail] = [word.slice(0, size), word.slice(-size)];
  /** @type {Map<string, [number, number, string]>} */
  const near = new Map();
  for (const [other, weight] of words) {
    if (other === word || near.has(other)) continue;
    if (!other.startsWith(head) && !other.endsWith(tail)) continue;
    const edits = distance(word, other, most);
    if (edits <= most) near.set(other, [edits, -weight, other]);
  }
  const ranked = [...near.values()].sort(
    (one, other) => one[0] - other[0] || one[1] - other[1] || compare(one[2], other[2]),
  );
  return ranked.filter(([edits]) => edits === ranked[0][0]).slice(0, CORRECTIONS).map((row) => row[2]);
}
