// @ts-check
/** Answers a query from an index: which papers, in which order; the twin of Python's engine. */

import { findPhrase } from "./phrases.js";
import { countPapers, inTitles } from "./postings.js";
import { isText, parseQuery } from "./query.js";
import { idf, rank } from "./ranking.js";
import { anchor, editsAllowed, pickCompletions, pickCorrections } from "./spelling.js";
import { stem } from "./stemmer.js";

/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./postings.js").Postings} Postings */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {import("./ranking.js").Slot} Slot */
/** @typedef {import("./ranking.js").Source} Source */
/** @typedef {import("./spelling.js").Weighted} Weighted */
/**
 * A clause that is wanted, and what fills it; the words near one that may go on.
 * @typedef {{clause: Clause, slot: Slot, near: Promise<Weighted[]> | null, corrections: string[],
 *   misspelt: boolean}} Asked
 */
/**
 * The result of a query.
 * @typedef {object} Results
 * @property {Hit[]} hits as many as were wanted
 * @property {number} total how many there are; NaN where only the best are known
 * @property {[string, string][]} corrections words that were not found, each with the one taken
 * @property {string[]} completions what the last word, still being typed, may become
 * @property {boolean} direct whether the query is a paper's identifier
 * @property {Clause[]} clauses
 */

export const OWN = 100; // the weight of the reader's own word
const COMPLETED = 60;
const CORRECTED = 50;
export const KNOWN = 20; // papers: a word that so many hold is taken as finished

/**
 * All papers for a query.
 * @param {SearchIndex} index @param {string} text
 * @param {{filters?: Clause[], sort?: string, typing?: boolean, count?: number}} [options]
 *   `filters` are clauses beside the reader's: topics, a year or month, `code`; by relevance, `count`
 *   papers are enough
 * @returns {Promise<Results>}
 */
export async function search(index, text, options = {}) {
  const { filters = [], sort = "relevance", typing = false, count = Infinity } = options;
  const query = parseQuery(text, typing);
  const clauses = [...query.clauses, ...filters];
  if (query.identifier) {
    const [list] = await index.group(`=${query.identifier}`);
    if (list) {
      const hits = [...list[1].papers].map((paper) => ({ paper, score: 0, matched: 1 }));
      const total = hits.length;
      return { hits, total, corrections: [], completions: [], direct: true, clauses };
    }
  }
  const wanted = clauses.filter(({ kind, exclude }) => !exclude && isText(kind));
  const asked = await Promise.all(wanted.map((clause) => ask(index, clause)));
  const enough = sort === "relevance" ? count : Infinity;
  let { hits, total } = await hitsOf(index, clauses, asked, enough);
  if (asked.length && (!hits.length || hits[0].matched < asked.length)) {
    await Promise.all(
      asked.map(async (one) => {
        if (one.corrections.length) return;
        await correct(index, one, Math.min(1, editsAllowed(one.clause.text)));
      }),
    );
    ({ hits, total } = await hitsOf(index, clauses, asked, enough));
  }
  /** @type {[string, string][]} */
  const corrections = asked
    .filter(({ misspelt }) => misspelt)
    .map((one) => [one.clause.text, one.corrections[0]]);
  hits = await sorted(index, hits, sort);
  const last = asked.find(({ clause }) => clause === query.clauses[query.clauses.length - 1]);
  const completions = last ? await completionsOf(last) : [];
  return { hits, total, corrections, completions, direct: false, clauses };
}

/** What fills a clause that is wanted. @param {SearchIndex} index @param {Clause} clause */
async function ask(index, clause) {
  const loading = sourcesOf(index, clause);
  const near = clause.prefix && clause.text.length > 2 ? index.words(clause.text) : null;
  const sources = await loading;
  /** @type {Asked} */
  const asked = { clause, slot: { sources, optional: false }, near, corrections: [], misspelt: false };
  const known = sources.reduce((sum, { postings }) => sum + postings.papers.length, 0);
  if (near && known < KNOWN) await alsoFill(index, asked, await completionsOf(asked), COMPLETED);
  if (!sources.length) await correct(index, asked, editsAllowed(clause.text));
  return asked;
}

/** What a clause's word may become. @param {Asked} asked */
async function completionsOf({ clause, near }) {
  return pickCompletions(clause.text, (await near) ?? []);
}

/** @param {SearchIndex} index @param {Asked} asked @param {string[]} words @param {number} weight */
async function alsoFill(index, asked, words, weight) {
  const found = words.map((word) => sourcesOf(index, asked.clause, word, weight));
  asked.slot.sources.push(...(await Promise.all(found)).flat());
}

/** Let the words at most so many errors away fill it too. @param {SearchIndex} index
 * @param {Asked} asked @param {number} most */
async function correct(index, asked, most) {
  const word = asked.clause.text;
  if (asked.clause.kind !== "word" || most === 0) return;
  const size = anchor(word);
  const near = await Promise.all([
    index.words(word.slice(0, size)),
    index.wordsEnding(word.slice(-size)),
  ]);
  asked.corrections = pickCorrections(word, near.flat(), most);
  asked.misspelt = !asked.slot.sources.length && asked.corrections.length > 0;
  await alsoFill(index, asked, asked.corrections, CORRECTED);
}

/**
 * The lists that a clause, or another word in its place, stands for; none where the index could not
 * be loaded: `index.failures` says so.
 * @param {SearchIndex} index @param {Clause} clause @param {string} [word] @param {number} [weight]
 * @returns {Promise<Source[]>}
 */
