"""Finds the papers that a query means as a whole, for searches that nobody looks at."""

from __future__ import annotations

from papercatalog.search.engine import search
from papercatalog.search.query import parse_query
from papercatalog.search.reader import SearchIndex


def find_whole(index: SearchIndex, text: str) -> list[int]:
    """Give the numbers of the papers that have every word of a query, best first.

    `engine.search` also finds papers with most of the words, and takes similar words for those that
    no paper has; a reader sees that. Here both are left out.

    Raises:
        IndexFormatError: The index is damaged.
    """
    results = search(index, text)
    if results.corrections:
        return []
    if results.direct:
        return [hit.paper for hit in results.hits]
    clauses = parse_query(text).clauses
    wanted = sum(one.kind in ("word", "phrase") and not one.exclude for one in clauses)
    return [hit.paper for hit in results.hits if hit.matched == wanted]
