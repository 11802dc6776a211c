"""Turns the raw values that a format's reader finds into records, and counts every piece.

A reader yields one `RawRecord`, `Rejected` or `Boilerplate` for each piece of its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from papercatalog.model.fields import SOURCED
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.sources.decoding import UnreadableError
from papercatalog.sources.facts import Remark, clean_text, one_line, parse_facts
from papercatalog.sources.names import NO_VALUE
from papercatalog.sources.record import ParsedSource, Record
from papercatalog.text.jats import strip_markup

UNREADABLE = "unreadable-source"
"""The code of the problem that a source as a whole is not in its format."""

NOT_A_PAPER = "not-a-paper"
"""The code of a piece that lacks what a paper needs."""

NOT_ASKED = "not-asked"
"""The code of a piece of a service's answer that the request did not name."""

LEFT_OUT = "fact-left-out"
"""The code of a remark on a value that does not reach the page."""

_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One paper as a format holds it: values of any type, unchecked, None where absent."""

    line: int
    """The line, or the item's number, from 1."""
    title: object
    abstract: object = None
    """Paragraphs, a blank line apart; other line breaks are blanks."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """The raw values of other fields, by the names of `facts.NAMES`; authors are given as shown."""
    remarks: tuple[Remark, ...] = ()
    """Facts that the reader left out itself: the field, and the reason."""
    sure: bool = True
    """As in `Record`."""
    provenance: str = ""
    """As in `Record`."""
    page: Paper | None = None
    """As in `Record`; then nothing else is read."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A piece of a source that is not a paper, and why."""

    line: int
    reason: str
    code: str = NOT_A_PAPER


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A piece that belongs to the source's form: a header row, a comment."""

    line: int


Piece = RawRecord | Rejected | Boilerplate
"""One item of a source, as its reader yields it."""


def build_parsed_source(source: str, pieces: Iterable[Piece]) -> ParsedSource:
    """Check raw records and count every piece.

    One loop handles each piece exactly once, as a record, a rejection or boilerplate, so the sum
    of these three is the number of pieces. An `UnreadableError` raised by ``pieces`` becomes one
    problem of the source as a whole, and counts as one rejected piece.
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
                    rejected.append(Problem(source, piece.line, "", NOT_A_PAPER, str(error)))
                else:
                    records.append(record)
                    remarks += (
                        Problem(source, piece.line, name, LEFT_OUT, note) for name, note in notes
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
    )


def _build_record(raw: RawRecord) -> tuple[Record, list[Remark]]:
    if page := raw.page:
        values = {field.name: page.get(field) for field in SOURCED}
        given = {name: value for name, value in values.items() if value not in (None, ())}
        return Record(page.title, page.abstract, raw.line, given, page=page), []
    title = _required_text("title", raw.title)
    abstract = strip_markup("\n\n".join(_paragraphs(_optional_text("abstract", raw.abstract))))
    if abstract.casefold() in NO_VALUE:
        abstract = ""
    facts, remarks = parse_facts(raw.facts)
    record = Record(title, abstract, raw.line, facts, raw.sure, one_line(raw.provenance))
    return record, [*raw.remarks, *remarks]


def _optional_text(field: str, value: object) -> str:
    try:
        return clean_text(value)
    except ValueError as error:
        raise ValueError(f"its {field} {error}") from None


def _required_text(field: str, value: object) -> str:
    text = one_line(strip_markup(_optional_text(field, value)))
    if not text or text.casefold() in NO_VALUE:
        raise ValueError(f"has no {field}")
    return text


def _paragraphs(text: str) -> Iterator[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (line for part in _BLANK_LINE.split(text) if (line := one_line(part)))
