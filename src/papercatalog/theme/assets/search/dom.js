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
