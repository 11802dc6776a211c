"""Prints the time, bytes and memory of searches, beside the theme's own search and Pagefind.

    make bench-search N=10000 [CORPUS=papers.jsonl.gz]

Papers are made from the repository's own, or from those of the corpus, by a seeded generator; with
N=0 the corpus is taken as it is. Everything is served from this machine to Chromium as a static
host would: text compressed, 50 ms a request, 10 Mbit/s, nothing cached. Each pair of queries is
measured `TIMES` times, and the median printed. Pagefind takes part if its command is on the PATH
or PAGEFIND names it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from corpus import TOPICS, load_papers, make_papers
from slow_host import serve, take

sys.path.append(str(Path(__file__).parents[1] / "helpers"))
from chromium import find_chromium
from corpus import index_documents
from papercatalog.search.index.document import Document
from search_site import write, write_site

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
QUERIES = (
    ("sparse attention", "visual reasoning benchmark"),
    ("language model", "large language model"),
    ("efficient training of large models", "multimodal agents for video generation tasks"),
)
"""First and second queries: two words, common words, five words."""

TIMES = 5
"""How often a pair of queries is measured."""


@dataclass
class Cost:
    """The cost of a pair of queries: bytes with headers, seconds from focus to the first paper."""

    first_bytes: float
    first_seconds: float
    second_bytes: float
    second_seconds: float
    memory: float
    """Bytes of memory of the page's process at the end."""


@dataclass
class Contender:
    name: str
    folder: Path
    indexed: str
    index_bytes: int
    counted: tuple[str, ...]
    """Count only requests whose address contains one of these."""
    ask: Callable[[Page, str], float]
    """Puts a query to the page; returns the milliseconds until a paper is shown."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=10_000, help="papers to make; 0: the corpus itself")
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--only", help="measure this contender alone")
    given = parser.parse_args()
    base = load_papers(given.corpus)
    papers = make_papers(base, given.n) if given.n else base
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        contenders = [
            make(Path(folder) / name, papers)
            for name, make in MAKERS.items()
            if given.only in (None, name)
        ]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        print(f"{len(papers)} papers")
        for contender in filter(None, contenders):
            report(browser, contender)


def report(browser: Browser, contender: Contender) -> None:
    size = contender.index_bytes / 1e6
    print(f"\n{contender.name}: indexed {contender.indexed}, {size:.1f} MB on disk", flush=True)
    for first, second in QUERIES:
        cost = median([measure(browser, contender, first, second) for _ in range(TIMES)])
        print(
            f"  {first!r}: {cost.first_bytes / 1e3:.0f} kB, {cost.first_seconds:.2f} s; "
            f"then {second!r}: {cost.second_bytes / 1e3:.0f} kB, {cost.second_seconds:.2f} s; "
            f"{cost.memory / 1e6:.0f} MB of memory"
        )


def measure(browser: Browser, contender: Contender, first: str, second: str) -> Cost:
    with serve(contender.folder, contender.counted) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        page.wait_for_timeout(500)
        first_ms = contender.ask(page, first)
        page.wait_for_timeout(1000)
        first_bytes = take(address)
        second_ms = contender.ask(page, second)
        page.wait_for_timeout(1000)
        second_bytes = take(address)
        memory = renderer_memory(browser)
        context.close()
    return Cost(first_bytes, first_ms / 1e3, second_bytes, second_ms / 1e3, memory)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(statistics.median(column) for column in zip(*map(astuple, costs), strict=True)))


def renderer_memory(browser: Browser) -> int:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    held = [0]
    for process in processes:
        if process["type"] == "renderer":
            lines = Path(f"/proc/{process['id']}/status").read_text().splitlines()
            held += [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")]
    return max(held)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


ASK_BOX = """([input, option, query]) => new Promise((done) => {
  const box = document.querySelector(input);
  for (const old of document.querySelectorAll(option)) old.dataset.old = "1";
  const start = performance.now();
  const look = () => {
    if (document.querySelector(`${option}:not([data-old])`)) done(performance.now() - start);
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  box.focus();
  box.value = query;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
})"""


def ask_box(input_: str, option: str) -> Callable[[Page, str], float]:
    return lambda page, query: float(page.evaluate(ASK_BOX, [input_, option, query]))


def make_ours(folder: Path, papers: Sequence[Document]) -> Contender:
    start, worked = time.perf_counter(), time.process_time()
    index = dict(index_documents(papers, TOPICS))
    worked = time.process_time() - worked
    indexed = f"in {time.perf_counter() - start:.1f} s ({worked:.1f} s of one processor)"
    write_site(folder, (), TOPICS)
    shutil.rmtree(folder / "search")
    for path, content in index.items():
        write(folder / path, content)
    ask = ask_box("[data-search-box] input", ".pc-search__option--paper")
    counted = ("/search/", "/assets/search/")
    return Contender("ours", folder, indexed, size_of(folder / "search"), counted, ask)


def make_material(folder: Path, papers: Sequence[Document]) -> Contender:
    """A site of one page by MkDocs and Material, given the index of all papers."""
    source = folder / "source"
    write(source / "docs/index.md", b"# Home\n")
    write(source / "mkdocs.yml", b"site_name: Papers\ntheme: {name: material, font: false}\n")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder / "site")]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    path = folder / "site/search/search_index.json"
    index = json.loads(path.read_text())
    index["docs"] = [
        {"location": paper.url, "title": paper.title, "text": f"<p>{paper.abstract}</p>"}
        for paper in papers
    ]
    path.write_text(json.dumps(index, separators=(",", ":")))
    ask = ask_box("[data-md-component=search-query]", ".md-search-result__item")
    counted = ("/search/", "workers/search")
    return Contender(
        "material", folder / "site", "in the browser", path.stat().st_size, counted, ask
    )


ASK_PAGEFIND = """async (query) => {
  const start = performance.now();
  const pagefind = await import(new URL("pagefind/pagefind.js", location.href));
  const found = await pagefind.search(query);
  await Promise.all(found.results.slice(0, 6).map((result) => result.data()));
  return performance.now() - start;
}"""


def make_pagefind(folder: Path, papers: Sequence[Document]) -> Contender | None:
    command = os.environ.get("PAGEFIND") or shutil.which("pagefind")
    if not command:
        print("Pagefind is not installed: left out")
        return None
    for paper in papers:
        page = f"<!doctype html><html lang=en><title>{paper.title}</title><body data-pagefind-body>"
        page += f"<h1>{paper.title}</h1><p>{' '.join(paper.authors)}<p>{paper.abstract}"
        write(folder / paper.url / "index.html", page.encode())
    write(folder / "index.html", b"<!doctype html><title>Home</title>")
    start = time.perf_counter()
    subprocess.run([command, "--site", str(folder)], check=True, capture_output=True)
    seconds = time.perf_counter() - start

    def ask(page: Page, query: str) -> float:
        return float(page.evaluate(ASK_PAGEFIND, query))

    disk = size_of(folder / "pagefind")
    return Contender("pagefind", folder, f"in {seconds:.1f} s", disk, ("/pagefind/",), ask)


MAKERS: dict[str, Callable[[Path, Sequence[Document]], Contender | None]] = {
    "ours": make_ours,
    "material": make_material,
    "pagefind": make_pagefind,
}

if __name__ == "__main__":
    main()
