"""Finds phrases by the places of their words. ``phrases.js`` is its twin."""

from __future__ import annotations

from papercatalog.search.analysis import stem
from papercatalog.search.postings import ABSTRACT_START, BODY_LEVELS, TITLE_STEP, Posting
from papercatalog.search.query import Clause
from papercatalog.search.ranking import Source, idf
from papercatalog.search.reader import SearchIndex

_TITLE = 6 * TITLE_STEP


def find_phrase(index: SearchIndex, clause: Clause) -> list[Source]:
    """The papers whose words, in any form, stand as in the phrase; stop words match any word.

    Other forms of the words count half.
    """
    as_written = _matches(index, clause, exact=True)
    postings = []
    for paper, places in sorted(_matches(index, clause, exact=False).items()):
        first = min(places)
        titled = clause.field != "author" and first < ABSTRACT_START
        if titled or clause.field != "title":
            impact = _TITLE if titled else BODY_LEVELS
            impact = impact if paper in as_written else impact // 2
            postings.append(Posting(paper, impact, first if titled else -1))
    return [Source(postings, idf(index.papers, len(postings)), 100, True)] if postings else []


def _matches(index: SearchIndex, clause: Clause, *, exact: bool) -> dict[int, set[int]]:
    """For each paper with the phrase, the places where it starts."""
    starts: dict[int, set[int]] | None = None
    for word, offset in clause.words:
        here = _starts(index, clause.field, word, offset, exact=exact)
        if starts is None:
            starts = here
        else:
            both = starts.keys() & here.keys()
            starts = {paper: starts[paper] & here[paper] for paper in both}
    return {paper: places for paper, places in (starts or {}).items() if places}


def _starts(
    index: SearchIndex, field: str, word: str, offset: int, *, exact: bool
) -> dict[int, set[int]]:
    """For each paper, where the phrase would start by one of its words."""
    found: dict[int, set[int]] = {}
    for key, postings in index.group(stem(word)).items():
        if key.endswith("-") or key.endswith("@") != (field == "author"):
            continue
        if exact and key.rstrip("@") != word:
            continue
        for posting, places in zip(postings, index.places(stem(word), key), strict=True):
            found.setdefault(posting.paper, set()).update(place - offset for place in places)
    return found
