/**
 * @file Keeps what was typed into the form in this browser, so that a reload loses nothing. Where the
 * browser keeps nothing, as in some private windows, the form goes on without.
 */

/** @typedef {import("./answers.js").Answers} Answers */

/** @param {string} home the site's address @returns {string} several sites may share one host */
const keyOf = (home) => `papercatalog-draft ${home}`;

/** @param {string} home @param {Answers} answers */
export function keepDraft(home, answers) {
  attempt(() => localStorage.setItem(keyOf(home), JSON.stringify(answers)));
}

/** @param {string} home @returns {Answers | null} */
export function loadDraft(home) {
  const text = attempt(() => localStorage.getItem(keyOf(home)));
  const draft = attempt(() => JSON.parse(text ?? "null"));
  return typeof draft === "object" && draft ? draft : null;
}

/** @param {string} home */
export function dropDraft(home) {
  attempt(() => localStorage.removeItem(keyOf(home)));
}

/** @template T @param {() => T} work @returns {T | null} */
function attempt(work) {
  try {
    return work();
  } catch {
    return null;
  }
}
