// @ts-check
/** Answers a query from an index: which papers, in which order; engine.py does the same. */

import {
  AUTHOR_MARK, CODE_FACT, COMPLETE_BELOW_POSTINGS, COMPLETION_WEIGHT, CORRECTION_WEIGHT, DAY_LENGTH, DAY_MARK,
  IDENTIFIER_MARK, JOINED_MARK, MIN_PREFIX_LENGTH, SORTS, TOPIC_MARK, VOTES_FACT, WORD_WEIGHT,
} from "./constants.js";
import { findPhrase } from "./phrases.js";
import { countPapers, makePostingList, postingsInTitles } from "./postings.js";
import { isText, parseQuery } from "./query.js";
import { idf, rank } from "./ranking.js";
import { anchorLength, maxEdits, offerCompletions, pickCompletions, pickCorrections } from "./spelling.js";
import { stem } from "./stemmer.js";
import { isAuthor } from "./terms.js";

const JOINED_MARKS = new RegExp(`${JOINED_MARK}+$`);

/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./query.js").Clause} Clause */
/** @typedef {import("./postings.js").PostingList} PostingList */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {import("./ranking.js").QueryTerm} QueryTerm */
/** @typedef {import("./ranking.js").WeightedList} WeightedList */
/** @typedef {import("./spelling.js").VocabularyWord} VocabularyWord */
/**
 * A word or phrase that results should have, and the posting lists that satisfy it; `longer` are the words
 * with it as a prefix, if it may be one; `misspelt` says whether only corrections were found.
 * @typedef {{clause: Clause, term: QueryTerm, longer: Promise<VocabularyWord[]> | null,
 *   corrections: string[], misspelt: boolean}} ClauseMatch
 */
/**
 * The result of a query.
 * @typedef {object} Results
 * @property {Hit[]} hits the first of the papers found, in order
 * @property {number} total how many papers were found; NaN if only the best are known
 * @property {[string, string][]} corrections words that were not found, each with the word that was
 *   searched instead
 * @property {string[]} completions what the last word, still being typed, may become
 * @property {boolean} direct whether the query is a paper's identifier
 * @property {Clause[]} clauses
 */

/**
 * Finds papers for a query.
 * @param {SearchIndex} index @param {string} text
 * @param {{filters?: Clause[], sort?: string, typing?: boolean, count?: number}} [options] `filters` are
 *   clauses that the query does not say: topics, a year, month or day, `code`; `count` limits the papers when
 *   they are sorted by relevance
 * @returns {Promise<Results>}
 */
export async function search(index, text, options = {}) {
  const { filters = [], sort = SORTS[0], typing = false, count = Infinity } = options;
  const query = parseQuery(text, typing);
  const clauses = [...query.clauses, ...filters];
  if (query.identifier) {
    const { papers } = await factPostings(index, IDENTIFIER_MARK + query.identifier);
    if (papers.length) {
      const hits = Array.from(papers, (paper) => ({ paper, score: 0, matched: 1 }));
      return { hits, total: hits.length, corrections: [], completions: [], direct: true, clauses };
    }
  }
  const wanted = clauses.filter(({ kind, exclude }) => !exclude && isText(kind));
  const matches = await Promise.all(wanted.map((clause) => matchClause(index, clause)));
  const limit = sort === SORTS[0] ? count : Infinity;
  let { hits, total } = await rankPapers(index, clauses, matches, limit);
  if (matches.length && (!hits.length || hits[0].matched < matches.length)) {
    await Promise.all(
      matches.map(async (match) => {
        if (match.corrections.length) return;
        await addCorrections(index, match, Math.min(1, maxEdits(match.clause.text)));
      }),
    );
    ({ hits, total } = await rankPapers(index, clauses, matches, limit));
  }
  /** @type {[string, string][]} */
  const corrections = matches
    .filter(({ misspelt }) => misspelt)
    .map((match) => [match.clause.text, match.corrections[0]]);
  hits = await sortHits(index, hits, sort);
  const last = matches.find(({ clause }) => clause === query.clauses[query.clauses.length - 1]);
  const completions = last ? offerCompletions(last.clause.text, (await last.longer) ?? []) : [];
  return { hits, total, corrections, completions, direct: false, clauses };
}

