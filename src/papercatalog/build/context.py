"""Makes the context of a build: what outputs may ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from papercatalog.build.derived import Derived
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context, SiteInfo


def make_context(site: SiteInfo, derived: Derived) -> Context:
    """Make the context in which outputs are built."""
    return Context(
        catalog=derived.catalog,
        site=site,
        render=derived.render,
        related=relate_in(derived.catalog, derived),
        index_files=lambda: derived.index_files,
    )


def relate_in(catalog: Catalog, derived: Derived) -> Callable[[Paper], Sequence[Paper]]:
    """Make a function that gives a paper's related papers as they are in ``catalog``."""

    def related(paper: Paper) -> Sequence[Paper]:
        by_id = catalog.by_id
        return [by_id[page] for page in derived.related[paper.id] if page in by_id]

    return related
