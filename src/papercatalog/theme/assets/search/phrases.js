// @ts-check
/** Finds the papers with a phrase by the positions of its words. */

import {
  ABSTRACT_START, AUTHOR_MARK, AUTHOR_STEP, JOINED_MARK, MAX_ABSTRACT_IMPACT, PHRASE_TITLE_IMPACT, WORD_WEIGHT,
} from "./constants.js";
import { idf } from "./ranking.js";
import { stem } from "./stemmer.js";
import { isAuthor } from "./terms.js";

/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./query.js").PhraseWord} PhraseWord */
/** @typedef {import("./ranking.js").WeightedList} WeightedList */

/**
 * Finds the papers whose words, in any form but for names, stand as in the phrase. A stop word of the phrase must match
 * where it stands beside another word. A paper that has the words in other forms only gets half the impact.
 * @param {SearchIndex} index @param {Clause} clause @returns {Promise<WeightedList[]>}
 */
export async function findPhrase(index, clause) {
  const [asWritten, found] = await Promise.all([
    findStarts(index, clause, true),
    findStarts(index, clause, false),
  ]);
  /** @type {number[][]} */
  const rows = [];
  for (const [paper, starts] of [...found].sort((one, other) => one[0] - other[0])) {
    const first = Math.min(...starts);
    const inTitle = clause.field !== "author" && first < ABSTRACT_START;
    if (!inTitle && clause.field === "title") continue;
    const full = inTitle ? PHRASE_TITLE_IMPACT : MAX_ABSTRACT_IMPACT;
    const impact = asWritten.has(paper) ? full : Math.floor(full / 2);
    rows.push([paper, impact, inTitle ? first : -1]);
  }
  if (!rows.length) return [];
  const postings = {
    papers: Uint32Array.from(rows, ([paper]) => paper),
    impacts: Uint32Array.from(rows, ([, impact]) => impact),
    titlePositions: Int32Array.from(rows, ([, , position]) => position),
  };
  return [{ postings, idf: idf(index.paperCount, rows.length), weight: WORD_WEIGHT, asWritten: true }];
}

/**
 * The positions where the phrase starts, by paper.
 * @param {SearchIndex} index @param {Clause} clause @param {boolean} asWritten
 */
async function findStarts(index, clause, asWritten) {
  const byWord = await Promise.all(clause.words.map((word) => startsByWord(index, clause, word, asWritten)));
  return byWord.reduce((both, ofWord) => {
    /** @type {Map<number, Set<number>>} */
    const kept = new Map();
    for (const [paper, starts] of both) {
      const others = ofWord.get(paper);
      const shared = others && [...starts].filter((start) => others.has(start));
      if (shared?.length) kept.set(paper, new Set(shared));
    }
    return kept;
  });
}

/**
 * The positions where the phrase would start according to one of its words, by paper.
 * @param {SearchIndex} index @param {Clause} clause @param {PhraseWord} phraseWord
 * @param {boolean} asWritten
 */
async function startsByWord(index, { field, startsName }, [word, offset, context], asWritten) {
  const ofAuthor = field === "author";
  const step = startsName ? AUTHOR_STEP : 1;
  const mask = (context & 0xf0 ? 0xf0 : 0) | (context & 0x0f ? 0x0f : 0);
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  for (const [term, postings] of await index.postingLists(stem(word))) {
    if (term.endsWith(JOINED_MARK) || isAuthor(term) !== ofAuthor) continue;
    if ((asWritten || ofAuthor) && term !== word && term !== word + AUTHOR_MARK) continue;
    const positions = await index.positions(stem(word), term);
    postings.papers.forEach((paper, at) => {
      const here = positions[at].filter(([position, has]) => {
        return (has & mask) === context && (position - offset) % step === 0;
      });
      if (!here.length) return;
      const starts = found.get(paper) ?? new Set();
      found.set(paper, starts);
      for (const [position] of here) starts.add(position - offset);
    });
  }
  return found;
}
