"""The home page: introduction, newest day, topics and how to take part."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.model.catalog import Catalog
from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.dates import latest_month
from papercatalog.outputs.site_info import Site
from papercatalog.outputs.templates import render_page_body


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``index.md``."""
    newest = next(iter(catalog.by_day), None)
    yield render_page_body(
        "home",
        "index.md",
        site.name,
        site.description,
        catalog=catalog,
        site=site,
        newest=newest,
        papers=catalog.by_day[newest] if newest else (),
        month=latest_month(catalog),
    )
