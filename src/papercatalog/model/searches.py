"""Reads ``docs/searches``: queries whose results have a page, a feed and exports of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from papercatalog.model.field_types import parse_text
from papercatalog.model.ids import is_id
from papercatalog.model.page_report import PageReport
from papercatalog.model.problems import CatalogError, Problem

KEYS = ("title", "query")
"""The keys of a saved search's front matter; all must be there."""
MAX_QUERY = 500
"""The most characters of a query: as many as the search page takes."""
FINDS_NOTHING = "finds-nothing"
"""The code of the notice that a saved search finds no paper."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """One page of ``docs/searches``."""

    slug: str
    """The page's file name without ``.md``, and the name of its address."""
    title: str
    query: str
    """In the language of the site's search."""
    text: str = ""
    """What the curator says of it, Markdown."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """The line of each key in the page, from 1."""

    @property
    def path(self) -> str:
        """The page, relative to the catalog's root."""
        return f"docs/searches/{self.slug}.md"

    @property
    def url(self) -> str:
        """The page's address, relative to the site."""
        return f"searches/{self.slug}/"


def parse_search(text: str, slug: str, path: str) -> tuple[SavedSearch | None, tuple[Problem, ...]]:
    """Read a saved search, and report every problem in it; None where it cannot be used.

    The codes are ``bad-id``, ``unknown-key``, ``missing-key``, ``bad-value`` and those of
    `parse_front_matter`.
    """
    if not is_id(slug):
        message = (
            "the file's name cannot be an address: use lower-case letters and digits, joined by "
            "'-', other than 'index'"
        )
        return None, (Problem(path, 0, "", "bad-id", message),)
    try:
        page = PageReport(text, path, KEYS)
    except CatalogError as error:
        return None, error.problems
    front, problems, report = page.front, page.problems, page.add
    given: dict[str, str] = {}
    for key in KEYS:
        if key not in front.values:
            report(key, "missing-key", f"add '{key}:' to the front matter")
            continue
        try:
            given[key] = _parse_line(front.values[key])
        except ValueError as error:
            report(key, "bad-value", str(error))
    try:
        body = parse_text(front.body)
    except ValueError as error:
        report("body", "bad-value", f"the text {error}")
    if problems:
        return None, tuple(problems)
    return SavedSearch(slug, given["title"], given["query"], body, front.lines), ()


def _parse_line(value: object) -> str:
    line = " ".join(parse_text(value).split())
    if not line:
        raise ValueError("is empty; give it a value")
    if len(line) > MAX_QUERY:
        raise ValueError(f"has {len(line):,} characters; shorten it to at most {MAX_QUERY}")
    return line
