/** @file Shows what was typed as a page of the site would. All of it is put there as text. */

/**
 * @param {HTMLElement} place what it stood for before goes
 * @param {import("./page.js").Facts} facts @param {string} abstract
 * @param {(slug: string) => string} nameTopic gives a topic's title
 */
export function showPreview(place, facts, abstract, nameTopic) {
  const parts = [make("h3", "pc-preview__title", facts.title || "The title")];
  if (facts.authors) parts.push(make("p", "pc-authors", facts.authors.join(", ")));
  if (facts.topics) {
    const tags = make("ul", "pc-tags");
    for (const slug of facts.topics) {
      const item = make("li", "");
      item.append(make("span", "pc-tag", nameTopic(slug)));
      tags.append(item);
    }
    parts.push(tags);
  }
  const places = [
    facts.arxiv && `arXiv ${facts.arxiv}`,
    facts.doi && `DOI ${facts.doi}`,
    facts.links?.code && `Code: ${facts.links.code}`,
    facts.links?.project && `Project page: ${facts.links.project}`,
  ].filter(Boolean);
  if (places.length) parts.push(make("p", "pc-preview__places", places.join(" · ")));
  const body = make("div", "pc-abstract");
  for (const paragraph of (abstract || "The abstract.").split(/\n{2,}/)) {
    body.append(make("p", "", paragraph));
  }
  parts.push(body);
  place.replaceChildren(...parts);
}

/** @param {string} name @param {string} style @param {string} [text] */
function make(name, style, text = "") {
  const element = document.createElement(name);
  if (style) element.className = style;
  element.textContent = text;
  return element;
}
