"""Reads a pasted digest: its papers become records, and every piece of it is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from papercatalog.model.fields import SOURCED
from papercatalog.model.problems import Problem
from papercatalog.sources.digest.breaks import ends_sentence
from papercatalog.sources.digest.date_lines import DateLine, resolve_published
from papercatalog.sources.digest.lines import split_lines
from papercatalog.sources.digest.listing_days import DateError, date_papers
from papercatalog.sources.digest.markup import take_off_markup
from papercatalog.sources.digest.other_formats import describe_other_format
from papercatalog.sources.digest.pasted_page import PaperPieces, PastedPage, read_page
from papercatalog.sources.digest.pieces import LayoutPiece
from papercatalog.sources.digest.printed_facts import PrintedFacts, find_facts
from papercatalog.sources.digest.titles import strip_numbers
from papercatalog.sources.format_detection import OTHER_FORMAT
from papercatalog.sources.raw_records import LEFT_OUT, UNREADABLE
from papercatalog.sources.record import ParsedSource, Record, reject_source

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
DOUBTFUL = "uncertain-title"
"""A title whose lines may be others, on a page without blank lines."""
CUT = "abstract-cut"
"""An abstract that the page shows only the start of."""

MAX_LINES = 100_000
"""Lines of a digest at most, blank ones left out: a page of 100 papers has some 3,000, and each
takes a third of a millisecond."""
ABSTRACT_LENGTH = 1960
"""An abstract has this many characters at most: arXiv takes 1,920."""
WHOLE_ABSTRACT = 600
"""A paragraph this long may be an abstract by itself; of 100 abstracts 99 have 700 or more."""
ABSTRACT_WORDS = 8
"""An abstract has this many words at least; of 6,000 papers' the shortest has 27."""
CUT_ABSTRACT_WORDS = 40
"""One that ends without a full stop has this many: it may be cut off, but it is no title."""


def parse_digest(data: bytes, source: str, *, year: int | None = None) -> ParsedSource:
    """Read a pasted "Daily Papers" page: UTF-8 text of titles and abstracts in turn.

    `source` is the file's path as pages name it. The day comes from its name; the year of a date
    line without one from the name too, else from a full date line, else from `year`. A file that
    cannot be read at all gives no records, and one rejected problem that says why.
    """
    text = _decode(data, source)
    if isinstance(text, Problem):
        return reject_source(source, text)
    if message := describe_other_format(text):
        problem = Problem(source, 0, "", OTHER_FORMAT, message)
        return reject_source(source, problem)
    lines = split_lines(text)
    if len(lines) > MAX_LINES:
        message = f"has {len(lines):,} lines; split it into files of at most {MAX_LINES:,}"
        return reject_source(source, Problem(source, 0, "", UNREADABLE, message))
    page = read_page(take_off_markup(lines))
    builder = _ReportBuilder(source)
    complete = [paper for paper in page.papers if is_complete(paper)]
    if not complete:
        return _read_nothing(source, page)
    try:
        days, published = date_papers(page, source, year)
    except DateError as error:
        wrong = Problem(source, error.line, "", DATE, str(error))
        return _reject_page(source, page, wrong)
    titles = strip_numbers([paper.title.text if paper.title else "" for paper in page.papers])
    for paper, title, day, seen, facts in zip(
        page.papers, titles, days, published, find_facts(page), strict=True
    ):
        builder.take(paper, title, day, seen, facts)
        if paper.line in page.doubtful:
            builder.doubt(paper, title)
    return ParsedSource(
        source,
        records=tuple(builder.records),
        rejected=tuple(builder.rejected),
        remarks=tuple(builder.remarks),
        pieces=page.size,
        boilerplate=page.boilerplate,
        used=builder.used,
        rejected_pieces=builder.rejected_pieces,
    )


