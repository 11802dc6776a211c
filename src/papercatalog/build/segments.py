"""Renders all abstracts, chooses their gists and builds the segments of the search index.

All are cached by segment: its papers are rendered and indexed again when one of them or a topic
has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import NamedTuple

from papercatalog.model.catalog import Catalog, split_by
from papercatalog.model.paper import Paper
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.hashing import hash_key
from papercatalog.runtime.processes import MIN_PARALLEL_ITEMS, parallel_imap, split
from papercatalog.search.index.document import SEGMENT_PAPERS, Document, SearchTopic
from papercatalog.text import Rendered, choose_gist, render_text, render_unformatted

_CACHE_KIND = "segment"
"""The kind under which the cache keeps them."""

Render = Callable[[str], Rendered]
"""Renders Markdown."""


class PaperTexts(NamedTuple):
    """All papers' abstracts, rendered and indexed."""

    rendered: Mapping[str, Rendered]
    """Abstracts with markup, by their Markdown; the others render as fast as they are looked up."""
    gists: Mapping[bytes, str]
    """Gists by their papers' keys. To choose one takes as long as to render a row of a list."""
    segments: Sequence[bytes]
    """Segments of the search index, as `Segment.dump` writes them; each paper is in one."""


def render_and_index(catalog: Catalog, cache: Cache) -> PaperTexts:
    """Render and index all papers; segments that the cache has are not made again."""
    topics = to_search_topics(catalog)
    papers_of = list(_split_into_segments(catalog.papers))
    keys = [
        hash_key(catalog.vocabulary_key, *(paper.key for paper in papers)) for papers in papers_of
    ]
    kept = cache.get(_CACHE_KIND, keys)
    missing = [number for number, key in enumerate(keys) if key not in kept]
    work = partial(_build_cached_segment, topics)
    todo = [papers_of[number] for number in missing]
    are_many = sum(map(len, todo)) >= MIN_PARALLEL_ITEMS
    made = parallel_imap(work, todo, min_items=2) if are_many else map(work, todo)
    for number, data in zip(missing, made, strict=True):
        kept[keys[number]] = data
        cache.put(_CACHE_KIND, {keys[number]: data})
    cache.prune(_CACHE_KIND, keys, spare=0)
    rendered: dict[str, Rendered] = {}
    gists: dict[bytes, str] = {}
    segments = []
    for key, papers in zip(keys, papers_of, strict=True):
        texts, chosen, segment = _decode(kept.pop(key))
        gists |= zip((paper.key for paper in papers), chosen, strict=True)
        segments.append(segment)
        pairs = zip(papers, texts, strict=True)
        rendered |= {paper.abstract: Rendered(*text) for paper, text in pairs if text}
    return PaperTexts(rendered, gists, segments)


def make_render(rendered: Mapping[str, Rendered]) -> Render:
    """Make a function that renders Markdown, and renders none of the ``rendered`` texts again."""
    parse = lru_cache(maxsize=1000)(render_text)

    def render(markdown: str) -> Rendered:
        return rendered.get(markdown) or render_unformatted(markdown) or parse(markdown)

    return render


def make_find_gist(gists: Mapping[bytes, str], render: Render) -> Callable[[Paper], str]:
    """Make a function that gives a paper's gist, and chooses none of ``gists`` again."""

    def find_gist(paper: Paper) -> str:
        return gists.get(paper.key) or choose_gist(render(paper.abstract).plain, paper.title)

    return find_gist


def to_documents(papers: Iterable[Paper], render: Render) -> list[Document]:
    """Give papers as the search engine takes them, with their gists."""
    find_gist = make_find_gist({}, render)
    return [
        Document(
            id=paper.id,
            url=paper.url,
            title=paper.title,
            authors=paper.authors,
            topics=paper.topics,
            abstract=render(paper.abstract).plain,
            date=paper.date,
            votes=paper.votes,
            code=paper.links.code is not None,
            arxiv=paper.arxiv,
            doi=paper.doi,
            gist=find_gist(paper),
        )
        for paper in papers
    ]


def to_search_topics(catalog: Catalog) -> list[SearchTopic]:
    """Give each topic as the search engine takes it."""
    return [
        SearchTopic(topic.slug, topic.title, topic.parent) for topic in catalog.vocabulary.topics
    ]


def _split_into_segments(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """Split papers by month, the oldest papers of a month first: new ones change one segment."""
    for month in split_by(papers, attrgetter("year", "month")).values():
        oldest_first = month[::-1]
        for part in split(len(month), SEGMENT_PAPERS):
            yield oldest_first[part.start : part.stop]


def _build_cached_segment(topics: Sequence[SearchTopic], papers: Sequence[Paper]) -> bytes:
    """Render and index some papers: a line of JSON with texts and gists, then the segment."""
    from papercatalog.search.index.segment_builder import build_segment  # loads numpy

    render = lru_cache(maxsize=None)(lambda text: render_unformatted(text) or render_text(text))
    documents = to_documents(papers, render)
    segment = build_segment(documents, topics).dump()
    texts = [
        None
        if render_unformatted(paper.abstract)
        else [render(paper.abstract).html, render(paper.abstract).plain]
        for paper in papers
    ]
    gists = [document.gist for document in documents]
    head = json.dumps([texts, gists], ensure_ascii=False, separators=(",", ":"))
    return b"%b\n%b" % (head.encode(), segment)


def _decode(data: bytes) -> tuple[list[list[str] | None], list[str], bytes]:
    """Read what `_build_cached_segment` wrote."""
    head, _, segment = data.partition(b"\n")
    texts, gists = json.loads(head)
    return texts, gists, segment
