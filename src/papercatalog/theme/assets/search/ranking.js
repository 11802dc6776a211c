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
 * The papers that fill most slots: the first `count` in order, by slots filled, score, newest; and how
 * many there are.
 * @param {Slot[]} slots @param {Uint8Array | null} allowed a mask of papers; null allows all
 * @param {number} papers @param {number} count
 */
export function rank(slots, allowed, papers, count) {
  const wanted = slots.filter((slot) => !slot.optional);
  const { matched, filling, most } = countSlots(wanted, allowed, papers);
  const least = Math.min(leastMatched(wanted.length), most);
  const rows = [];
  for (let at = 0; at < filling.length; at++) {
    if (matched[filling[at]] >= least) rows.push(filling[at]);
  }
  const tally = tallyOf(slots, rows, papers);
  const hits = tally.rows.map((paper, row) => hitOf(tally, row));
  return { hits: firstOf(hits, count), total: hits.length };
}

/** The most slots first, then the highest score, then the newest paper. @param {Hit} one
 * @param {Hit} other */
function compareHits(one, other) {
  return other.matched - one.matched || other.score - one.score || other.paper - one.paper;
}

/** The first hits, in order. @param {Hit[]} hits @param {number} count */
export function firstOf(hits, count) {
  if (count >= hits.length) return hits.sort(compareHits);
  /** @type {Hit[]} */
  const first = [];
  for (let at = 0; at < hits.length; at++) {
    let place = first.length;
    while (place > 0 && compareHits(hits[at], first[place - 1]) < 0) place--;
    if (place === count) continue;
    first.splice(place, 0, hits[at]);
    if (first.length > count) first.pop();
  }
  return first;
}

/**
 * How many slots each paper fills, and the most that one does; the papers that fill one.
 * @param {Slot[]} slots @param {Uint8Array | null} allowed @param {number} papers
 */
export function countSlots(slots, allowed, papers) {
  const matched = new Uint8Array(papers);
  const last = new Uint8Array(papers);
  /** @type {number[]} */
  const filling = [];
  let most = 0;
  for (let slot = 0; slot < slots.length; slot++) {
    for (const { postings } of slots[slot].sources) {
      const listed = postings.papers;
      for (let at = 0; at < listed.length; at++) {
        const paper = listed[at];
        if (last[paper] > slot || (allowed && !allowed[paper])) continue;
        last[paper] = slot + 1;
        const count = ++matched[paper];
        if (count === 1) filling.push(paper);
        if (count > most) most = count;
      }
    }
  }
  return { matched, filling, most };
}

/**
 * What all slots say of some papers, a row each: the sum of values; how many of the wanted slots it
 * fills, as written, in the title.
 * @param {Slot[]} slots @param {number[]} rows papers @param {number} papers how many there are
 */
export function tallyOf(slots, rows, papers) {
  const rowOf = new Uint32Array(papers); // plus 1; 0 for the others
  for (let row = 0; row < rows.length; row++) rowOf[rows[row]] = row + 1;
  const score = new Float64Array(rows.length);
  const matched = new Uint8Array(rows.length);
  const exact = new Uint8Array(rows.length);
  const titled = new Uint8Array(rows.length);
  let before = new Uint8Array(rows.length).fill(NOWHERE);
  for (const slot of slots) {
    const { best, written, places } = fill(slot, rowOf, rows.length);
    for (let row = 0; row < rows.length; row++) {
      if (best[row] === 0) continue;
      score[row] += best[row];
      if (slot.optional) continue;
      matched[row]++;
      exact[row] += written[row];
      if (places[row] === NOWHERE) continue;
      titled[row]++;
      const gap = places[row] - before[row];
      if (gap > 0) score[row] += IN_ORDER * (gap <= 2 ? 2 : 1);
    }
    if (!slot.optional) before = places;
  }
  const wanted = slots.filter((slot) => !slot.optional).length;
  return { rows, score, matched, exact, titled, wanted };
}

/** @param {Tally} tally @param {number} row @returns {Hit} */
export function hitOf({ rows, score, matched, exact, titled, wanted }, row) {
  const times =
    (titled[row] === wanted ? ALL_IN_TITLE : 1) * (exact[row] === wanted ? ALL_EXACT : 1);
  return { paper: rows[row], score: score[row] * times, matched: matched[row] };
}

/**
 * For each row its best value in the slot, whether as written, its first place in the title.
 * @param {Slot} slot @param {Uint32Array} rowOf each paper's row plus 1 @param {number} rows
 */
function fill(slot, rowOf, rows) {
  const best = new Float64Array(rows);
  const written = new Uint8Array(rows);
  const places = new Uint8Array(rows).fill(NOWHERE);
  for (const { postings, idf: rarity, weight, exact } of slot.sources) {
    const times = rarity * weight * (exact ? EXACT : 1);
    const { papers: listed, impacts, titles } = postings;
    for (let at = 0; at < listed.length; at++) {
      const row = rowOf[listed[at]] - 1;
      if (row < 0) continue;
      const value = impacts[at] * times;
      if (value > best[row]) best[row] = value;
      if (exact) written[row] = 1;
      if (titles[at] >= 0 && titles[at] < places[row]) places[row] = titles[at];
    }
  }
  return { best, written, places };
}
