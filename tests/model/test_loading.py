"""The catalog as loaded from disk: its order, its groups, and every problem at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_catalog import make_paper, write_catalog
from papercatalog.model import loading
from papercatalog.model.catalog import build_catalog
from papercatalog.model.loading import inspect_catalog, load_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError
from papercatalog.model.topics import Topic, Vocabulary
from repository import SMALL

VOCABULARY = Vocabulary(
    (Topic("above", "Above"), Topic("below", "Below", "above"), Topic("beside", "Beside"))
)
PAPERS = st.lists(
    st.builds(
        Paper,
        id=st.from_regex(r"[a-d]{1,3}", fullmatch=True),
        title=st.just("A fabricated paper"),
        date=st.dates(dt.date(2024, 12, 30), dt.date(2025, 1, 2)),
        topics=st.lists(st.sampled_from(["above", "below", "beside"]), unique=True).map(tuple),
        abstract=st.just("Text."),
    ),
    max_size=12,
    unique_by=lambda paper: paper.id,
)


def test_the_small_catalog() -> None:
    catalog = load_catalog(SMALL)
    assert [paper.id for paper in catalog.papers] == [
        "injected-image",
        "injected-template",
        "2410.08110",
        "injected-script",
        "a-fabricated-paper-of-the-year-before",
        "a-fabricated-paper-without-a-topic",
    ]
    assert {slug: len(found) for slug, found in catalog.by_topic.items()} == {
        "language": 3,
        "translation": 2,
        "vision": 3,
    }
    assert [(day.isoformat(), len(found)) for day, found in catalog.by_day.items()] == [
        ("2025-07-29", 2),
        ("2025-07-28", 2),
        ("2024-12-31", 1),
        ("2024-02-29", 1),
    ]


def test_the_catalog_of_the_repository(root: Path) -> None:
    catalog = load_catalog(root)
    day = dt.date(2025, 7, 29)
    assert len(catalog.by_day[day]) == 110
    assert all(1 <= len(paper.topics) <= 4 for paper in catalog.by_day[day])
    assert 30 <= len(catalog.vocabulary.topics) <= 45
    assert all(catalog.by_topic[topic.slug] for topic in catalog.vocabulary.roots)


@given(PAPERS, st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(papers: list[Paper], random: object) -> None:
    shuffled = list(papers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert build_catalog(shuffled, VOCABULARY).papers == build_catalog(papers, VOCABULARY).papers


@given(PAPERS)
def test_groups_hold_every_paper_where_it_belongs(papers: list[Paper]) -> None:
    catalog = build_catalog(papers, VOCABULARY)
    assert [paper for found in catalog.by_day.values() for paper in found] == list(catalog.papers)
    assert list(catalog.by_day) == sorted({paper.date for paper in papers}, reverse=True)
    for slug, found in catalog.by_topic.items():
        families = {paper.id: set(paper.topics) for paper in papers}
        wanted = {slug, *(child.slug for child in VOCABULARY.children(slug))}
        assert {paper.id for paper in found} == {
            page for page, topics in families.items() if topics & wanted
        }
        assert list(found) == [paper for paper in catalog.papers if paper in found]


@pytest.mark.parametrize("read_at_once", [1, 10_000])
def test_all_problems_come_at_once_and_what_can_be_read_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_at_once: int
) -> None:
    monkeypatch.setattr(loading, "BATCH", read_at_once)
    papers = tmp_path / "docs" / "papers" / "2025"
    papers.mkdir(parents=True)
    whole = "---\ntitle: Fabricated\ndate: 2025-07-29\n---\nText.\n"
    (papers / "a.md").write_text(whole)
    (papers / "b.md").write_text("no front matter")
    (papers / "c.md").write_text(whole.replace("date", "day").replace("Fabricated", "'"))
    catalog, problems = inspect_catalog(tmp_path)
    assert [paper.id for paper in catalog.papers] == ["a"]
    assert [(problem.path[-4:], problem.code) for problem in problems] == [
        ("b.md", "no-front-matter"),
        ("c.md", "bad-yaml"),
    ]
    with pytest.raises(CatalogError) as caught:
        load_catalog(tmp_path)
    assert caught.value.problems == problems


def test_a_page_that_goes_while_it_is_read_is_named_without_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "docs" / "papers" / "2025" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: A\ndate: 2025-07-29\ntopics: [none]\n---\nText.\n")
    assert [problem.line for problem in inspect_catalog(tmp_path)[1]] == [4]
    parse = loading._parse

    def parse_and_remove(found: tuple[str, bytes]) -> object:
        page.unlink()
        return parse(found)

    monkeypatch.setattr(loading, "_parse", parse_and_remove)
    assert [problem.line for problem in inspect_catalog(tmp_path)[1]] == [0]


def test_an_empty_folder_is_an_empty_catalog(tmp_path: Path) -> None:
    assert load_catalog(tmp_path).papers == ()


def test_an_alias_can_be_taken_once_only(tmp_path: Path) -> None:
    papers = tmp_path / "docs" / "papers" / "2025"
    papers.mkdir(parents=True)
    for name in ("a", "b"):
        (papers / f"{name}.md").write_text(
            f"---\ntitle: Paper {name}\ndate: 2025-07-29\naliases: [old]\n---\nText {name}.\n"
        )
    (problem,) = inspect_catalog(tmp_path)[1]
    assert (problem.path, problem.field) == ("docs/papers/2025/b.md", "aliases")
    assert problem.code == "duplicate-id"


def test_a_digest_that_is_gone_is_one_problem(tmp_path: Path) -> None:
    papers = [
        make_paper(
            f"p{number}", f"Made Up {number}", digests=["seeds/gone.jsonl", "seeds/here.txt"]
        )
        for number in range(3)
    ]
    root = write_catalog(tmp_path, *papers)
    (root / "seeds").mkdir(exist_ok=True)
    (root / "seeds" / "here.txt").write_text("here", "utf-8")
    catalog, problems = inspect_catalog(root)
    assert [str(problem) for problem in problems] == [
        "docs/papers/2025/p0.md:4: digests: there is no digest 'seeds/gone.jsonl', which 3 pages "
        "name; add the file or take the name out [missing-digest]"
    ]
    assert len(catalog.papers) == 3
