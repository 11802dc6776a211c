"""What is read of papers' texts, each paper's once: abstracts rendered, words summarised.

The search index and related papers are made of that. It is kept by runs of papers of one month;
where a run has changed, the papers that are new in it are read and those that are gone left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from papercatalog.build.segment_cache import KIND, Run, Unread, finish
from papercatalog.model.catalog import Catalog, split_by
from papercatalog.model.paper import Paper
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.hashing import hash_key
from papercatalog.runtime.processes import MIN_PARALLEL_ITEMS, parallel_imap, split
from papercatalog.search.index.document import SEGMENT_PAPERS, Document, SearchTopic
from papercatalog.text import Rendered

if TYPE_CHECKING:
    from papercatalog.search.index.segment import Segment

Words = bytes | Unread
"""What a run's papers say, as a summary's bytes; or what is to be read for that."""


def read_papers(catalog: Catalog, cache: Cache | None = None) -> list[Words]:
    """Let a catalog know all rendered abstracts, and give the words of each run of papers.

    Papers that the cache knows are not read again. Where few are new, their words are left to be
    read by others.
    """
    cache = cache or Cache()
    names = {
        hash_key(catalog.vocabulary_key, repr(name)): papers
        for name, papers in _split_by_month(catalog.papers)
    }
    known = {name: Run.load(data) for name, data in cache.get(KIND, names).items()}
    changed = [
        (name, papers, known.get(name))
        for name, papers in names.items()
        if name not in known or set(known[name].keys) != {paper.key.hex() for paper in papers}
    ]
    unread: dict[bytes, Unread] = {}
    if sum(_count_fresh(papers, run) for _, papers, run in changed) < MIN_PARALLEL_ITEMS:
        unread = {run[0]: _plan(catalog, run) for run in changed}
    else:
        read = partial(_read, catalog, list_topics(catalog))
        for (name, *_), data in zip(changed, parallel_imap(read, changed, enough=2), strict=True):
            known[name] = Run.load(data)
            cache.put(KIND, {name: data})
    cache.prune(KIND, names, spare=0)
    words: list[Words] = []
    for name, papers in names.items():
        run = unread.get(name) or known.pop(name)
        words.append(run if isinstance(run, Unread) else run.words)
        abstracts = {paper.key.hex(): paper.abstract for paper in papers}
        catalog.rendered.update(
            (abstracts[key], Rendered(*text))
            for key, text in zip(run.keys, run.texts, strict=True)
            if text
        )
    return words


def list_summaries(catalog: Catalog) -> Iterator[Segment]:
    """Give what is known of each run of papers; all are read, once."""
    from papercatalog.search.index.segment import Segment

    if not catalog.words:
        catalog.words.extend(finish(read_papers(catalog), list_topics(catalog), Cache()))
    return (Segment.load(words, trusted=True) for words in catalog.words)


def _split_by_month(
    papers: Sequence[Paper],
) -> Iterator[tuple[tuple[int, int, int], Sequence[Paper]]]:
    """Give each run's papers, and its year, its month and its number in that."""
    for (year, month), of_month in split_by(papers, attrgetter("year", "month")).items():
        for number, run in enumerate(split(len(of_month), SEGMENT_PAPERS)):
            yield (year, month, number), of_month[run.start : run.stop]


_Changed = tuple[bytes, Sequence[Paper], Run | None]
"""A run's key in the cache, its papers, and what was read under that key before."""


def _count_fresh(papers: Sequence[Paper], before: Run | None) -> int:
    known = set(before.keys if before else ())
    return sum(paper.key.hex() not in known for paper in papers)


def _plan(catalog: Catalog, run: _Changed) -> Unread:
    """Say what of a run is to be read: the papers that are not in what was read of it before."""
    name, papers, before = run
    before = before or Run([], [], b"")
    there = {paper.key.hex() for paper in papers}
    stay = [number for number, key in enumerate(before.keys) if key in there]
    keys = [before.keys[number] for number in stay]
    texts = [before.texts[number] for number in stay]
    known = set(keys)
    fresh = [paper for paper in papers if paper.key.hex() not in known]
    documents = list_documents(catalog, fresh)
    for paper in fresh:
        text = catalog.rendered.get(paper.abstract)
        texts.append([text.html, text.plain] if text else None)
        keys.append(paper.key.hex())
    return Unread(name, keys, texts, before.words, stay, documents)


def _read(catalog: Catalog, topics: Sequence[SearchTopic], run: _Changed) -> bytes:
    return _plan(catalog, run).read(topics).dump()


def list_documents(catalog: Catalog, papers: Iterable[Paper]) -> list[Document]:
    """Give papers of a catalog as the search engine takes them."""
    return [
        Document(
            id=paper.id,
            url=paper.url,
            title=paper.title,
            authors=paper.authors,
            topics=paper.topics,
            abstract=catalog.render(paper.abstract).plain,
            date=paper.date,
            votes=paper.votes,
            code=paper.links.code is not None,
            arxiv=paper.arxiv,
            doi=paper.doi,
        )
        for paper in papers
    ]


def list_topics(catalog: Catalog) -> list[SearchTopic]:
    """Give each topic as the search engine takes it."""
    return [
        SearchTopic(topic.slug, topic.title, topic.parent) for topic in catalog.vocabulary.topics
    ]
