"""Saved searches: a page for each query in ``docs/searches``, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.paper_lists import list_search
from papercatalog.outputs.rows import list_rows
from papercatalog.outputs.templates import DESCRIPTION, make_page

FOLDER = "searches/"
"""The address of the list, relative to the site."""
MOST = 100
"""A page shows so many papers at most, the best; the search page has all."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``searches/index.md`` and ``searches/SLUG.md`` for each saved search."""
    searches, words = context.catalog.searches, context.words
    yield make_page(
        context,
        "searches",
        f"{FOLDER}index.md",
        words.text("searches.title"),
        words.text("searches.description", site=context.site.name),
        searches=[(saved.title, saved.url, len(context.search(saved.query))) for saved in searches],
        folder=f"{context.site.docs}searches/",
    )
    for saved in searches:
        papers = context.search(saved.query)
        source = f"{FOLDER}{saved.slug}.md"
        yield make_page(
            context,
            "saved_search",
            source,
            saved.title,
            context.render(saved.text).summary(DESCRIPTION)
            or words.text("searches.of_query", site=context.site.name, query=saved.query),
            listed=list_search(context, saved),
            text=saved.text,
            query=saved.query,
            address=f"search/?{urlencode({'q': saved.query})}",
            total=len(papers),
            papers=list_rows(context, papers[:MOST]),
            edit_url=context.site.edit_url(source),
        )


def list_urls(context: Context) -> Iterator[str]:
    """Give the address of every page of a saved search, relative to the site."""
    return (saved.url for saved in context.catalog.searches)
