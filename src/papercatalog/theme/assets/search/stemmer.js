// @ts-check
/**
 * The Porter stemmer in the variant of lunr.py, which Python indexes with.
 * Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with the
 * departures of the author's own ANSI C version (short words, `bli`, `logi`).
 */

import { isAscii } from "./fold.js";

/** Suffixes of step 2 and step 3, in the order they are tried, with their replacements. */
const STEP_2 = [
  ["ational", "ate"], ["tional", "tion"], ["enci", "ence"], ["anci", "ance"], ["izer", "ize"],
  ["bli", "ble"], ["alli", "al"], ["entli", "ent"], ["eli", "e"], ["ousli", "ous"],
  ["ization", "ize"], ["ation", "ate"], ["ator", "ate"], ["alism", "al"], ["iveness", "ive"],
  ["fulness", "ful"], ["ousness", "ous"], ["aliti", "al"], ["iviti", "ive"], ["biliti", "ble"],
  ["logi", "log"],
];
const STEP_3 = [
  ["icate", "ic"], ["ative", ""], ["alize", "al"], ["iciti", "ic"], ["ical", "ic"], ["ful", ""],
  ["ness", ""],
];
/** Suffixes of step 4, removed if the rest of the word has a measure above 1. */
const STEP_4 = [
  "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion",
  "ou", "ism", "ate", "iti", "ous", "ive", "ize",
];

/** @param {string} word @param {number} at @returns {boolean} */
function isConsonant(word, at) {
  if ("aeiou".includes(word[at])) return false;
  return word[at] !== "y" || at === 0 || !isConsonant(word, at - 1);
}

/** Porter's measure m: how often vowels are followed by consonants. @param {string} word */
function measure(word) {
  let count = 0;
  for (let at = 1; at < word.length; at++) {
    if (isConsonant(word, at) && !isConsonant(word, at - 1)) count++;
  }
  return count;
}

/** @param {string} word */
function hasVowel(word) {
  for (let at = 0; at < word.length; at++) if (!isConsonant(word, at)) return true;
  return false;
}

/** @param {string} word */
function endsDouble(word) {
  const last = word.length - 1;
  return last > 0 && word[last] === word[last - 1] && isConsonant(word, last);
}

/** Whether a word ends in consonant, vowel, consonant, the last not w, x or y. @param {string} word */
function endsShort(word) {
  const last = word.length - 1;
  return last > 1 && isConsonant(word, last) && !isConsonant(word, last - 1) &&
    isConsonant(word, last - 2) && !"wxy".includes(word[last]);
}

/** @param {string} word */
function step1(word) {
  if (word.endsWith("sses") || word.endsWith("ies")) word = word.slice(0, -2);
  else if (word.endsWith("s") && !word.endsWith("ss")) word = word.slice(0, -1);
  if (word.endsWith("eed")) {
    if (measure(word.slice(0, -3)) > 0) word = word.slice(0, -1);
  } else {
    const ending = ["ed", "ing"].find((suffix) => word.endsWith(suffix));
    if (ending && hasVowel(word.slice(0, -ending.length))) {
      word = word.slice(0, -ending.length);
      if (/(?:at|bl|iz)$/.test(word)) word += "e";
      else if (endsDouble(word)) word = /[lsz]$/.test(word) ? word : word.slice(0, -1);
      else if (measure(word) === 1 && endsShort(word)) word += "e";
    }
  }
  return word.endsWith("y") && hasVowel(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;
}

/** @param {string} word @param {string[][]} rules */
function replaceSuffix(word, rules) {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return word;
  const rest = word.slice(0, word.length - rule[0].length);
  return measure(rest) > 0 ? rest + rule[1] : word;
}

/** @param {string} word */
function step4(word) {
  const suffix = STEP_4.find((ending) => word.endsWith(ending));
  if (!suffix) return word;
  const size = suffix.endsWith("ion") ? 3 : suffix.length;
  const rest = word.slice(0, word.length - size);
  return measure(rest) > 1 ? rest : word;
}

/** @param {string} word */
function step5(word) {
  const count = measure(word);
  if (word.endsWith("e")) {
    const rest = word.slice(0, -1);
    if (count > 1 || (count === 1 && !endsShort(rest))) word = rest;
  }
  return word.endsWith("l") && endsDouble(word) && count > 1 ? word.slice(0, -1) : word;
}

const MAX_STEMS = 50_000;
/** @type {Map<string, string>} */
const stems = new Map();

/** The stem of a folded word; words beyond ASCII are their own stems. @param {string} word */
export function stem(word) {
  let found = stems.get(word);
  if (found === undefined) {
    found = word;
    if (word.length > 2 && isAscii(word)) {
      found = step5(step4(replaceSuffix(replaceSuffix(step1(word), STEP_2), STEP_3)));
    }
    if (stems.size > MAX_STEMS) stems.clear();
    stems.set(word, found);
  }
  return found;
}
