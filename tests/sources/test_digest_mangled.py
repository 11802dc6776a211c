"""The seed digest, pasted carelessly in many ways: each must give the papers that it holds."""

from __future__ import annotations

import datetime as dt
import random
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from papercatalog.sources.digest import parse_digest
from papercatalog.sources.record import ParsedSource
from repository import SEED

HEADER = ["new", "Subscribe", "Daily Papers", "byAK and the research community"]
BEFORE = ["117", "·", "akhaliq", "12 authors", "3 comments", "Submitted by taesiri", "Upvote", "-"]
Paper = tuple[str, str]


@cache
def seed_papers() -> tuple[Paper, ...]:
    parsed = parse_digest(SEED.read_bytes(), SEED.name)
    return tuple((record.title, record.abstract) for record in parsed.records)


def papers_of(parsed: ParsedSource) -> list[Paper]:
    return [(record.title, " ".join(record.abstract.split())) for record in parsed.records]


def render_page(
    papers: tuple[Paper, ...] = (),
    *,
    day: str = "Jul 29",
    gap: int = 1,
    inner_gap: int | None = None,
    title_width: int = 0,
    abstract_width: int = 0,
    split: bool = False,
    boilerplate: Callable[[random.Random], tuple[list[str], list[str]]] | None = None,
) -> str:
    """The page: `gap` blank lines between pieces, `inner_gap` between title and abstract."""
    chance = random.Random(7)
    inner_gap = gap if inner_gap is None else inner_gap
    lines = [line for word in [*HEADER, day] for line in [word, *[""] * gap]]
    for title, abstract in papers or seed_papers():
        above, below = boilerplate(chance) if boilerplate else ([], [])
        lines += [line for word in above for line in [word, *[""] * gap]]
        lines += wrap(title, title_width) + [""] * inner_gap
        lines += [line for word in below for line in [word, *[""] * gap]]
        for paragraph in paragraphs(abstract, chance) if split else [abstract]:
            lines += wrap(paragraph, abstract_width) + [""] * gap
    return "\n".join(lines)


def wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False) if width else [text]


def paragraphs(abstract: str, chance: random.Random) -> Iterator[str]:
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", abstract)
    most = min(3, len(sentences) - 1)
    cuts = sorted(chance.sample(range(1, len(sentences)), chance.randint(min(1, most), most)))
    for start, end in zip([0, *cuts], [*cuts, len(sentences)], strict=True):
        yield " ".join(sentences[start:end])


def sprinkled(chance: random.Random) -> tuple[list[str], list[str]]:
    return chance.choices(BEFORE, k=chance.randint(1, 4)), []


def cards(chance: random.Random) -> tuple[list[str], list[str]]:
    submitter = chance.choice(["akhaliq", "Ada Lovelace", "Yi R. Fung", "taesiri"])
    owner = chance.choice([["Google DeepMind"], ["Tsinghua University"], []])
    above = ["Submitted by", submitter, str(chance.randint(1, 300))]
    return above, [*owner, "·", f"{chance.randint(2, 30)} authors"]


def blanked(page: str) -> str:
    return page.replace(" ", "\u00a0", 500).replace("of ", "of\t\u200b").replace("\n", " \t\n")


SURE = {
    "clean": render_page(),
    "crlf": render_page().replace("\n", "\r\n"),
    "cr": render_page().replace("\n", "\r"),
    "bom": "\ufeff" + render_page(),
    "odd-blanks": blanked(render_page()),
    "blank-lines-doubled": render_page(gap=3),
    "blank-lines-dropped": render_page(gap=0),
    "no-blank-line-below-titles": render_page(inner_gap=0),
    "titles-wrapped": render_page(title_width=60),
    "titles-wrapped-none-below": render_page(title_width=60, inner_gap=0),
    "titles-wrapped-no-blank-lines": render_page(title_width=60, gap=0),
    "abstracts-wrapped": render_page(abstract_width=72),
    "wrapped-60": render_page(title_width=60, abstract_width=60),
    "wrapped-100": render_page(title_width=100, abstract_width=100),
    "split": render_page(split=True),
    "split-no-blank-lines": render_page(split=True, gap=0),
    "split-wrapped": render_page(split=True, title_width=76, abstract_width=76),
    "sprinkled": render_page(boilerplate=sprinkled),
    "sprinkled-no-blank-lines": render_page(boilerplate=sprinkled, gap=0),
    "cards": render_page(boilerplate=cards),
    "cards-no-blank-lines": render_page(boilerplate=cards, gap=0),
    "cards-wrapped": render_page(boilerplate=cards, title_width=72, abstract_width=72),
}
"""Ways that leave no doubt to a careful reader: every paper must come out right."""

