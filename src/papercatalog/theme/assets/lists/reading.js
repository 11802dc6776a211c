// @ts-check
/** The page of the reading list: shows what is saved, gives it away and takes other lists in. */

import { parseBibtex } from "../cite/bibtex.js";
import { FORMATS, save } from "../cite/formats.js";
import { element } from "../search/dom.js";
import { fillText } from "../search/fill.js";
import { formatNumber } from "../search/numbers.js";
import { makeLookup } from "./lookup.js";
import { LIMITS, Marks, paperAddress } from "./marks.js";
import { NoPaperError, loadPaper, nameAuthors } from "./papers.js";
import { startLists } from "./rows.js";
import { MAX_FILE, parseFile, parseLink, renderFile, renderLink } from "./transfer.js";
import { WORDS } from "../search/words.js";

/** @typedef {import("./papers.js").LoadedPaper} LoadedPaper */
/** @typedef {{reference: string, paper?: LoadedPaper, problem?: string, isUnknown?: boolean}} Found */

const NAME = "reading-list";

let page = new AbortController();

/** @param {number} number */
const countPapers = (number) => WORDS.papers({ count: number });

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
  const undo = button(WORDS.undo, () => {});
  undo.hidden = true;
  const offered = element("section", { "aria-labelledby": "offered" });
  const file = element("input", { type: "file", accept: ".json,.bib,.ris,.txt", hidden: "" });
  const address = element("input", { type: "text", readonly: "", "aria-label": WORDS.list_address, hidden: "" });
  const tools = element("p", { class: "pc-tools" },
    element("span", {}, WORDS.save_as),
    ...Object.entries(FORMATS).map(([ending, { label }]) => button(label, () => saveCitations(ending))),
    button(WORDS.reading_list, () => {
      save(renderFile(newestFirst()), `${NAME}.json`, "application/json");
      say(WORDS.papers_saved_as({ papers: countPapers(shown.length), name: `${NAME}.json` }));
    }),
    button(WORDS.copy_link, copyLink),
    button(WORDS.clear, clear),
  );
  const open = button(WORDS.open_list, () => file.click());
  const body = element("div");
  place.replaceChildren(
    element("p", { class: "pc-lead" }, WORDS.reading_lead),
    offered, tools,
    element("p", { class: "pc-tools" }, open, file, element("span", {}, WORDS.list_formats)),
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
    say(WORDS.removed({ papers: title ? WORDS.quoted({ title }) : countPapers(gone.length) }));
    undo.hidden = false;
    undo.onclick = () => {
      marks.change("saved", (now) => [...before, ...now.filter((reference) => !before.includes(reference))]);
      say(WORDS.back({ papers: countPapers(gone.length) }));
      focusRow(0);
    };
  }

  async function render() {
    const mine = ++run;
    const at = focusedRow();
    tools.hidden = !shown.length;
    if (!shown.length) {
      found = [];
      body.replaceChildren(element("p", {}, ...fillText(WORDS.nothing_saved, {
        save: element("em", {}, WORDS.save),
        key: element("kbd", {}, "s"),
        choose: element("a", { href: `${root}dates/` }, WORDS.choose_day),
      })));
      if (at >= 0) open.focus();
      return;
    }
    if (!body.hasChildNodes()) body.replaceChildren(element("p", {}, WORDS.loading_papers({ papers: countPapers(shown.length) })));
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
      item.append(element("p", { class: "pc-facts" }, WORDS.not_loaded({ reason: problem ?? "" })));
      return item;
    }
    const { authors, facts, topics, description } = paper;
    const names = nameAuthors(authors);
    if (names) item.append(element("p", { class: "pc-authors" }, names));
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
    const saved = WORDS.papers_saved_as({ papers: countPapers(cited.length), name });
    say(saved + (missing ? WORDS.papers_missing({ papers: countPapers(missing) }) : ""));
  }

  async function copyLink() {
    const url = new URL(`#${renderLink(newestFirst())}`, location.href).href;
    try {
      await navigator.clipboard.writeText(url);
      say(WORDS.link_copied);
    } catch {
      address.hidden = false;
      address.value = url;
      address.select();
      say(WORDS.link_selected);
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
      if (chosen.size > MAX_FILE) throw new Error(WORDS.too_large({ size: MAX_FILE / 1e6 }));
      say(WORDS.looking);
      const named = parseFile(await chosen.text());
      const find = await makeLookup(root, Number(place.dataset.digits));
      const references = [];
      const unknown = [];
      for (const one of named) {
        const reference = await find(one);
        if (reference) references.push(reference);
        else unknown.push(one.title || one.id || one.doi || one.arxiv);
      }
      await offer([...new Set(references)], unknown, WORDS.from_file);
    } catch (error) {
      say(WORDS.not_read({ reason: error instanceof Error ? error.message : String(error) }));
    }
  }

  async function openLink() {
    const hash = location.hash.slice(1);
    if (!/:|%3A/i.test(hash)) return;
    const references = parseLink(hash);
    if (references.length) await offer(references, [], WORDS.by_link);
    else say(WORDS.names_none);
  }

  /** Shows papers, and adds them when the reader says so.
   * @param {string[]} references the first on top @param {string[]} unknown @param {string} heading */
  async function offer(references, unknown, heading) {
    say(WORDS.loading_papers({ papers: countPapers(references.length) }));
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
    const add = button(WORDS.add_to_list({ count: fresh.length }), () => {
      close();
      marks.change("saved", (now) => [...now, ...fresh.reverse()]);
      say(WORDS.added({ papers: countPapers(fresh.length) }));
    });
    const title = element("h2", { id: "offered", tabindex: "-1" }, heading);
    const papers = countPapers(here.length);
    const known = here.length - fresh.length;
    const sum = known ? WORDS.offered_known({ papers, number: formatNumber(known) }) : WORDS.offered({ papers });
    offered.replaceChildren(title, element("p", {}, sum));
    if (here.length) {
      offered.append(element("ul", {}, ...here.map(({ reference, paper }) => {
        return element("li", {}, element("a", { href: paperAddress(root, reference) }, paper?.title ?? reference));
      })));
    }
    if (names.length) {
      offered.append(element("details", {}, element("summary", {}, WORDS.not_in_catalog({ papers: countPapers(names.length) })),
        element("ul", {}, ...names.map((name) => element("li", {}, name)))));
    }
    const actions = element("p", { class: "pc-tools" });
    if (fresh.length && fresh.length <= room) actions.append(add);
    if (fresh.length > room) actions.append(WORDS.too_many({ papers: countPapers(LIMITS.saved) }));
    actions.append(button(fresh.length ? WORDS.leave_list : WORDS.close, close));
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
