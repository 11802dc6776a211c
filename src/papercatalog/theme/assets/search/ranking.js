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
  const wanted = slots.filter((slot) => !slot.optional);
  const { matched, most } = countSlots(wanted, allowed, papers);
  const least = Math.max(1, Math.min(leastMatched(wanted.length), most));
  const tally = tallyOf(slots, matched, papers, least);
  return sortHits(tally.filled.map((paper) => hitOf(tally, paper)));
}

/**
 * How many of the slots each paper fills, and the most that one does.
 * @param {Slot[]} slots @param {Uint8Array | null} allowed @param {number} papers
 */
function countSlots(slots, allowed, papers) {
  const matched = new Uint8Array(papers);
  const last = new Uint8Array(papers);
  let most = 0;
  for (let number = 0; number < slots.length; number++) {
    for (const { postings } of slots[number].sources) {
      const listed = postings.papers;
      for (let at = 0; at < listed.length; at++) {
        const paper = listed[at];
        if (last[paper] > number || (allowed && !allowed[paper])) continue;
        last[paper] = number + 1;
        const count = ++matched[paper];
        if (count > most) most = count;
      }
    }
  }
  return { matched, most };
}

/** The most slots first, then the highest score, then the newest paper. @param {Hit[]} hits */
export function sortHits(hits) {
  return hits.sort(
    (one, other) => other.matched - one.matched || other.score - one.score || other.paper - one.paper,
  );
}

/**
 * What all slots say of each paper: the sum of values; how many of the wanted slots it fills, as
 * written, in the title.
 * @param {Slot[]} slots @param {Uint8Array | null} counts of papers, of which only those count that
 *   have `least` there; null for all @param {number} papers @param {number} least
 */
export function tallyOf(slots, counts, papers, least = 1) {
  const score = new Float64Array(papers);
  const matched = new Uint8Array(papers);
  const exact = new Uint8Array(papers);
  const titled = new Uint8Array(papers);
  /** The papers that fill a slot. @type {number[]} */
  const filled = [];
  let before = new Uint8Array(papers).fill(NOWHERE);
  for (const slot of slots) {
    const { best, written, places, filling } = fill(slot, counts, papers, least);
    const isWanted = !slot.optional;
    for (let at = 0; at < filling.length; at++) {
      const paper = filling[at];
      if (score[paper] === 0) filled.push(paper);
      score[paper] += best[paper];
      if (!isWanted) continue;
      matched[paper]++;
      exact[paper] += written[paper];
      const place = places[paper];
      if (place === NOWHERE) continue;
      titled[paper]++;
      const last = before[paper];
      if (last < place) score[paper] += IN_ORDER * (place - last <= 2 ? 2 : 1);
    }
    if (isWanted) before = places;
  }
  const wanted = slots.filter((slot) => !slot.optional).length;
  return { score, matched, exact, titled, wanted, filled };
}

/** @param {Tally} tally @param {number} paper @returns {Hit} */
export function hitOf({ score, matched, exact, titled, wanted }, paper) {
  const times =
    (titled[paper] === wanted ? ALL_IN_TITLE : 1) * (exact[paper] === wanted ? ALL_EXACT : 1);
  return { paper, score: score[paper] * times, matched: matched[paper] };
}

/**
 * For each paper its best value in the slot, whether as written, its first place in the title; the
 * papers that fill it.
 * @param {Slot} slot @param {Uint8Array | null} counts @param {number} papers @param {number} least
 */
function fill(slot, counts, papers, least) {
  const best = new Float64Array(papers);
  const written = new Uint8Array(papers);
  const places = new Uint8Array(papers).fill(NOWHERE);
  /** @type {number[]} */
  const filling = [];
  for (const { postings, idf: rarity, weight, exact } of slot.sources) {
    const times = rarity * weight * (exact ? EXACT : 1);
    const { papers: listed, impacts, titles } = postings;
    for (let at = 0; at < listed.length; at++) {
      const paper = listed[at];
      if (counts && counts[paper] < least) continue;
      const value = impacts[at] * times;
      const other = best[paper];
      if (other === 0) filling.push(paper);
      if (value > other) best[paper] = value;
      if (exact) written[paper] = 1;
      const title = titles[at];
      if (title >= 0 && title < places[paper]) places[paper] = title;
    }
  }
  return { best, written, places, filling };
}
