/** @file Shows the front matter and abstract as a paper's page does; inserts all of it as text. */
import { linkRules } from "./schema.js";

/**
 * @param {HTMLElement} place its content is replaced
 * @param {import("./page.js").Facts} facts @param {string} abstract
 * @param {import("./schema.js").Schema} schema
 * @param {(slug: string) => string} nameTopic gives a topic's title
 */
export function showPreview(place, facts, abstract, schema, nameTopic) {
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
    ...Object.entries(linkRules(schema)).map(
      ([name, rule]) => facts.links?.[name] && `${rule.title}: ${facts.links[name]}`,
    ),
  ].filter(Boolean);
  if (places.length) parts.push(make("p", "pc-preview__places", places.join(" · ")));
  const body = make("div", "pc-abstract");
  for (const paragraph of (abstract || "The abstract.").split(/\n{2,}/)) {
    body.append(make("p", "", paragraph));
  }
  parts.push(body);
  if (facts.keywords) {
    parts.push(make("p", "pc-keywords", `Keywords: ${facts.keywords.join(", ")}`));
  }
  if (facts.venue) parts.push(make("p", "pc-preview__places", `Venue: ${facts.venue}`));
  place.replaceChildren(...parts);
}

/** @param {string} name @param {string} style @param {string} [text] */
function make(name, style, text = "") {
  const element = document.createElement(name);
  if (style) element.className = style;
  element.textContent = text;
  return element;
}
