"""Finds phrases by the places of their words. ``phrases.js`` is its twin."""

from __future__ import annotations

from papercatalog.search.analysis import stem
from papercatalog.search.postings import ABSTRACT_START, BODY_LEVELS, TITLE_STEP, Posting
from papercatalog.search.query import Clause
from papercatalog.search.ranking import Source, idf
from papercatalog.search.reader import SearchIndex

_TITLE = 6 * TITLE_STEP


def find_phrase(index: SearchIndex, clause: Clause) -> list[Source]:
    """The papers whose words, in any form, stand as in the phrase.

    Of the phrase's stop words those beside another word are looked at. Other forms count half.
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
    for spot in clause.words:
        here = _starts(index, clause.field, spot, exact=exact)
        if starts is None:
            starts = here
        else:
            both = starts.keys() & here.keys()
            starts = {paper: starts[paper] & here[paper] for paper in both}
    return {paper: places for paper, places in (starts or {}).items() if places}


def _starts(
    index: SearchIndex, field: str, spot: tuple[str, int, int], *, exact: bool
) -> dict[int, set[int]]:
    """For each paper, where the phrase would start by one of its words."""
    word, offset, beside = spot
    asked = (0xF0 if beside & 0xF0 else 0) | (0x0F if beside & 0x0F else 0)
    found: dict[int, set[int]] = {}
    for key, postings in index.group(stem(word)).items():
        if key.endswith("-") or key.endswith("@") != (field == "author"):
            continue
        if exact and key.rstrip("@") != word:
            continue
        for posting, places in zip(postings, index.places(stem(word), key), strict=True):
            starts = [place - offset for place, has in places if has & asked == beside]
            found.setdefault(posting.paper, set()).update(starts)
    return found
