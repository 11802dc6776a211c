// @ts-check
/** Scores papers for the terms of a query and sorts them, in whole numbers, as ranking.py does. */

import {
  ALL_AS_WRITTEN_FACTOR, ALL_IN_TITLE_FACTOR, AS_WRITTEN_FACTOR, IN_ORDER_BONUS, MAX_TITLE_POSITION,
} from "./constants.js";

/** @typedef {import("./postings.js").PostingList} PostingList */
/**
 * A posting list that satisfies a query term; `weight` is less than `WORD_WEIGHT` for a completion or a
 * correction, `asWritten` says whether its term is the word as the reader wrote it.
 * @typedef {{postings: PostingList, idf: number, weight: number, asWritten: boolean}} WeightedList
 */
/** A word or phrase of a query; an optional one only adds to the score.
 * @typedef {{lists: WeightedList[], optional: boolean}} QueryTerm */
/** `matched` is how many query terms, optional ones aside, the paper matches.
 * @typedef {{paper: number, score: number, matched: number}} Hit */
/** @typedef {ReturnType<typeof scorePapers>} Scores */

const NO_POSITION = MAX_TITLE_POSITION + 1;

/** BM25's inverse document frequency in thousandths, at least 1. Source: Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009; 1 is added inside the logarithm.
 * @param {number} paperCount @param {number} documentFrequency */
export function idf(paperCount, documentFrequency) {
  const rarity = Math.log(1 + (paperCount - documentFrequency + 0.5) / (documentFrequency + 0.5));
  return Math.max(1, Math.floor(rarity * 1000 + 0.5));
}

/** How many of the wanted query terms a result must match. @param {number} wanted */
function minMatched(wanted) {
  return wanted < 3 ? wanted : wanted - Math.floor(wanted / 3);
}

/**
 * Ranks papers by the number of terms they match, then by score, then the newest first; returns the
 * first `count`, and how many there are.
 * @param {QueryTerm[]} terms @param {Uint8Array | null} allowed a mask of papers; null allows all
 * @param {number} paperCount @param {number} count
 */
export function rank(terms, allowed, paperCount, count) {
  const wanted = terms.filter((term) => !term.optional);
  const { matched, matching, most } = countMatches(wanted, allowed, paperCount);
  const least = Math.min(minMatched(wanted.length), most);
  const rows = [];
  for (let at = 0; at < matching.length; at++) {
    if (matched[matching[at]] >= least) rows.push(matching[at]);
  }
  const scores = scorePapers(terms, rows, paperCount);
  const hits = scores.rows.map((paper, row) => makeHit(scores, row));
  return { hits: topHits(hits, count), total: hits.length };
}

/** @param {Hit} one @param {Hit} other */
function compareHits(one, other) {
  return other.matched - one.matched || other.score - one.score || other.paper - one.paper;
}

/** The first hits, in order. @param {Hit[]} hits @param {number} count */
export function topHits(hits, count) {
  if (count >= hits.length) return hits.sort(compareHits);
  /** @type {Hit[]} */
  const top = [];
  for (let at = 0; at < hits.length; at++) {
    let place = top.length;
    while (place > 0 && compareHits(hits[at], top[place - 1]) < 0) place--;
    if (place === count) continue;
    top.splice(place, 0, hits[at]);
    if (top.length > count) top.pop();
  }
  return top;
}

/**
 * How many terms each paper matches, the papers that match any, and the most terms that one matches.
 * @param {QueryTerm[]} terms @param {Uint8Array | null} allowed @param {number} paperCount
 */
export function countMatches(terms, allowed, paperCount) {
  const matched = new Uint8Array(paperCount);
  const last = new Uint8Array(paperCount);
  /** @type {number[]} */
  const matching = [];
  let most = 0;
  for (let term = 0; term < terms.length; term++) {
    for (const { postings } of terms[term].lists) {
      const listed = postings.papers;
      for (let at = 0; at < listed.length; at++) {
        const paper = listed[at];
        if (last[paper] > term || (allowed && !allowed[paper])) continue;
        last[paper] = term + 1;
        const count = ++matched[paper];
        if (count === 1) matching.push(paper);
        if (count > most) most = count;
      }
    }
  }
  return { matched, matching, most };
}

/**
 * Scores some papers, a row each: the sum of their terms' values; how many wanted terms they match, as
 * written, in the title.
 * @param {QueryTerm[]} terms @param {number[]} rows papers
 * @param {number} paperCount how many papers the index has
 */
export function scorePapers(terms, rows, paperCount) {
  const rowOf = new Uint32Array(paperCount); // plus 1; 0 for the others
  for (let row = 0; row < rows.length; row++) rowOf[rows[row]] = row + 1;
  const score = new Float64Array(rows.length);
  const matched = new Uint8Array(rows.length);
  const asWrittenCount = new Uint8Array(rows.length);
  const inTitle = new Uint8Array(rows.length);
  let before = new Uint8Array(rows.length).fill(NO_POSITION);
  for (const term of terms) {
    const { best, asWritten, positions } = scoreTerm(term, rowOf, rows.length);
    for (let row = 0; row < rows.length; row++) {
      if (best[row] === 0) continue;
      score[row] += best[row];
      if (term.optional) continue;
      matched[row]++;
      asWrittenCount[row] += asWritten[row];
      if (positions[row] === NO_POSITION) continue;
      inTitle[row]++;
      const gap = positions[row] - before[row];
      if (gap > 0) score[row] += IN_ORDER_BONUS * (gap <= 2 ? 2 : 1);
    }
    if (!term.optional) before = positions;
  }
  const wanted = terms.filter((term) => !term.optional).length;
  return { rows, score, matched, asWrittenCount, inTitle, wanted };
}

/** @param {Scores} scores @param {number} row @returns {Hit} */
export function makeHit({ rows, score, matched, asWrittenCount, inTitle, wanted }, row) {
  const inTitleFactor = inTitle[row] === wanted ? ALL_IN_TITLE_FACTOR : 1;
  const asWrittenFactor = asWrittenCount[row] === wanted ? ALL_AS_WRITTEN_FACTOR : 1;
  return { paper: rows[row], score: score[row] * inTitleFactor * asWrittenFactor, matched: matched[row] };
}

/**
 * For each row the term's value, whether the paper has it as written, its first position in the title.
 * @param {QueryTerm} term @param {Uint32Array} rowOf each paper's row plus 1
 * @param {number} rowCount
 */
function scoreTerm(term, rowOf, rowCount) {
  const best = new Float64Array(rowCount);
  const asWritten = new Uint8Array(rowCount);
  const positions = new Uint8Array(rowCount).fill(NO_POSITION);
  for (const list of term.lists) {
    const factor = list.idf * list.weight * (list.asWritten ? AS_WRITTEN_FACTOR : 1);
    const { papers: listed, impacts, titlePositions } = list.postings;
    for (let at = 0; at < listed.length; at++) {
      const row = rowOf[listed[at]] - 1;
      if (row < 0) continue;
      const value = impacts[at] * factor;
      if (value > best[row]) best[row] = value;
      if (list.asWritten) asWritten[row] = 1;
      const position = titlePositions[at];
      if (position >= 0 && position < positions[row]) positions[row] = position;
    }
  }
  return { best, asWritten, positions };
}
