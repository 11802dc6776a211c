"""Pages of the catalog that are likely to be one paper, which `load_catalog` lets pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papercatalog.catalog import Catalog
from papercatalog.curation.match import Matcher
from papercatalog.entry import Entry
from papercatalog.problems import Problem

LIKELY_DUPLICATE = "likely-duplicate"
"""The code of a pair; a notice, since only a person can say whether it is one paper."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pages."""

    earlier: Entry
    """The one that was listed first."""
    later: Entry
    reason: str
    """What they share."""


def find_duplicates(catalog: Catalog) -> Iterator[Pair]:
    """Hold each page, from the oldest on, against those before it; the most alike is named.

    Two pages that both have an arXiv id, or a DOI, and not the same one, are two papers.
    """
    matcher = Matcher(())
    for entry in sorted(catalog.entries, key=lambda entry: (entry.date, entry.id)):
        match = matcher.find_alike(entry)
        if match:
            yield Pair(catalog.by_id[match.id], entry, match.reason)
        matcher.add(entry)


def report_duplicates(catalog: Catalog, known: Iterable[Problem]) -> Iterator[Problem]:
    """Name each pair as a problem of the later page, unless one of them is a known duplicate."""
    told = {problem.path for problem in known if problem.code.startswith("duplicate-")}
    for pair in find_duplicates(catalog):
        if not told.isdisjoint({f"docs/{pair.earlier.path}", f"docs/{pair.later.path}"}):
            continue
        message = (
            f"is much like docs/{pair.earlier.path} ({pair.reason}); merge them with "
            "'papercatalog review', or give both their arXiv ids or DOIs if they are two papers"
        )
        yield Problem(f"docs/{pair.later.path}", 0, "title", LIKELY_DUPLICATE, message)
