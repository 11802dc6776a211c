"""The catalog as a site shows it: what is written, and what is new in the digests."""

from __future__ import annotations

from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from papercatalog.cache import Cache
from papercatalog.catalog import Catalog, inspect_catalog, render_abstracts
from papercatalog.curation.pending import plan_pending

log = get_plugin_logger("papercatalog.plugin")


def read_catalog(root: Path, cache: Cache, catalog: Catalog | None = None) -> Catalog:
    """Load the catalog unless it is given, add what is new in the digests, render all abstracts.

    Each problem is a warning.
    """
    if catalog is None:
        catalog, problems = inspect_catalog(root, cache)
        for problem in problems:
            log.warning("%s", problem)
    plan = plan_pending(root, catalog, cache)
    for problem in plan.account.problems:
        log.warning("%s", problem)
    if plan.new:
        log.info("%d papers of seeds/ have no page yet; they are shown all the same", len(plan.new))
    catalog = plan.apply(catalog)
    render_abstracts(catalog, cache)
    return catalog
