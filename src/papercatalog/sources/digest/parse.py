"""Makes records of a pasted digest and names what could not become one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from papercatalog.model.problems import Problem
from papercatalog.sources.digest.dates import DateError, date_papers
from papercatalog.sources.digest.layout import Part, Piece, read_layout
from papercatalog.sources.digest.lines import split_lines
from papercatalog.sources.record import ParsedSource, Record

ENCODING = "digest-encoding"
"""The file is not UTF-8."""
BINARY = "digest-binary"
"""The file is not text."""
EMPTY = "digest-empty"
"""The file holds no paper."""
DATE = "digest-date"
"""The day cannot be told, does not exist, or is told in two ways."""
NO_ABSTRACT = "title-without-abstract"
"""A title that no abstract follows."""
NO_TITLE = "abstract-without-title"
"""An abstract that no title precedes."""

ABSTRACT_LENGTH = 1960
"""An abstract has this many characters at most: arXiv takes 1,920."""
WHOLE_ABSTRACT = 600
"""A paragraph this long may be an abstract by itself; of 100 abstracts 99 have 700 or more."""


def parse_digest(data: bytes, source: str, *, year: int | None = None) -> ParsedSource:
    """Read a pasted "Daily Papers" page: UTF-8 text of titles and abstracts in turn.

    `source` is the file's path as pages name it. The day comes from its name; the year of a date
    line without one from the name too, else from a full date line, else from `year`. A file that
    cannot be read at all gives no records, and one rejected problem that says why.
    """
    try:
        text = _decode(data)
    except _UnreadableError as error:
        return ParsedSource(source, rejected=(error.problem(source),))
    lines = split_lines(text)
    pieces = read_layout(lines)
    papers = list(_papers(pieces))
    if not papers:
        empty = Problem(source, 0, "", EMPTY, "no paper found; paste the titles and abstracts")
        furniture = len(pieces)
        return ParsedSource(source, rejected=(empty,), pieces=furniture, boilerplate=furniture)
    starts = [paper[0].line for paper in papers]
    try:
        days = date_papers(starts, list(_headings(pieces)), source, year)
    except DateError as error:
        wrong = Problem(source, error.line, "", DATE, str(error))
        return ParsedSource(source, rejected=(wrong,))
    account = _Account(source)
    for paper, day in zip(papers, days, strict=True):
        account.take(paper, day)
    return ParsedSource(
        source,
        records=tuple(account.records),
        rejected=tuple(account.rejected),
        pieces=len(pieces),
        boilerplate=sum(piece.part is Part.FURNITURE for piece in pieces),
        used=account.used,
        rejected_pieces=account.refused,
        dates=tuple(dict.fromkeys(days)),
    )


class _UnreadableError(Exception):
    """The bytes are no text."""

    def __init__(self, code: str, line: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.line = line

    def problem(self, source: str) -> Problem:
        return Problem(source, self.line, "", self.code, str(self))


def _decode(data: bytes) -> str:
    if not data.strip():
        raise _UnreadableError(EMPTY, 0, "the file is empty")
    if b"\0" in data:
        offset = data.index(b"\0")
        message = f"not a text file: a null byte at offset {offset}; save it as UTF-8 text"
        raise _UnreadableError(BINARY, 0, message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        line = 1 + data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
        message = f"not UTF-8: byte 0x{data[start]:02x} at offset {start}; save it as UTF-8 text"
        raise _UnreadableError(ENCODING, line, message) from None


def _papers(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Put each title together with its paragraphs; paragraphs without a title by themselves."""
    paper: list[Piece] = []
    for piece in pieces:
        if piece.part is Part.FURNITURE:
            continue
        if piece.part is Part.TITLE and paper:
            yield paper
            paper = []
        paper.append(piece)
    if paper:
        yield paper


def _headings(pieces: Sequence[Piece]) -> Iterator[tuple[int, str]]:
    """The furniture between papers: what stands below a title may be dated, but heads nothing."""
    below_title = False
    for piece in pieces:
        if piece.part is not Part.FURNITURE:
            below_title = piece.part is Part.TITLE
        elif not below_title:
            yield piece.line, piece.text


@dataclass
class _Account:
    """What became of each piece."""

    source: str
    records: list[Record] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    used: int = 0
    refused: int = 0

    def take(self, paper: Sequence[Piece], day: dt.date) -> None:
        """Make a record of a title and its paragraphs, or say what is missing."""
        title, *paragraphs = paper
        if title.part is not Part.TITLE:
            self._refuse(paper, NO_TITLE, "an abstract without a title: write its title above it")
        elif not paragraphs:
            message = f"no abstract follows the title {_quote(title.text)}: paste it below"
            self._refuse(paper, NO_ABSTRACT, message)
        elif sum(len(piece.text) for piece in paragraphs) <= ABSTRACT_LENGTH:
            self._use(title, paragraphs, day)
        elif all(len(piece.text) >= WHOLE_ABSTRACT for piece in paragraphs):
            self._use(title, paragraphs[:1], day)
            for piece in paragraphs[1:]:
                message = f"no title precedes the abstract {_quote(piece.text)}: write it above"
                self._refuse([piece], NO_TITLE, message)
        elif len(paragraphs) == 1:
            self._use(title, paragraphs, day)
        else:
            message = (
                f"too long for one abstract, below {_quote(title.text)}: "
                "write the missing title above the second abstract"
            )
            self._refuse(paper, NO_TITLE, message)

    def _use(self, title: Piece, paragraphs: Sequence[Piece], day: dt.date) -> None:
        abstract = "\n\n".join(piece.text for piece in paragraphs)
        self.records.append(Record(title.text, abstract, title.line, {"date": day}))
        self.used += 1 + len(paragraphs)

    def _refuse(self, pieces: Sequence[Piece], code: str, message: str) -> None:
        self.rejected.append(Problem(self.source, pieces[0].line, "", code, message))
        self.refused += len(pieces)


def _quote(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:59].rstrip() + '…'}”"
