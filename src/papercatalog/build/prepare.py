"""What every build begins with: the catalog as a site shows it, and its words."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from papercatalog.build.index_worker import Companion
from papercatalog.build.segments import list_topics, read_papers
from papercatalog.curation.pending import plan_pending
from papercatalog.model.catalog import Catalog
from papercatalog.model.loading import inspect_catalog
from papercatalog.model.problems import Problem
from papercatalog.runtime.cache import Cache


@dataclass(frozen=True, slots=True)
class Prepared:
    """A catalog that is ready to be built."""

    catalog: Catalog
    """With the papers of digests that have no page yet; all texts are read."""
    problems: tuple[Problem, ...]
    """What is wrong with pages and digests."""
    pending: int
    """How many papers have no page yet."""
    companion: Companion
    """Makes what is made of all papers' words, while the build goes on."""


def prepare(root: Path, companion: Companion, catalog: Catalog | None = None) -> Prepared:
    """Load the catalog unless it is given, add what is new in the digests, read all texts.

    The companion is told of what was read; where reading fails, it is closed.
    """
    problems: tuple[Problem, ...] = ()
    try:
        with closing(Cache(root)) as cache:
            if catalog is None:
                catalog, problems = inspect_catalog(root, cache, companion.pages())
            plan = plan_pending(root, catalog, cache)
            catalog = plan.apply(catalog) if plan else catalog
            words = read_papers(catalog, cache)
        companion.start(words, list_topics(catalog))
    except BaseException:
        companion.close()
        raise
    if plan is None:
        return Prepared(catalog, problems, 0, companion)
    return Prepared(catalog, (*problems, *plan.report.problems), len(plan.new), companion)
