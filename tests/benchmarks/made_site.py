"""Writes catalogs of any size to disk, and the same papers as plain pages for other generators.

The papers come one after another, from a file or from the seeded generator of ``corpus``; the same
papers give the same bytes. 27 papers are listed on a working day, as Daily Papers lists them, and
more where all would take longer than five years.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus import ROOT, grow_papers, load_papers
from papercatalog.model.fields import Links
from papercatalog.model.ids import normalise_title, parse_arxiv
from papercatalog.model.page import render_page
from papercatalog.model.paper import Paper
from papercatalog.model.topic_suggestions import suggest_topics
from papercatalog.model.topics import Vocabulary, parse_topic
from papercatalog.search.index.document import Document
from papercatalog.text.escape import escape_line

A_DAY = 27
"""Papers of a working day."""
MOST_DAYS = 5 * 260
"""Working days of five years, which is how far made papers are spread at most."""
_GUIDE = re.compile(r"^  - Guide:\n(?:      .*\n)+", re.MULTILINE)


def make_papers_of(count: int, corpus: Path | None = None) -> Iterator[Paper]:
    """Grow so many papers from the repository's own or a corpus; with 0, the corpus as it is."""
    base = load_papers(corpus)
    papers: Iterable[Document] = base
    if count:
        papers = grow_papers(base, count, spread_days(count))
    vocabulary = load_vocabulary()
    return (_to_paper(paper, vocabulary) for paper in papers)


def spread_days(count: int) -> Callable[[int], int]:
    """Give the function from a paper's number to its day: working days, each equally full."""
    a_day = max(A_DAY, -(-count // MOST_DAYS))

    def day_of(number: int) -> int:
        week, weekday = divmod(number // a_day, 5)
        return 7 * week + weekday

    return day_of


def load_vocabulary() -> Vocabulary:
    """The repository's topics."""
    files = sorted((ROOT / "docs" / "topics").glob("*.md"))
    read = (parse_topic(file.read_text("utf-8"), file.stem, str(file))[0] for file in files)
    return Vocabulary(tuple(topic for topic in read if topic))


def _to_paper(paper: Document, vocabulary: Vocabulary) -> Paper:
    arxiv = parse_arxiv(paper.id)
    found = suggest_topics(vocabulary, paper.title, paper.abstract)
    return Paper(
        id=paper.id,
        title=paper.title,
        date=paper.date,
        topics=tuple(suggestion.slug for suggestion in found),
        authors=tuple(dict.fromkeys(filter(str.strip, paper.authors))),
        arxiv=arxiv.id if arxiv else None,
        links=Links(code=f"https://example.org/{paper.id}") if paper.code else Links(),
        votes=paper.votes,
        abstract=escape_line(" ".join(paper.abstract.split())),
    )


def write_catalog(root: Path, papers: Iterable[Paper]) -> int:
    """Write a catalog with the repository's topics and settings; gives the number of papers."""
    shutil.copytree(ROOT / "docs" / "topics", root / "docs" / "topics")
    (root / "docs" / "index.md").write_text("Papers to measure with.\n", "utf-8")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(_GUIDE.sub("", settings), "utf-8")
    return _write(root / "docs", ((paper.path, render_page(paper)) for paper in papers))


def write_day(path: Path, papers: Iterable[Paper]) -> None:
    """Write papers as the API of Daily Papers gives a day; the file's name is the day."""
    items = [
        {
            "paper": {
                "id": paper.arxiv,
                "title": paper.title,
                "summary": paper.abstract,
                "authors": [{"name": name} for name in paper.authors],
                "upvotes": paper.votes,
            }
        }
        for paper in papers
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(items), "utf-8")


def write_dump(path: Path, papers: Iterable[Paper]) -> None:
    """Write papers as JSON Lines. Titles that recur, as made ones do, are numbered."""
    titles: Counter[str] = Counter()
    with path.open("w", encoding="utf-8") as file:
        for paper in papers:
            key = normalise_title(paper.title)
            titles[key] += 1
            times = titles[key]
            row = {
                "title": paper.title if times == 1 else f"{paper.title} ({times})",
                "abstract": paper.abstract,
                "authors": paper.authors,
                "date": paper.date.isoformat(),
                "arxiv_id": paper.arxiv,
                "upvotes": paper.votes,
            }
            file.write(json.dumps(row) + "\n")


Link = Callable[[str, str], str]
"""From the file of a page and that of another to the link between them, as a generator wants it."""


def write_plain(folder: Path, papers: Iterable[Paper], index: str, link: Link) -> int:
    """Write each paper, topic, year, month and day as a page that any generator renders.

    ``index`` is the name of a folder's own page. Gives the number of pages.
    """
    lists: dict[str, dict[str, str]] = {}
    titles: dict[str, str] = {}

    def pages() -> Iterator[tuple[str, str]]:
        for paper in papers:
            for place in _places(paper):
                above = ""
                for here, title in place:
                    titles[here] = title
                    lists.setdefault(above, {})[here] = title
                    above = here
                lists.setdefault(above, {})[paper.path] = paper.title
            yield paper.path, _paper(paper, link)

    def indexes() -> Iterator[tuple[str, str]]:
        for path, items in lists.items():
            file = path if path.endswith(".md") else f"{path}/{index}".lstrip("/")
            others = (name if name.endswith(".md") else f"{name}/{index}" for name in items)
            rows = (
                f"- [{escape_line(title)}]({link(file, other)})"
                for title, other in zip(items.values(), others, strict=True)
            )
            yield file, _page(titles.get(path, "Papers"), "\n".join(rows))

    return _write(folder, pages()) + _write(folder, indexes())


def _places(paper: Paper) -> Iterator[list[tuple[str, str]]]:
    """The pages that list a paper, from the top down: the path of each and its title."""
    year, month, day = f"{paper.date:%Y %m %d}".split()
    yield [
        ("dates", "Dates"),
        (f"dates/{year}", year),
        (f"dates/{year}/{month}", f"{year}-{month}"),
        (f"dates/{year}/{month}/{day}.md", f"{paper.date}"),
    ]
    for slug in paper.topics:
        yield [
            ("topics", "Topics"),
            (f"topics/{slug}", slug),
            (f"topics/{slug}/{year}.md", f"{slug} in {year}"),
        ]


def _paper(paper: Paper, link: Link) -> str:
    leaves = (place[-1] for place in _places(paper))
    listed = (f"[{title}]({link(paper.path, path)})" for path, title in leaves)
    facts = [", ".join(map(escape_line, paper.authors)), ", ".join(listed)]
    facts += [f"<https://arxiv.org/abs/{paper.arxiv}>"] if paper.arxiv else []
    facts += [f"[Code]({paper.links.code})"] if paper.links.code else []
    return _page(paper.title, "\n\n".join([*filter(None, facts), paper.abstract]))


def _page(title: str, body: str) -> str:
    return f"---\ntitle: {json.dumps(title)}\n---\n\n# {escape_line(title)}\n\n{body}\n"


def _write(folder: Path, pages: Iterable[tuple[str, str]]) -> int:
    made: set[Path] = set()
    count = 0
    for path, text in pages:
        file = folder / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(text.encode())
        count += 1
    return count
