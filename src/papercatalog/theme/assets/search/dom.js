// @ts-check
/** Makes elements. Data becomes text or an attribute, never markup. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Puts the marked pieces of a text into `<mark>`. @param {[string, boolean][]} pieces */
export function markPieces(pieces) {
  return pieces.map(([text, mark]) => (mark ? element("mark", {}, text) : text));
}

/** The address of a page; the site's root for addresses outside the site.
 * @param {string} root @param {string} url */
export function pageAddress(root, url) {
  const { href } = new URL(url, root);
  return href.startsWith(root) ? href : root;
}
