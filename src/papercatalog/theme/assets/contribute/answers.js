/**
 * @file From what a form's fields hold to a page's facts, and what is wrong with them, field by
 * field. Knows neither the document nor the network.
 */
import { parseArxiv, parseDoi } from "./ids.js";
import { validate } from "./schema.js";

/**
 * @typedef {object} Answers what stands in the fields, as typed
 * @property {string} title
 * @property {string} identifier an arXiv id, a DOI or an address of one
 * @property {string} abstract
 * @property {string} authors one a line
 * @property {string} code
 * @property {string} project
 * @property {string} date
 * @property {string} published
 * @property {string[]} topics slugs
 *
 * @typedef {Record<string, string>} Problems what to do, by the field's name
 */

/** The white space that Python's `str.split` parts words at. */
const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const NEITHER = "is neither an arXiv id nor a DOI; 2410.08115 is one, 10.1145/3292500.3330701 too";

/** @param {string} text on one line, as a page's facts are */
const line = (text) => text.replace(BLANKS, " ").replace(/^ | $/g, "");

/** @param {Answers} answers @returns {import("./page.js").Facts} what is empty is left out */
export function readFacts(answers) {
  const identifier = line(answers.identifier);
  const arxiv = parseArxiv(identifier);
  const links = { code: line(answers.code), project: line(answers.project) };
  const facts = {
    title: line(answers.title),
    date: line(answers.date),
    topics: answers.topics,
    authors: answers.authors.split(/[\r\n]+/).map(line).filter(Boolean),
    published: line(answers.published),
    arxiv: arxiv ?? "",
    doi: arxiv ? "" : (parseDoi(identifier) ?? ""),
    links: leaveOutEmpty(links),
  };
  return { ...leaveOutEmpty(facts), title: facts.title, date: facts.date };
}

/** @param {Answers} answers @returns {string} Markdown */
export function readAbstract(answers) {
  const lines = answers.abstract.replace(/\r\n?/g, "\n");
  return lines.replace(new RegExp(`^${BLANKS.source}|${BLANKS.source}$`, "g"), "");
}

/**
 * What is wrong, by the same rules as `papercatalog check`.
 * @param {Answers} answers @param {import("./schema.js").Schema} schema @returns {Problems}
 */
export function findProblems(answers, schema) {
  const facts = readFacts(answers);
  /** @type {Problems} */
  const problems = {};
  for (const { path, message } of validate(facts, schema)) {
    problems[fieldOf(path)] ??= message;
  }
  if (line(answers.identifier) && !facts.arxiv && !facts.doi) problems.identifier = NEITHER;
  if (!facts.title) problems.title = "give the paper its title";
  if (!facts.date) problems.date = "give the day to list it on";
  const abstract = readAbstract(answers);
  if (!abstract) problems.abstract = "there is no abstract; write or paste it";
  if (/\p{Surrogate}/u.test(abstract)) problems.abstract = "holds half a character; type it anew";
  return problems;
}

/** @param {string} path a place in the facts, such as `links.code` or `authors.2` */
function fieldOf(path) {
  const [key, below] = path.split(".");
  if (key === "links") return below;
  return key === "arxiv" || key === "doi" ? "identifier" : key;
}

/** @param {Record<string, any>} facts @returns {any} */
function leaveOutEmpty(facts) {
  return Object.fromEntries(
    Object.entries(facts).filter(([, fact]) => Object.keys(fact).length > 0),
  );
}
