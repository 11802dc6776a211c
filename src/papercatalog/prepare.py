"""What every build begins with: the catalog as a site shows it, its words, what is made of them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from papercatalog.cache import Cache
from papercatalog.catalog import Catalog, inspect_catalog
from papercatalog.curation.pending import plan_pending
from papercatalog.outputs.papers import relate
from papercatalog.parallel import Beside
from papercatalog.problems import Problem
from papercatalog.reading import list_summaries, list_topics, read_papers
from papercatalog.related import Comparison, Related
from papercatalog.search import Summary, build_joined, join


class OfWords:
    """What is made of all papers' words, while the build goes on: related papers, then the index.

    The two read the same summaries.
    """

    def __init__(self, root: Path, catalog: Catalog, *, indexed: bool = True) -> None:
        """``indexed`` says whether the index will be asked for."""
        self._root, self._catalog = root, catalog
        self._joined: Summary | None = None
        self._related: Related | None = None
        self._work: Beside[object] = Beside(self._relate, *[self._build_index] * indexed)

    def related(self) -> Related:
        """Wait for each paper's related papers."""
        if self._related is None:
            self._related = cast(Related, self._work.result())
        return self._related

    def index(self) -> list[tuple[str, bytes]]:
        """Wait, once, for the files of the search index: paths below the site, and contents."""
        self.related()
        return cast(list[tuple[str, bytes]], self._work.result())

    def close(self) -> None:
        """End the work, if it goes on."""
        self._work.close()

    def _relate(self) -> Related:
        comparison = Comparison()
        self._joined = join(comparison.count(list_summaries(self._catalog)))
        with closing(Cache(self._root)) as cache:
            return relate(self._catalog, cache, comparison)

    def _build_index(self) -> list[tuple[str, bytes]]:
        joined, self._joined = self._joined, None
        assert joined is not None  # noqa: S101, papers are related before
        return list(build_joined(joined, list_topics(self._catalog)))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A catalog that is ready to be built."""

    catalog: Catalog
    """With the papers of digests that have no page yet; all texts are read."""
    problems: tuple[Problem, ...]
    """What is wrong with pages and digests."""
    pending: int
    """How many papers have no page yet."""
    of_words: OfWords


def prepare(root: Path, catalog: Catalog | None = None, *, indexed: bool = True) -> Prepared:
    """Load the catalog unless it is given, add what is new in the digests, read all texts.

    ``indexed`` says whether the search index will be asked for.
    """
    problems: tuple[Problem, ...] = ()
    with closing(Cache(root)) as cache:
        if catalog is None:
            catalog, problems = inspect_catalog(root, cache)
        plan = plan_pending(root, catalog, cache)
        catalog = plan.apply(catalog)
        read_papers(catalog, cache)
    problems = (*problems, *plan.account.problems)
    return Prepared(catalog, problems, len(plan.new), OfWords(root, catalog, indexed=indexed))