def _decode(data: bytes, source: str) -> str | Problem:
    """Decode a digest as UTF-8, or as UTF-16 with its mark; else say by line why it cannot be."""
    if not data.strip():
        return Problem(source, 0, "", EMPTY, "the file is empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return Problem(source, 1, "", ENCODING, "not whole UTF-16; save it as UTF-8 text")
    if b"\0" in data:
        offset = data.index(b"\0")
        message = f"not a text file: a null byte at offset {offset}; save it as UTF-8 text"
        return Problem(source, 0, "", BINARY, message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        line = 1 + data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
        message = f"not UTF-8: byte 0x{data[start]:02x} at offset {start}; save it as UTF-8 text"
        return Problem(source, line, "", ENCODING, message)


def is_complete(paper: PaperPieces) -> bool:
    """Whether there is a title, and a paragraph that reads as an abstract."""
    return paper.title is not None and reads_as_abstract(paper.paragraphs)


def reads_as_abstract(paragraphs: Sequence[LayoutPiece]) -> bool:
    """Whether paragraphs have words enough for an abstract, and end as a sentence or are long."""
    words = sum(len(piece.text.split()) for piece in paragraphs)
    if words < ABSTRACT_WORDS:
        return False
    return words >= CUT_ABSTRACT_WORDS or any(ends_sentence(piece.text) for piece in paragraphs)


def _read_nothing(source: str, page: PastedPage) -> ParsedSource:
    """Say in one message what a page without a whole paper has, and what to do."""
    titles = sum(paper.title is not None for paper in page.papers)
    alone = sum(paper.title is None for paper in page.papers)
    if titles:
        first = next(paper.title for paper in page.papers if paper.title)
        what = "titles without abstracts, such as" if titles > 1 else "a title without an abstract:"
        message = (
            f"no paper found, only {what} {_quote_start(first.text)}; "
            "paste a view of the page that shows the abstracts"
        )
        problem = Problem(source, first.line, "", NO_ABSTRACT, message)
    elif alone:
        message = "no paper found, only text without titles: paste the titles and abstracts"
        problem = Problem(source, page.papers[0].line, "", NO_TITLE, message)
    else:
        message = "no paper found; paste the titles and abstracts"
        problem = Problem(source, 0, "", EMPTY, message)
    return _reject_page(source, page, problem)


def _reject_page(source: str, page: PastedPage, problem: Problem) -> ParsedSource:
    return reject_source(
        source,
        problem,
        pieces=page.size,
        boilerplate=page.boilerplate,
        rejected_pieces=page.paper_pieces,
    )


@dataclass
class _ReportBuilder:
    """Makes the records of a page, and counts what becomes of each title and paragraph."""

    source: str
    records: list[Record] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    used: int = 0
    rejected_pieces: int = 0

    def take(
        self,
        paper: PaperPieces,
        title: str,
        day: dt.date,
        seen: DateLine | None,
        facts: PrintedFacts,
    ) -> None:
        """Make a record of a title and its paragraphs, or say what is missing."""
        paragraphs = paper.paragraphs
        if paper.title is None:
            message = "an abstract without a title: write its title above it"
            self._reject(paragraphs, NO_TITLE, message)
        elif not paragraphs:
            message = f"no abstract follows the title {_quote_start(title)}: paste it below"
            self._reject(paper.pieces, NO_ABSTRACT, message)
        elif not reads_as_abstract(paragraphs):
            message = (
                f"no abstract follows the title {_quote_start(title)}, only "
                f"{_quote_start(paragraphs[0].text)}: paste it below"
            )
            self._reject(paper.pieces, NO_ABSTRACT, message)
        elif sum(len(piece.text) for piece in paragraphs) <= ABSTRACT_LENGTH:
            self._use(paper, paragraphs, title, day, seen, facts)
        elif all(len(piece.text) >= WHOLE_ABSTRACT for piece in paragraphs):
            self._use(paper, paragraphs[:1], title, day, seen, facts)
            for piece in paragraphs[1:]:
                message = (
                    f"no title precedes the abstract {_quote_start(piece.text)}: write it above"
                )
                self._reject([piece], NO_TITLE, message)
        elif len(paragraphs) == 1:
            self._use(paper, paragraphs, title, day, seen, facts)
        else:
            message = (
                f"too long for one abstract, below {_quote_start(title)}: "
                "write the missing title above the second abstract"
            )
            self._reject(paper.pieces, NO_TITLE, message)

    def doubt(self, paper: PaperPieces, title: str) -> None:
        """Say of a record that its title may start or end at another line."""
        message = (
            f"the title {_quote_start(title)} may start or end elsewhere: no blank line parts it"
        )
        self._remark(paper.line, "title", message, DOUBTFUL)

    def _use(
        self,
        paper: PaperPieces,
        paragraphs: Sequence[LayoutPiece],
        title: str,
        day: dt.date,
        seen: DateLine | None,
        facts: PrintedFacts,
    ) -> None:
        published = None
        if seen is not None:
            try:
                published = resolve_published(seen, day)
            except ValueError:
                self._remark(paper.line, "published", "the day below names no day of a calendar")
        abstract = "\n\n".join(piece.text for piece in paragraphs)
        if abstract.endswith(("…", "...")):
            self._remark(
                paragraphs[-1].line,
                "abstract",
                f"the abstract of {_quote_start(title)} is cut off at its end; paste the rest",
                CUT,
            )
        for line, name, note in facts.notes:
            self._remark(line or paper.line, name, note)
        read = {"date": day, "published": published}
        values = {
            field.name: read.get(field.name) or getattr(facts, field.name, None)
            for field in SOURCED
        }
        given = {name: value for name, value in values.items() if value not in (None, ())}
        record = Record(title, abstract, paper.line, given)
        self.records.append(record)
        self.used += 1 + len(paragraphs)

    def _remark(self, line: int, name: str, message: str, code: str = LEFT_OUT) -> None:
        self.remarks.append(Problem(self.source, line, name, code, message))

    def _reject(self, pieces: Sequence[LayoutPiece], code: str, message: str) -> None:
        self.rejected.append(Problem(self.source, pieces[0].line, "", code, message))
        self.rejected_pieces += len(pieces)


def _quote_start(text: str) -> str:
    """Quote a title, or the first 60 characters of a text."""
    return f"“{text if len(text) <= 60 else text[:59].rstrip() + '…'}”"