/** Finds the posting lists of a word or phrase. @param {SearchIndex} index @param {Clause} clause */
async function matchClause(index, clause) {
  const loading = findLists(index, clause);
  const isPrefix = clause.prefix && clause.text.length >= MIN_PREFIX_LENGTH;
  const longer = isPrefix ? index.wordsStarting(clause.text) : null;
  const term = { lists: await loading, optional: false };
  /** @type {ClauseMatch} */
  const match = { clause, term, longer, corrections: [], misspelt: false };
  const postingCount = term.lists.reduce((sum, one) => sum + one.postings.papers.length, 0);
  if (longer && postingCount < COMPLETE_BELOW_POSTINGS) {
    await addWords(index, match, pickCompletions(clause.text, await longer), COMPLETION_WEIGHT);
  }
  if (!match.term.lists.length) await addCorrections(index, match, maxEdits(clause.text));
  return match;
}

/** Accepts other words for a clause too. @param {SearchIndex} index @param {ClauseMatch} match
 * @param {string[]} words @param {number} weight */
async function addWords(index, match, words, weight) {
  const found = words.map((word) => findLists(index, match.clause, word, weight));
  match.term.lists.push(...(await Promise.all(found)).flat());
}

/** Accepts the words at an edit distance of at most `limit` too. @param {SearchIndex} index
 * @param {ClauseMatch} match @param {number} limit */
async function addCorrections(index, match, limit) {
  const word = match.clause.text;
  if (match.clause.kind !== "word" || limit === 0) return;
  const size = anchorLength(word);
  const near = await Promise.all([
    index.wordsStarting(word.slice(0, size)),
    index.wordsEnding(word.slice(-size)),
  ]);
  match.corrections = pickCorrections(word, near.flat(), limit);
  match.misspelt = !match.term.lists.length && match.corrections.length > 0;
  await addWords(index, match, match.corrections, CORRECTION_WEIGHT);
}

/**
 * Finds the posting lists of a clause, with another word in place of its own if given; none if they cannot
 * be loaded: then `index.failures` has the error.
 * @param {SearchIndex} index @param {Clause} clause @param {string} [word] @param {number} [weight]
 * @returns {Promise<WeightedList[]>}
 */
async function findLists(index, clause, word = clause.text, weight = WORD_WEIGHT) {
  try {
    return await loadLists(index, clause, word, weight);
  } catch (error) {
    index.failures.push(error);
    return [];
  }
}

/** @param {SearchIndex} index @param {Clause} clause @param {string} word @param {number} weight
 * @returns {Promise<WeightedList[]>} */
async function loadLists(index, clause, word, weight) {
  if (clause.kind === "phrase") return findPhrase(index, clause);
  const lists = await index.postingLists(wordStem(word));
  const inText = lists.filter(([term]) => !isAuthor(term)).map(([, postings]) => postings);
  const documentFrequency = countPapers(inText, index.paperCount);
  return weighLists(index.paperCount, lists, documentFrequency, clause.field, word, weight);
}

/** The stem of a word of a query. @param {string} word */
export function wordStem(word) {
  return stem(word.replace(JOINED_MARKS, ""));
}

/**
 * Weighs the lists of a stem that a word of a query stands for.
 * @param {number} paperCount how many papers the index holds
 * @param {[string, PostingList][]} lists by term
 * @param {number} documentFrequency how many papers contain a word of the stem, authors left out
 * @param {string} field @param {string} word @param {number} weight @returns {WeightedList[]}
 */
export function weighLists(paperCount, lists, documentFrequency, field, word, weight) {
  const rarity = idf(paperCount, documentFrequency);
  /** @type {WeightedList[]} */
  const found = [];
  for (const [term, list] of lists) {
    if (isAuthor(term) || field === "author") continue;
    const postings = field === "title" ? postingsInTitles(list) : list;
    if (postings.papers.length) found.push({ postings, idf: rarity, weight, asWritten: term === word });
  }
  const ofAuthors = field === "title" ? undefined : lists.find(([term]) => term === word + AUTHOR_MARK);
  if (ofAuthors) {
    const [, postings] = ofAuthors;
    found.push({ postings, idf: idf(paperCount, postings.papers.length), weight, asWritten: true });
  }
  return found;
}