DOUBTFUL = {
    f"{way}-{width}": (
        render_page(gap=0, split=way == "split", title_width=width, abstract_width=width),
        least,
    )
    for way, width, least in [
        ("wrapped", 40, 109),
        ("wrapped", 60, 109),
        ("wrapped", 72, 109),
        ("split", 72, 109),
    ]
} | {
    "wrapped-none-below": (render_page(title_width=72, abstract_width=72, inner_gap=0), 109),
    "cards-wrapped": (
        render_page(boilerplate=cards, title_width=72, abstract_width=72, gap=0),
        109,
    ),
}
"""Ways that leave some doubt, each with how many of the 110 papers come out right at least."""


@pytest.mark.parametrize("way", SURE)
def test_every_paper_comes_out_right(way: str) -> None:
    parsed = parse_digest(SURE[way].encode(), SEED.name)
    assert papers_of(parsed) == list(seed_papers())
    assert parsed.rejected == ()
    assert parsed.balanced()


@pytest.mark.parametrize("way", DOUBTFUL)
def test_nearly_every_paper_comes_out_right(way: str) -> None:
    page, least = DOUBTFUL[way]
    parsed = parse_digest(page.encode(), SEED.name)
    assert len(set(papers_of(parsed)) & set(seed_papers())) >= least
    assert parsed.balanced()


def test_doubtful_titles_are_named_and_few() -> None:
    page = render_page(gap=0, title_width=40, abstract_width=40)
    parsed = parse_digest(page.encode(), SEED.name)
    doubtful = [problem for problem in parsed.remarks if problem.code == "uncertain-title"]
    lines = {record.line for record in parsed.records}
    assert 0 < len(doubtful) < len(seed_papers()) / 7
    assert {problem.line for problem in doubtful} <= lines
    spaced = parse_digest(render_page().encode(), SEED.name)
    assert spaced.remarks == ()


def test_several_days() -> None:
    papers = seed_papers()
    page = render_page(papers[:60]) + "\n\n" + render_page(papers[60:], day="Monday, 28 July 2025")
    parsed = parse_digest(page.encode(), SEED.name)
    assert papers_of(parsed) == list(papers)
    assert [record.date for record in parsed.records] == (
        [dt.date(2025, 7, 29)] * 60 + [dt.date(2025, 7, 28)] * 50
    )


@pytest.mark.parametrize("gap", [1, 0])
def test_a_lost_abstract_is_named_and_harms_no_other_paper(gap: int) -> None:
    papers = seed_papers()
    lines = [line for line in render_page(gap=gap).split("\n") if line not in papers[41]]
    at = lines.index(papers[42][0])
    lines[at:at] = [papers[41][0], *[""] * gap]
    parsed = parse_digest("\n".join(lines).encode(), SEED.name)
    assert papers_of(parsed) == [*papers[:41], *papers[42:]]
    assert [(p.code, p.line) for p in parsed.rejected] == [("title-without-abstract", at + 1)]


@pytest.mark.parametrize("gap", [1, 0])
def test_a_lost_title_is_named_and_harms_no_other_paper(gap: int) -> None:
    papers = seed_papers()
    lines = render_page(gap=gap).split("\n")
    lines.remove(papers[41][0])
    at = lines.index(papers[41][1])
    parsed = parse_digest("\n".join(lines).encode(), SEED.name)
    assert papers_of(parsed) == [*papers[:41], *papers[42:]]
    assert [(p.code, p.line) for p in parsed.rejected] == [("abstract-without-title", at + 1)]
