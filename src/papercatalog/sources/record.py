"""What every reader of a source yields: records, and an account of all it read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from papercatalog.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as a source gives it: text unrepaired, facts unchecked."""

    title: str
    """The title on one line, white space collapsed."""
    abstract: str
    """Paragraphs on one line each, a blank line apart, in the source's own wording; empty where
    the source has none, as bibliographies often do."""
    line: int
    """Where the paper starts in the source: a line, or an item's number, from 1."""
    date: dt.date | None = None
    """The day the digest listed it."""
    authors: tuple[str, ...] = ()
    published: dt.date | None = None
    arxiv: str | None = None
    doi: str | None = None
    code: str | None = None
    """The address of the paper's code."""
    project: str | None = None
    """The address of the project's page."""
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader made of one source; nothing of the source is left unaccounted for."""

    source: str
    """The source's path or address, as a page's ``digests`` names it."""
    records: tuple[Record, ...] = ()
    rejected: tuple[Problem, ...] = ()
    """What could not be read as a paper, each with its line and the reason."""
    remarks: tuple[Problem, ...] = ()
    """Facts left out of a record that stands without them, each with its line and the reason."""
    paragraphs: int = 0
    """Pieces read: paragraphs of a digest, items of a list."""
    furniture: int = 0
    """Pieces that belong to the page around the papers."""
    used: int = 0
    """Pieces that became part of a record."""
    refused: int = 0
    """Pieces that the rejected problems name."""
    dates: tuple[dt.date, ...] = field(default=())
    """The days that the source says it lists, in its order."""

    def balanced(self) -> bool:
        """Whether every piece read is accounted for."""
        return self.paragraphs == self.furniture + self.used + self.refused


def join_readings(source: str, readings: Iterable[Reading]) -> Reading:
    """Make one reading of those of a source's parts."""
    parts = list(readings)
    return Reading(
        source,
        records=tuple(record for part in parts for record in part.records),
        rejected=tuple(problem for part in parts for problem in part.rejected),
        remarks=tuple(remark for part in parts for remark in part.remarks),
        paragraphs=sum(part.paragraphs for part in parts),
        furniture=sum(part.furniture for part in parts),
        used=sum(part.used for part in parts),
        refused=sum(part.refused for part in parts),
        dates=tuple(dict.fromkeys(day for part in parts for day in part.dates)),
    )
