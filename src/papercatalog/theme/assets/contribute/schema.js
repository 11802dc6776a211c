/**
 * @file Validates a value by a JSON Schema (2020-12). Supports the keywords that the schema of a
 * page's front matter uses, and throws on any other.
 */

import { WORDS } from "./words.js";

/**
 * @typedef {{path: string, message: string}} Problem where in the value, `links.code`, and what to do
 * @typedef {Record<string, any>} Schema
 */

const ANNOTATIONS = new Set(
  ["title", "description", "examples", "errorMessage", "$defs", "x-quoted", "x-separators"],
);

/** @type {Record<string, (value: any, rule: any) => string | null>} */
const RULES = {
  type: (value, rule) => (isOfType(value, rule) ? null : WORDS.is_no({ kind: rule })),
  minLength: (value, rule) => (Array.from(value).length >= rule ? null : WORDS.too_short),
  maxLength: (value, rule) => (Array.from(value).length <= rule ? null : WORDS.too_long),
  maxItems: (value, rule) => (value.length <= rule ? null : WORDS.too_many),
  not: (value, rule) => (validate(value, rule).length ? null : WORDS.reserved),
  pattern: (value, rule) => (new RegExp(rule, "u").test(value) ? null : WORDS.not_of_form),
  format: (value, rule) => (isOfFormat(value, rule) ? null : WORDS.is_no({ kind: rule })),
  enum: (value, rule) => (rule.includes(value) ? null : WORDS.none_of),
  minimum: (value, rule) => (value >= rule ? null : WORDS.below({ limit: rule })),
  maximum: (value, rule) => (value <= rule ? null : WORDS.above({ limit: rule })),
  uniqueItems: (value) => (new Set(value).size === value.length ? null : WORDS.twice),
};

/** @param {Schema} schema of a page @returns {Record<string, Schema>} the rule of each link */
export const linkRules = (schema) => schema.$defs.Links.properties;

/**
 * Finds every problem of a value, at most one a place.
 * @param {any} value @param {Schema} schema @param {Schema} root @param {string} path
 * @returns {Problem[]}
 */
export function validate(value, schema, root = schema, path = "") {
  const resolved = schema.$ref ? root.$defs[schema.$ref.replace("#/$defs/", "")] : schema;
  const { properties, required, additionalProperties, items, ...rules } = resolved;
  for (const [keyword, rule] of Object.entries(rules)) {
    if (ANNOTATIONS.has(keyword)) continue;
    if (!RULES[keyword]) throw new Error(`the schema says "${keyword}", which is not known here`);
    const message = RULES[keyword](value, rule);
    if (message) return [{ path, message: resolved.errorMessage ?? message }];
  }
  const problems = [];
  if (properties) {
    for (const key of required ?? []) {
      if (!Object.hasOwn(value, key)) problems.push({ path: join(path, key), message: WORDS.missing });
    }
    for (const [key, item] of Object.entries(value)) {
      if (Object.hasOwn(properties, key)) {
        problems.push(...validate(item, properties[key], root, join(path, key)));
      } else if (additionalProperties === false) {
        problems.push({ path: join(path, key), message: WORDS.no_key });
      }
    }
  }
  if (items) {
    value.forEach((/** @type {any} */ item, /** @type {number} */ place) => {
      problems.push(...validate(item, items, root, join(path, String(place))));
    });
  }
  return problems;
}

/** @param {string} path @param {string} key */
const join = (path, key) => (path ? `${path}.${key}` : key);

/** @param {any} value @param {string} type */
function isOfType(value, type) {
  switch (type) {
    case "string":
      return typeof value === "string" && !/\p{Surrogate}/u.test(value);
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      throw new Error(`the schema has the type "${type}", which is not known here`);
  }
}

/** @param {string} value @param {string} format */
function isOfFormat(value, format) {
  if (format !== "date") throw new Error(`the schema has the format "${format}"`);
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value);
  if (!found || found[1] === "0000") return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
