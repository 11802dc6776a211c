"""The account of an import: what was read, what became of it, and that the sums agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from papercatalog.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Account:
    """Every piece that was read and every paper that was found."""

    paragraphs: int
    """Pieces read from all sources: paragraphs of a digest, items of a list."""
    furniture: int
    """Pieces that belong to the page around the papers."""
    used: int
    """Pieces that are part of a paper."""
    refused: int
    """Pieces that could not be read as part of a paper; ``unreadable`` says why."""
    new: tuple[str, ...]
    """Ids of papers that had no page."""
    there: tuple[str, ...]
    """Ids of pages that papers were found on, with nothing to add."""
    joined: tuple[str, ...]
    """Ids of pages that gained a fact."""
    rejected: tuple[Problem, ...]
    """Papers that cannot become a page, one problem each."""
    unreadable: tuple[Problem, ...]
    """What of the sources is no paper and should have been one."""
    undecided: tuple[str, ...] = ()
    """Ids that papers would have which are likely to be there; they were left out."""

    @property
    def papers(self) -> int:
        """How many papers were found in the sources."""
        found = (self.new, self.there, self.joined, self.rejected, self.undecided)
        return sum(map(len, found))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was turned away, by source and line."""
        return tuple(sorted((*self.unreadable, *self.rejected)))

    def is_balanced(self, records: int) -> bool:
        """Whether every piece and every one of the ``records`` read is accounted for."""
        pieces = self.furniture + self.used + self.refused
        return self.paragraphs == pieces and self.papers == records


def render_account(account: Account) -> Iterator[str]:
    """Write the account in lines for people, what was turned away first."""
    yield from map(str, account.problems)
    yield (
        f"read {account.paragraphs} paragraphs: {account.used} of papers, "
        f"{account.furniture} furniture, {account.refused} refused"
    )
    undecided = f", {len(account.undecided)} undecided" if account.undecided else ""
    yield (
        f"found {account.papers} papers: {len(account.new)} new, "
        f"{len(account.there)} already there, {len(account.joined)} joined to one that is there, "
        f"{len(account.rejected)} rejected{undecided}"
    )


def render_account_json(account: Account) -> dict[str, Any]:
    """Give the account as plain data: counts, ids and problems."""
    return {"papers": account.papers, **asdict(account)}
