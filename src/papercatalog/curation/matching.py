"""Whether a paper is in the catalog already, under which id, and how sure that is.

How alike two papers are is `likeness`'s; what is done with the answer is the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from papercatalog.curation.similarity import NEAR_TITLE, compare_papers
from papercatalog.model.paper import Paper, have_different_ids

ALIKE = 80
"""How alike, in percent, two texts of one abstract are at least."""
RARE_WORDS = 4
"""How many of a title's rarest words bring candidates."""
MOST_POSTINGS = 100
"""A word or a sentence that more papers have than this brings none."""
SENTENCE = 40
"""How many characters a sentence that brings candidates has at least."""


@dataclass(frozen=True, slots=True)
class Match:
    """A page that is the paper asked for, or may be."""

    id: str
    sure: bool
    reason: str
    """What they share: ``the same arXiv id``, ``titles 96 % alike, abstracts 91 % alike``."""


class Matcher:
    """The papers that are there, looked up by what identifies them, then by what is alike.

    Likeness is weighed between papers that share a rare word of their titles or a sentence of
    their abstracts, never between all pairs. Papers that both have an arXiv id are told apart by
    it, so those that have one are indexed by themselves, and only where one without is asked for.
    """

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._found: dict[tuple[str, str], str] = {}
        self._entries: dict[str, Paper] = {}
        self._indexes: dict[bool, _Index] = {}
        self.ids: set[str] = set()
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Let later papers be matched with this one too; the first of two claimants stays."""
        self.ids.update((paper.id, *paper.aliases))
        for key in (*identify(paper), *_former_ids(paper), *_former_slugs(paper)):
            self._found.setdefault(key, paper.id)
        earlier = self._entries.get(paper.id)
        self._entries[paper.id] = paper
        index = self._indexes.get(paper.arxiv is not None)
        if index and (earlier is None or (earlier.arxiv is None) != (paper.arxiv is None)):
            index.add(paper)

    def find(self, paper: Paper) -> Match | None:
        """Give the page that is this paper: by arXiv id, DOI, former id, title, then likeness.

        A page whose title a person has bettered is known by the slug of the title it had in a
        digest that both name, where the abstracts are alike too. Two papers under one title are
        not surely one where their identifiers differ, or their authors and abstracts do.
        """
        for key in identify(paper):
            other = self._page(key)
            if other and key[0] != "title":
                return Match(other.id, True, f"the same {key[0]}")
        former = self._page(("former id", paper.id))
        if former and not have_different_ids(paper, former):
            return Match(former.id, True, "its former id")
        other = self._page(("title", paper.title_key))
        if other:
            return _match_title(paper, other)
        for key in _former_slugs(paper):
            other = self._page(key)
            if other and fuzz.ratio(paper.abstract, other.abstract) >= ALIKE:
                return Match(other.id, True, "its former title")
        return self.find_alike(paper)

    def find_alike(self, paper: Paper) -> Match | None:
        """Give the page that is most like this paper, where one is like enough to be it."""
        found = self._index(with_arxiv=False).candidates(paper)
        if paper.arxiv is None:
            found |= self._index(with_arxiv=True).candidates(paper)
        best, most = None, (False, 0.0, 0.0)
        for page_id in sorted(found):
            other = self._entries[page_id]
            if have_different_ids(paper, other):
                continue
            likeness = compare_papers(paper, other)
            sure = likeness.is_sure()
            rank = (sure, likeness.abstract or 0.0, likeness.title)
            if (sure or likeness.is_likely()) and rank > most:
                best, most = Match(page_id, sure, str(likeness)), rank
        return best

    def _index(self, *, with_arxiv: bool) -> _Index:
        index = self._indexes.get(with_arxiv)
        if index is None:
            every = self._entries.values()
            of_kind = (paper for paper in every if (paper.arxiv is not None) == with_arxiv)
            index = self._indexes[with_arxiv] = _Index(of_kind)
        return index

    def _page(self, key: tuple[str, str]) -> Paper | None:
        page_id = self._found.get(key)
        return None if page_id is None else self._entries[page_id]


class _Index:
    """Papers by the words of their titles and the sentences of their abstracts."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._titles: dict[str, str] = {}
        self._words: dict[str, list[str]] = defaultdict(list)
        self._sentences: dict[str, list[str]] = defaultdict(list)
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        self._titles[paper.id] = title = paper.title_key
        for word in set(title.split()):
            self._words[word].append(paper.id)
        for sentence in _sentences(paper):
            self._sentences[sentence].append(paper.id)

    def candidates(self, paper: Paper) -> set[str]:
        """Name the papers worth a comparison: near in title, or with a sentence in common."""
        if not self._titles:
            return set()
        title = paper.title_key
        known = (word for word in set(title.split()) if word in self._words)
        rare = sorted(known, key=lambda word: (len(self._words[word]), word))[:RARE_WORDS]
        near = {
            page_id
            for word in rare
            if len(self._words[word]) <= MOST_POSTINGS
            for page_id in self._words[word]
            if fuzz.ratio(title, self._titles[page_id], score_cutoff=NEAR_TITLE)
        }
        for sentence in _sentences(paper):
            pages = self._sentences.get(sentence, ())
            if len(pages) <= MOST_POSTINGS:
                near.update(pages)
        return near


def identify(paper: Paper) -> Iterator[tuple[str, str]]:
    """Name what identifies a paper, each with its kind, the surest first."""
    if paper.arxiv:
        yield "arXiv id", paper.arxiv
    if paper.doi:
        yield "DOI", paper.doi
    yield "title", paper.title_key


def _former_ids(paper: Paper) -> Iterator[tuple[str, str]]:
    return (("former id", alias) for alias in paper.aliases)


def _former_slugs(paper: Paper) -> Iterator[tuple[str, str]]:
    return ((f"id in {digest}", paper.id) for digest in paper.digests)


def _match_title(paper: Paper, other: Paper) -> Match:
    if have_different_ids(paper, other):
        return Match(other.id, False, "the same title, but other identifiers")
    likeness = compare_papers(paper, other)
    if likeness.authors == 0 and (likeness.abstract or 0) < ALIKE:
        return Match(other.id, False, "the same title, but other authors and another abstract")
    return Match(other.id, True, "the same title")


def _sentences(paper: Paper) -> set[str]:
    sentences = paper.abstract.casefold().split(". ")
    return {sentence for sentence in sentences if len(sentence) >= SENTENCE}
