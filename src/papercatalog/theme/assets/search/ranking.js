// @ts-check
/** Scores and orders papers for slots of posting lists, in whole numbers, as Python does. */

/** @typedef {import("./postings.js").Postings} Postings */
/**
 * One posting list that can fill a slot.
 * @typedef {{postings: Postings, idf: number, weight: number, exact: boolean}} Source
 */
/** @typedef {{sources: Source[], optional: boolean}} Slot */
/** @typedef {{paper: number, score: number, matched: number}} Hit */
/** @typedef {ReturnType<typeof tallyOf>} Tally */

export const EXACT = 2;
export const ALL_EXACT = 4;
const ALL_IN_TITLE = 2;
const IN_ORDER = 1_500_000;
const NOWHERE = 255;

/** BM25's inverse document frequency, in thousandths, at least 1.
 * @param {number} papers @param {number} found */
export function idf(papers, found) {
  const rarity = Math.log(1 + (papers - found + 0.5) / (found + 0.5));
  return Math.max(1, Math.floor(rarity * 1000 + 0.5));
}

/** How many of the wanted slots a paper fills to be in the result. @param {number} wanted */
function leastMatched(wanted) {
  return wanted < 3 ? wanted : wanted - Math.floor(wanted / 3);
}

/**
 * The papers that fill most slots, in order: slots filled, score, newest.
 * @param {Slot[]} slots @param {Uint8Array | null} allowed a mask of papers; null allows all
 * @param {number} papers @returns {Hit[]}
 */
export function rank(slots, allowed, papers) {
  const tally = tallyOf(slots, allowed, papers);
  const most = tally.matched.reduce((one, other) => Math.max(one, other), 0);
  const least = Math.max(1, Math.min(leastMatched(tally.wanted), most));
  /** @type {Hit[]} */
  const hits = [];
  for (let paper = papers - 1; paper >= 0; paper--) {
    if (tally.matched[paper] >= least) hits.push(hitOf(tally, paper));
  }
  return sortHits(hits);
}

/** The most slots first, then the highest score; where equal, the order stays. @param {Hit[]} hits */
export function sortHits(hits) {
  return hits.sort((one, other) => other.matched - one.matched || other.score - one.score);
}

/**
 * What all slots say of each paper: the sum of values; how many of the wanted slots it fills, as
 * written, in the title.
 * @param {Slot[]} slots @param {Uint8Array | null} allowed @param {number} papers
 */
export function tallyOf(slots, allowed, papers) {
  const score = new Float64Array(papers);
  const matched = new Uint8Array(papers);
  const exact = new Uint8Array(papers);
  const titled = new Uint8Array(papers);
  let before = new Uint8Array(papers).fill(NOWHERE);
  for (const slot of slots) {
    const { best, written, places } = fill(slot, allowed, papers);
    for (let paper = 0; paper < papers; paper++) {
      if (best[paper] === 0) continue;
      score[paper] += best[paper];
      if (slot.optional) continue;
      matched[paper]++;
      exact[paper] += written[paper];
      if (places[paper] === NOWHERE) continue;
      titled[paper]++;
      const gap = places[paper] - before[paper];
      if (before[paper] !== NOWHERE && gap > 0) score[paper] += IN_ORDER * (gap <= 2 ? 2 : 1);
    }
    if (!slot.optional) before = places;
  }
  const wanted = slots.filter((slot) => !slot.optional).length;
  return { score, matched, exact, titled, wanted };
}

/** @param {Tally} tally @param {number} paper @returns {Hit} */
export function hitOf({ score, matched, exact, titled, wanted }, paper) {
  const times =
    (titled[paper] === wanted ? ALL_IN_TITLE : 1) * (exact[paper] === wanted ? ALL_EXACT : 1);
  return { paper, score: score[paper] * times, matched: matched[paper] };
}

/**
 * For each paper its best value in the slot, whether as written, its first place in the title.
 * @param {Slot} slot @param {Uint8Array | null} allowed @param {number} papers
 */
function fill(slot, allowed, papers) {
  const best = new Float64Array(papers);
  const written = new Uint8Array(papers);
  const places = new Uint8Array(papers).fill(NOWHERE);
  for (const { postings, idf: rarity, weight, exact } of slot.sources) {
    const times = rarity * weight * (exact ? EXACT : 1);
    const { papers: listed, impacts, titles } = postings;
    for (let at = 0; at < listed.length; at++) {
      const paper = listed[at];
      if (allowed && !allowed[paper]) continue;
      best[paper] = Math.max(best[paper], impacts[at] * times);
      if (exact) written[paper] = 1;
      if (titles[at] >= 0) places[paper] = Math.min(places[paper], titles[at]);
    }
  }
  return { best, written, places };
}
