"""Whether a paper is in the catalog already, under which id, and how sure that is.

How alike two papers are is `likeness`'s; what is done with the answer is the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from papercatalog.entry import Entry, are_told_apart
from papercatalog.likeness import NEAR_TITLE, compare_papers

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

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._found: dict[tuple[str, str], str] = {}
        self._entries: dict[str, Entry] = {}
        self._indexes: dict[bool, _Index] = {}
        self.ids: set[str] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Let later papers be matched with this one too; the first of two claimants stays."""
        self.ids.update((entry.id, *entry.aliases))
        for key in (*identify(entry), *_former_ids(entry), *_former_slugs(entry)):
            self._found.setdefault(key, entry.id)
        earlier = self._entries.get(entry.id)
        self._entries[entry.id] = entry
        index = self._indexes.get(entry.arxiv is not None)
        if index and (earlier is None or (earlier.arxiv is None) != (entry.arxiv is None)):
            index.add(entry)

    def find(self, entry: Entry) -> Match | None:
        """Give the page that is this paper: by arXiv id, DOI, former id, title, then likeness.

        A page whose title a person has bettered is known by the slug of the title it had in a
        digest that both name, where the abstracts are alike too. Two papers under one title are
        not surely one where their identifiers differ, or their authors and abstracts do.
        """
        for key in identify(entry):
            other = self._page(key)
            if other and key[0] != "title":
                return Match(other.id, True, f"the same {key[0]}")
        former = self._page(("former id", entry.id))
        if former and not are_told_apart(entry, former):
            return Match(former.id, True, "its former id")
        other = self._page(("title", entry.title_key))
        if other:
            return _match_title(entry, other)
        for key in _former_slugs(entry):
            other = self._page(key)
            if other and fuzz.ratio(entry.abstract, other.abstract) >= ALIKE:
                return Match(other.id, True, "its former title")
        return self.find_alike(entry)

    def find_alike(self, entry: Entry) -> Match | None:
        """Give the page that is most like this paper, where one is like enough to be it."""
        found = self._index(with_arxiv=False).candidates(entry)
        if entry.arxiv is None:
            found |= self._index(with_arxiv=True).candidates(entry)
        best, most = None, (False, 0.0, 0.0)
        for page_id in sorted(found):
            other = self._entries[page_id]
            if are_told_apart(entry, other):
                continue
            likeness = compare_papers(entry, other)
            sure = likeness.is_sure()
            rank = (sure, likeness.abstract or 0.0, likeness.title)
            if (sure or likeness.is_likely()) and rank > most:
                best, most = Match(page_id, sure, str(likeness)), rank
        return best

    def _index(self, *, with_arxiv: bool) -> _Index:
        index = self._indexes.get(with_arxiv)
        if index is None:
            every = self._entries.values()
            of_kind = (entry for entry in every if (entry.arxiv is not None) == with_arxiv)
            index = self._indexes[with_arxiv] = _Index(of_kind)
        return index

    def _page(self, key: tuple[str, str]) -> Entry | None:
        page_id = self._found.get(key)
        return None if page_id is None else self._entries[page_id]


class _Index:
    """Papers by the words of their titles and the sentences of their abstracts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._titles: dict[str, str] = {}
        self._words: dict[str, list[str]] = defaultdict(list)
        self._sentences: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        self._titles[entry.id] = title = entry.title_key
        for word in set(title.split()):
            self._words[word].append(entry.id)
        for sentence in _sentences(entry):
            self._sentences[sentence].append(entry.id)

    def candidates(self, entry: Entry) -> set[str]:
        """Name the papers worth a comparison: near in title, or with a sentence in common."""
        if not self._titles:
            return set()
        title = entry.title_key
        known = (word for word in set(title.split()) if word in self._words)
        rare = sorted(known, key=lambda word: (len(self._words[word]), word))[:RARE_WORDS]
        near = {
            page_id
            for word in rare
            if len(self._words[word]) <= MOST_POSTINGS
            for page_id in self._words[word]
            if fuzz.ratio(title, self._titles[page_id], score_cutoff=NEAR_TITLE)
        }
        for sentence in _sentences(entry):
            pages = self._sentences.get(sentence, ())
            if len(pages) <= MOST_POSTINGS:
                near.update(pages)
        return near


def identify(entry: Entry) -> Iterator[tuple[str, str]]:
    """Name what identifies a paper, each with its kind, the surest first."""
    if entry.arxiv:
        yield "arXiv id", entry.arxiv
    if entry.doi:
        yield "DOI", entry.doi
    yield "title", entry.title_key


def _former_ids(entry: Entry) -> Iterator[tuple[str, str]]:
    return (("former id", alias) for alias in entry.aliases)


def _former_slugs(entry: Entry) -> Iterator[tuple[str, str]]:
    return ((f"id in {digest}", entry.id) for digest in entry.digests)


def _match_title(entry: Entry, other: Entry) -> Match:
    if are_told_apart(entry, other):
        return Match(other.id, False, "the same title, but other identifiers")
    likeness = compare_papers(entry, other)
    if likeness.authors == 0 and (likeness.abstract or 0) < ALIKE:
        return Match(other.id, False, "the same title, but other authors and another abstract")
    return Match(other.id, True, "the same title")


def _sentences(entry: Entry) -> set[str]:
    sentences = entry.abstract.casefold().split(". ")
    return {sentence for sentence in sentences if len(sentence) >= SENTENCE}
