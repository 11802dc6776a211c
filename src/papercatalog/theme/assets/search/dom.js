// @ts-check
/** Makes elements. Data becomes text or an attribute, never mark-up. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A text whose marked pieces stand in `<mark>`. @param {[string, boolean][]} segments */
export function marked(segments) {
  return segments.map(([text, mark]) => (mark ? element("mark", {}, text) : text));
}

/** A page's address, held to the site's own. @param {string} root @param {string} url */
export function addressOf(root, url) {
  const { href } = new URL(url, root);
  return href.startsWith(root) ? href : root;
}

/** A number as it is written: `12,345`. Browsers' own way takes them long at its first use.
 * @param {number} number */
export function spell(number) {
  return String(number).replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
}
