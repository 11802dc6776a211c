"""Related papers are the nearest ones, nearest first."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

import pytest

from papercatalog.related import Related, find_related
from papercatalog.search.index.document import Document
from papercatalog.search.index.segment_builder import build_segment

TEXTS = {
    "asked": ("Sparse attention kernels", "Sparse attention with routing and kernels on chips."),
    "near": ("Sparse attention kernels again", "Sparse attention with routing and kernels."),
    "farther": ("Attention maps", "Attention with routing of pictures."),
    "far": ("Protein folding", "Molecules and pictures of chemistry."),
    "alone": ("Zebras", "Stripes."),
}


def relate(texts: Mapping[str, tuple[str, str]], count: int = 5, run: int = len(TEXTS)) -> Related:
    papers = [
        Document(page, f"papers/2025/{page}/", title, (), (), abstract, dt.date(2025, 7, 29))
        for page, (title, abstract) in texts.items()
    ]
    runs = [papers[start : start + run] for start in range(0, len(papers), run)]
    return find_related((build_segment(some, ()) for some in runs), count)


def test_the_nearest_come_first_and_a_paper_is_not_its_own() -> None:
    related = relate(TEXTS)
    assert related["asked"][:2] == ("near", "farther")
    assert related["near"][0] == "asked"
    assert all(page not in others for page, others in related.items())


def test_papers_without_a_word_in_common_are_not_related() -> None:
    related = relate(TEXTS)
    assert related["alone"] == ()
    assert "far" not in related["asked"]


def test_no_more_than_asked_for_and_the_same_whatever_the_order() -> None:
    backwards = dict(reversed(TEXTS.items()))
    assert relate(backwards) == relate(TEXTS)
    assert relate(TEXTS, count=1)["asked"] == ("near",)


def test_equally_near_papers_come_by_id() -> None:
    texts = dict.fromkeys(("c", "a", "b"), ("Sparse attention", "The very same words."))
    assert relate(texts)["c"] == ("a", "b")


def test_an_empty_catalog_has_nothing_related() -> None:
    assert relate({}) == {}


def test_papers_read_a_few_at_a_time_are_related_as_all_at_once() -> None:
    for size in (1, 2, 4):
        assert relate(TEXTS, run=size) == relate(TEXTS)


def test_a_term_in_many_papers_brings_up_those_in_which_it_weighs_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("papercatalog.related.tfidf.POSTINGS", 1)
    texts = {"a": ("Alpha", ""), "b": ("Beta", ""), "x": ("", "Alpha beta.")}
    assert relate(texts)["x"] == ("a", "b")
    assert relate(texts | {"x": ("", "Alpha beta beta beta beta.")})["x"] == ("b", "a")


def test_papers_in_several_blocks_are_related_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    words = [[f"w{int(chance.paretovariate(0.5)) % 2000}" for _ in range(24)] for _ in range(60)]
    texts = {
        f"p{number:03}": (" ".join(of[:4]), " ".join(of[4:])) for number, of in enumerate(words)
    }
    whole = relate(texts)
    monkeypatch.setattr("papercatalog.related.find._BLOCK", 7)
    assert relate(texts) == whole
    assert max(map(len, whole.values())) == 5
