"""Finds pages of a catalog that are likely to be the same paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.runtime.cache import Cache

LIKELY_DUPLICATE = "likely-duplicate"
"""The code of a pair. It does not fail a check: only a person can say if the papers are one."""

_KIND = "pairs"
"""The cache kind of a catalog's pairs."""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two pages that are likely to be the same paper."""

    earlier: Paper
    """The page with the earlier date, then the smaller id."""
    later: Paper
    reason: str
    """What they share."""


def find_duplicates(catalog: Catalog, cache: Cache | None = None) -> Iterator[DuplicatePair]:
    """Compare each page, from the oldest on, with those before it; give the most similar one.

    Two pages with different arXiv ids, or different DOIs, are two papers. The cache keeps the
    pairs of the last catalog.
    """
    cache = cache or Cache()
    (kept,) = cache.get(_KIND, [catalog.key]).values() or [b""]
    if kept:
        pairs: list[tuple[str, str, str]] = json.loads(kept)
    else:
        pairs = list(_compare(catalog))
        cache.put(_KIND, {catalog.key: json.dumps(pairs).encode()})
        cache.prune(_KIND, [catalog.key], spare=0)
    by_id = catalog.by_id
    return (DuplicatePair(by_id[earlier], by_id[later], reason) for earlier, later, reason in pairs)


def _compare(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Give both ids of each pair, and what they share."""
    from papercatalog.curation.matching import Matcher  # slow to load, rarely needed

    matcher = Matcher(())
    for paper in sorted(catalog.papers, key=lambda paper: (paper.date, paper.id)):
        match = matcher.find_alike(paper)
        if match:
            yield match.id, paper.id, match.reason
        matcher.add(paper)


def report_duplicates(
    catalog: Catalog, known: Iterable[Problem], cache: Cache
) -> Iterator[Problem]:
    """Report each pair as a problem of the later page, unless a page has a duplicate problem."""
    reported = {problem.path for problem in known if problem.code.startswith("duplicate-")}
    for pair in find_duplicates(catalog, cache):
        if not reported.isdisjoint({f"docs/{pair.earlier.path}", f"docs/{pair.later.path}"}):
            continue
        message = (
            f"is likely the same paper as docs/{pair.earlier.path} ({pair.reason}); if so, merge "
            "them with 'papercatalog review'; if not, give both their arXiv ids or DOIs"
        )
        yield Problem(f"docs/{pair.later.path}", 0, "title", LIKELY_DUPLICATE, message)
