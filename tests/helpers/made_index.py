"""Papers for the tests of search: those of the seeds, and made ones; and their index."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus import TOPICS as TOPICS
from papercatalog.outputs.scripts import SCRIPTS
from papercatalog.search.engine import Results
from papercatalog.search.index.document import Document
from papercatalog.search.reader import SearchIndex

HERE = Path(__file__).parents[1] / "search"

Asked = tuple[str, str, bool]
"""A query, the sort, and whether its last word may go on."""


def run_node(script: str, *arguments: str, lines: Iterable[object] = ()) -> list[object]:
    """What a script of this folder prints, a JSON value a line, given JSON values a line."""
    given = "".join(json.dumps(line) + "\n" for line in lines)
    command = ["node", str(HERE / script), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def answers_in_node(folder: Path, asked: Sequence[Asked]) -> list[object]:
    return run_node("answers.mjs", str(folder), str(SCRIPTS), lines=asked)


def plain(found: Results) -> list[object]:
    """A result as ``answers.mjs`` prints it."""
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
    """Words of the papers in all the language's forms, some of them misspelt."""
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
                     f'author:"{rng.choice(paper.authors or ("x",))}"', f"year:{paper.date.year}",
                     f"topic:{rng.choice(paper.topics or ('none',))}")
                )
            )  # fmt: skip
        sort = rng.choice(("relevance", "relevance", "date", "votes"))
        asked.append((" ".join(items), sort, rng.random() < 0.3))
    return asked
