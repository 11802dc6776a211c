/**
 * @file Writes a paper's page and the address of the editor that opens it. Does the same as
 * `render_page` and `render_value` in Python; the JSON Schema has the order of the keys.
 */

/**
 * @typedef {Record<string, any> & {title: string, date: string}} Facts the front matter, without
 * the keys that have no value
 */

/** An address of more characters than this may be cut or refused on its way. */
export const SAFE_LENGTH = 6000;

const UNSAFE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
const WORD =
  /^(?:(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][\w./-]*|https?:\/\/[\w./~%+#=&@-]+)$/i;
const NUMBER = /^(?:\d{4}-\d\d-\d\d|0|[1-9]\d*)$/;

/**
 * @param {Record<string, any>} facts @param {string} abstract
 * @param {import("./schema.js").Schema} schema
 */
export function renderPage(facts, abstract, schema) {
  const known = Object.entries(schema.properties).filter(([key]) => key in facts);
  const lines = known.map(([key, rule]) => {
    const quote = /** @type {any} */ (rule)["x-quoted"] === true;
    return `${key}: ${renderValue(facts[key], quote)}\n`;
  });
  return `---\n${lines.join("")}---\n${abstract}\n`;
}

/** @param {any} value @param {boolean} quote @returns {string} one line of YAML */
function renderValue(value, quote) {
  if (Array.isArray(value)) return `[${value.map((item) => renderText(item, quote)).join(", ")}]`;
  if (typeof value === "object") {
    const pairs = Object.entries(value).map(([key, item]) => `${key}: ${renderText(item, quote)}`);
    return `{${pairs.join(", ")}}`;
  }
  return NUMBER.test(value) && !quote ? value : renderText(value, quote);
}

/** @param {string} text @param {boolean} quote */
function renderText(text, quote) {
  return WORD.test(text) && !quote ? text : renderQuoted(text);
}

/** @param {string} text */
function renderQuoted(text) {
  return JSON.stringify(text).replace(
    UNSAFE,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * The address of GitHub's "new file" editor with the file's name and, where it is given, its text.
 * @param {string} newBase such as `https://github.com/me/papers/new/main/docs/`
 * @param {string} year the folder @param {string} id @param {string} [text]
 */
export function editorAddress(newBase, year, id, text) {
  const query = [`filename=${encodeURIComponent(`${id}.md`)}`];
  if (text !== undefined) query.push(`value=${encodeURIComponent(text)}`);
  return `${newBase}papers/${encodeURIComponent(year)}?${query.join("&")}`;
}
