"""Search over the whole catalog: the index that browsers load piece by piece, and its queries.

``build_search`` makes the index. A catalog can also be read in parts: ``summarise`` makes what is
needed of some of its papers, ``build_from`` the same index of all summaries. ``SearchIndex`` and
``search`` read it in Python as the modules in ``theme/assets/search`` do in the browser.
"""

from __future__ import annotations

from papercatalog.search.build import build_from, build_joined, build_search
from papercatalog.search.document import Document, SearchTopic
from papercatalog.search.engine import Results, search
from papercatalog.search.known import Known
from papercatalog.search.opensearch import render_opensearch
from papercatalog.search.reader import Card, SearchIndex
from papercatalog.search.scripts import build_scripts
from papercatalog.search.summarise import RUN, summarise
from papercatalog.search.summary import Summary, join
from papercatalog.search.wire import IndexFormatError

__all__ = [
    "RUN",
    "Card",
    "Document",
    "IndexFormatError",
    "Known",
    "Results",
    "SearchIndex",
    "SearchTopic",
    "Summary",
    "build_from",
    "build_joined",
    "build_scripts",
    "build_search",
    "join",
    "render_opensearch",
    "search",
    "summarise",
]
