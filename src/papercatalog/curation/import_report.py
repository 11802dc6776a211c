"""The report of an import: what was read, what became of each paper, and whether the sums agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from papercatalog.model.problems import Problem


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts every piece of the sources and every paper once.

    A piece is a paragraph of a digest, or an entry, record or row of another source.
    """

    pieces: int
    """Pieces read: the sum of the next three."""
    boilerplate: int
    """Pieces of the page around the papers, such as buttons and vote counts."""
    used: int
    """Pieces that are part of a paper."""
    rejected_pieces: int
    """Pieces that could not be read as part of a paper; ``rejected`` gives the reasons."""
    new: tuple[str, ...]
    """Ids of the pages to write."""
    unchanged: tuple[str, ...]
    """Ids of pages that have all facts of a paper already; an id stands here once a paper."""
    updated: tuple[str, ...]
    """Ids of pages that gain a fact; an id stands here once a paper."""
    invalid: tuple[Problem, ...]
    """Papers that cannot become a page, one problem each."""
    rejected: tuple[Problem, ...]
    """Why pieces were rejected, each with its line."""
    uncertain: tuple[str, ...] = ()
    """Ids that papers would have which may be in the catalog already; they are left out."""

    @property
    def papers(self) -> int:
        """How many papers the sources hold."""
        found = (self.new, self.unchanged, self.updated, self.invalid, self.uncertain)
        return sum(map(len, found))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, by source and line."""
        return tuple(sorted((*self.rejected, *self.invalid)))

    def is_balanced(self, records: int) -> bool:
        """Whether the sums agree with each other and with the number of ``records`` read."""
        pieces = self.boilerplate + self.used + self.rejected_pieces
        return self.pieces == pieces and self.papers == records


def render_report(report: ImportReport) -> Iterator[str]:
    """Write the report as lines: the problems, then the pieces, then the papers."""
    yield from map(str, report.problems)
    yield (
        f"read {report.pieces} pieces: {report.used} in papers, "
        f"{report.boilerplate} boilerplate, {report.rejected_pieces} rejected"
    )
    uncertain = f", {len(report.uncertain)} uncertain" if report.uncertain else ""
    yield (
        f"found {report.papers} papers: {len(report.new)} new, "
        f"{len(report.unchanged)} unchanged, {len(report.updated)} updated, "
        f"{len(report.invalid)} invalid{uncertain}"
    )


def render_report_json(report: ImportReport) -> dict[str, Any]:
    """Give the report as plain data: counts, ids and problems."""
    return {"papers": report.papers, **asdict(report)}
