/** @file Shows the front matter and abstract as a paper's page does; inserts all of it as text and formulas. */
import { readFormula } from "./formula.js";
import { linkRules } from "./schema.js";
import { WORDS } from "./words.js";

/**
 * @param {HTMLElement} place its content is replaced
 * @param {import("./page.js").Facts} facts @param {string} abstract
 * @param {import("./schema.js").Schema} schema
 * @param {(slug: string) => string} nameTopic gives a topic's title
 * @param {import("./formula.js").Commands} commands of formulas
 */
export function showPreview(place, facts, abstract, schema, nameTopic, commands) {
  const title = make("h3", "pc-preview__title");
  title.append(...withFormulas(facts.title || WORDS.the_title, commands));
  const parts = [title];
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
      ([name, rule]) => facts.links?.[name] && WORDS.place({ label: rule.title, address: facts.links[name] }),
    ),
  ].filter(Boolean);
  if (places.length) parts.push(make("p", "pc-preview__places", places.join(" · ")));
  const body = make("div", "pc-abstract");
  for (const paragraph of (abstract || WORDS.the_abstract).split(/\n{2,}/)) {
    const line = make("p", "");
    line.append(...withFormulas(paragraph, commands));
    body.append(line);
  }
  parts.push(body);
  if (facts.keywords) {
    parts.push(make("p", "pc-keywords", WORDS.keywords({ keywords: facts.keywords.join(", ") })));
  }
  if (facts.venue) parts.push(make("p", "pc-preview__places", WORDS.venue({ venue: facts.venue })));
  place.replaceChildren(...parts);
}

/** The pieces of a text; a formula that `readFormula` cannot read is shown as code.
 * @param {string} text @param {import("./formula.js").Commands} commands */
function withFormulas(text, commands) {
  return text.split(/\$`([^]*?)`\$/).map((piece, at) => {
    if (at % 2 === 0) return piece;
    const formula = readFormula(piece, commands);
    return formula ? makeMath(formula) : make("code", "", piece.trim());
  });
}

/** @param {import("./formula.js").Node} node @returns {Element} */
function makeMath([name, content]) {
  const element = document.createElementNS("http://www.w3.org/1998/Math/MathML", name);
  if (typeof content === "string") element.textContent = content;
  else element.append(...content.map(makeMath));
  return element;
}

/** @param {string} name @param {string} style @param {string} [text] */
function make(name, style, text = "") {
  const element = document.createElement(name);
  if (style) element.className = style;
  element.textContent = text;
  return element;
}
