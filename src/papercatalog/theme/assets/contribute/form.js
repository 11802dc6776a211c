/**
 * @file The form of the page "Add a paper": reads its fields as they change, shows problems beside
 * them and a preview below, and opens the page in the repository's editor. A custom element, since
 * the theme may insert it into the document at any time.
 */
import { findAlike } from "./alike.js";
import { findProblems, readAbstract, readFacts } from "./answers.js";
import { dropDraft, keepDraft, loadDraft } from "./draft.js";
import { buildId, needsLetters, normaliseTitle } from "./ids.js";
import { Known } from "./known.js";
import { SAFE_LENGTH, editorAddress, renderPage } from "./page.js";
import { showPreview } from "./preview.js";
import { WORDS } from "./words.js";

const QUIET = 150; // milliseconds without a key after which the fields are read

class Contribute extends HTMLElement {
  /** The fields that the reader has changed; problems of others are not shown yet. */
  #touched = new Set();
  #awake = false;
  #timer = 0;
  #turn = 0;
  /** @type {import("./ids.js").Letters} */
  #letters = {};
  /** @type {import("./formula.js").Commands} */
  #commands = { symbols: {}, functions: [] };
  /** @type {{title: string, papers: Promise<import("./alike.js").Paper[]>}} */
  #asked = { title: "", papers: Promise.resolve([]) };

  async connectedCallback() {
    if (this.#awake) return;
    this.#awake = true;
    this.form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    this.home = new URL(this.dataset.root ?? "", location.href);
    const folder = new URL("contribute/", this.home);
    this.known = new Known(Number(this.dataset.digits), (name) =>
      load(new URL(`known/${name}.json`, folder)),
    );
    this.loadLetters = once(() => load(new URL("letters.json", folder)));
    this.#restore();
    try {
      this.schema = await load(new URL("schema.json", folder));
      this.#commands = await load(new URL("symbols.json", folder));
    } catch {
      this.#say(WORDS.no_rules);
      return;
    }
    this.form.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#update(true), QUIET);
    });
    this.form.addEventListener("change", (event) => {
      this.#touched.add(/** @type {HTMLInputElement} */ (event.target).name);
      this.#update(true);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#part("[data-copy]").addEventListener("click", () => this.#copy());
    this.#part("[data-clear]").addEventListener("click", () => this.#clear());
    this.#part("[type=submit]").toggleAttribute("disabled", false);
    this.toggleAttribute("data-ready", true);
    await this.#update();
  }

  /** Fills in the draft of an earlier visit, and today's date where there is none. */
  #restore() {
    const draft = /** @type {Record<string, unknown>} */ (loadDraft(this.home.href) ?? {});
    for (const field of this.form.elements) {
      const values = [draft[field.name] ?? []].flat();
      if (field.type === "checkbox") field.checked ||= values.includes(field.value);
      else if (values.length) field.value ||= values[0];
    }
    this.#field("date").value ||= today();
  }

