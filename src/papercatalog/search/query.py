"""The query language: a text becomes clauses. It knows no index and raises no error.

    words "a phrase" title:word author:"two words" topic:slug year:2025 -without prefix*

What does not fit is taken as words. ``query.js`` is its twin; ``tests/search/queries.json`` is run
by both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from papercatalog.search.analysis import STOP_CODES, analyse, atoms, chunks, fold

_ITEM = re.compile(
    r'(?<!\S)(-?)(?:(title|author|topic|year):)?"([^"]*)"(?!\S)|(\S+)', re.IGNORECASE
)
_FIELD = re.compile(r"(-?)(?:(title|author|topic|year):)?(.*)", re.IGNORECASE | re.DOTALL)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:)?"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)

MAX_CLAUSES = 32
"""Further clauses of a query are left out."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a paper has, or has not."""

    kind: str
    """``word``, ``phrase``, ``topic`` or ``year``."""
    text: str
    """Folded: the word, the topic, the year; of a phrase, its words."""
    field: str = ""
    """``title``, ``author``, or empty for all."""
    words: tuple[tuple[str, int, int], ...] = ()
    """Of a word or phrase: words with their places and the codes of the phrase's stop words before
    each, times 16, and after it."""
    joined: str = ""
    """``statespace`` where the reader wrote ``state-space``."""
    exclude: bool = False
    prefix: bool = False
    """Whether the word may go on."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader asks for."""

    clauses: tuple[Clause, ...]
    identifier: str = ""
    """An arXiv id or DOI, folded, where the query is one and nothing else."""


def parse_query(text: str, *, typing: bool = False) -> Query:
    """Read a query; while a reader is typing, its last word may go on.

    >>> parse_query("-author:chen").clauses[0].exclude
    True
    """
    clauses: list[Clause] = []
    for item in _ITEM.finditer(text):
        sign, field, phrase, word = item.groups()
        if word is None:
            clauses += _clauses(phrase, (field or "").lower(), bool(sign), True, False)
            continue
        sign, field, value = _FIELD.fullmatch(word).groups()  # type: ignore[union-attr]
        open_end = value.endswith("*") or (typing and item.end() == len(text))
        clauses += _clauses(value, (field or "").lower(), bool(sign), False, open_end)
    return Query(tuple(clauses[:MAX_CLAUSES]), parse_identifier(text))


def parse_identifier(text: str) -> str:
    """The arXiv id, without its version, or DOI that a text is; else the empty string."""
    found = _ARXIV.fullmatch(text.strip()) or _DOI.fullmatch(text.strip())
    return fold(found[1]) if found else ""


def _clauses(value: str, field: str, exclude: bool, phrase: bool, prefix: bool) -> list[Clause]:
    """The clauses of one item: one, or for a hyphenated word one for each part."""
    if field == "year" and _YEAR.fullmatch(value):
        return [Clause("year", value, exclude=exclude)]
    if field == "topic" and value.strip():
        return [Clause("topic", fold(value.strip()), exclude=exclude)]
    if field in ("topic", "year"):
        field = ""
    found: list[Clause] = []
    read: list[str] = []
    for chunk in chunks(value):
        words, _ = analyse(chunk)
        joined = "".join(word[:-1] for word, _ in words if word[-1] == "-")
        for word in (word for word, _ in words if word[-1] != "-"):
            found.append(Clause("word", word, field, ((word, 0, 0),), joined))
            joined = ""
        read += atoms(chunk)
    if not found:
        return []
    if (len(found) > 1 and (phrase or exclude)) or (len(read) > 1 and phrase):
        text = " ".join(clause.text for clause in found)
        return [Clause("phrase", text, field, _spots(read), exclude=exclude)]
    last = found[-1]
    found[-1] = Clause("word", last.text, field, last.words, last.joined, exclude, prefix)
    return found


def _spots(read: list[str]) -> tuple[tuple[str, int, int], ...]:
    """The words of a phrase, the first at place 0, with the stop words beside them."""
    codes = [0, *(STOP_CODES.get(word, 0) for word in read), 0]
    places = [place for place, word in enumerate(read) if word not in STOP_CODES]
    return tuple(
        (read[place], place - places[0], codes[place] << 4 | codes[place + 2]) for place in places
    )
