/**
 * @file Turns the text of the form's fields into a page's front matter, and finds the problems of
 * each field. The JSON Schema says which fields there are. Pure: no document, no network.
 */
import { parseArxiv, parseDoi } from "./ids.js";
import { linkRules, validate } from "./schema.js";
import { WORDS } from "./words.js";

/**
 * @typedef {Record<string, any> & {topics: string[]}} Answers the text of each field, by its name:
 * the last part of its path in the schema, `abstract`, or `identifier` for an arXiv id, a DOI or an
 * address of one; `topics` are the slugs that are checked
 *
 * @typedef {Record<string, string>} Problems what to do, by the field's name
 * @typedef {import("./schema.js").Schema} Schema
 */

/** The white space at which Python's `str.split` splits. */
const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** @param {string} text on one line, as a page's facts are */
const line = (text) => text.replace(BLANKS, " ").replace(/^ | $/g, "");

/**
 * @param {Answers} answers @param {Schema} schema
 * @returns {import("./page.js").Facts} in the schema's order; empty values are left out
 */
export function readFacts(answers, schema) {
  const identifier = line(answers.identifier);
  const arxiv = parseArxiv(identifier) ?? "";
  const doi = arxiv ? "" : (parseDoi(identifier) ?? "");
  const read = (/** @type {string} */ name) => line(answers[name] ?? "");
  const links = Object.keys(linkRules(schema)).map((name) => [name, read(name)]);
  /** @type {Record<string, any>} */
  const known = { arxiv, doi, topics: answers.topics, links: leaveOutEmpty(links) };
  const facts = Object.entries(schema.properties).map(([name, rule]) => {
    const separators = /** @type {any} */ (rule)["x-separators"];
    if (separators) return [name, readList(answers[name] ?? "", separators)];
    return [name, known[name] ?? read(name)];
  });
  const given = leaveOutEmpty(facts);
  return { ...given, title: given.title ?? "", date: given.date ?? "" };
}

/**
 * @param {string} text @param {string} separators the characters that end a value
 * @returns {string[]}
 */
function readList(text, separators) {
  const values = text.split(new RegExp(`[${separators}]+`)).map(line);
  return values.filter(Boolean);
}

/** @param {Answers} answers @returns {string} Markdown */
export function readAbstract(answers) {
  const lines = answers.abstract.replace(/\r\n?/g, "\n");
  return lines.replace(new RegExp(`^${BLANKS.source}|${BLANKS.source}$`, "g"), "");
}

/**
 * Finds problems by the same rules as `papercatalog check`.
 * @param {Answers} answers @param {Schema} schema @returns {Problems}
 */
export function findProblems(answers, schema) {
  const facts = readFacts(answers, schema);
  /** @type {Problems} */
  const problems = {};
  for (const { path, message } of validate(facts, schema)) {
    problems[fieldOf(path)] ??= message;
  }
  if (line(answers.identifier) && !facts.arxiv && !facts.doi) problems.identifier = WORDS.neither;
  if (!facts.title) problems.title = WORDS.give_title;
  if (!facts.date) problems.date = WORDS.give_day;
  const abstract = readAbstract(answers);
  if (!abstract) problems.abstract = WORDS.no_abstract;
  if (/\p{Surrogate}/u.test(abstract)) problems.abstract = WORDS.half_character;
  return problems;
}

/** @param {string} path a place in the facts, such as `links.code` or `authors.2` */
function fieldOf(path) {
  const [key, below] = path.split(".");
  if (key === "links") return below;
  return key === "arxiv" || key === "doi" ? "identifier" : key;
}

/** @param {any[][]} facts pairs of name and text, list or object @returns {Record<string, any>} */
function leaveOutEmpty(facts) {
  return Object.fromEntries(facts.filter(([, fact]) => Object.keys(fact).length > 0));
}
