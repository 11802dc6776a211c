"""What every build begins with: the catalog as a site shows it, its words, what is related."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from papercatalog.cache import Cache
from papercatalog.catalog import Catalog, inspect_catalog, render_abstracts
from papercatalog.curation.pending import plan_pending
from papercatalog.outputs.papers import relate
from papercatalog.outputs.search import read_words
from papercatalog.parallel import Beside
from papercatalog.problems import Problem
from papercatalog.related import Related


@dataclass(frozen=True, slots=True)
class Prepared:
    """A catalog that is ready to be built."""

    catalog: Catalog
    """With the papers of digests that have no page yet; all abstracts are rendered."""
    problems: tuple[Problem, ...]
    """What is wrong with pages and digests."""
    pending: int
    """How many papers have no page yet."""
    related: Beside[Related]
    """What is related is found meanwhile."""


def prepare(root: Path, catalog: Catalog | None = None) -> Prepared:
    """Load the catalog unless it is given, add what is new in the digests, read all texts."""
    problems: tuple[Problem, ...] = ()
    with closing(Cache(root)) as cache:
        if catalog is None:
            catalog, problems = inspect_catalog(root, cache)
        plan = plan_pending(root, catalog, cache)
        catalog = plan.apply(catalog)
        render_abstracts(catalog, cache)
        read_words(catalog, cache)
    return Prepared(
        catalog,
        (*problems, *plan.account.problems),
        len(plan.new),
        Beside(partial(_relate, root, catalog)),
    )


def _relate(root: Path, catalog: Catalog) -> Related:
    with closing(Cache(root)) as cache:
        return relate(catalog, cache)
