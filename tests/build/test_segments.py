"""Segments are kept, and read again where one of their papers has changed."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from papercatalog.build import segments
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.runtime.cache import Cache
from papercatalog.search.index.document import Document
from papercatalog.search.index.segment import Segment
from papercatalog.search.index.segment_builder import build_segment
from papercatalog.search.index.writer import build_index

DAYS = [dt.date(2025, 5, 2), dt.date(2025, 6, 3), dt.date(2025, 6, 30), dt.date(2025, 7, 29)]
PAPERS = {f"paper-{day}": Paper(id=f"paper-{day}", title=f"Paper of {day}", date=day, topics=(),
    abstract=f"Sparse attention of {day:%B}.") for day in DAYS}  # fmt: skip
TOPICS = Vocabulary((Topic("agents", "Agents", None, (), ""),))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the papers that are read."""
    ids: list[str] = []
    original = segments.to_documents

    def listed(papers: Sequence[Paper], render: segments.Render) -> list[Document]:
        ids.extend(paper.id for paper in papers)
        return original(papers, render)

    monkeypatch.setattr(segments, "to_documents", listed)
    monkeypatch.setenv("PAPERCATALOG_WORKERS", "1")
    return ids


def read_texts(catalog: Catalog, root: Path | None) -> tuple[dict[str, bytes], object]:
    """Give the index of a catalog, its rendered abstracts and their gists."""
    with closing(Cache(root)) as cache:
        texts = segments.render_and_index(catalog, cache)
    index = build_index(map(Segment.load, texts.segments), segments.to_search_topics(catalog))
    return dict(index), (texts.rendered, texts.gists)


def test_the_segment_of_a_changed_paper_is_read_alone_and_the_index_is_that_of_a_new_build(
    tmp_path: Path, read: list[str]
) -> None:
    read_texts(build_catalog(PAPERS.values(), TOPICS), tmp_path)
    assert sorted(read) == sorted(PAPERS)
    read.clear()
    changed = PAPERS["paper-2025-06-03"].model_copy(update={"abstract": "Zebras."})
    papers = {**PAPERS, changed.id: changed}.values()
    found = read_texts(build_catalog(papers, TOPICS), tmp_path)
    assert read == ["paper-2025-06-03", "paper-2025-06-30"]
    assert found == read_texts(build_catalog(papers, TOPICS), None)


def test_a_card_begins_with_the_gist() -> None:
    gist = "We introduce Zebras, a herd of models that graze on text."
    paper = Paper(id="a", title="Zebras", date=DAYS[0], abstract=f"Stripes are old. {gist}")
    documents = segments.to_documents([paper], segments.make_render({}))
    [card] = build_segment(documents, []).cards
    assert json.loads(card)[-1] == gist


def test_a_new_day_leaves_the_segments_of_its_month_alone(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "SEGMENT_PAPERS", 2)
    days = [dt.date(2025, 7, day) for day in range(1, 7)]
    every = [Paper(id=f"p{day}", title="A", date=day, abstract="B.") for day in days]
    read_texts(build_catalog(every[:5], TOPICS), tmp_path)
    read.clear()
    read_texts(build_catalog(every, TOPICS), tmp_path)
    assert sorted(read) == ["p2025-07-05", "p2025-07-06"]


WORDS = ("sparse", "attention", "state-space", "models", "GPT-4o", "kernels", "zebras", "stripes")


def paper_from_record(chance: random.Random, name: str) -> Paper:
    words = [*chance.choices(WORDS, k=11), f"rare{chance.randrange(1000)}"]
    day = dt.date(2025, chance.choice((5, 6)), chance.randrange(1, 4))
    return Paper(
        id=name,
        title=" ".join(words[:3]),
        date=day,
        topics=tuple(chance.sample(("agents", "tools"), chance.randrange(3))),
        authors=(chance.choice(("Ada Li", "Bo Chen")),),
        votes=chance.choice((None, 7)),
        abstract=" ".join(words[3:]) + chance.choice(("", " with *marks*", " and $x^2$")),
    )


@pytest.mark.parametrize("size", [500, 5])
def test_the_index_after_any_edits_is_that_of_a_new_build(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edit, add and delete at random; abstracts are rendered as they are anew, too."""
    monkeypatch.setattr(segments, "SEGMENT_PAPERS", size)
    topics = Vocabulary(
        (Topic("agents", "Agents", None, (), ""), Topic("tools", "Tools", "agents", (), ""))
    )
    chance = random.Random(size)
    papers = {f"p{at}": paper_from_record(chance, f"p{at}") for at in range(24)}
    for step in range(12):
        name = chance.choice(sorted(papers))
        match step % 3:
            case 0:
                papers[name] = paper_from_record(chance, name)
            case 1:
                papers[f"new-{step}"] = paper_from_record(chance, f"new-{step}")
            case _:
                del papers[name]
        catalog = build_catalog(papers.values(), topics)
        assert read_texts(catalog, tmp_path) == read_texts(catalog, None)


def test_a_changed_topic_is_read_with_every_paper(tmp_path: Path, read: list[str]) -> None:
    read_texts(build_catalog(PAPERS.values(), TOPICS), tmp_path)
    read.clear()
    renamed = Vocabulary((Topic("agents", "Agents and tools", None, (), ""),))
    read_texts(build_catalog(PAPERS.values(), renamed), tmp_path)
    assert sorted(read) == sorted(PAPERS)


def test_segments_that_are_gone_are_not_kept(tmp_path: Path) -> None:
    papers = build_catalog(PAPERS.values(), TOPICS)
    read_texts(papers, tmp_path)
    renamed = Vocabulary((Topic("agents", "Agents and tools", None, (), ""),))
    read_texts(build_catalog(PAPERS.values(), renamed), tmp_path)
    with closing(Cache(tmp_path)) as cache:
        assert len(list(cache.list_all("segment"))) == 3


def test_gists_are_kept_and_chosen_only_for_papers_that_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = build_catalog(PAPERS.values(), TOPICS)
    read_texts(catalog, tmp_path)
    chosen: list[str] = []

    def choose(plain: str, title: str) -> str:
        chosen.append(plain)
        return plain

    monkeypatch.setattr(segments, "choose_gist", choose)
    with closing(Cache(tmp_path)) as cache:
        texts = segments.render_and_index(catalog, cache)
    find_gist = segments.make_find_gist(texts.gists, segments.make_render(texts.rendered))
    assert [find_gist(paper) for paper in PAPERS.values()] == [
        paper.abstract for paper in PAPERS.values()
    ]
    assert chosen == []
    edited = PAPERS["paper-2025-06-03"].model_copy(update={"abstract": "Zebras."})
    assert find_gist(edited) == "Zebras."
    assert chosen == ["Zebras."]


@pytest.mark.parametrize(("limit", "is_shared"), [(len(PAPERS), True), (len(PAPERS) + 1, False)])
def test_processes_share_the_work_where_papers_are_many(
    limit: int, is_shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared: list[int] = []

    def imap(work: object, items: Sequence[object], *, min_items: int) -> Iterator[object]:
        shared.append(len(items))
        assert callable(work)
        return map(work, items)

    monkeypatch.setattr(segments, "parallel_imap", imap)
    monkeypatch.setattr(segments, "MIN_PARALLEL_ITEMS", limit)
    texts = read_texts(build_catalog(PAPERS.values(), TOPICS), None)
    assert bool(shared) == is_shared
    monkeypatch.setattr(segments, "MIN_PARALLEL_ITEMS", 0)
    assert read_texts(build_catalog(PAPERS.values(), TOPICS), None) == texts
