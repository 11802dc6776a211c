"""Finds the page of a paper: by identifiers, by title, then by similarity of the texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from papercatalog.curation.similarity import MIN_TITLE, SAME_ABSTRACT, compare_papers
from papercatalog.model.paper import Paper, have_different_ids

RARE_WORDS = 4
"""Candidates share one of so many of a title's rarest words."""
MAX_POSTINGS = 100
"""A word, or a start or end of a sentence, that more papers have is too common for candidates."""
SENTENCE_PART = 40
"""Characters of a sentence's start and end. Shorter sentences find no candidates."""
SHARED_PARTS = 2
"""Candidates share so many starts and ends: one whole sentence, or two that were edited or cut."""


@dataclass(frozen=True, slots=True)
class Match:
    """A page that is, or may be, the paper's."""

    id: str
    """The page's."""
    sure: bool
    reason: str
    """What they share: ``the same arXiv id``, ``titles 96 % alike, abstracts 91 % alike``."""


class Matcher:
    """Papers, to be found by identifiers and by similarity.

    A paper is compared only with candidates: papers that share a rare word of the title or a
    sentence of the abstract. Two papers with different arXiv ids are two papers; so papers with
    an arXiv id have a candidate index of their own, made only when a paper without one is sought.
    """

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._by_key: dict[tuple[str, str], str] = {}
        self._listed: dict[tuple[str, str], str] = {}
        self._papers: dict[str, Paper] = {}
        self._indexes: dict[bool, _CandidateIndex] = {}
        self.ids: set[str] = set()
        for paper in papers:
            self.add(paper)
            for digest in paper.digests:
                self._listed.setdefault((digest, paper.title_key), paper.id)

    def add(self, paper: Paper) -> None:
        """Let later papers match this one; where two papers share a key, the first keeps it."""
        self.ids.update((paper.id, *paper.aliases))
        for key in (*identify(paper), *_former_ids(paper), *_former_slugs(paper)):
            self._by_key.setdefault(key, paper.id)
        earlier = self._papers.get(paper.id)
        self._papers[paper.id] = paper
        index = self._indexes.get(paper.arxiv is not None)
        if index and (earlier is None or (earlier.arxiv is None) != (paper.arxiv is None)):
            index.add(paper)

    def find(self, paper: Paper) -> Match | None:
        """Give the paper's page: by arXiv id, DOI, former id, title, then similarity.

        A page whose abstract a person has rewritten is found by the title that a digest of both
        has. A page whose title a person has changed is found by the slug of the former title, if
        both are of one digest and the abstracts are similar.

        A match by title alone is uncertain if identifiers, abstracts or authors differ.
        """
        for key in identify(paper):
            other = self._page(key)
            if other and key[0] != "title":
                return Match(other.id, True, f"the same {key[0]}")
        former = self._page(("former id", paper.id))
        if former and not have_different_ids(paper, former):
            return Match(former.id, True, "its former id")
        for digest in paper.digests:
            page_id = self._listed.get((digest, paper.title_key))
            if page_id and not have_different_ids(paper, self._papers[page_id]):
                return Match(page_id, True, "the same title in the same digest")
        other = self._page(("title", paper.title_key))
        if other:
            return _match_title(paper, other)
        for key in _former_slugs(paper):
            other = self._page(key)
            if other and fuzz.ratio(paper.abstract, other.abstract) >= SAME_ABSTRACT:
                return Match(other.id, True, "its former title")
        return self.find_alike(paper)

    def find_alike(self, paper: Paper) -> Match | None:
        """Give the most similar page, if it is similar enough to be the paper's."""
        found = self._index(with_arxiv=False).candidates(paper)
        if paper.arxiv is None:
            found |= self._index(with_arxiv=True).candidates(paper)
        best, most = None, (False, 0.0, 0.0)
        for page_id in sorted(found):
            other = self._papers[page_id]
            if have_different_ids(paper, other):
                continue
            similarity = compare_papers(paper, other)
            sure = similarity.is_sure()
            text = max(similarity.abstract or 0.0, similarity.phrases or 0.0)
            rank = (sure, text, similarity.title)
            if (sure or similarity.is_likely()) and rank > most:
                best, most = Match(page_id, sure, str(similarity)), rank
        return best

    def _index(self, *, with_arxiv: bool) -> _CandidateIndex:
        index = self._indexes.get(with_arxiv)
        if index is None:
            every = self._papers.values()
            of_kind = (paper for paper in every if (paper.arxiv is not None) == with_arxiv)
            index = self._indexes[with_arxiv] = _CandidateIndex(of_kind)
        return index

    def _page(self, key: tuple[str, str]) -> Paper | None:
        page_id = self._by_key.get(key)
        return None if page_id is None else self._papers[page_id]


class _CandidateIndex:
    """Papers by the words of their titles and by the starts and ends of their sentences."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._titles: dict[str, str] = {}
        self._words: dict[str, list[str]] = defaultdict(list)
        self._parts: dict[str, list[str]] = defaultdict(list)
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        self._titles[paper.id] = title = paper.title_key
        for word in set(title.split()):
            self._words[word].append(paper.id)
        for part in _sentence_parts(paper.abstract):
            self._parts[part].append(paper.id)

    def candidates(self, paper: Paper) -> set[str]:
        """Name the papers with a similar title, or with parts of sentences in common."""
        if not self._titles:
            return set()
        title = paper.title_key
        known = (word for word in set(title.split()) if word in self._words)
        rare = sorted(known, key=lambda word: (len(self._words[word]), word))[:RARE_WORDS]
        found = {
            page_id
            for word in rare
            if len(self._words[word]) <= MAX_POSTINGS
            for page_id in self._words[word]
            if fuzz.ratio(title, self._titles[page_id], score_cutoff=MIN_TITLE)
        }
        shared: Counter[str] = Counter()
        for part in _sentence_parts(paper.abstract):
            pages = self._parts.get(part, ())
            if len(pages) <= MAX_POSTINGS:
                shared.update(pages)
        found.update(page_id for page_id, count in shared.items() if count >= SHARED_PARTS)
        return found


def identify(paper: Paper) -> Iterator[tuple[str, str]]:
    """Give the keys that identify a paper, each with its kind, the surest first."""
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
    doubt = compare_papers(paper, other).contradicts_title()
    return Match(other.id, not doubt, f"the same title, but {doubt}" if doubt else "the same title")


def _sentence_parts(abstract: str) -> list[str]:
    """Give the start and the end of each sentence; the last full stop is no part of one."""
    if "\n" in abstract:
        abstract = " ".join(abstract.split())
    parts: list[str] = []
    for sentence in abstract.casefold().rstrip(".").split(". "):
        if len(sentence) >= SENTENCE_PART:
            parts += (sentence[:SENTENCE_PART], sentence[-SENTENCE_PART:])
    return parts
