"""The home page: introduction, newest day, topics and how to take part."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.dates import latest_month
from papercatalog.outputs.paper_lists import list_all
from papercatalog.outputs.rows import list_rows
from papercatalog.outputs.templates import DESCRIPTION, make_page

PAPERS = 12
"""How many papers of the newest day the home page shows."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``index.md``."""
    catalog = context.catalog
    listed = list_all(context)
    newest = next(iter(catalog.by_day), None)
    yield make_page(
        context,
        "home",
        "index.md",
        listed.title,
        context.site.description or context.render(catalog.introduction).summary(DESCRIPTION),
        listed=listed,
        introduction=catalog.introduction,
        paper_count=len(catalog.papers),
        topic_count=len(catalog.vocabulary.topics),
        day_count=len(catalog.by_day),
        roots=[(topic, len(catalog.by_topic[topic.slug])) for topic in catalog.vocabulary.roots],
        newest=newest,
        papers=list_rows(context, catalog.by_day[newest][:PAPERS]) if newest else (),
        newest_count=len(catalog.by_day[newest]) if newest else 0,
        month=latest_month(catalog),
    )
