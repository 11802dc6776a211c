"""An index of which parts are known is the one that would be made of nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from made_index import TOPICS
from papercatalog.search.codec import Names
from papercatalog.search.index import shards
from papercatalog.search.index.document import Document
from papercatalog.search.index.known import Known, find_touched
from papercatalog.search.index.segment import Summary, join
from papercatalog.search.index.segment_builder import summarise
from papercatalog.search.index.writer import build_joined

pytest_plugins = ["search_fixtures"]

Files = dict[str, bytes | None]


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "TERMS_TARGET", 400)
    monkeypatch.setattr(shards, "AT_ONCE", 2_000)


def read(papers: Iterable[Document]) -> Summary:
    return summarise(papers, TOPICS)


def build(whole: Summary, known: Known | None = None) -> Files:
    return dict(build_joined(whole, TOPICS, known))


def rebuild(
    before: Sequence[Document],
    now: Sequence[Document],
    missing: str = "",
    sources: str = "before",
) -> tuple[Files, Files]:
    """Build an index, then that of changed papers; give both, None for what is as it was."""
    first = Known()
    old = build(read(before), first)
    known = Known(first.dump("before"))
    known.trust(old.keys() - {missing})
    new = {paper.id: paper for paper in now}
    gone = [paper for paper in before if new.get(paper.id) != paper]
    was = {paper.id: paper for paper in before}
    fresh = [paper for paper in now if was.get(paper.id) != paper]
    known.compare(sources, [read(gone)], [read(fresh)])
    return old, build(read(now), known)


def assert_as_new(old: Files, found: Files, now: Iterable[Document]) -> None:
    whole = {path: old.get(path) if content is None else content for path, content in found.items()}
    assert whole == build(read(now))


def count_made(found: Files, folder: str) -> int:
    return sum(content is not None for path, content in found.items() if f"/{folder}/" in path)


def edit(paper: Document, times: int = 1) -> Document:
    """Add some words; where they are many, each of the others says less of the paper."""
    return replace(paper, abstract=f"{paper.abstract}{' Zebras graze beside lanterns.' * times}")


@pytest.mark.parametrize("seed", range(6))
def test_whatever_has_changed_the_index_is_that_of_now(
    papers: list[Document], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(shards, "AT_ONCE", chance.choice([1, 2_000, 1 << 18]))
    before = papers[:120]
    now = list(before)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(now))
        kind = chance.choice(["edit", "front", "title", "votes", "add", "insert", "remove", "date"])
        paper = now[at]
        if kind == "edit":
            now[at] = edit(paper, chance.choice([1, 60]))
        elif kind == "front":
            now[at] = replace(paper, abstract=f"Lanterns first. {paper.abstract}")
        elif kind == "title":
            now[at] = replace(paper, title=f"{paper.title} anew")
        elif kind == "votes":
            now[at] = replace(paper, votes=(paper.votes or 0) + 7)
        elif kind == "add":
            now.append(papers[120 + at])
        elif kind == "insert":
            now.insert(at, replace(papers[-1], id="inserted", date=paper.date))
        elif kind == "remove":
            del now[at]
        else:
            now[at] = replace(paper, date=papers[200].date)
    now = list({paper.id: paper for paper in now}.values())
    old, found = rebuild(before, now)
    assert_as_new(old, found, now)


def test_of_an_edited_paper_only_the_lists_of_its_new_words_are_made(
    papers: list[Document],
) -> None:
    now = [*papers[:60], edit(papers[60]), *papers[61:120]]
    old, found = rebuild(papers[:120], now)
    assert sum("/terms/" in path for path in old) > 50
    assert 0 < count_made(found, "terms") <= 6
    assert 0 < count_made(found, "places") <= 6
    assert count_made(found, "cards") == 0


def test_where_papers_have_other_numbers_all_lists_are_made(papers: list[Document]) -> None:
    old, found = rebuild(papers[:120], papers[1:120])
    assert count_made(found, "terms") == sum("/terms/" in path for path in found)
    assert_as_new(old, found, papers[1:120])


def test_what_was_read_otherwise_says_nothing_of_lists(papers: list[Document]) -> None:
    before = papers[:120]
    _, found = rebuild(before, before, sources="others")
    assert count_made(found, "terms") == sum("/terms/" in path for path in found)
    _, found = rebuild(before, before)
    assert count_made(found, "terms") == 0


@pytest.mark.parametrize("folder", ["terms", "places", "rest", "cards"])
def test_a_file_that_does_not_lie_there_is_made(
    papers: list[Document], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papercatalog.search.index.encoding.APART", 10)
    before = papers[:120]
    missing = [path for path in build(read(before)) if f"/{folder}/" in path][1]
    old, found = rebuild(before, before, missing)
    assert found[missing] == old[missing]
    assert_as_new(old, found, before)


def test_where_no_file_lies_there_all_are_made(papers: list[Document]) -> None:
    first = Known()
    expected = build(read(papers[:60]), first)
    known = Known(first.dump("same"))
    known.compare("same", [], [])
    assert build(read(papers[:60]), known) == expected


def test_a_name_that_another_content_has_is_not_taken() -> None:
    names = Names()
    whole = b"\1" * 32
    assert names.add("01010101", whole) is True
    assert names.add("01010101", whole) is False
    assert names.add("01010101", b"\2" * 32) is None
    assert names.name(b"content", whole) == ("01010101", False)
    name, is_new = names.name(b"other", b"\1" * 31 + b"\0")
    assert is_new
    assert name != "01010101"


@pytest.mark.parametrize("seed", range(4))
def test_touched_keys_are_those_whose_postings_differ(papers: list[Document], seed: int) -> None:
    chance = random.Random(seed)
    before = chance.sample(papers, 12)
    now = [paper for paper in before if chance.random() < 0.8]
    now = [edit(paper, 60) if chance.random() < 0.3 else paper for paper in now]
    now += chance.sample(papers[:50], 2)
    now = list({paper.id: paper for paper in now}.values())
    chance.shuffle(now)
    found = find_touched(join(map(read, [before[:5], before[5:]])), read(now))
    assert found == {key for key, *_ in list_rows(read(before)) ^ list_rows(read(now))}


def list_rows(summary: Summary) -> set[tuple[str, str, tuple[int, ...], bytes, bytes]]:
    """Each posting: key, paper, head, title and count; places and what is beside them."""
    of = summary.postings
    rows: set[tuple[str, str, tuple[int, ...], bytes, bytes]] = set()
    end = 0
    for at in range(len(of.key)):
        start, end = end, end + int(of.count[at])
        facts = (int(of.head[at]), int(of.title[at]), int(of.count[at]))
        places = of.place[start:end].tobytes(), of.beside[start:end].tobytes()
        rows.add((summary.keys[of.key[at]], summary.ids[of.paper[at]], facts, *places))
    return rows
