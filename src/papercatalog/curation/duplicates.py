"""Pages of the catalog that are likely to be one paper, which `load_catalog` lets pass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.runtime.cache import Cache

LIKELY_DUPLICATE = "likely-duplicate"
"""The code of a pair; a notice, since only a person can say whether it is one paper."""


_KIND = "pairs"
"""What the cache calls the pairs of a catalog."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pages."""

    earlier: Paper
    """The one that was listed first."""
    later: Paper
    reason: str
    """What they share."""


def find_duplicates(catalog: Catalog, cache: Cache | None = None) -> Iterator[Pair]:
    """Hold each page, from the oldest on, against those before it; the most alike is named.

    Two pages that both have an arXiv id, or a DOI, and not the same one, are two papers. Of the
    same catalog the cache knows the pairs.
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
    return (Pair(by_id[earlier], by_id[later], reason) for earlier, later, reason in pairs)


def _compare(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Name the ids of each pair, and what they share."""
    from papercatalog.curation.matching import Matcher  # loaded only where the cache does not know

    matcher = Matcher(())
    for paper in sorted(catalog.papers, key=lambda paper: (paper.date, paper.id)):
        match = matcher.find_alike(paper)
        if match:
            yield match.id, paper.id, match.reason
        matcher.add(paper)


def report_duplicates(
    catalog: Catalog, known: Iterable[Problem], cache: Cache
) -> Iterator[Problem]:
    """Name each pair as a problem of the later page, unless one of them is a known duplicate."""
    told = {problem.path for problem in known if problem.code.startswith("duplicate-")}
    for pair in find_duplicates(catalog, cache):
        if not told.isdisjoint({f"docs/{pair.earlier.path}", f"docs/{pair.later.path}"}):
            continue
        message = (
            f"is much like docs/{pair.earlier.path} ({pair.reason}); merge them with "
            "'papercatalog review', or give both their arXiv ids or DOIs if they are two papers"
        )
        yield Problem(f"docs/{pair.later.path}", 0, "title", LIKELY_DUPLICATE, message)
