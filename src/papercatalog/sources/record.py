"""What every reader of a source returns: its records, and a count of all it read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as a source gives it, before `text` repairs its title and abstract."""

    title: str
    """The title on one line, white space collapsed."""
    abstract: str
    """Paragraphs on one line each, a blank line apart, in the source's own wording; empty where
    the source has none, as bibliographies often do."""
    line: int
    """The line of the source that the paper starts on, or its item's number, from 1."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """The other facts that the source gives, by the names of the fields in `SOURCED`, each of the
    type that its kind has in a `Paper`; None or absent if the source does not give it."""
    sure: bool = True
    """Whether the source vouches for the record; if not, a person decides."""
    provenance: str = ""
    """Where the source has the facts from, in its own words; no fact of the paper."""
    page: Paper | None = None
    """The paper as its page has it, where the source is a catalog's export; nothing of it needs
    repair, and ``facts`` repeat it."""

    @property
    def date(self) -> dt.date | None:
        """The day the source lists the paper on."""
        return self.facts.get("date")

    @property
    def published(self) -> dt.date | None:
        """The day it was first published."""
        return self.facts.get("published")

    @property
    def arxiv(self) -> str | None:
        """The arXiv id without its version."""
        return self.facts.get("arxiv")

    @property
    def doi(self) -> str | None:
        """The DOI in lower case."""
        return self.facts.get("doi")

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors' names in the paper's order."""
        authors: tuple[str, ...] = self.facts.get("authors", ())
        return authors


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """The records of one source, and a count of every piece of it."""

    source: str
    """The source's path or address, as a page's ``digests`` names it."""
    records: tuple[Record, ...] = ()
    rejected: tuple[Problem, ...] = ()
    """What could not be read as a paper, each with its line and the reason."""
    remarks: tuple[Problem, ...] = ()
    """Facts left out of a record that stands without them, each with its line and the reason."""
    pieces: int = 0
    """How many pieces were read: paragraphs of a digest, items of a list."""
    boilerplate: int = 0
    """How many of them belong to the source's form: a page's header, a table's first row."""
    used: int = 0
    """How many became part of a record."""
    rejected_pieces: int = 0
    """How many the problems in ``rejected`` name. A source that cannot be cut into pieces counts
    as one."""

    def balanced(self) -> bool:
        """Whether the counts add up."""
        return self.pieces == self.boilerplate + self.used + self.rejected_pieces


def reject_source(
    source: str,
    problem: Problem,
    *,
    pieces: int = 1,
    boilerplate: int = 0,
    rejected_pieces: int = 1,
) -> ParsedSource:
    """Reject a source as a whole, with one problem.

    Args:
        source: The source's path or address.
        problem: Why it has no records.
        pieces: How many pieces it has; one if it cannot be cut into pieces.
        boilerplate: How many of them are boilerplate.
        rejected_pieces: How many of them the problem rejects, counted one by one.
    """
    return ParsedSource(
        source,
        rejected=(problem,),
        pieces=pieces,
        boilerplate=boilerplate,
        rejected_pieces=rejected_pieces,
    )


def merge_parsed_sources(source: str, parsed_sources: Iterable[ParsedSource]) -> ParsedSource:
    """Merge the parsed sources of a source's parts."""
    parts = list(parsed_sources)
    return ParsedSource(
        source,
        records=tuple(record for part in parts for record in part.records),
        rejected=tuple(problem for part in parts for problem in part.rejected),
        remarks=tuple(remark for part in parts for remark in part.remarks),
        pieces=sum(part.pieces for part in parts),
        boilerplate=sum(part.boilerplate for part in parts),
        used=sum(part.used for part in parts),
        rejected_pieces=sum(part.rejected_pieces for part in parts),
    )
