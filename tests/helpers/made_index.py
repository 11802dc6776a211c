"""Papers for the tests of search, their index, and answers from the browser's modules."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import random
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus import TOPICS as TOPICS
from papercatalog.search.engine import Results
from papercatalog.search.index.document import Document
from papercatalog.search.reader import SearchIndex
from script_modules import script_modules

DAY = dt.date(2025, 7, 29)
HERE = Path(__file__).parents[1] / "search"

Asked = tuple[str, str, bool]
"""A query, the sort, and whether its last word is still being typed."""


def document(name: str, title: str, abstract: str = "", **facts: object) -> Document:
    """Make a paper of one day; ``facts`` are its other fields."""
    made = Document(name, f"papers/2025/{name}/", title, (), (), abstract, DAY)
    return dataclasses.replace(made, **facts)  # type: ignore[arg-type]


def run_node(
    script: str, folder: Path | None = None, *more: str, lines: Iterable[object] = ()
) -> list[object]:
    """Run a script of ``tests/search`` with Node; return the JSON values that it prints.

    It gets the folder of an index, the folder of the browser's modules and ``more`` as arguments,
    and ``lines`` as JSON on standard input.
    """
    given = "".join(json.dumps(line) + "\n" for line in lines)
    folders = [str(folder)] * (folder is not None) + [str(script_modules())]
    command = ["node", str(HERE / script), *folders, *more]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def answers_in_node(folder: Path, asked: Sequence[Asked]) -> list[object]:
    """Return the browser's results of queries to the index in a folder."""
    return run_node("answers.mjs", folder, lines=asked)


def plain(found: Results) -> list[object]:
    """Convert a result to what ``answers.mjs`` prints."""
    hits = [[hit.paper, hit.score, hit.matched] for hit in found.hits]
    return [hits, [list(pair) for pair in found.corrections], list(found.completions), found.direct]


def index_of(files: dict[str, bytes]) -> SearchIndex:
    return SearchIndex(files.__getitem__)


def write_files(files: dict[str, bytes], root: Path) -> Path:
    """Write files by their paths below a folder."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def random_queries(papers: Sequence[Document], count: int, seed: int = 1) -> list[Asked]:
    """Make queries in all forms of the language from words of the papers, some misspelt."""
    rng = random.Random(seed)
    asked = []
    for _ in range(count):
        paper = rng.choice(papers)
        words = re.findall(r"\S+", f"{paper.title} {paper.abstract}")
        items = []
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(words))
            word = words[at].replace('"', "")
            spoilt = word[: len(word) // 2] + rng.choice("aeiou") + word[len(word) // 2 + 1 :]
            items.append(
                rng.choice(
                    (word, word, word, spoilt, f"title:{word}", f"-{word}", f"{word[:5]}*",
                     '"' + " ".join(words[at : at + 3]).replace('"', "") + '"',
                     f'author:"{rng.choice(paper.authors or ("x",))}"',
                     f"year:{str(paper.date)[: rng.choice((4, 7, 10))]}",
                     f"topic:{rng.choice(paper.topics or ('none',))}")
                )
            )  # fmt: skip
        sort = rng.choice(("relevance", "relevance", "date", "votes"))
        asked.append((" ".join(items), sort, rng.random() < 0.3))
    return asked