  async #clear() {
    dropDraft(this.home.href);
    this.form.reset();
    this.#field("date").value = today();
    this.#touched.clear();
    await this.#update();
    this.#say(WORDS.empty_again);
    this.#field("title").focus();
  }

  /**
   * Reads all fields, shows the result unless a later call has begun, and returns it.
   * @param {boolean} [keep] whether to keep what is typed as a draft
   */
  async #update(keep = false) {
    clearTimeout(this.#timer);
    if (keep) keepDraft(this.home.href, this.#answers());
    const turn = ++this.#turn;
    const page = await this.#read();
    if (turn === this.#turn) {
      this.#show(page);
      this.#showKnown(page, turn);
    }
    return page;
  }

  async #read() {
    const answers = this.#answers();
    const facts = readFacts(answers, this.schema);
    const problems = findProblems(answers, this.schema);
    const abstract = readAbstract(answers);
    const { id, there, failed } = await this.#identify(facts);
    if (there) problems[there.field] ??= WORDS.in_catalog;
    const text = renderPage(facts, abstract, this.schema);
    const year = facts.date.slice(0, 4);
    const base = this.dataset.newBase ?? "";
    const sound = Object.keys(problems).length === 0;
    const whole = sound ? editorAddress(base, year, id, text) : "";
    const long = whole.length > SAFE_LENGTH;
    const address = long ? editorAddress(base, year, id) : whole;
    const path = `${this.dataset.docs}papers/${year}/${id}.md`;
    return { facts, abstract, problems, there, failed, path, text, long, address };
  }

  /** @param {any} page the result of `#read` */
  #show(page) {
    this.#showProblems(page.problems);
    const place = this.#part(".pc-preview__page");
    const nameTopic = (/** @type {string} */ slug) => this.#nameTopic(slug);
    showPreview(place, page.facts, page.abstract, this.schema, nameTopic, this.#commands);
    const issue = /** @type {any} */ (this.#part(".pc-by-id a"));
    const identifier = encodeURIComponent(page.facts.arxiv || page.facts.doi || "");
    issue.href = issue.href.replace(/(?:&identifier=.*)?$/, `&identifier=${identifier}`);
    this.#part(".pc-preview__path").textContent = page.path;
    this.#part(".pc-preview__text").textContent = page.text;
    this.#part(".pc-send__long").hidden = !page.long;
  }

  /**
   * Builds the page's id, and looks for the paper in the catalog.
   * @param {import("./page.js").Facts} facts
   */
  async #identify(facts) {
    let there = null;
    let failed = false;
    try {
      if (needsLetters(facts.title)) this.#letters = await this.loadLetters();
      const names = [
        { field: "identifier", name: facts.arxiv && `arxiv:${facts.arxiv}` },
        { field: "identifier", name: facts.doi && `doi:${facts.doi}` },
        { field: "title", name: facts.title && `title:${normaliseTitle(facts.title, this.#letters)}` },
      ];
      for (const { field, name } of names) {
        const url = name ? await this.known.find(name) : undefined;
        if (url && !there) there = { field, url };
      }
      return { id: await this.#freeId(facts), there, failed };
    } catch {
      failed = true;
      return { id: buildId(facts, this.#letters), there, failed };
    }
  }

  /** @param {import("./page.js").Facts} facts */
  async #freeId(facts) {
    const base = buildId(facts, this.#letters);
    let id = base;
    for (let n = 2; await this.known.find(`id:${id}`); n++) id = `${base}-${n}`;
    return id;
  }

  async #send() {
    for (const { name } of this.form.elements) this.#touched.add(name);
    const page = await this.#update();
    const count = Object.keys(page.problems).length;
    this.#part(".pc-send__problem").textContent =
      count === 0 ? "" : WORDS.want_look({ count });
    if (count) {
      this.form.querySelector("[aria-invalid=true]")?.focus();
      return;
    }
    const link = document.createElement("a");
    link.href = page.address;
    link.target = "_blank";
    link.rel = "noopener";
    link.click();
    dropDraft(this.home.href);
  }

  async #copy() {
    const text = this.#part(".pc-preview__text");
    try {
      await navigator.clipboard.writeText(text.textContent ?? "");
      this.#say(WORDS.copied);
    } catch {
      text.closest("details").open = true;
      getSelection()?.selectAllChildren(text);
      this.#say(WORDS.text_selected);
    }
  }

  /** @param {string} title @returns {Promise<import("./alike.js").Paper[]>} none if search fails */
  async #alike(title) {
    if (title !== this.#asked.title) {
      const normalise = (/** @type {string} */ one) => normaliseTitle(one, this.#letters);
      this.#asked = { title, papers: findAlike(this.home, title, normalise).catch(() => []) };
    }
    return this.#asked.papers;
  }

  /** Links to the paper if the catalog has it, else to similar ones. @param {any} page @param {number} turn */
  async #showKnown({ there, failed, facts }, turn) {
    const alike = there || !facts.title ? [] : await this.#alike(facts.title);
    if (turn !== this.#turn) return;
    /** @type {(string | Node)[]} */
    let says = [failed ? WORDS.unchecked : ""];
    if (there) {
      const [before, after] = WORDS.known({ page: "\0" }).split("\0");
      says = [before, this.#link(there.url, WORDS.its_page), after];
    } else if (alike.length) {
      const links = alike.flatMap(({ title, url }) => [" · ", this.#link(url, title)]);
      says = [WORDS.alike, ...links];
    }
    this.#part(".pc-known").replaceChildren(...says);
  }

  /** @param {string} url relative to the site @param {string} text */
  #link(url, text) {
    const link = document.createElement("a");
    link.href = new URL(url, this.home).href;
    link.target = "_blank";
    link.textContent = text;
    return link;
  }

  /** @param {import("./answers.js").Problems} problems */
  #showProblems(problems) {
    for (const place of this.form.querySelectorAll(".pc-field__problem")) {
      const name = place.id.slice("pc-".length, -"-problem".length);
      const message = this.#touched.has(name) ? (problems[name] ?? "") : "";
      if (place.textContent !== message) place.textContent = message;
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLElement) field.setAttribute("aria-invalid", String(message !== ""));
    }
    if (Object.keys(problems).length === 0) this.#part(".pc-send__problem").textContent = "";
  }

  /** @returns {import("./answers.js").Answers} */
  #answers() {
    const data = new FormData(this.form);
    return /** @type {any} */ ({ ...Object.fromEntries(data), topics: data.getAll("topics") });
  }

  /** @param {string} slug @returns {string} */
  #nameTopic(slug) {
    const boxes = this.form.querySelectorAll("[name=topics]");
    return Array.from(boxes).find((box) => box.value === slug)?.dataset.title ?? slug;
  }

  /** @param {string} message */
  #say(message) {
    this.#part(".pc-send__said").textContent = message;
  }

  /** @param {string} name @returns {HTMLInputElement} */
  #field(name) {
    return /** @type {any} */ (this.form.elements.namedItem(name));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }
}

/** @param {URL} address @returns {Promise<any>} */
async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return answer.json();
}

/** @template T @param {() => Promise<T>} work @returns {() => Promise<T>} runs it once, again after a failure */
function once(work) {
  /** @type {Promise<T> | null} */
  let begun = null;
  return () => {
    begun ??= work().catch((error) => {
      begun = null;
      throw error;
    });
    return begun;
  };
}

/** Today by the reader's clock, as `YYYY-MM-DD`. */
function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

customElements.get("pc-contribute") ?? customElements.define("pc-contribute", Contribute);
