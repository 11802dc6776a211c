// @ts-check
/** The search page's state, and its address, which is that state. */

import { SORTS, TIME_PATTERN } from "./constants.js";
import { makeClause, parseQuery } from "./query.js";

const TIME = new RegExp(`^${TIME_PATTERN}$`);

/**
 * @typedef {object} State
 * @property {string} q the query
 * @property {string[]} topics slugs
 * @property {string} time a year, `2025`, a month, `2025-07`, a day, `2025-07-29`, or empty
 * @property {string} author a name or empty
 * @property {boolean} code
 * @property {string} sort one of `SORTS`
 */

/** @param {string} search the part of an address from the question mark on @returns {State} */
export function parseState(search) {
  const given = new URLSearchParams(search);
  const time = given.get("year") ?? "";
  const sort = given.get("sort") ?? "";
  return {
    q: (given.get("q") ?? "").slice(0, 500),
    topics: given.getAll("topic").filter((slug) => /^[a-z0-9-]{1,80}$/.test(slug)).slice(0, 8),
    time: TIME.test(time) ? time : "",
    author: (given.get("author") ?? "").slice(0, 300),
    code: given.get("code") === "1",
    sort: SORTS.includes(sort) ? sort : SORTS[0],
  };
}

/** @param {State} state @returns {string} the part of the address from the question mark on */
export function renderState({ q, topics, time, author, code, sort }) {
  const given = new URLSearchParams();
  if (q) given.set("q", q);
  for (const slug of topics) given.append("topic", slug);
  if (time) given.set("year", time);
  if (author) given.set("author", author);
  if (code) given.set("code", "1");
  if (sort !== SORTS[0]) given.set("sort", sort);
  const text = given.toString();
  return text ? `?${text}` : "";
}

/** The clauses of the filters. An author's name is whole where it begins: `Wei Li` is not `Jia-Wei Li`.
 * @param {State} state */
export function filtersOf({ topics, time, code, author }) {
  const filters = parseQuery(`author:"${author.replace(/"/g, " ")}"`).clauses;
  for (const clause of filters) clause.startsName = clause.kind === "phrase";
  filters.push(...topics.map((slug) => makeClause("topic", slug)));
  if (time) filters.push(makeClause("year", time));
  if (code) filters.push(makeClause("code", "code"));
  return filters;
}
