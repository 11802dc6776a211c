// @ts-check
/** The page of the reading list: shows what is saved, gives it away and takes other lists in. */

import { parseBibtex } from "../cite/bibtex.js";
import { FORMATS, save } from "../cite/formats.js";
import { element, formatNumber } from "../search/dom.js";
import { makeLookup } from "./lookup.js";
import { LIMITS, Marks, paperAddress } from "./marks.js";
import { NoPaperError, loadPaper } from "./papers.js";
import { startLists } from "./rows.js";
import { MAX_FILE, parseFile, parseLink, renderFile, renderLink } from "./transfer.js";

/** @typedef {import("./papers.js").LoadedPaper} LoadedPaper */
/** @typedef {{reference: string, paper?: LoadedPaper, problem?: string, isUnknown?: boolean}} Found */

const NAME = "reading-list";

let page = new AbortController();

/** @param {number} number */
const countPapers = (number) => `${formatNumber(number)} ${number === 1 ? "paper" : "papers"}`;

/** Starts the page. @param {HTMLElement} place is filled @param {string} root the site's address */
export function startReading(place, root) {
  page.abort();
  page = new AbortController();
  const { signal } = page;
  const marks = new Marks(root);
  /** The references that are shown, in the order in which they were saved. @type {string[]} */
  let shown = [];
  /** @type {Found[]} */
  let found = [];
  let run = 0;

  const said = element("span", { role: "status" });
  const undo = button("Undo", () => {});
  undo.hidden = true;
  const offered = element("section", { "aria-labelledby": "offered" });
  const file = element("input", { type: "file", accept: ".json,.bib,.ris,.txt", hidden: "" });
  const address = element("input", { type: "text", readonly: "", "aria-label": "Address of this list", hidden: "" });
  const tools = element("p", { class: "pc-tools" },
    element("span", {}, "Save as"),
    ...Object.entries(FORMATS).map(([ending, { label }]) => button(label, () => saveCitations(ending))),
    button("Reading list", () => {
      save(renderFile(newestFirst()), `${NAME}.json`, "application/json");
      say(`${countPapers(shown.length)} saved as ${NAME}.json.`);
    }),
    button("Copy link", copyLink),
    button("Clear", clear),
  );
  const open = button("Open a list …", () => file.click());
  const body = element("div");
  place.replaceChildren(
    element("p", { class: "pc-lead" }, "The papers that you have saved, kept in this browser and nowhere else. Save them as a file to keep them for good, or copy the link to read on elsewhere."),
    offered, tools,
    element("p", { class: "pc-tools" }, open, file, element("span", {}, "BibTeX, RIS, CSL-JSON or a saved reading list")),
    address,
    element("p", { class: "pc-tools" }, said, undo),
    body,
  );
  file.addEventListener("change", openFile);
  addEventListener("hashchange", openLink, { signal });
  marks.listen(update, signal);
  update();
  openLink();

  function newestFirst() {
    return [...shown].reverse();
  }

  /** @param {string} text */
  function say(text) {
    said.textContent = text;
    undo.hidden = true;
  }

  /** Shows what is saved, if it is not what is shown. */
  function update() {
    const before = shown;
    shown = marks.read("saved");
    if (before.join() === shown.join() && body.hasChildNodes()) return;
    const gone = before.filter((reference) => !shown.includes(reference));
    if (gone.length) offerUndo(before, gone);
    render();
  }

  /** @param {string[]} before @param {string[]} gone */
  function offerUndo(before, gone) {
    const title = gone.length === 1 ? found.find(({ reference }) => reference === gone[0])?.paper?.title : "";
    say(`${title ? `“${title}”` : countPapers(gone.length)} removed.`);
    undo.hidden = false;
    undo.onclick = () => {
      marks.change("saved", (now) => [...before, ...now.filter((reference) => !before.includes(reference))]);
      say(`${countPapers(gone.length)} back in the list.`);
      focusRow(0);
    };
  }

  async function render() {
    const mine = ++run;
    const at = focusedRow();
    tools.hidden = !shown.length;
    if (!shown.length) {
      found = [];
      body.replaceChildren(element("p", {}, "Nothing is saved yet. Press ", element("em", {}, "Save"), " beside a paper, or the key ", element("kbd", {}, "s"), ", and it stands here. ", element("a", { href: `${root}dates/` }, "Choose a day"), " to begin with."));
      if (at >= 0) open.focus();
      return;
    }
    if (!body.hasChildNodes()) body.replaceChildren(element("p", {}, `Loading ${countPapers(shown.length)} …`));
    const loaded = await loadAll(newestFirst());
    if (mine !== run || signal.aborted) return;
    found = loaded;
    body.replaceChildren(element("div", { class: "pc-bar" }), element("ol", { class: "pc-papers" }, ...found.map(makeItem)));
    startLists(root);
    if (at >= 0) focusRow(at);
  }

  /** The place of the row that has the focus; -1 if none has it. */
  function focusedRow() {
    return Array.from(body.querySelectorAll(".pc-papers > li")).findIndex((item) => item.contains(document.activeElement));
  }

  /** @param {number} at */
  function focusRow(at) {
    const links = body.querySelectorAll(".pc-papers > li h2 a");
    const link = links[Math.min(at, links.length - 1)] ?? open;
    if (link instanceof HTMLElement) link.focus();
  }

  /** @param {string[]} references @returns {Promise<Found[]>} */
  function loadAll(references) {
    return Promise.all(references.map(async (reference) => {
      try {
        return { reference, paper: await loadPaper(root, paperAddress(root, reference)) };
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        return { reference, problem, isUnknown: error instanceof NoPaperError };
      }
    }));
  }

  /** @param {Found} one */
  function makeItem({ reference, paper, problem }) {
    const link = element("a", { href: paperAddress(root, reference) }, paper?.title || reference);
    const item = element("li", { class: "pc-row" }, element("h2", {}, link));
    if (!paper) {
      item.append(element("p", { class: "pc-facts" }, `It could not be loaded: ${problem}.`));
      return item;
    }
    const { authors, facts, topics, description } = paper;
    const names = authors.length > 4 ? [...authors.slice(0, 3), `and ${authors.length - 3} more`] : authors;
    if (names.length) item.append(element("p", { class: "pc-authors" }, names.join(", ").replace(/, and (?=\d+ more$)/, " and ")));
    item.append(element("p", { class: "pc-facts" }, facts, ...topics.flatMap(([slug, title]) => [" · ", element("a", { href: `${root}topics/${slug}/` }, title)])));
    item.append(element("p", { class: "pc-gist" }, description));
    return item;
  }

  /** @param {string} ending of the format */
  function saveCitations(ending) {
    const cited = found.flatMap(({ paper }) => (paper?.bibtex ? [parseBibtex(paper.bibtex)] : []));
    const name = `${NAME}.${ending === "json" ? "csl.json" : ending}`;
    if (cited.length) save(FORMATS[ending].render(cited), name, FORMATS[ending].type);
    const missing = shown.length - cited.length;
    say(`${countPapers(cited.length)} saved as ${name}.${missing ? ` ${countPapers(missing)} could not be loaded and are not in it.` : ""}`);
  }

  async function copyLink() {
    const url = new URL(`#${renderLink(newestFirst())}`, location.href).href;
    try {
      await navigator.clipboard.writeText(url);
      say("The link is copied. Whoever opens it sees the papers and may add them.");
    } catch {
      address.hidden = false;
      address.value = url;
      address.select();
      say("Your browser keeps pages from copying: the link is selected, copy it yourself.");
    }
  }

  function clear() {
    marks.change("saved", () => []);
    undo.focus();
  }

  async function openFile() {
    const [chosen] = file.files ?? [];
    file.value = "";
    if (!chosen) return;
    try {
      if (chosen.size > MAX_FILE) throw new Error(`it is larger than ${MAX_FILE / 1e6} MB`);
      say("Looking for its papers …");
      const named = parseFile(await chosen.text());
      const find = await makeLookup(root, Number(place.dataset.digits));
      const references = [];
      const unknown = [];
      for (const one of named) {
        const reference = await find(one);
        if (reference) references.push(reference);
        else unknown.push(one.title || one.id || one.doi || one.arxiv);
      }
      await offer([...new Set(references)], unknown, "From your file");
    } catch (error) {
      say(`The file could not be read: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  async function openLink() {
    const hash = location.hash.slice(1);
    if (!/:|%3A/i.test(hash)) return;
    const references = parseLink(hash);
    if (references.length) await offer(references, [], "A list by link");
    else say("The address names no papers: its end may be missing.");
  }

  /** Shows papers, and adds them when the reader says so.
   * @param {string[]} references the first on top @param {string[]} unknown @param {string} heading */
  async function offer(references, unknown, heading) {
    say(`Loading ${countPapers(references.length)} …`);
    const loaded = await loadAll(references);
    if (signal.aborted) return;
    const here = loaded.filter(({ isUnknown }) => !isUnknown);
    const fresh = here.map(({ reference }) => reference).filter((reference) => !marks.has("saved", reference));
    const names = [...unknown, ...loaded.filter(({ isUnknown }) => isUnknown).map(({ reference }) => reference)];
    const room = LIMITS.saved - marks.sets.saved.size;
    const close = () => {
      offered.replaceChildren();
      history.replaceState(history.state, "", location.pathname + location.search);
      open.focus();
    };
    const add = button(fresh.length === 1 ? "Add it to my reading list" : `Add ${fresh.length} to my reading list`, () => {
      close();
      marks.change("saved", (now) => [...now, ...fresh.reverse()]);
      say(`${countPapers(fresh.length)} added.`);
    });
    const title = element("h2", { id: "offered", tabindex: "-1" }, heading);
    offered.replaceChildren(title, element("p", {}, `${countPapers(here.length)}${here.length > fresh.length ? `, ${formatNumber(here.length - fresh.length)} of them in your list already` : ""}.`));
    if (here.length) {
      offered.append(element("ul", {}, ...here.map(({ reference, paper }) => {
        return element("li", {}, element("a", { href: paperAddress(root, reference) }, paper?.title ?? reference));
      })));
    }
    if (names.length) {
      offered.append(element("details", {}, element("summary", {}, `${countPapers(names.length)} not in this catalog`),
        element("ul", {}, ...names.map((name) => element("li", {}, name)))));
    }
    const actions = element("p", { class: "pc-tools" });
    if (fresh.length && fresh.length <= room) actions.append(add);
    if (fresh.length > room) actions.append(`Your list holds at most ${countPapers(LIMITS.saved)}: these are too many.`);
    actions.append(button(fresh.length ? "Leave my list as it is" : "Close", close));
    offered.append(actions);
    say("");
    title.focus();
  }
}

/** @param {string} label @param {() => void} press */
function button(label, press) {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", press);
  return made;
}
