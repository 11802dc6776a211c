"""Papers to measure search with: read from a file, or made from them in any number.

The made ones are fabricated, yet their vocabulary grows as in nature: words are repeated by their
frequency and new ones come up all along (Heaps' law).
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from papercatalog.search.index.document import Document, SearchTopic
from papercatalog.search.index.segment_builder import build_segment
from papercatalog.search.index.writer import build_index

ROOT = Path(__file__).parents[2]
FIRST = dt.date(2018, 1, 1)
"""The first day of made papers, a Monday."""
TOPICS = tuple(
    SearchTopic(f"topic-{number}", f"Topic {number}", f"topic-{number % 8}" if number > 7 else None)
    for number in range(40)
)
"""Topics for made papers: eight, each with four below it."""

_SYLLABLES = ("ba", "co", "di", "fu", "ga", "he", "jo", "ka", "le", "mi", "no", "pa", "ro", "su")
_WORD = re.compile(r"[A-Za-z]{4,}")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")


def load_papers(path: Path | None = None) -> list[Document]:
    """The papers of a file of JSON lines, gzipped or not; else those of the repository's seeds."""
    if path is None:
        return [paper for seed in sorted((ROOT / "seeds").glob("*.txt")) for paper in _seed(seed)]
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return [_paper(json.loads(line)) for line in data.decode("utf-8").splitlines() if line]


def _paper(row: dict[str, object]) -> Document:
    day = str(row["date"])
    identifier = str(row["id"])
    authors = row.get("authors")
    votes = row.get("upvotes")
    return Document(
        id=identifier,
        url=f"papers/{day[:4]}/{identifier}/",
        title=" ".join(str(row["title"]).split()),
        authors=tuple(map(str, authors)) if isinstance(authors, list) else (),
        topics=(),
        abstract=str(row["abstract"]),
        date=dt.date.fromisoformat(day),
        votes=votes if isinstance(votes, int) else None,
        code=bool(row.get("code")),
        arxiv=identifier,
    )


def _seed(path: Path) -> Iterator[Document]:
    """The papers of a tidy digest: titles and abstracts in turn after six lines of furniture."""
    paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")[6:]
    day = dt.date.fromisoformat(path.stem)
    for number in range(0, len(paragraphs) - 1, 2):
        name = f"{day:%y%m}.{number:05}"
        title, abstract = paragraphs[number : number + 2]
        yield Document(name, f"papers/{day:%Y}/{name}/", title, (), (), abstract, day, arxiv=name)


def make_papers(base: Sequence[Document], count: int, seed: int = 1) -> list[Document]:
    """So many papers grown from those given, spread over 2,500 days."""
    return list(grow_papers(base, count, lambda number: number * 2500 // count, seed))


def grow_papers(
    base: Sequence[Document], count: int, day_of: Callable[[int], int], seed: int = 1
) -> Iterator[Document]:
    """Grow so many papers from those given, one after another; the same seed, the same papers.

    ``day_of`` tells how many days after `FIRST` the paper of a number is listed.
    """
    rng = random.Random(seed)
    sentences = [s for paper in base for s in _SENTENCE.split(paper.abstract) if s]
    frequent = [word for paper in base for word in _WORD.findall(paper.abstract)]
    people = [_name(rng) for _ in range(max(20, 2 * count))]
    coined: list[str] = []

    def vary(text: str) -> str:
        return _WORD.sub(lambda word: _other(rng, word[0], frequent, coined), text)

    for number in range(count):
        day = FIRST + dt.timedelta(days=day_of(number))
        name = f"{day:%y%m}.{number % 100000:05}"
        size = min(len(people), 1 + int(rng.expovariate(1 / 5)))
        reach = max(size, len(people) * (number + 1) // count)
        yield Document(
            id=name,
            url=f"papers/{day:%Y}/{name}/",
            title=vary(rng.choice(base).title),
            authors=tuple({people[int(reach * rng.random() ** 2)]: 0 for _ in range(size)}),
            topics=tuple(
                TOPICS[at].slug for at in sorted(rng.sample(range(len(TOPICS)), rng.randint(1, 3)))
            ),
            abstract=vary(" ".join(rng.choice(sentences) for _ in range(rng.randint(5, 9)))),
            date=day,
            votes=int(rng.paretovariate(1.1)),
            code=rng.random() < 0.4,
            arxiv=name,
        )


def _other(rng: random.Random, word: str, frequent: Sequence[str], coined: list[str]) -> str:
    """Mostly the word itself; else a frequent one, a coined one, or seldom one coined now."""
    luck = rng.random()
    if luck > 0.2:
        return word
    if luck > 0.02 or (luck > 0.006 and not coined):
        return rng.choice(frequent)
    if luck > 0.006:
        return coined[int(len(coined) * rng.random() ** 3)]
    coined.append("".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 5))))
    return coined[-1].title() if rng.random() < 0.3 else coined[-1]


def _name(rng: random.Random) -> str:
    given, family = ("".join(rng.choices(_SYLLABLES, k=rng.randint(1, 3))) for _ in range(2))
    return f"{given.title()} {family.title()}"


def index_documents(
    documents: Iterable[Document], topics: Iterable[SearchTopic]
) -> Iterator[tuple[str, bytes]]:
    """Build the index of papers as one segment; gives its files, the manifest last."""
    topics = list(topics)
    return build_index([build_segment(documents, topics)], topics)