/** Ranks the papers that all clauses allow; without words to rank by, the newest first.
 * @param {SearchIndex} index @param {Clause[]} clauses @param {ClauseMatch[]} matches
 * @param {number} count */
async function rankPapers(index, clauses, matches, count) {
  /** @type {QueryTerm[]} */
  const terms = [];
  for (const { clause, term } of matches) {
    terms.push(term);
    if (clause.joined) {
      terms.push({ lists: await findLists(index, clause, clause.joined + JOINED_MARK), optional: true });
    }
  }
  const allowed = await allowedPapers(index, clauses, matches);
  if (matches.length) return rank(terms, allowed, index.paperCount, count);
  /** @type {Hit[]} */
  const hits = [];
  for (let paper = index.paperCount - 1; allowed && paper >= 0; paper--) {
    if (allowed[paper]) hits.push({ paper, score: 0, matched: 0 });
  }
  return { hits: hits.slice(0, count), total: hits.length };
}

/**
 * A mask of the papers that no clause rules out; null if no clause rules any out.
 * @param {SearchIndex} index @param {Clause[]} clauses @param {ClauseMatch[]} matches
 */
async function allowedPapers(index, clauses, matches) {
  const required = matches
    .filter(({ clause }) => clause.field || clause.kind === "phrase")
    .map(({ term }) => maskOf(index, term.lists));
  const conditions = clauses.filter(({ kind, exclude }) => exclude || !isText(kind));
  if (!required.length && !conditions.length) return null;
  const allowed = new Uint8Array(index.paperCount).fill(1);
  for (const mask of required) allowed.forEach((_, paper) => (allowed[paper] &= mask[paper]));
  for (const clause of conditions) {
    const mask = await papersOf(index, clause);
    const not = clause.exclude ? 1 : 0;
    allowed.forEach((_, paper) => (allowed[paper] &= mask[paper] ^ not));
  }
  return allowed;
}

/** @param {SearchIndex} index @param {{postings: PostingList}[]} lists */
function maskOf(index, lists) {
  const mask = new Uint8Array(index.paperCount);
  for (const { postings } of lists) for (const paper of postings.papers) mask[paper] = 1;
  return mask;
}

/** A mask of the papers for which a clause holds. @param {SearchIndex} index @param {Clause} clause */
async function papersOf(index, clause) {
  if (clause.kind === "year") return papersOfTime(index, clause.text);
  if (isText(clause.kind)) return maskOf(index, await findLists(index, clause));
  const fact = clause.kind === "code" ? CODE_FACT : TOPIC_MARK + clause.text;
  return maskOf(index, [{ postings: await factPostings(index, fact) }]);
}

/** The posting list of a fact, which is its own stem; an empty one if no paper has it.
 * @param {SearchIndex} index @param {string} fact */
export async function factPostings(index, fact) {
  const [list] = await index.postingLists(fact);
  return list ? list[1] : makePostingList(0);
}

/** A mask of the papers of a year, month or day: papers are numbered by date. @param {SearchIndex} index
 * @param {string} time */
async function papersOfTime(index, time) {
  if (time.length === DAY_LENGTH) {
    return maskOf(index, [{ postings: await factPostings(index, DAY_MARK + time) }]);
  }
  const mask = new Uint8Array(index.paperCount);
  let first = 0;
  for (const [month, size] of index.manifest.months) {
    if (month.startsWith(time)) mask.fill(1, first, first + size);
    first += size;
  }
  return mask;
}

/** @param {SearchIndex} index @param {Hit[]} hits @param {string} sort */
async function sortHits(index, hits, sort) {
  if (sort === "date") return hits.sort((one, other) => other.paper - one.paper);
  if (sort !== "votes") return hits;
  const votes = new Float64Array(index.paperCount);
  const { papers, impacts } = await factPostings(index, VOTES_FACT);
  papers.forEach((paper, at) => (votes[paper] = impacts[at]));
  return hits.sort((one, other) => votes[other.paper] - votes[one.paper] || other.paper - one.paper);
}
