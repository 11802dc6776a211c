"""Reads the front matter of a page with a few known keys, and collects every problem in it."""

from __future__ import annotations

from collections.abc import Sequence

from papercatalog.model.front_matter import parse_front_matter
from papercatalog.model.problems import Problem, suggest


class PageReport:
    """The front matter of one page, and the problems that are found in it."""

    def __init__(self, text: str, path: str, keys: Sequence[str]) -> None:
        """Parse a page, and report each key that is not among ``keys`` as ``unknown-key``.

        Raises:
            CatalogError: The front matter cannot be parsed; see `parse_front_matter`.
        """
        self.front = parse_front_matter(text, path)
        self.problems: list[Problem] = []
        self._path = path
        for key in self.front.values:
            if key not in keys:
                hint = suggest(key, keys, f"the keys are {', '.join(keys)}")
                self.add(key, "unknown-key", f"unknown key '{key}'; {hint}")

    def add(self, key: str, code: str, message: str) -> None:
        """Report a problem at the line of a key."""
        line = self.front.lines.get(key, 1)
        self.problems.append(Problem(self._path, line, key, code, message))
