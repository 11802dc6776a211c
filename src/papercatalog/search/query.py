"""The query language: a text becomes clauses. Any text is a query; none raises an error.

    words "a phrase" title:word author:"two words" topic:slug year:2025-07 -without prefix*

What does not fit is taken as words. ``query.js`` parses alike in the browser; both run the cases of
``tests/search/queries.json``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.model.names import fold
from papercatalog.search.analysis import (
    STOP_CODES,
    analyse_chunk,
    split_atoms,
    split_chunks,
)
from papercatalog.search.constants import (
    FIELD_PATTERN,
    ITEM_PATTERN,
    JOINED_MARK,
    MAX_CLAUSES,
    TIME_PATTERN,
)

_ITEM = re.compile(ITEM_PATTERN, re.IGNORECASE)
_FIELD = re.compile(FIELD_PATTERN, re.IGNORECASE)
_TIME = re.compile(TIME_PATTERN)

PhraseWord = tuple[str, int, int]
"""A word of a phrase, its offset in the phrase, and its stop-word context."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition on papers."""

    kind: str
    """``word``, ``phrase``, ``topic`` or ``year``; filters of the search page add ``code``."""
    text: str
    """The word, the phrase's words, the topic or the year, month or day, folded."""
    field: str = ""
    """``title``, ``author``, or empty for all."""
    words: tuple[PhraseWord, ...] = ()
    """The words of a word or phrase."""
    joined: str = ""
    """``statespace`` in the first clause of ``state-space``."""
    exclude: bool = False
    prefix: bool = False
    """Whether the word may be the beginning of a longer one."""
    starts_name: bool = False
    """Whether an author's name must begin with the phrase: ``Wei Li``, but not ``Jia-Wei Li``."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    clauses: tuple[Clause, ...]
    identifier: str = ""
    """The arXiv id or DOI, folded, if the whole query is one."""


def parse_query(text: str, *, typing: bool = False) -> Query:
    """Parse a query; while a reader is ``typing``, the last word is a prefix.

    >>> parse_query("-author:chen").clauses[0].exclude
    True
    """
    clauses: list[Clause] = []
    for item in _ITEM.finditer(text):
        sign, field, phrase, word = item.groups()
        if word is None:
            clauses += _parse_item(phrase, (field or "").lower(), bool(sign), True, False)
            continue
        sign, field, value = _FIELD.fullmatch(word).groups()  # type: ignore[union-attr]
        prefix = value.endswith("*") or (typing and item.end() == len(text))
        clauses += _parse_item(value, (field or "").lower(), bool(sign), False, prefix)
    return Query(tuple(clauses[:MAX_CLAUSES]), parse_identifier(text))


def parse_identifier(text: str) -> str:
    """Return the arXiv id, without its version, or the DOI that a text is; else an empty string."""
    arxiv = parse_arxiv(text)
    return fold(arxiv.id if arxiv else parse_doi(text) or "")


def _parse_item(value: str, field: str, exclude: bool, phrase: bool, prefix: bool) -> list[Clause]:
    """Parse one item: one clause, or one for each part of a hyphenated word."""
    if field == "year" and _TIME.fullmatch(value):
        return [Clause("year", value, exclude=exclude)]
    if field == "topic" and value.strip():
        return [Clause("topic", fold(value.strip()), exclude=exclude)]
    if field in ("topic", "year"):
        field = ""
    clauses: list[Clause] = []
    atoms: list[str] = []
    for chunk in split_chunks(value):
        words, _ = analyse_chunk(chunk)
        joined = "".join(word[:-1] for word, _ in words if word[-1] == JOINED_MARK)
        for word in (word for word, _ in words if word[-1] != JOINED_MARK):
            clauses.append(Clause("word", word, field, ((word, 0, 0),), joined))
            joined = ""
        atoms += split_atoms(chunk)
    if not clauses:
        return []
    if (len(clauses) > 1 and (phrase or exclude)) or (len(atoms) > 1 and phrase):
        text = " ".join(clause.text for clause in clauses)
        return [Clause("phrase", text, field, _phrase_words(atoms, field), exclude=exclude)]
    last = clauses[-1]
    clauses[-1] = Clause("word", last.text, field, last.words, last.joined, exclude, prefix)
    return clauses


def _phrase_words(atoms: list[str], field: str) -> tuple[PhraseWord, ...]:
    """The atoms that are no stop words, with their offsets from the first of them.

    In a name offsets count from its first atom, a stop word or not: there the name begins.
    """
    codes = [0, *(STOP_CODES.get(atom, 0) for atom in atoms), 0]
    places = [place for place, atom in enumerate(atoms) if atom not in STOP_CODES]
    start = 0 if field == "author" else places[0]
    return tuple(
        (atoms[place], place - start, codes[place] << 4 | codes[place + 2]) for place in places
    )
