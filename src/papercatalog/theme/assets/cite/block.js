// @ts-check
/**
 * The block "Cite" of a paper's page: shows the citation in other formats, copies and saves it. All are
 * made of the BibTeX in the page.
 */

import { parseBibtex } from "./bibtex.js";
import { FORMATS, save } from "./formats.js";
import { renderSentence } from "./sentence.js";
import { WORDS } from "../search/words.js";

/** Adds the controls. @param {HTMLElement} block */
export function startBlock(block) {
  const shown = /** @type {HTMLElement} */ (block.querySelector("pre"));
  const bibtex = /** @type {string} */ (shown.textContent).trimStart();
  const parse = () => parseBibtex(bibtex);
  /** Label, text, ending of the file's name and media type of each format. Texts are made when they are
   * wanted: while the page opens, that would keep readers waiting. */
  const choices = [
    ...Object.entries(FORMATS).map(([ending, { label, type, render }]) => {
      if (ending === "bib") return { label, text: () => bibtex, ending, type };
      const text = () => (ending === "json" ? `${JSON.stringify([parse()], null, 2)}\n` : render([parse()]));
      return { label, text, ending, type };
    }),
    { label: WORDS.plain_text, text: () => `${renderSentence(parse())}\n`, ending: "txt", type: "text/plain" },
  ];
  let chosen = choices[0];
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const switches = choices.map((choice) => {
    const button = makeButton(choice.label, () => {
      chosen = choice;
      shown.textContent = choice.text();
      said.textContent = "";
      switches.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    });
    button.setAttribute("aria-pressed", String(choice === chosen));
    return button;
  });
  const formats = makeRow(...switches);
  formats.setAttribute("role", "group");
  formats.setAttribute("aria-label", WORDS.citation_format);
  shown.before(formats);
  shown.after(makeRow(
    makeButton(WORDS.copy, async () => {
      try {
        await navigator.clipboard.writeText(chosen.text());
        said.textContent = WORDS.copied;
      } catch {
        getSelection()?.selectAllChildren(shown);
        said.textContent = WORDS.text_selected;
      }
    }),
    makeButton(WORDS.download, () => {
      const name = `${parse().id}.${chosen.ending}`;
      save(chosen.text(), name, chosen.type);
      said.textContent = WORDS.saved_as({ name });
    }),
    said,
  ));
}

/** @param {string} label @param {() => void} press */
function makeButton(label, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", press);
  return button;
}

/** @param {...Node} children */
function makeRow(...children) {
  const row = document.createElement("div");
  row.className = "pc-cite__tools";
  row.append(...children);
  return row;
}
