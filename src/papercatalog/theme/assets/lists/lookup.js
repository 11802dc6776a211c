// @ts-check
/** Finds the papers of the catalog that a file names, by the lookup of the form "Add a paper". */

import { isReference } from "./marks.js";
import { WORDS } from "../search/words.js";

/** @typedef {import("./transfer.js").Named} Named */

/**
 * Makes a function that gives the reference of a named paper, empty where the catalog has none.
 * @param {string} root the site's address @param {number} digits of the names of the lookup's files
 */
export async function makeLookup(root, digits) {
  const [{ Known }, ids] = await Promise.all([import("../contribute/known.js"), import("../contribute/ids.js")]);
  const known = new Known(digits, (name) => loadJson(`${root}contribute/known/${name}.json`));
  /** @type {Promise<any> | null} */
  let letters = null;
  return async (/** @type {Named} */ named) => {
    if (named.reference) return named.reference;
    if (ids.needsLetters(named.title)) letters ??= loadJson(`${root}contribute/letters.json`);
    const arxiv = ids.parseArxiv(named.arxiv) ?? ids.parseArxiv(named.id);
    const doi = ids.parseDoi(named.doi);
    const names = [
      arxiv && `arxiv:${arxiv}`, doi && `doi:${doi}`, named.id && `id:${named.id}`,
      named.title && `title:${ids.normaliseTitle(named.title, letters ? await letters : {})}`,
    ];
    for (const name of names) {
      const url = name && (await known.find(name));
      const reference = url ? url.replace(/^papers\/|\/$/g, "") : "";
      if (isReference(reference)) return reference;
    }
    return "";
  };
}

/** @param {string} address */
async function loadJson(address) {
  const answer = await fetch(address).catch(() => {
    throw new Error(navigator.onLine ? WORDS.no_answer : WORDS.no_connection);
  });
  if (!answer.ok) throw new Error(WORDS.answered({ status: answer.status }));
  return answer.json();
}
