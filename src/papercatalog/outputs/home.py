"""The home page: what this is, search, the newest papers, topics, recent days, how to take part."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.dates import latest_months
from papercatalog.outputs.paper_lists import list_all
from papercatalog.outputs.rows import list_rows
from papercatalog.outputs.templates import DESCRIPTION, make_page
from papercatalog.outputs.trending import has_votes
from papercatalog.outputs.trends import find_rising

PAPERS = 12
"""How many papers of the newest day the home page shows."""
MONTHS = 2
"""How many months its calendar shows."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``index.md``."""
    catalog = context.catalog
    listed = list_all(context)
    newest = next(iter(catalog.by_day), None)
    papers = catalog.by_day[newest] if newest else ()
    summary = context.render(catalog.introduction).summary(DESCRIPTION)
    yield make_page(
        context,
        "home",
        "index.md",
        listed.title,
        context.site.description or summary,
        listed=listed,
        heading=context.site.description or summary or listed.title,
        introduction=catalog.introduction,
        paper_count=len(catalog.papers),
        topic_count=len(catalog.vocabulary.topics),
        day_count=len(catalog.by_day),
        roots=[(topic, len(catalog.by_topic[topic.slug])) for topic in catalog.vocabulary.roots],
        rising=find_rising(catalog),
        has_trending=has_votes(catalog),
        newest=newest,
        newest_count=len(papers),
        papers=list_rows(context, papers[:PAPERS]),
        months=latest_months(catalog, MONTHS),
    )
