"""Related papers are the nearest ones, nearest first."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

import pytest

from papercatalog.related import Comparison, Related
from papercatalog.related.neighbours import find_nearest
from papercatalog.search.index.document import Document
from papercatalog.search.index.segment_builder import summarise

TEXTS = {
    "asked": ("Sparse attention kernels", "Sparse attention with routing and kernels on chips."),
    "near": ("Sparse attention kernels again", "Sparse attention with routing and kernels."),
    "farther": ("Attention maps", "Attention with routing of pictures."),
    "far": ("Protein folding", "Molecules and pictures of chemistry."),
    "alone": ("Zebras", "Stripes."),
}


def relate(texts: Mapping[str, tuple[str, str]], count: int = 5, run: int = len(TEXTS)) -> Related:
    return relate_again(texts, b"", count, run)[0]


def relate_again(
    texts: Mapping[str, tuple[str, str]], before: bytes, count: int = 5, run: int = len(TEXTS)
) -> tuple[Related, bytes]:
    papers = [
        Document(page, f"papers/2025/{page}/", title, (), (), abstract, dt.date(2025, 7, 29))
        for page, (title, abstract) in texts.items()
    ]
    runs = [papers[start : start + run] for start in range(0, len(papers), run)]
    comparison = Comparison()
    counted = [comparison.count(summarise(some, ())) for some in runs]
    return comparison.relate(counted, count, before)


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


def make_texts(chance: random.Random, papers: int) -> dict[str, tuple[str, str]]:
    """Papers of a few words each, of which some are rare."""
    return {f"p{number:03}": make_text(chance) for number in range(papers)}


def make_text(chance: random.Random) -> tuple[str, str]:
    words = [f"w{int(chance.paretovariate(0.5)) % 2000}" for _ in range(24)]
    return " ".join(words[:4]), " ".join(words[4:])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("postings", [3, 80])
def test_what_is_known_of_before_changes_nothing(
    seed: int, postings: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edit, add, delete and rename at random; what is found must be what is found from nothing."""
    monkeypatch.setattr("papercatalog.related.tfidf.POSTINGS", postings)
    chance = random.Random(seed)
    texts = make_texts(chance, 60)
    before = relate_again(texts, b"")[1]
    for step in range(12):
        page = chance.choice(sorted(texts))
        match step % 4:
            case 0:
                texts[page] = make_text(chance)
            case 1:
                texts[f"p{chance.randrange(60):03}-{step}"] = make_text(chance)
            case 2:
                del texts[page]
            case _:
                texts[f"renamed-{step}"] = texts.pop(page)
        found, before = relate_again(texts, before)
        assert found == relate(texts)


def test_a_changed_paper_that_is_in_no_list_is_compared_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("papercatalog.related.tfidf.POSTINGS", 1)
    texts = {"a": ("Alpha", ""), "b": ("Beta", ""), "x": ("", "Alpha beta.")}
    found, before = relate_again(texts, b"")
    assert found["x"] == ("a", "b")
    texts["x"] = ("", "Alpha beta beta beta beta.")
    assert relate_again(texts, before)[0] == relate(texts)
    assert relate(texts)["x"] == ("b", "a")


def test_papers_of_the_same_words_that_are_gone_are_missed() -> None:
    texts = dict.fromkeys(("a", "b", "c", "d", "e"), ("Sparse attention", "The very same words."))
    before = relate_again(texts, b"")[1]
    del texts["a"], texts["b"]
    assert relate_again(texts, before)[0] == relate(texts)
    texts["f"] = ("", "")
    assert relate_again(texts, before)[0] == relate(texts)


def test_all_are_compared_again_where_another_number_is_wanted() -> None:
    texts = make_texts(random.Random(5), 60)
    assert relate_again(texts, relate_again(texts, b"", 3)[1], 5)[0] == relate(texts)


def test_only_papers_that_have_to_do_with_a_change_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart = {f"a{at}": ("Alpha beta", "Gamma delta epsilon zeta.") for at in range(30)}
    others = {f"b{at}": ("Kappa lambda", "Sigma omega tau upsilon.") for at in range(30)}
    before = relate_again(apart | others, b"")[1]
    compared: list[int] = []

    def find(vectors: Any, postings: Any, count: int, some: Any) -> Any:
        compared.extend(some.tolist())
        return find_nearest(vectors, postings, count, some)

    monkeypatch.setattr("papercatalog.related.find_nearest", find)
    others["b7"] = ("Kappa lambda", "Sigma omega tau tau upsilon.")
    found, _ = relate_again(apart | others, before)
    assert compared == list(range(30, 60))
    assert relate_again(apart | others, b"")[0] == found
