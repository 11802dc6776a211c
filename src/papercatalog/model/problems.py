"""What is wrong with a catalog: where, what, and the remedy. Every module reports with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong, printed as ``path:line: field: message [code]``."""

    path: str
    """The file, relative to the catalog's root, with forward slashes."""
    line: int
    """The line, counted from 1; 0 where the file as a whole is meant."""
    field: str
    """The front matter key, ``body``, or the empty string."""
    code: str
    """A stable, documented name such as ``unknown-topic``."""
    message: str
    """What is wrong and what to do, in one sentence."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        field = f"{self.field}: " if self.field else ""
        return f"{place}: {field}{self.message} [{self.code}]"


def suggest(name: str, known: Iterable[str], otherwise: str) -> str:
    """Say which of the known names was meant by one that is not known; else ``otherwise``."""
    from rapidfuzz import process  # few catalogs have such a problem, and it takes a while

    near = process.extractOne(name, list(known), score_cutoff=60)
    return f"did you mean '{near[0]}'?" if near else otherwise


class CatalogError(Exception):
    """Stops a command: carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