async function sourcesOf(index, clause, word = clause.text, weight = OWN) {
  try {
    return await loadSources(index, clause, word, weight);
  } catch (error) {
    index.failures.push(error);
    return [];
  }
}

/** @param {SearchIndex} index @param {Clause} clause @param {string} word @param {number} weight
 * @returns {Promise<Source[]>} */
async function loadSources(index, clause, word, weight) {
  if (clause.kind === "phrase") return findPhrase(index, clause);
  const group = await index.group(groupOf(word));
  const inText = group.filter(([key]) => !key.endsWith("@")).map(([, postings]) => postings);
  const holders = countPapers(inText, index.papers);
  return sourcesFrom(index.papers, group, holders, clause.field, word, weight);
}

/** What a word of a query is found by. @param {string} word */
export function groupOf(word) {
  return stem(word.replace(/-+$/, ""));
}

/**
 * The lists that a word stands for, of its group's.
 * @param {number} papers how many the index holds @param {[string, Postings][]} group
 * @param {number} holders how many papers hold one of the group's words, names left out
 * @param {string} field @param {string} word @param {number} weight @returns {Source[]}
 */
export function sourcesFrom(papers, group, holders, field, word, weight) {
  const rarity = idf(papers, holders);
  /** @type {Source[]} */
  const found = [];
  for (const [key, list] of group) {
    if (key.endsWith("@") || field === "author") continue;
    const postings = field === "title" ? inTitles(list) : list;
    if (postings.papers.length) found.push({ postings, idf: rarity, weight, exact: key === word });
  }
  const names = field === "title" ? undefined : group.find(([key]) => key === `${word}@`);
  if (names) {
    const [, postings] = names;
    found.push({ postings, idf: idf(papers, postings.papers.length), weight, exact: true });
  }
  return found;
}

/** @param {SearchIndex} index @param {Clause[]} clauses @param {Asked[]} asked @param {number} count */
async function hitsOf(index, clauses, asked, count) {
  /** @type {Slot[]} */
  const slots = [];
  for (const { clause, slot } of asked) {
    slots.push(slot);
    if (clause.joined) {
      slots.push({ sources: await sourcesOf(index, clause, `${clause.joined}-`), optional: true });
    }
  }
  const allowed = await allowedBy(index, clauses, asked);
  if (asked.length) return rank(slots, allowed, index.papers, count);
  /** @type {Hit[]} */
  const hits = [];
  for (let paper = index.papers - 1; allowed && paper >= 0; paper--) {
    if (allowed[paper]) hits.push({ paper, score: 0, matched: 0 });
  }
  return { hits: hits.slice(0, count), total: hits.length };
}

/**
 * A mask of the papers that no clause rules out; null where no clause rules any out.
 * @param {SearchIndex} index @param {Clause[]} clauses @param {Asked[]} asked
 */
async function allowedBy(index, clauses, asked) {
  const musts = asked
    .filter(({ clause }) => clause.field || clause.kind === "phrase")
    .map(({ slot }) => maskOf(index, slot.sources));
  const facts = clauses.filter(({ kind, exclude }) => exclude || !isText(kind));
  if (!musts.length && !facts.length) return null;
  const allowed = new Uint8Array(index.papers).fill(1);
  for (const must of musts) allowed.forEach((_, paper) => (allowed[paper] &= must[paper]));
  for (const clause of facts) {
    const mask = await filtered(index, clause);
    const not = clause.exclude ? 1 : 0;
    allowed.forEach((_, paper) => (allowed[paper] &= mask[paper] ^ not));
  }
  return allowed;
}

/** @param {SearchIndex} index @param {{postings: Postings}[]} lists */
function maskOf(index, lists) {
  const mask = new Uint8Array(index.papers);
  for (const { postings } of lists) for (const paper of postings.papers) mask[paper] = 1;
  return mask;
}

/** A mask of the papers that a clause is true of. @param {SearchIndex} index
 * @param {Clause} clause */
async function filtered(index, clause) {
  if (clause.kind === "year") return ofTime(index, clause.text);
  if (isText(clause.kind)) return maskOf(index, await sourcesOf(index, clause));
  return maskOf(index, await factLists(index, clause.kind === "code" ? "+code" : `#${clause.text}`));
}

/** The list of a fact. @param {SearchIndex} index @param {string} key */
export async function factLists(index, key) {
  return (await index.group(key)).map(([, postings]) => ({ postings }));
}

/** The papers of a year or month: papers are numbered by date. @param {SearchIndex} index
 * @param {string} start */
function ofTime(index, start) {
  const mask = new Uint8Array(index.papers);
  let first = 0;
  for (const [month, size] of index.manifest.months) {
    if (month.startsWith(start)) mask.fill(1, first, first + size);
    first += size;
  }
  return mask;
}

/** @param {SearchIndex} index @param {Hit[]} hits @param {string} sort */
async function sorted(index, hits, sort) {
  if (sort === "date") return hits.sort((one, other) => other.paper - one.paper);
  if (sort !== "votes") return hits;
  const votes = new Float64Array(index.papers);
  for (const { postings } of await factLists(index, "^votes")) {
    postings.papers.forEach((paper, at) => (votes[paper] = postings.impacts[at]));
  }
  return hits.sort((one, other) => votes[other.paper] - votes[one.paper] || other.paper - one.paper);
}
