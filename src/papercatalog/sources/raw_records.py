"""Turns the raw values that a format's reader finds into records, and counts every piece.

A reader yields one `RawRecord`, `Rejected` or `Boilerplate` for each piece of its source.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.model.problems import Problem
from papercatalog.sources.decoding import UnreadableError
from papercatalog.sources.record import ParsedSource, Record

UNREADABLE = "unreadable-source"
"""The code of the problem that a source as a whole is not in its format."""

_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:/|[T ].*)?", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANK_LINE = re.compile(r"\n\s*\n")
_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+")
_SHOWN = 80

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One paper as a format holds it: values of any type, unchecked, None where absent."""

    line: int
    """Where it starts: a line, or an item's number, from 1."""
    title: object
    abstract: object = None
    """Paragraphs, a blank line apart; other line breaks are blanks."""
    date: object = None
    authors: tuple[object, ...] = ()
    """The names as they are to be shown, in the paper's order."""
    published: object = None
    arxiv: object = None
    doi: object = None
    code: object = None
    project: object = None
    votes: object = None
    remarks: tuple[tuple[str, str], ...] = ()
    """Facts that the reader left out itself: the field, and the reason."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A piece of a source that is not a paper, and why."""

    line: int
    reason: str
    code: str = "not-a-paper"


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A piece that belongs to the source's form: a header row, a comment."""

    line: int


Piece = RawRecord | Rejected | Boilerplate
"""One item of a source, as its reader yields it."""


def build_parsed_source(source: str, pieces: Iterable[Piece]) -> ParsedSource:
    """Check raw records and count every piece.

    An `UnreadableError` raised by ``pieces`` becomes one problem of the source as a whole.
    """
    records: list[Record] = []
    rejected: list[Problem] = []
    remarks: list[Problem] = []
    boilerplate = 0
    try:
        for piece in pieces:
            if isinstance(piece, Boilerplate):
                boilerplate += 1
            elif isinstance(piece, Rejected):
                rejected.append(Problem(source, piece.line, "", piece.code, piece.reason))
            else:
                try:
                    record, notes = _build_record(piece)
                except ValueError as error:
                    rejected.append(Problem(source, piece.line, "", "not-a-paper", str(error)))
                else:
                    records.append(record)
                    remarks += (
                        Problem(source, piece.line, field, "fact-left-out", note)
                        for field, note in notes
                    )
    except UnreadableError as error:
        rejected.append(Problem(source, 0, "", UNREADABLE, str(error)))
    return ParsedSource(
        source,
        records=tuple(records),
        rejected=tuple(rejected),
        remarks=tuple(remarks),
        pieces=len(records) + len(rejected) + boilerplate,
        boilerplate=boilerplate,
        used=len(records),
        rejected_pieces=len(rejected),
        dates=tuple(dict.fromkeys(record.date for record in records if record.date)),
    )


def list_of(value: object) -> list[object]:
    """Take a value that should be a list as one: none for None, itself alone for anything else."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def parse_day(text: str) -> dt.date:
    """Read a whole day, with or without a time behind it; ValueError where there is none.

    >>> parse_day("2024-08-27T09:34:38.000Z")
    datetime.date(2024, 8, 27)
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError("is not a day such as 2025-07-29")
    try:
        return dt.date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        raise ValueError("is a day that no calendar has") from None


def _build_record(raw: RawRecord) -> tuple[Record, list[tuple[str, str]]]:
    notes = list(raw.remarks)

    def fact(field: str, value: object, read: Callable[[str], _T]) -> _T | None:
        try:
            text = _text(value)
            return read(text) if text or field == "authors" else None
        except ValueError as error:
            notes.append((field, f"{_shown(value)} {error}; left out"))
            return None

    title = _required_text("title", raw.title)
    abstract = "\n\n".join(_paragraphs(_optional_text("abstract", raw.abstract)))
    arxiv, doi = fact("arxiv", raw.arxiv, _arxiv), fact("doi", raw.doi, _doi)
    if doi and (same := parse_arxiv(doi)):
        arxiv, doi = arxiv or same.id, None
    record = Record(
        title=title,
        abstract=abstract,
        line=raw.line,
        date=fact("date", raw.date, parse_day),
        authors=tuple(name for author in raw.authors if (name := fact("authors", author, _name))),
        published=fact("published", raw.published, parse_day),
        arxiv=arxiv,
        doi=doi,
        code=fact("code", raw.code, _address),
        project=fact("project", raw.project, _address),
        votes=fact("votes", raw.votes, _votes),
    )
    return record, notes


def _text(value: object) -> str:
    """Take a value as text, a whole number as it is written, None as no text at all."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("is not text")
    text = str(value)
    if _SURROGATE.search(text):
        raise ValueError("holds half a character (a lone surrogate)")
    return _CONTROL.sub("", text).strip()


def _optional_text(field: str, value: object) -> str:
    try:
        return _text(value)
    except ValueError as error:
        raise ValueError(f"its {field} {error}") from None


def _required_text(field: str, value: object) -> str:
    text = _one_line(_optional_text(field, value))
    if not text:
        raise ValueError(f"has no {field}")
    return text


def _name(text: str) -> str:
    if not text:
        raise ValueError("names no author")
    return _one_line(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> Iterator[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (line for part in _BLANK_LINE.split(text) if (line := _one_line(part)))


def _arxiv(text: str) -> str:
    found = parse_arxiv(text)
    if found is None:
        raise ValueError("is not an arXiv id")
    return found.id


def _doi(text: str) -> str:
    found = parse_doi(text)
    if found is None:
        raise ValueError("is not a DOI")
    return found


def _address(text: str) -> str:
    try:
        if _ADDRESS.fullmatch(text) and urlsplit(text).hostname:
            return text
    except ValueError:
        pass
    raise ValueError("is not an address that starts with https://")


def _votes(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) is None:
        raise ValueError("is not a number of votes")
    return int(text)


def _shown(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
