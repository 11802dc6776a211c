"""Prints what search costs, beside the theme's own search and Pagefind: time, bytes, memory.

    make bench-search N=10000 [CORPUS=papers.jsonl.gz]

Papers are made from the repository's own, or from those of the corpus, by a seeded generator; with
N=0 the corpus is taken as it is. Everything is served from this machine to Chromium as a static
host would: text compressed, 50 ms a request, 10 Mbit/s, nothing cached. Pagefind takes part where
its command is on the PATH or named by PAGEFIND.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus import TOPICS, load_papers, make_papers
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "search"))
sys.path.append(str(Path(__file__).parents[1]))
from search_site import write, write_site

from chromium import find_chromium
from papercatalog.search import Document, build_search

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
QUERIES = (
    ("sparse attention", "visual reasoning benchmark"),
    ("language model", "large language model"),
    ("efficient training of large models", "multimodal agents for video generation tasks"),
)
"""First and second queries: two words, common words, five words."""
ROUND_TRIP = 0.05
BYTES_A_SECOND = 1.25e6
HEADERS = 160
"""Bytes of an answer's headers, about."""
COMPRESSED = (".html", ".js", ".json", ".css", ".xml")


@dataclass
class Cost:
    """What one pair of queries took; bytes with headers, seconds from focus to the first paper."""

    first_bytes: int
    first_seconds: float
    second_bytes: int
    second_seconds: float
    memory: int
    """Bytes that the page's process holds in the end."""


@dataclass
class Contender:
    name: str
    folder: Path
    indexed: str
    index_bytes: int
    counted: tuple[str, ...]
    """Only requests whose address holds one of these count."""
    ask: Callable[[Page, str], float]
    """Puts a query to the page; gives the milliseconds until a paper is there."""


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
        cost = measure(browser, contender, first, second)
        print(
            f"  {first!r}: {cost.first_bytes / 1e3:.0f} kB, {cost.first_seconds:.2f} s; "
            f"then {second!r}: {cost.second_bytes / 1e3:.0f} kB, {cost.second_seconds:.2f} s; "
            f"{cost.memory / 1e6:.0f} MB of memory"
        )


def measure(browser: Browser, contender: Contender, first: str, second: str) -> Cost:
    with serve(contender.folder, contender.counted) as (address, host):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        page.wait_for_timeout(500)
        first_ms = contender.ask(page, first)
        page.wait_for_timeout(1000)
        first_bytes = host.take()
        second_ms = contender.ask(page, second)
        page.wait_for_timeout(1000)
        second_bytes = host.take()
        memory = renderer_memory(browser)
        context.close()
    return Cost(first_bytes, first_ms / 1e3, second_bytes, second_ms / 1e3, memory)


def renderer_memory(browser: Browser) -> int:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    held = [0]
    for process in processes:
        if process["type"] == "renderer":
            lines = Path(f"/proc/{process['id']}/status").read_text().splitlines()
            held += [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")]
    return max(held)


class Host(http.server.ThreadingHTTPServer):
    """A static host at the end of a slow line; counts what it sends, headers included."""

    def __init__(self, folder: Path, counted: Sequence[str]) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
        self.counted = counted
        self.sent = 0
        self.line = threading.Lock()
        self.kept: dict[str, bytes] = {}

    def take(self) -> int:
        """The counted bytes since the last time."""
        taken, self.sent = self.sent, 0
        return taken


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        packed = path.suffix in COMPRESSED
        kept = self.server.kept
        if str(path) not in kept:
            data = path.read_bytes()
            kept[str(path)] = gzip.compress(data, 6) if packed else data
        body = kept[str(path)]
        time.sleep(ROUND_TRIP)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if any(part in self.path for part in self.server.counted):
            self.server.sent += len(body) + HEADERS
        for at in range(0, len(body), 12_500):
            piece = body[at : at + 12_500]
            with self.server.line:
                time.sleep(len(piece) / BYTES_A_SECOND)
            self.wfile.write(piece)


@contextmanager
def serve(folder: Path, counted: Sequence[str] = ()) -> Iterator[tuple[str, Host]]:
    """Serve a folder; gives the address and the host."""
    with Host(folder, counted) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_port}/", host
        host.shutdown()


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


ASK_BOX = """async ([input, option, query]) => {
  const box = document.querySelector(input);
  for (const old of document.querySelectorAll(option)) old.dataset.old = "1";
  const start = performance.now();
  box.focus();
  box.value = query;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  const there = () => document.querySelector(`${option}:not([data-old])`);
  while (!there() && performance.now() - start < 120000) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  return performance.now() - start;
}"""


def ask_box(input_: str, option: str) -> Callable[[Page, str], float]:
    return lambda page, query: float(page.evaluate(ASK_BOX, [input_, option, query]))


def make_ours(folder: Path, papers: Sequence[Document]) -> Contender:
    start, worked = time.perf_counter(), time.process_time()
    index = dict(build_search(papers, TOPICS))
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
