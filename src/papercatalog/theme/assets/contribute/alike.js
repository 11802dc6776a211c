/**
 * @file Papers of the catalog whose titles are like a new one's, asked of the search index. Whether
 * they are the same paper is for a person to say.
 */

/** @typedef {{title: string, url: string}} Paper `url` is relative to the site */

const LOOKED_AT = 5;
const ALIKE = 0.7; // twice the words shared, by the words of both
const SHORTEST = 3; // words

/**
 * Papers with a like title, the likest first.
 * @param {URL} home the site's address @param {string} title
 * @param {(title: string) => string} normalise gives a title's words, a blank between them
 * @returns {Promise<Paper[]>}
 */
export async function findAlike(home, title, normalise) {
  const words = normalise(title);
  if (words.split(" ").length < SHORTEST) return [];
  const { openIndex, search } = await import(new URL("assets/search/box.js", home).href);
  const index = await openIndex(new URL("search/", home).href);
  const { hits } = await search(index, words);
  const cards = await Promise.all(
    hits.slice(0, LOOKED_AT).map((/** @type {{paper: number}} */ { paper }) => index.card(paper)),
  );
  return cards
    .map(({ title, url }) => ({ title, url, likeness: likeness(words, normalise(title)) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .sort((one, other) => other.likeness - one.likeness || (one.url < other.url ? -1 : 1));
}

/** Dice's coefficient of two titles' words. @param {string} one @param {string} other */
export function likeness(one, other) {
  const words = new Set(one.split(" "));
  const others = new Set(other.split(" "));
  const shared = Array.from(words).filter((word) => others.has(word)).length;
  return (2 * shared) / (words.size + others.size);
}
