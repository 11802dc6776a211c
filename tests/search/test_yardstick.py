"""Compares the answers to plain queries with lunr's, on an index of the same papers.

lunr is given the boosts that our impacts come to. The figures of ``docs/guide/search.md`` are what
this comparison measures; the tests ask for a little less, so that a paper more breaks none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pytest
from lunr import lunr
from lunr.index import Index
from lunr.stop_word_filter import WORDS as STOP_WORDS

from corpus import index_documents
from made_index import TOPICS, index_of
from papercatalog.build.segments import make_render, to_documents, to_search_topics
from papercatalog.model.loading import load_catalog
from papercatalog.search import ranking
from papercatalog.search.analysis import analyse_chunk, split_atoms, split_chunks, stem
from papercatalog.search.constants import MAX_ABSTRACT_IMPACT, TOPIC_IMPACT
from papercatalog.search.engine import search
from papercatalog.search.index.document import Document, SearchTopic
from papercatalog.search.index.impacts import AUTHOR_IMPACT, title_impacts
from papercatalog.search.reader import SearchIndex
from repository import ROOT

pytest_plugins = ["search_fixtures"]

MOST_FREQUENT = 2.2
"""The limit of lunr's saturated frequency, k1 + 1; here the limit is `MAX_ABSTRACT_IMPACT`."""
BOOSTS = {
    "title": float(title_impacts(np.array([10]))[0]),
    "topics": TOPIC_IMPACT,
    "authors": AUTHOR_IMPACT,
    "abstract": MAX_ABSTRACT_IMPACT / MOST_FREQUENT,
}
PLAIN_WORD = re.compile(r"(?<![\w/.'’-])[A-Za-z]{3,}(?![\w/+#'’-])")
QUERIES = 300
PAIRED = 60
"""Compare pairs of this many papers, the first found."""


@dataclass(frozen=True)
class Shelf:
    """Papers, from the oldest to the newest, with their topics and our index of them."""

    papers: Sequence[Document]
    topics: Sequence[SearchTopic]
    index: SearchIndex

    @cached_property
    def yardstick(self) -> Index:
        """lunr's index of the words indexed here, so that splitting makes no difference."""
        return lunr_index(self, split_as_here)


@dataclass(frozen=True)
class Compared:
    """The papers with all words of a query, the best first, each with its score."""

    query: str
    ours: Mapping[int, float]
    theirs: Mapping[int, float]


@pytest.fixture(scope="module")
def shelves(papers: list[Document], index: SearchIndex) -> dict[str, Shelf]:
    catalog = load_catalog(ROOT)
    topics = to_search_topics(catalog)
    real = sorted(
        to_documents(catalog.papers, make_render({})), key=lambda paper: (paper.date, paper.id)
    )[:300]
    return {
        "real": Shelf(real, topics, index_of(dict(index_documents(real, topics)))),
        "made": Shelf(papers, TOPICS, index),
    }


@pytest.fixture(scope="module", params=["real", "made"])
def shelf(request: pytest.FixtureRequest, shelves: dict[str, Shelf]) -> Shelf:
    return shelves[request.param]


