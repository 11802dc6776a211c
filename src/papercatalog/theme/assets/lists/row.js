// @ts-check
/** A row of a list: its facts, its marks, its abstract. */

import { element } from "../search/dom.js";
import { makeMarkButton } from "./mark_buttons.js";
import { referenceOf } from "./marks.js";
import { loadPaper, nameAuthors } from "./papers.js";
import { foldWords } from "./view.js";
import { WORDS } from "../search/words.js";

/** @typedef {import("./marks.js").Kind} Kind @typedef {import("./marks.js").Marks} Marks */

let panels = 0;

/** What a row's links to pages of a part of the site have after the part: topics, or the day.
 * @param {HTMLElement} item @param {string} part its address */
function findLinked(item, part) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = item.querySelectorAll(".pc-facts > a");
  return Array.from(links, ({ href }) => href).filter((href) => href.startsWith(part)).map((href) => href.slice(part.length, -1));
}

export class Row {
  /**
   * @param {HTMLElement} item the row in the page @param {HTMLAnchorElement} link the title
   * @param {number} place in the page's own order @param {string} root the site's address
   * @param {(row: Row, kind: Kind) => void} mark called when a mark's button is pressed
   */
  constructor(item, link, place, root, mark) {
    const { votes, code } = item.dataset;
    const text = (/** @type {string} */ selector) => item.querySelector(selector)?.textContent ?? "";
    const title = link.textContent ?? "";
    this.item = item;
    this.link = link;
    this.root = root;
    this.reference = referenceOf(root, link.href);
    /** Whether authors and gist are to be taken from the paper's page. */
    this.isLine = !item.querySelector(".pc-gist");
    item.classList.add("pc-row"); // lines have no class of their own
    /** @type {import("./view.js").RowFacts} */
    this.facts = {
      place,
      votes: votes === undefined ? -1 : Number(votes),
      date: findLinked(item, `${root}dates/`).join("").replaceAll("/", "-"),
      topics: findLinked(item, `${root}topics/`),
      code: code !== undefined,
      title: foldWords(title).trim(),
      text: foldWords(`${title} ${text(".pc-authors")} ${text(".pc-gist")}`),
    };
    this.panel = element("div", { class: "pc-unfolded", id: `pc-abstract-${panels++}`, hidden: "" });
    this.unfold = element("button", {
      type: "button", class: "pc-mark pc-mark--unfold", title: WORDS.abstract, "aria-label": WORDS.with_title({ label: WORDS.abstract, title }),
      "aria-expanded": "false", "aria-controls": this.panel.id,
    }, WORDS.abstract);
    this.unfold.addEventListener("click", () => this.show(Boolean(this.panel.hidden)));
    /** @type {Record<Kind, HTMLElement>} */
    this.buttons = {
      saved: makeMarkButton("saved", title, () => mark(this, "saved")),
      seen: makeMarkButton("seen", title, () => mark(this, "seen")),
    };
    item.append(element("div", { class: "pc-marks" }, this.buttons.saved, this.buttons.seen, this.unfold), this.panel);
  }

  /** Shows the paper's marks. @param {Marks} marks */
  update(marks) {
    for (const kind of /** @type {Kind[]} */ (["saved", "seen"])) {
      const on = marks.has(kind, this.reference);
      this.buttons[kind].setAttribute("aria-pressed", String(on));
      this.item.classList.toggle(`pc-${kind}`, on);
    }
  }

  /** Adds authors and gist to a line. One that cannot be loaded stays a line. */
  async fill() {
    const paper = await loadPaper(this.root, this.link.href).catch(() => null);
    if (!paper || !this.isLine) return;
    this.isLine = false;
    const { description } = paper;
    const names = nameAuthors(paper.authors);
    if (names) this.panel.before(element("p", { class: "pc-authors" }, names));
    this.panel.before(element("p", { class: "pc-gist" }, description));
    this.facts.text = foldWords(`${this.link.textContent} ${names} ${description}`);
  }

  /** Unfolds the abstract, or folds it. @param {boolean} open */
  async show(open) {
    this.unfold.setAttribute("aria-expanded", String(open));
    this.panel.hidden = !open;
    if (!open) {
      this.item.classList.remove("pc-open");
      return;
    }
    if (this.panel.querySelector(".pc-abstract")) {
      this.item.classList.add("pc-open");
      return;
    }
    this.panel.replaceChildren(WORDS.loading_abstract);
    try {
      const { abstract } = await loadPaper(this.root, this.link.href);
      this.panel.replaceChildren(abstract.cloneNode(true));
      this.item.classList.toggle("pc-open", !this.panel.hidden);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const again = element("button", { type: "button" }, WORDS.try_again);
      again.addEventListener("click", () => {
        this.unfold.focus();
        this.show(true);
      });
      const page = element("a", { href: this.link.href }, WORDS.papers_page);
      const [before, after] = WORDS.no_abstract({ reason, page: "\0" }).split("\0");
      this.panel.replaceChildren(before, page, after, again);
    }
  }
}
