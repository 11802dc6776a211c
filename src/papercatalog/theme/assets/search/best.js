// @ts-check
/**
 * The best papers for a query of plain words, from what the index says of titles alone, where no
 * paper without the words in its title can be better: the rest of long lists is then not loaded.
 */

import { KNOWN, OWN, groupOf, sourcesFrom } from "./engine.js";
import { TOPIC_IMPACT } from "./postings.js";
import { parseQuery } from "./query.js";
import { ALL_EXACT, EXACT, hitOf, idf, sortHits, tallyOf } from "./ranking.js";
import { pickCompletions } from "./spelling.js";

/** @typedef {import("./engine.js").Results} Results */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {import("./ranking.js").Slot} Slot */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/**
 * A word that is wanted: what is known of its lists; the papers that nothing more is to be known of,
 * null for all; and the most that another paper can have of it.
 * @typedef {{slot: Slot, known: Uint32Array | null, bound: number}} Word
 */

/**
 * The first `count` papers that `search` finds while a reader types, in its order, with its scores;
 * null where it takes all of the lists to know them.
 * @param {SearchIndex} index @param {string} text @param {number} count
 * @returns {Promise<Results | null>}
 */
export async function findBest(index, text, count) {
  index.hurryBlocks();
  const { clauses, identifier } = parseQuery(text, true);
  if (!clauses.length || identifier || !clauses.every(isPlain)) return null;
  const last = clauses[clauses.length - 1];
  const completing = last.prefix && last.text.length > 2;
  const [near, ...words] = await Promise.all([
    completing ? index.words(last.text) : [],
    ...clauses.map((clause) => wordOf(index, clause)),
  ]);
  /** @type {Word[]} */
  const known = words.flatMap((word) => word ?? []);
  if (known.length < clauses.length || known.every((word) => !word.known)) return null;
  const hits = proven(known, index.papers, count);
  if (!hits) return null;
  const next = completing ? pickCompletions(last.text, near) : [];
  return { hits, corrections: [], completions: next, direct: false, whole: false, clauses };
}

/** @param {Clause} clause */
function isPlain({ kind, field, exclude, joined }) {
  return kind === "word" && !field && !exclude && !joined;
}

/** Null for a word that is rare or not there: it may stand for others. So it is for one whose lists
 * could not be loaded, which `search` then tells. @param {SearchIndex} index @param {Clause} clause
 * @returns {Promise<Word | null>} */
async function wordOf(index, { text }) {
  const group = groupOf(text);
  const shard = await index.termShard(group).catch(() => null);
  const keys = shard?.numbers(group).filter((key) => !shard.keys[key].endsWith("@")) ?? [];
  const found = keys.reduce((sum, key) => sum + (shard?.sizes[key] ?? 0), 0);
  if (!shard || found < KNOWN) return null;
  const holders = shard.holdersOf(keys);
  const sources = sourcesFrom(index, shard.lists(group), holders, "", text, OWN);
  const bound = TOPIC_IMPACT * idf(index.papers, holders) * OWN * EXACT;
  return { slot: { sources, optional: false }, known: shard.rest ? null : shard.titledBy(keys[0]), bound };
}

/**
 * The first papers, if no paper of which not all is known can come before the last of them.
 * @param {Word[]} words @param {number} papers @param {number} count
 */
function proven(words, papers, count) {
  const tally = tallyOf(words.map(({ slot }) => slot), null, papers);
  const unknown = new Uint8Array(papers);
  const more = new Float64Array(papers);
  for (const { known, bound } of words) {
    if (!known) continue;
    const here = new Uint8Array(papers);
    for (const paper of known) here[paper] = 1;
    for (let paper = 0; paper < papers; paper++) {
      if (here[paper]) continue;
      unknown[paper]++;
      more[paper] += bound;
    }
  }
  /** @type {Hit[]} */
  const hits = [];
  let most = 0;
  for (let paper = papers - 1; paper >= 0; paper--) {
    if (!unknown[paper] && tally.matched[paper] === words.length) hits.push(hitOf(tally, paper));
    if (unknown[paper] && tally.matched[paper] + unknown[paper] >= words.length) {
      const times = tally.exact[paper] + unknown[paper] >= words.length ? ALL_EXACT : 1;
      most = Math.max(most, (tally.score[paper] + more[paper]) * times);
    }
  }
  const first = sortHits(hits).slice(0, count);
  return first.length === count && first[count - 1].score > most ? first : null;
}
