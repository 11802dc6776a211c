"""Prints how well search finds a known paper, beside other engines.

    make evaluate-search [CORPUS=papers.jsonl.gz]

300 queries of each kind are made from one half of the papers (``--half``: 0 for tuning, 1 for
reporting) and put to an index of all. MRR@10 is the mean of 1 / the paper's rank, 0 beyond the
tenth; recall@10 is how often it is among the first ten. lunr takes part always, with fewer queries
if there are thousands of papers; MiniSearch if MINISEARCH names its module, Pagefind if its command
is on the PATH or PAGEFIND names it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain, islice
from pathlib import Path

from lunr import lunr
from lunr.stop_word_filter import WORDS as STOP_WORDS

from corpus import index_documents, load_papers
from papercatalog.search.analysis import split_atoms, split_chunks, stem
from papercatalog.search.engine import search
from papercatalog.search.index.document import Document
from papercatalog.search.reader import SearchIndex

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LUNR_WORK = 1_000_000
"""Limit of papers times queries of a kind for lunr: it copies its matches in every paper with any
of the words, which takes 0.2 s for a query of 6,000 papers."""


@dataclass(frozen=True)
class Known:
    """A query, and the number of the paper it was made from."""

    paper: int
    text: str


Answers = list[tuple[list[int], float]]
"""For each query its first ten papers, and the milliseconds it took."""
Engine = Callable[[Sequence[Document], Sequence[str]], Answers | None]


def content_words(text: str, shortest: int = 4) -> list[str]:
    """The different words of a text, in order, without stop words and short ones."""
    words = [word for chunk in split_chunks(text) for word in split_atoms(chunk)]
    kept = [w for w in words if w not in STOP_WORDS and len(w) >= shortest and w.isalpha()]
    return list(dict.fromkeys(kept))


def misspell(rng: random.Random, word: str) -> str:
    """The word with one letter left out, put in, changed, or swapped with the next."""
    while True:
        at = rng.randrange(len(word))
        head, tail = word[:at], word[at:]
        spoilt = rng.choice(
            (
                head + tail[1:],
                head + rng.choice(LETTERS) + tail,
                head + rng.choice(LETTERS) + tail[1:],
                head + tail[1:2] + tail[:1] + tail[2:],
            )
        )
        if spoilt != word:
            return spoilt


def make_queries(
    papers: Sequence[Document], half: int, count: int, *, ambiguous: bool
) -> dict[str, list[Known]]:
    """Make ``count`` queries of each kind from the papers of one half.

    Three words of the titles of two papers do not say which of them is meant; such queries are
    made only if ``ambiguous``.
    """
    rng = random.Random(half)
    titles: dict[str, set[int]] = {}
    for number, paper in enumerate(papers):
        for word in content_words(paper.title):
            titles.setdefault(stem(word), set()).add(number)

    def clear(words: Sequence[str]) -> bool:
        return ambiguous or len(set.intersection(*(titles[stem(word)] for word in words))) == 1

    spread = Counter(word for paper in papers for word in content_words(paper.abstract))
    most = max(3, len(papers) // 20)

    def title_words(paper: Document) -> str | None:
        words = content_words(paper.title)
        if len(words) < 3:
            return None
        chosen = [words[at] for at in sorted(rng.sample(range(len(words)), 3))]
        return " ".join(chosen) if clear(chosen) else None

    def abstract_words(paper: Document) -> str | None:
        words = [word for word in content_words(paper.abstract) if spread[word] <= most]
        return " ".join(rng.sample(words, 4)) if len(words) >= 4 else None

    def one_typo(paper: Document) -> str | None:
        words = content_words(paper.title)
        long = [word for word in words if len(word) >= 5]
        if len(words) < 3 or not long:
            return None
        wrong = rng.choice(long)
        others = rng.sample([word for word in words if word != wrong], 2)
        return " ".join((misspell(rng, wrong), *others)) if clear((wrong, *others)) else None

    def author_and_word(paper: Document) -> str | None:
        words = content_words(paper.title)
        return (
            f"{rng.choice(paper.authors)} {rng.choice(words)}" if words and paper.authors else None
        )

    def phrase(paper: Document) -> str | None:
        sentence = re.findall(r"[A-Za-z][A-Za-z-]+", rng.choice(paper.abstract.split(". ")))
        if len(sentence) < 4:
            return None
        start = rng.randrange(len(sentence) - 3)
        run = sentence[start : start + 4]
        return f'"{" ".join(run)}"' if f" {' '.join(run)} " in paper.abstract else None

    kinds = {
        "three title words": title_words,
        "four abstract words": abstract_words,
        "one typo": one_typo,
        "author and word": author_and_word,
        "phrase": phrase,
    }
    mine = [number for number in range(len(papers)) if number % 2 == half]
    made: dict[str, list[Known]] = {}
    for kind, make in kinds.items():
        made[kind] = []
        for _ in range(count * 20):
            number = rng.choice(mine)
            text = make(papers[number])
            if text and len(made[kind]) < count:
                made[kind].append(Known(number, text))
    return made


def ask_ours(papers: Sequence[Document], queries: Sequence[str]) -> Answers:
    files = dict(index_documents(papers, ()))
    index = SearchIndex(files.__getitem__)
    return _asked(queries, lambda query: [hit.paper for hit in search(index, query).hits[:10]])


def ask_lunr(papers: Sequence[Document], queries: Sequence[str]) -> Answers:
    """Ask lunr, with titles boosted and any word enough; queries have none of its syntax."""
    fields = [{"field_name": "title", "boost": 10}, "abstract", "authors"]
    index = lunr(ref="id", fields=fields, documents=list(map(_plain, range(len(papers)), papers)))

    def first_ten(query: str) -> list[int]:
        return [int(hit["ref"]) for hit in index.search(re.sub(r"[^\w\s]", " ", query))[:10]]

    return _asked(queries, first_ten)


def _asked(queries: Sequence[str], ask: Callable[[str], list[int]]) -> Answers:
    """Time the answers to queries; print progress now and then."""
    answers = []
    for number, query in enumerate(queries, 1):
        start = time.perf_counter()
        found = ask(query)
        answers.append((found, (time.perf_counter() - start) * 1e3))
        if number % 250 == 0:
            _say(f"{number} of {len(queries)} queries")
    return answers


def _say(progress: str) -> None:
    """Print progress to standard error, apart from the table."""
    print(f"  {progress}", file=sys.stderr, flush=True)


def ask_minisearch(papers: Sequence[Document], queries: Sequence[str]) -> Answers | None:
    return _minisearch(papers, list(queries))


def ask_minisearch_all(papers: Sequence[Document], queries: Sequence[str]) -> Answers | None:
    """Ask MiniSearch with all words required; by default any is enough."""
    return _minisearch(papers, [{"combineWith": "AND", "queries": [text]} for text in queries])


def _minisearch(papers: Sequence[Document], queries: Sequence[object]) -> Answers | None:
    module = os.environ.get("MINISEARCH")
    if not module:
        return None
    given = {"documents": list(map(_plain, range(len(papers)), papers)), "queries": queries}
    command = ["node", str(Path(__file__).with_name("minisearch.mjs")), module]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return [(list(found), float(took)) for found, took in json.loads(done.stdout)]


def ask_pagefind(papers: Sequence[Document], queries: Sequence[str]) -> Answers | None:
    """Ask Pagefind in Chromium; results are identified by their addresses."""
    command = os.environ.get("PAGEFIND") or shutil.which("pagefind")
    if not command:
        return None
    from playwright.sync_api import sync_playwright

    from chromium import find_chromium
    from search_cost import FLAGS
    from slow_host import serve

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "index.html").write_text("<!doctype html><title>Home</title>")
        for number, paper in enumerate(papers):
            title, names = escape(paper.title), escape(" ".join(paper.authors))
            body = f"<h1>{title}</h1><p>{names}<p>{escape(paper.abstract)}"
            html = f"<!doctype html><html lang=en><body data-pagefind-body>{body}"
            (folder / f"{number}.html").write_text(html)
        subprocess.run([command, "--site", name], check=True, capture_output=True)
        with serve(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
            page = browser.new_page()
            page.goto(address)
            answers = [page.evaluate(ASK_PAGEFIND, query) for query in queries]
            browser.close()
    return [(list(map(int, found)), float(took)) for found, took in answers]


ASK_PAGEFIND = """async (query) => {
  const pagefind = await import(new URL("pagefind/pagefind.js", location.href));
  const start = performance.now();
  const { results } = await pagefind.search(query);
  const took = performance.now() - start;
  const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return [data.map(({ url }) => url.match(/(\\d+)\\.html/)[1]), took];
}"""


def _plain(number: int, paper: Document) -> dict[str, object]:
    authors = " ".join(paper.authors)
    return {"id": number, "title": paper.title, "abstract": paper.abstract, "authors": authors}


ENGINES: dict[str, Engine] = {
    "ours": ask_ours,
    "lunr": ask_lunr,
    "MiniSearch": ask_minisearch,
    "MiniSearch, all words": ask_minisearch_all,
    "Pagefind": ask_pagefind,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--only", nargs="*", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--ambiguous", action="store_true", help="keep words of several titles")
    parser.add_argument("--misses", action="store_true", help="print what ours does not put first")
    given = parser.parse_args()
    papers = sorted(load_papers(given.corpus), key=lambda paper: (paper.date, paper.id))
    made = make_queries(papers, given.half, given.count, ambiguous=given.ambiguous)
    print(f"{len(papers)} papers, half {given.half}: MRR@10 / recall@10 / ms a query")
    print(f"{'':24}" + "".join(f"{kind:>24}" for kind in made), flush=True)
    for name in given.only:
        count = queries_for(name, len(papers), given.count)
        known = [queries[:count] for queries in made.values()]
        label = name if count == given.count else f"{name}, {count} of each"
        _say(f"{name}: indexing, then {sum(map(len, known))} queries")
        asked = list(chain.from_iterable(known))
        answers = ENGINES[name](papers, [one.text for one in asked])
        if answers is None:
            print(f"{name:24} not installed", flush=True)
            continue
        rest = iter(answers)
        cells = [score(queries, list(islice(rest, len(queries)))) for queries in known]
        print(f"{label:24}" + "".join(f"{cell:>24}" for cell in cells), flush=True)
        if given.misses and name == "ours":
            for one, (found, _) in zip(asked, answers, strict=True):
                if found[:1] != [one.paper]:
                    print(f"  {one.text!r}: {papers[one.paper].title!r}")


def queries_for(engine: str, papers: int, wanted: int) -> int:
    """How many queries of a kind an engine gets."""
    return min(wanted, max(20, LUNR_WORK // max(1, papers))) if engine == "lunr" else wanted


def score(queries: Sequence[Known], answers: Answers) -> str:
    ranks = [
        found.index(one.paper) + 1 if one.paper in found else 0
        for one, (found, _) in zip(queries, answers, strict=True)
    ]
    count = max(1, len(queries))
    mrr = sum(1 / rank for rank in ranks if rank) / count
    recall = sum(rank > 0 for rank in ranks) / count
    taken = sum(took for _, took in answers) / count
    return f"{mrr:.3f} / {recall:.3f} / {taken:.1f}"


if __name__ == "__main__":
    main()
