"""Prints the bytes of the index that queries of two words cost with and without files of tails.

    python tests/benchmarks/tail_cost.py -n 100000 papers.jsonl.gz

Papers are made from those of the corpus. Queries are two words that follow each other in a title of
the corpus, chosen by a seeded generator. The box's six papers are found as in the browser; scripts
are not counted.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus import TOPICS, load_papers, make_papers

sys.path.append(str(Path(__file__).parents[1] / "helpers"))
from corpus import index_documents
from papercatalog.search.analysis import analyse_chunk, split_chunks
from papercatalog.search.constants import JOINED_MARK
from papercatalog.search.index import encoding
from papercatalog.search.index.document import Document
from script_modules import script_modules

QUERIES = 400
COMMON = ["sparse attention", "language model"]
"""Queries of `search_cost`, asked besides."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=10_000, help="papers to make")
    parser.add_argument("corpus", nargs="?", type=Path)
    given = parser.parse_args()
    base = load_papers(given.corpus)
    papers = make_papers(base, given.n)
    queries = make_queries(base)
    for label, least in (("with", encoding.TAIL_FILE_POSTINGS), ("without", sys.maxsize)):
        encoding.TAIL_FILE_POSTINGS = least
        answers = ask(papers, queries)
        proven = sum(is_proven for is_proven, _ in answers)
        sizes = [size for _, size in answers]
        print(
            f"{label} files of tails: {statistics.mean(sizes) / 1e3:.1f} kB on average, "
            f"median {statistics.median(sizes) / 1e3:.1f} kB; "
            f"{proven} of {len(queries)} queries answered without tails",
            flush=True,
        )


def make_queries(papers: Sequence[Document]) -> list[str]:
    rng = random.Random(7)
    queries: list[str] = []
    while len(queries) < QUERIES:
        chunks = split_chunks(rng.choice(papers).title)
        pairs = [pair for chunk in chunks for pair in analyse_chunk(chunk).words]
        words = [word for word, _ in pairs if word[-1] != JOINED_MARK]
        if len(words) > 1:
            start = rng.randrange(len(words) - 1)
            queries.append(" ".join(words[start : start + 2]))
    return queries + COMMON


def ask(papers: Sequence[Document], queries: Sequence[str]) -> list[tuple[bool, int]]:
    """Whether each query needs no tails, and the bytes that it loads."""
    with tempfile.TemporaryDirectory() as name:
        for path, content in index_documents(papers, TOPICS):
            file = Path(name) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        script = Path(__file__).with_suffix(".mjs")
        asked = "".join(json.dumps(query) + "\n" for query in queries)
        command = ["node", str(script), name, str(script_modules())]
        done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    return [(proven, size) for proven, size in map(json.loads, done.stdout.splitlines())]


if __name__ == "__main__":
    main()
