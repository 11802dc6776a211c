"""Whether two papers are one: what is sure, what is likely, and which ids make them two."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_catalog import LANTERNS, OCEANS, make_paper
from papercatalog.curation.matching import MAX_POSTINGS, Matcher
from papercatalog.curation.similarity import Similarity, compare_papers
from papercatalog.model.paper import Paper, have_different_ids

TITLE = "Paper Lanterns: Slow Light for Fabricated Networks"
PAGE = make_paper(
    "page",
    TITLE,
    arxiv="2507.00001",
    doi="10.1234/lanterns",
    authors=("Ada Candle", "Bo Wick"),
    aliases=("former-name",),
    digests=("seeds/2025-07-28.txt",),
)
BARE = PAGE.model_copy(update={"arxiv": None, "doi": None, "authors": ()})
REWRITTEN = (
    "Networks never trained glow for a long time, as do lanterns made of paper. With a stopwatch "
    "and a candle both are measured. The lanterns win by 4.2 points on three invented benchmarks."
)


def find(title: str, page: Paper = PAGE, **facts: Any) -> str:
    """Say what the matcher says of a paper: ``sure``, ``likely`` or ``new``, and why."""
    match = Matcher([page]).find(make_paper("new", title, **facts))
    if match is None:
        return "new"
    assert match.id == "page"
    return f"{'sure' if match.sure else 'likely'}: {match.reason}"


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"arxiv": "2507.00001"}, "sure: the same arXiv id"),
        ({"doi": "10.1234/lanterns"}, "sure: the same DOI"),
        ({"arxiv": "2507.00002"}, "new"),
        ({"doi": "10.1234/oceans"}, "new"),
        ({}, "new"),
    ],
)
def test_identifiers(facts: dict[str, Any], found: str) -> None:
    assert find("A Tide Table", abstract=OCEANS, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, "sure: the same title"),
        ({"abstract": OCEANS}, "likely: the same title, but another abstract"),
        ({"abstract": OCEANS[:99]}, "sure: the same title"),
        ({"abstract": ". ".join(reversed(LANTERNS.split(". ")))}, "sure: the same title"),
        ({"abstract": REWRITTEN}, "likely: the same title, but another abstract"),
        ({"abstract": REWRITTEN, "authors": ("A. Candle",)}, "sure: the same title"),
        ({"arxiv": "2507.00002"}, "likely: the same title, but other identifiers"),
        ({"arxiv": "2507.00001", "doi": "10.1234/oceans"}, "sure: the same arXiv id"),
        (
            {"abstract": OCEANS, "authors": ("Cyd Moon",)},
            "likely: the same title, but other authors and another abstract",
        ),
        (
            {"abstract": OCEANS, "authors": ("A. Candle",)},
            "likely: the same title, but another abstract",
        ),
        ({"abstract": "", "authors": ("Cyd Moon",)}, "likely: the same title, but other authors"),
    ],
)
def test_the_same_title(facts: dict[str, Any], found: str) -> None:
    assert find("paper lanterns — slow light for FABRICATED networks", **facts) == found


@pytest.mark.parametrize(
    ("title", "facts", "found"),
    [
        ("Paper Lanterns: Slow Light for Invented Networks", {}, "sure"),
        ("Paper Lanterns: Slow Light for Invented Networks", {"abstract": OCEANS}, "new"),
        ("Paper Lanterns: Slow Light for Fabricated Networkz", {"abstract": OCEANS}, "likely"),
        ("Paper Lanterns 2: Slow Light for Fabricated Networks", {}, "likely"),
        ("Paper Lanterns 2: Slow Light for Fabricated Networks", {"abstract": OCEANS}, "new"),
        ("How Long a Candle Burns", {}, "likely"),
        ("How Long a Candle Burns", {"abstract": OCEANS}, "new"),
        ("Paper Lanterns: Slow Light for Fabricated Networkz", {"abstract": "Short."}, "likely"),
        (
            "Paper Lanterns: Slow Light for Fabricated Networkz",
            {"abstract": "Short.", "authors": ("Candle, A.", "A. Candle", "B. Wick")},
            "sure",
        ),
    ],
)
def test_near_titles(title: str, facts: dict[str, Any], found: str) -> None:
    assert find(title, **facts).split(":")[0] == found


def test_similar_papers_with_different_ids_are_two() -> None:
    near = "Paper Lanterns: Slow Light for Invented Networks"
    assert find(near, arxiv="2507.00002") == "new"
    assert find(near, doi="10.1234/oceans") == "new"
    assert find(near, BARE, arxiv="2507.00002").startswith("sure")


def test_a_new_title_and_shuffled_sentences_are_likely_one_paper() -> None:
    first, second, third = LANTERNS.rstrip(".").split(". ")
    for abstract in (
        f"{third}. {first}. {second}.",
        f"{third}. {first}.",
        f"{third[:-15]}. {first[:-10]}. {second[20:]}.",
    ):
        found = find("How Long a Candle Burns", abstract=abstract)
        assert found.startswith("likely: titles "), abstract
        assert found.endswith("% of the shorter abstract's phrases the same")
    assert find("How Long a Candle Burns", abstract=f"{OCEANS} {first[:45]}.") == "new"


def test_an_abstract_that_a_person_rewrote_is_known_by_its_digest() -> None:
    same: dict[str, Any] = {"abstract": OCEANS, "digests": PAGE.digests}
    assert find(TITLE, **same) == "sure: the same title in the same digest"
    assert find(TITLE, **same, arxiv="2507.00002").startswith("likely: the same title, but other")
    assert find(TITLE, abstract=OCEANS, digests=("seeds/2025-07-30.txt",)).startswith("likely")


def test_two_papers_of_one_title_in_one_digest_are_not_surely_one() -> None:
    matcher = Matcher(())
    matcher.add(PAGE)
    second = matcher.find(make_paper("new", TITLE, abstract=OCEANS, digests=PAGE.digests))
    assert second and not second.sure


@pytest.mark.parametrize(
    ("similarity", "sure", "likely"),
    [
        (Similarity(75, 90, None, True), True, True),
        (Similarity(74.9, 90, None, True), False, True),
        (Similarity(75, 89.9, None, True), False, True),
        (Similarity(90, 80, None, True), True, True),
        (Similarity(90, 65, 50, True), True, False),
        (Similarity(90, 65, 49, True), False, False),
        (Similarity(90, 74.9, None, True), False, False),
        (Similarity(10, 75, 0, False), False, True),
        (Similarity(95, None, 50, True), True, True),
        (Similarity(95, None, None, True), False, True),
        (Similarity(95, 10, None, False), False, False),
        (Similarity(100, 100, 100, False), False, True),
        (Similarity(10, 40, None, True, 40), False, True),
        (Similarity(10, 40, None, True, 39.9), False, False),
        (Similarity(90, 40, 100, True, 100), False, True),
    ],
)
def test_what_similarity_proves(similarity: Similarity, sure: bool, likely: bool) -> None:
    assert (similarity.is_sure(), similarity.is_likely()) == (sure, likely)


def test_similarity_is_told_in_words() -> None:
    other = make_paper("other", "Paper Lanterns 2", authors=("A. Candle", "Cyd Moon"))
    similarity = compare_papers(PAGE, other)
    assert str(similarity) == (
        "titles 46 % alike, abstracts 100 % alike, 50 % of the authors the same, "
        "other numbers in the title"
    )
    assert str(Similarity(90, None, None, True)) == "titles 90 % alike"
    assert str(Similarity(30, 50, None, True, 90)) == (
        "titles 30 % alike, abstracts 50 % alike, 90 % of the shorter abstract's phrases the same"
    )


def test_a_preprint_and_its_journal_are_one() -> None:
    journal = make_paper("journal", arxiv="2507.00001", doi="10.1234/journal")
    assert not have_different_ids(PAGE, journal)
    assert have_different_ids(PAGE, make_paper("x", arxiv="2507.00002", doi="10.1234/lanterns"))


def test_a_page_is_known_by_its_former_names() -> None:
    matcher = Matcher([PAGE])
    former = matcher.find(make_paper("former-name", "Any Title", abstract=OCEANS))
    assert former and (former.id, former.reason) == ("page", "its former id")
    listed = {"abstract": LANTERNS.replace("glow", "shine"), "digests": PAGE.digests}
    same_slug = matcher.find(make_paper("page", "The Page's First Title", **listed))
    assert same_slug and same_slug.reason == "its former title"
    assert matcher.find(make_paper("page", "Any", abstract=OCEANS, digests=PAGE.digests)) is None


def test_the_most_alike_is_found() -> None:
    nearer = make_paper("nearer", "Slow Light for Fabricated Networks of Paper")
    less = make_paper("less", "Slow Light for Networks", abstract=REWRITTEN)
    match = Matcher([less, nearer]).find(make_paper("new", "Slow Light for Fabricated Networks"))
    assert match and match.id == "nearer"


def test_a_word_of_many_titles_brings_none() -> None:
    many = [
        make_paper(f"p{n}", f"Slow Light {chr(97 + n // 26)}{chr(97 + n % 26)}", abstract="Short.")
        for n in range(MAX_POSTINGS + 1)
    ]
    asked = make_paper("new", "Slow Light zz", abstract="Short.")
    assert Matcher(many).find(asked) is None


def test_a_paper_added_later_is_found_too() -> None:
    matcher = Matcher([make_paper("other", "A Tide Table", abstract=OCEANS)])
    near = make_paper("new", "Paper Lanterns: Slow Light for Invented Networks")
    assert matcher.find(near) is None
    matcher.add(BARE)
    match = matcher.find(near)
    assert match and match.id == "page"


WORDS = st.sampled_from(["lantern", "ocean", "moon", "sheep", "tide", "wool", "candle", "fence"])
PAPERS = st.builds(
    make_paper,
    st.text("abc", min_size=1, max_size=3),
    st.lists(WORDS, min_size=3, max_size=8).map(" ".join),
    abstract=st.lists(WORDS, min_size=30, max_size=40).map(" ".join),
    arxiv=st.none() | st.sampled_from(["2507.00001", "2507.00002"]),
)


@given(st.lists(PAPERS, max_size=6, unique_by=lambda paper: paper.id), PAPERS)
def test_similarity_goes_both_ways(papers: list[Paper], paper: Paper) -> None:
    for other in papers:
        assert compare_papers(paper, other) == compare_papers(other, paper)
        assert have_different_ids(paper, other) == have_different_ids(other, paper)
    match = Matcher(papers).find_alike(paper)
    if match:
        (found,) = [other for other in papers if other.id == match.id]
        assert not have_different_ids(paper, found)


@given(st.lists(PAPERS, min_size=1, max_size=6, unique_by=lambda paper: paper.id), st.data())
def test_a_paper_that_is_there_is_found(papers: list[Paper], data: st.DataObject) -> None:
    paper = data.draw(st.sampled_from(papers))
    match = Matcher(papers).find(paper)
    assert match is not None
    (found,) = [other for other in papers if other.id == match.id]
    assert found.title == paper.title or found.arxiv == paper.arxiv
