/**
 * @file Finds papers of the catalog with a title similar to a new one's, by the search index. A
 * person decides whether they are the same paper.
 */

/** @typedef {{title: string, url: string}} Paper `url` is relative to the site */

const CANDIDATES = 5; // search results that are compared
const MIN_LIKENESS = 0.7;
const MIN_WORDS = 3; // shorter titles are not looked for

/**
 * Finds papers with a similar title, the most similar first.
 * @param {URL} home the site's address @param {string} title
 * @param {(title: string) => string} normalise gives a title's words with blanks between them
 * @returns {Promise<Paper[]>}
 */
export async function findAlike(home, title, normalise) {
  const words = normalise(title);
  if (words.split(" ").length < MIN_WORDS) return [];
  const { openIndex, search } = await import(new URL("assets/search/box.js", home).href);
  const index = await openIndex(new URL("search/", home).href);
  const { hits } = await search(index, words);
  const cards = await Promise.all(
    hits.slice(0, CANDIDATES).map((/** @type {{paper: number}} */ { paper }) => index.card(paper)),
  );
  return cards
    .map(({ title, url }) => ({ title, url, likeness: likeness(words, normalise(title)) }))
    .filter(({ likeness }) => likeness >= MIN_LIKENESS)
    .sort((one, other) => other.likeness - one.likeness || (one.url < other.url ? -1 : 1));
}

/** The Sørensen–Dice coefficient of two titles' words. @param {string} one @param {string} other */
export function likeness(one, other) {
  const words = new Set(one.split(" "));
  const others = new Set(other.split(" "));
  const shared = Array.from(words).filter((word) => others.has(word)).length;
  return (2 * shared) / (words.size + others.size);
}
