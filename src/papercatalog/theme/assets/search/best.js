// @ts-check
/**
 * The best papers for a query of plain words, from what the index says of titles alone, where no
 * paper without the words in its title can be better: the rest of long lists is then not loaded.
 */

import { KNOWN, OWN, groupOf, sourcesFrom } from "./engine.js";
import { TOPIC_IMPACT } from "./postings.js";
import { ALL_EXACT, EXACT, countSlots, firstOf, hitOf, idf, tallyOf } from "./ranking.js";
import { pickCompletions } from "./spelling.js";
import { IndexFormatError } from "./wire.js";

/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {import("./ranking.js").Slot} Slot */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./shard.js").TermShard} TermShard */
/** Where the lists of a wanted word are.
 * @typedef {{shard: TermShard, group: number, text: string}} Found */
/**
 * A word that is wanted: what is known of its lists; the papers that nothing more is to be known of,
 * null for all; and the most that another paper can have of it.
 * @typedef {{slot: Slot, known: Uint32Array | null, bound: number}} Word
 */

/**
 * The first `count` papers that `search` finds while a reader types, in its order, with its scores;
 * null where it takes all of the lists to know them.
 * @param {SearchIndex} index @param {Query} query as it is while the reader types
 * @param {number} count
 * @returns {Promise<Results | null>}
 */
export async function findBest(index, { clauses, identifier }, count) {
  if (!clauses.length || identifier || !clauses.every(isPlain)) return null;
  const last = clauses[clauses.length - 1];
  const finding = clauses.map((clause) => findWord(index, clause));
  const near = last.prefix && last.text.length > 2 ? index.words(last.text) : [];
  const words = (await Promise.all(finding)).flatMap((word) => word ?? []);
  if (words.length < clauses.length || words.every(({ shard }) => shard.rest)) return null;
  const hits = proven(words, index.papers, count);
  if (!hits) return null;
  const completions = pickCompletions(last.text, await near);
  return { hits, total: NaN, corrections: [], completions, direct: false, clauses };
}

/** @param {Clause} clause */
function isPlain({ kind, field, exclude, joined }) {
  return kind === "word" && !field && !exclude && !joined;
}

/** Where a word's lists are; null for a word that is rare or not there: it may stand for others. So it
 * is for one whose lists could not be loaded, which `search` then tells.
 * @param {SearchIndex} index @param {Clause} clause @returns {Promise<Found | null>} */
async function findWord(index, { text }) {
  try {
    const shard = await index.termShard(groupOf(text));
    const group = shard ? shard.find(groupOf(text)) : -1;
    return shard && group >= 0 && shard.sizeOf(group) >= KNOWN ? { shard, group, text } : null;
  } catch {
    return null;
  }
}

/** @param {Found} found @param {number} papers @returns {Word} */
function readWord({ shard, group, text }, papers) {
  const holders = shard.holdersOf(group);
  const sources = sourcesFrom(papers, shard.lists(group), holders, "", text, OWN);
  const bound = TOPIC_IMPACT * idf(papers, holders) * OWN * EXACT;
  return { slot: { sources, optional: false }, known: shard.rest ? null : shard.titledBy(group), bound };
}

/** The first papers, if they are proven to be; null also where lists are damaged: `search` tells that.
 * @param {Found[]} found @param {number} papers @param {number} count */
function proven(found, papers, count) {
  try {
    return prove(found.map((one) => readWord(one, papers)), papers, count);
  } catch (error) {
    if (error instanceof IndexFormatError) return null;
    throw error;
  }
}

/**
 * The first papers, if no paper of which not all is known can come before the last of them.
 * @param {Word[]} words @param {number} papers @param {number} count
 */
function prove(words, papers, count) {
  const slots = words.map(({ slot }) => slot);
  const tally = tallyOf(slots, countSlots(slots, null, papers).filling, papers);
  /** Of how many words, and how much of their bounds, all is known that there is of a paper. */
  const known = new Uint8Array(papers);
  const less = new Float64Array(papers);
  let [apart, bounds] = [0, 0];
  for (const { known: here, bound } of words) {
    if (!here) continue;
    apart++;
    bounds += bound;
    for (const paper of here) {
      known[paper]++;
      less[paper] += bound;
    }
  }
  /** @type {Hit[]} */
  const hits = [];
  let most = apart === words.length ? bounds * ALL_EXACT : 0;
  for (let row = 0; row < tally.rows.length; row++) {
    const paper = tally.rows[row];
    const unknown = apart - known[paper];
    if (tally.matched[row] + unknown < words.length) continue;
    if (!unknown) hits.push(hitOf(tally, row));
    else {
      const times = tally.exact[row] + unknown >= words.length ? ALL_EXACT : 1;
      most = Math.max(most, (tally.score[row] + bounds - less[paper]) * times);
    }
  }
  const first = firstOf(hits, count);
  return first.length === count && first[count - 1].score > most ? first : null;
}
