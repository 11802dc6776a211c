"""Answers a query from an index: which papers, in which order. ``engine.js`` is its twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from papercatalog.search.analysis import stem
from papercatalog.search.phrases import find_phrase
from papercatalog.search.query import Clause, parse_query
from papercatalog.search.ranking import Hit, Slot, Source, idf, rank
from papercatalog.search.reader import SearchIndex
from papercatalog.search.spelling import (
    anchor,
    edits_allowed,
    pick_completions,
    pick_corrections,
)

SORTS = ("relevance", "date", "votes")

COMPLETED = 60
"""The weight of a completion, where the reader's own word has 100."""
CORRECTED = 50
"""The weight of a correction."""
KNOWN = 20
"""A word that so many papers hold is taken as finished; its completions are only suggested."""


@dataclass(frozen=True, slots=True)
class Results:
    """The whole result of a query."""

    hits: tuple[Hit, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    """Words that were not found, each with the word taken for it."""
    completions: tuple[str, ...] = ()
    """What the last word, still being typed, may become."""
    direct: bool = False
    """Whether the query is a paper's identifier."""


def search(
    index: SearchIndex,
    text: str,
    *,
    filters: Sequence[Clause] = (),
    sort: str = "relevance",
    typing: bool = False,
) -> Results:
    """All papers for a query.

    ``filters`` are clauses beside the reader's: a topic, a year or month, ``code``.
    """
    query = parse_query(text, typing=typing)
    if query.identifier:
        found = index.group(f"={query.identifier}").get(f"={query.identifier}", [])
        if found:
            return Results(tuple(Hit(posting.paper, 0, 1) for posting in found), direct=True)
    clauses = [*query.clauses, *filters]
    wanted = [c for c in clauses if c.kind in ("word", "phrase") and not c.exclude]
    asked = [_Asked(clause, Slot(_sources(index, clause))) for clause in wanted]
    completions: list[str] = []
    for one in asked:
        if one.clause.prefix and len(one.clause.text) > 2:
            near = pick_completions(one.clause.text, index.words(one.clause.text))
            known = sum(len(source.postings) for source in one.slot.sources)
            for word in near if known < KNOWN else ():
                one.slot.sources += _sources(index, one.clause, word, COMPLETED)
            if one.clause is query.clauses[-1]:
                completions = near
        if not one.slot.sources:
            one.correct(index, edits_allowed(one.clause.text))
    hits = _hits(index, clauses, asked)
    if asked and (not hits or hits[0].matched < len(asked)):
        for one in asked:
            if not one.corrections:
                one.correct(index, min(1, edits_allowed(one.clause.text)))
        hits = _hits(index, clauses, asked)
    return Results(
        tuple(_sorted(index, hits, sort)),
        tuple((one.clause.text, one.corrections[0]) for one in asked if one.misspelt),
        tuple(completions),
    )


@dataclass(slots=True)
class _Asked:
    """A clause that is wanted, and what fills it."""

    clause: Clause
    slot: Slot
    corrections: list[str] = field(default_factory=list)
    misspelt: bool = False
    """Whether nothing but a correction fills it."""

    def correct(self, index: SearchIndex, most: int) -> None:
        """Let the words at most so many errors away fill it too."""
        word = self.clause.text
        if self.clause.kind != "word" or most == 0:
            return
        size = anchor(word)
        near = index.words(word[:size]) + index.words_ending(word[-size:])
        self.corrections = pick_corrections(word, near, most)
        self.misspelt = not self.slot.sources and bool(self.corrections)
        for other in self.corrections:
            self.slot.sources += _sources(index, self.clause, other, CORRECTED)


def _sources(index: SearchIndex, clause: Clause, word: str = "", weight: int = 100) -> list[Source]:
    """The lists that a clause, or another word in its place, stands for."""
    word = word or clause.text
    if clause.kind == "phrase":
        return find_phrase(index, clause)
    group = index.group(stem(word.rstrip("-")))
    in_text = {key: postings for key, postings in group.items() if not key.endswith("@")}
    holders = {posting.paper for postings in in_text.values() for posting in postings}
    rarity = idf(index.papers, len(holders))
    found = []
    for key, postings in in_text.items():
        if clause.field == "title":
            postings = [posting for posting in postings if posting.title >= 0]
        if postings and clause.field != "author":
            found.append(Source(postings, rarity, weight, key == word))
    of_authors = group.get(f"{word}@", [])
    if of_authors and clause.field != "title":
        found.append(Source(of_authors, idf(index.papers, len(of_authors)), weight, True))
    return found


def _hits(index: SearchIndex, clauses: Sequence[Clause], asked: Sequence[_Asked]) -> list[Hit]:
    slots = []
    for one in asked:
        slots.append(one.slot)
        if one.clause.joined:
            joined = _sources(index, one.clause, f"{one.clause.joined}-")
            slots.append(Slot(joined, optional=True))
    allowed = _allowed(index, clauses, asked)
    if asked:
        return rank(slots, allowed)
    return [Hit(paper, 0, 0) for paper in sorted(allowed or (), reverse=True)]


def _allowed(
    index: SearchIndex, clauses: Sequence[Clause], asked: Sequence[_Asked]
) -> set[int] | None:
    """The papers that no clause rules out; None where no clause rules any out."""
    musts = [
        {posting.paper for source in one.slot.sources for posting in source.postings}
        for one in asked
        if one.clause.field or one.clause.kind == "phrase"
    ]
    for clause in clauses:
        if clause.kind not in ("word", "phrase") and not clause.exclude:
            musts.append(_filtered(index, clause))
    nots = [_filtered(index, clause) for clause in clauses if clause.exclude]
    if not musts and not nots:
        return None
    allowed = set.intersection(*musts) if musts else set(range(index.papers))
    return allowed.difference(*nots)


def _filtered(index: SearchIndex, clause: Clause) -> set[int]:
    """The papers that a clause is true of."""
    if clause.kind == "year":
        return _of_time(index, clause.text)
    if clause.kind in ("topic", "code"):
        key = "+code" if clause.kind == "code" else f"#{clause.text}"
        return {posting.paper for posting in index.group(key).get(key, [])}
    return {posting.paper for source in _sources(index, clause) for posting in source.postings}


def _of_time(index: SearchIndex, start: str) -> set[int]:
    """The papers of a year or month: papers are numbered by date."""
    first = 0
    found: set[int] = set()
    for month, size in index.manifest.months:
        if month.startswith(start):
            found.update(range(first, first + size))
        first += size
    return found


def _sorted(index: SearchIndex, hits: list[Hit], sort: str) -> list[Hit]:
    if sort == "date":
        return sorted(hits, key=lambda hit: -hit.paper)
    if sort == "votes":
        votes = {p.paper: p.impact for p in index.group("^votes").get("^votes", [])}
        return sorted(hits, key=lambda hit: (-votes.get(hit.paper, 0), -hit.paper))
    return hits
