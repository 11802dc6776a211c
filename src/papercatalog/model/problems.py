"""Problems of a catalog: where, what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One problem, printed as ``path:line: field: message [code]``."""

    path: str
    """The file, relative to the catalog's root, with forward slashes."""
    line: int
    """The line, from 1; 0 for the file as a whole."""
    field: str
    """The front matter key, ``body``, or an empty text."""
    code: str
    """A stable name such as ``unknown-topic``; the guide lists all."""
    message: str
    """What is wrong and what to do, in one sentence."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        field = f"{self.field}: " if self.field else ""
        return f"{place}: {field}{self.message} [{self.code}]"


def suggest(name: str, known: Iterable[str], otherwise: str) -> str:
    """Ask whether the nearest known name was meant; give ``otherwise`` if none is near."""
    from rapidfuzz import process  # loads slowly, and is needed only for a problem

    near = process.extractOne(name, list(known), score_cutoff=60)
    return f"did you mean '{near[0]}'?" if near else otherwise


class CatalogError(Exception):
    """Stops a command. Holds every problem found, sorted and each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