@pytest.fixture
def no_bonus_for_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Removes the bonuses that lunr does not have: for the form of words and their order."""
    for factor in ("AS_WRITTEN_FACTOR", "ALL_AS_WRITTEN_FACTOR", "ALL_IN_TITLE_FACTOR"):
        monkeypatch.setattr(ranking, factor, 1)
    monkeypatch.setattr(ranking, "IN_ORDER_BONUS", 0)


def split_as_here(text: str) -> str:
    """The words of a text that are indexed here."""
    return " ".join(
        word.rstrip("-") for chunk in split_chunks(text) for word, _ in analyse_chunk(chunk).words
    )


def atoms_of(name: str) -> list[str]:
    return [atom for chunk in split_chunks(name) for atom in split_atoms(chunk)]


def keep_text(text: str) -> str:
    return text


def plain_queries(papers: Sequence[Document]) -> list[list[str]]:
    """Queries of one to three words of a paper, not all of them stop words.

    Words with the stem of an author's name are left out: lunr finds Li by "lies", and here a name
    is found as it is written.
    """
    names = {stem(atom) for paper in papers for name in paper.authors for atom in atoms_of(name)}
    rng = random.Random(3)
    queries: list[list[str]] = []
    while len(queries) < QUERIES:
        paper = rng.choice(papers)
        found = PLAIN_WORD.findall(f"{paper.title} {paper.abstract}".lower())
        words = rng.sample(list(dict.fromkeys(found)), rng.randint(1, 3))
        if not STOP_WORDS.issuperset(words) and names.isdisjoint(map(stem, words)):
            queries.append(words)
    return queries


def lunr_index(shelf: Shelf, cut: Callable[[str], str]) -> Index:
    titles = {topic.slug: topic.title for topic in shelf.topics}
    documents = [
        {
            "id": str(number),
            "title": cut(paper.title),
            "topics": cut(" ".join(titles[slug] for slug in paper.topics)),
            "authors": cut(" ".join(paper.authors)),
            "abstract": cut(paper.abstract),
        }
        for number, paper in enumerate(shelf.papers)
    ]
    fields = [{"field_name": name, "boost": boost} for name, boost in BOOSTS.items()]
    return lunr(ref="id", fields=fields, documents=documents)


def compare(shelf: Shelf, yardstick: Index) -> list[Compared]:
    compared = []
    for words in plain_queries(shelf.papers):
        query = " ".join(words)
        wanted = [word for word in words if word not in STOP_WORDS]
        hits = [hit for hit in search(shelf.index, query).hits if hit.matched == len(wanted)]
        found = yardstick.search(" ".join(f"+{word}" for word in wanted))
        ours = {hit.paper: float(hit.score) for hit in hits}
        compared.append(Compared(query, ours, {int(hit["ref"]): hit["score"] for hit in found}))
    return compared


def same_first(compared: Sequence[Compared]) -> float:
    """How often lunr's first paper is our first, or one with the same score."""
    agreed = [one.ours[next(iter(one.theirs))] == max(one.ours.values()) for one in compared]
    return sum(agreed) / len(agreed)


def same_ten(compared: Sequence[Compared]) -> float:
    """The share of lunr's first ten among our first ten, where more are found."""
    shared = [
        len(set(list(one.ours)[:10]) & set(list(one.theirs)[:10])) / 10
        for one in compared
        if len(one.ours) > 10
    ]
    return sum(shared) / len(shared)


def same_order(compared: Sequence[Compared]) -> float:
    """The share of pairs in the same order, among those that both rank without a tie."""
    signs = [
        (one.ours[a] - one.ours[b]) * (one.theirs[a] - one.theirs[b])
        for one in compared
        for a, b in combinations(list(one.ours)[:PAIRED], 2)
    ]
    return sum(sign > 0 for sign in signs) / sum(sign != 0 for sign in signs)


def test_the_same_papers_are_found(shelf: Shelf) -> None:
    for one in compare(shelf, shelf.yardstick):
        assert one.ours.keys() == one.theirs.keys(), one.query


def test_lunr_finds_no_paper_that_we_miss(shelf: Shelf) -> None:
    compared = compare(shelf, lunr_index(shelf, keep_text))
    assert [one.query for one in compared if one.theirs.keys() - one.ours.keys()] == []
    alike = sum(one.ours.keys() == one.theirs.keys() for one in compared)
    assert alike / len(compared) > 0.85


def test_ranks_agree(shelf: Shelf) -> None:
    compared = compare(shelf, shelf.yardstick)
    assert same_first(compared) > 0.68
    assert same_ten(compared) > 0.58
    assert same_order(compared) > 0.78


@pytest.mark.usefixtures("no_bonus_for_form")
def test_ranks_agree_closely_if_the_form_of_words_does_not_count(shelf: Shelf) -> None:
    compared = compare(shelf, shelf.yardstick)
    assert same_first(compared) > 0.82
    assert same_ten(compared) > 0.62
    assert same_order(compared) > 0.92
