"""Tells which saved searches find nothing; that takes an index of the whole catalog."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.build.context import make_search
from papercatalog.build.derived import build_index_files
from papercatalog.build.segments import render_and_index, to_search_topics
from papercatalog.model.catalog import Catalog
from papercatalog.model.problems import Problem
from papercatalog.model.searches import FINDS_NOTHING
from papercatalog.runtime.cache import Cache


def report_empty_searches(catalog: Catalog, cache: Cache) -> Iterator[Problem]:
    """Report each saved search that finds no paper; no index is made where none is saved."""
    if not catalog.searches:
        return
    segments = render_and_index(catalog, cache).segments
    files = build_index_files(segments, to_search_topics(catalog))
    search = make_search(catalog, lambda: files)
    for saved in catalog.searches:
        if not search(saved.query):
            message = (
                f"no paper has all words of {saved.query!r}; correct the query, or leave it if "
                "papers will come"
            )
            line = saved.lines.get("query", 0)
            yield Problem(saved.path, line, "query", FINDS_NOTHING, message)
