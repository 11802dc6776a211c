// @ts-check
/**
 * Finds the best papers for a query of plain words without the tails of its posting lists, where upper
 * bounds (as in WAND) prove that no paper without the words in its title can score higher. Source: Broder
 * et al., "Efficient query evaluation using a two-level retrieval process", CIKM 2003.
 *
 * It saves bytes in large catalogs: 402 queries of two words cost 79.1 kB of index on average with the
 * tails and 46.5 kB with this module, which proved 344 of them; with the scripts, 1.5 times as much.
 * Measured by tests/benchmarks/tail_cost.py on 100,000 papers grown from 6,132 real ones; with 10,000
 * papers few tails are long enough for a file, and it is 1.04 times.
 */

import { IndexFormatError } from "./codec.js";
import {
  ALL_AS_WRITTEN_FACTOR, AS_WRITTEN_FACTOR, COMPLETE_BELOW_POSTINGS, MIN_PREFIX_LENGTH, TOPIC_IMPACT,
  WORD_WEIGHT,
} from "./constants.js";
import { weighLists, wordStem } from "./engine.js";
import { countMatches, idf, makeHit, scorePapers, topHits } from "./ranking.js";
import { offerCompletions } from "./spelling.js";

/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {import("./ranking.js").QueryTerm} QueryTerm */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./term_shard.js").TermShard} TermShard */
/** A word of the query and its place in the index.
 * @typedef {{shard: TermShard, stem: number, text: string}} FoundWord */
/**
 * A word of the query: what is loaded of its lists; the papers whose value for it is final, null if all
 * are; an upper bound of its value for any other paper.
 * @typedef {{term: QueryTerm, final: Uint32Array | null, bound: number}} BoundedWord
 */

/**
 * The first `count` papers that `search` finds while a reader types, with their scores and in its order;
 * null if it takes whole lists to know them.
 * @param {SearchIndex} index @param {Query} query parsed as it is while the reader types
 * @param {number} count
 * @returns {Promise<Results | null>}
 */
export async function findBest(index, { clauses, identifier }, count) {
  if (!clauses.length || identifier || !clauses.every(isPlain)) return null;
  const last = clauses[clauses.length - 1];
  const finding = clauses.map((clause) => findWord(index, clause));
  const isPrefix = last.prefix && last.text.length >= MIN_PREFIX_LENGTH;
  const longer = isPrefix ? index.wordsStarting(last.text) : [];
  const words = (await Promise.all(finding)).flatMap((word) => word ?? []);
  if (words.length < clauses.length || words.every(({ shard }) => shard.tail)) return null;
  const hits = tryProve(words, index.paperCount, count);
  if (!hits) return null;
  const completions = offerCompletions(last.text, await longer);
  return { hits, total: NaN, corrections: [], completions, direct: false, clauses };
}

/** @param {Clause} clause */
function isPlain({ kind, field, exclude, joined }) {
  return kind === "word" && !field && !exclude && !joined;
}

/** Finds a word in the index; null if it is so rare that `search` also tries other words, or if its lists
 * cannot be loaded, which `search` reports. @param {SearchIndex} index @param {Clause} clause
 * @returns {Promise<FoundWord | null>} */
async function findWord(index, { text }) {
  try {
    const shard = await index.termShard(wordStem(text));
    const stem = shard ? shard.find(wordStem(text)) : -1;
    const isFound = shard && stem >= 0 && shard.countPostings(stem) >= COMPLETE_BELOW_POSTINGS;
    return isFound ? { shard, stem, text } : null;
  } catch {
    return null;
  }
}

/** @param {FoundWord} found @param {number} paperCount @returns {BoundedWord} */
function boundWord({ shard, stem, text }, paperCount) {
  const frequency = shard.documentFrequency(stem);
  const lists = weighLists(paperCount, shard.lists(stem), frequency, "", text, WORD_WEIGHT);
  const bound = TOPIC_IMPACT * idf(paperCount, frequency) * WORD_WEIGHT * AS_WRITTEN_FACTOR;
  const final = shard.tail ? null : shard.papersInTitles(stem);
  return { term: { lists, optional: false }, final, bound };
}

/** Calls `prove`; null if lists are damaged, which `search` reports.
 * @param {FoundWord[]} found @param {number} paperCount @param {number} count */
function tryProve(found, paperCount, count) {
  try {
    return prove(found.map((word) => boundWord(word, paperCount)), paperCount, count);
  } catch (error) {
    if (error instanceof IndexFormatError) return null;
    throw error;
  }
}

/**
 * The first papers, if every paper whose score is not final has an upper bound below the last of them.
 * @param {BoundedWord[]} words @param {number} paperCount @param {number} count
 */
function prove(words, paperCount, count) {
  const terms = words.map(({ term }) => term);
  const scores = scorePapers(terms, countMatches(terms, null, paperCount).matching, paperCount);
  // For each paper, of the words with open tails: how many are final, and the sum of their bounds.
  const finalCounts = new Uint8Array(paperCount);
  const finalBounds = new Float64Array(paperCount);
  let [openCount, openBounds] = [0, 0];
  for (const { final, bound } of words) {
    if (!final) continue;
    openCount++;
    openBounds += bound;
    for (const paper of final) {
      finalCounts[paper]++;
      finalBounds[paper] += bound;
    }
  }
  /** @type {Hit[]} */
  const hits = [];
  let highest = openCount === words.length ? openBounds * ALL_AS_WRITTEN_FACTOR : 0;
  for (let row = 0; row < scores.rows.length; row++) {
    const paper = scores.rows[row];
    const open = openCount - finalCounts[paper];
    if (scores.matched[row] + open < words.length) continue;
    if (!open) hits.push(makeHit(scores, row));
    else {
      const factor = scores.asWrittenCount[row] + open >= words.length ? ALL_AS_WRITTEN_FACTOR : 1;
      const bound = (scores.score[row] + openBounds - finalBounds[paper]) * factor;
      highest = Math.max(highest, bound);
    }
  }
  const top = topHits(hits, count);
  return top.length === count && top[count - 1].score > highest ? top : null;
}
