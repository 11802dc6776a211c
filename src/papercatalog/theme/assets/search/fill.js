// @ts-check
/** Puts elements into the site's words. */

/**
 * Puts nodes into a text of the site's words, where its placeholders are.
 * @param {(values: any) => string} render the text @param {Record<string, Node | string>} nodes by placeholder
 */
export function fillText(render, nodes) {
  const names = Object.keys(nodes);
  const text = render(Object.fromEntries(names.map((name, at) => [name, `\0${at}\0`])));
  return text.split("\0").map((piece, at) => (at % 2 ? nodes[names[Number(piece)]] : piece)).filter(Boolean);
}
