"""What is read of papers' texts, each paper's once: abstracts rendered, words summarised.

The search index and related papers are made of that. It is kept by runs of papers of one month;
where a run has changed, the papers that are new in it are read and those that are gone left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby

from papercatalog.cache import Cache, hash_key
from papercatalog.catalog import Catalog
from papercatalog.entry import Entry
from papercatalog.parallel import split, stream_out
from papercatalog.runs import KIND, Run
from papercatalog.search import RUN, Document, SearchTopic, Summary, join, summarise
from papercatalog.text import Rendered


def read_papers(catalog: Catalog, cache: Cache | None = None) -> None:
    """Let a catalog know all papers' words and rendered abstracts, unless it does.

    Papers that the cache knows are not read again.
    """
    if catalog.words:
        return
    cache = cache or Cache()
    names = {
        hash_key(catalog.vocabulary_key, repr(name)): papers
        for name, papers in _split_by_month(catalog.entries)
    }
    known: dict[bytes, Run] = {}
    for name, data in cache.get(KIND, names).items():
        with suppress(ValueError):  # a damaged one is read anew
            known[name] = Run.load(data)
    changed = {
        name: papers
        for name, papers in names.items()
        if name not in known or set(known[name].keys) != {entry.key.hex() for entry in papers}
    }
    read = partial(_read_run, catalog, list_topics(catalog))
    pairs = [(papers, known.get(name)) for name, papers in changed.items()]
    for name, data in zip(changed, stream_out(read, pairs, enough=2), strict=True):
        known[name] = Run.load(data)
        cache.put(KIND, {name: data})
    cache.prune(KIND, names, spare=0)
    for name, papers in names.items():
        run = known.pop(name)
        catalog.words.append(run.words)
        abstracts = {entry.key.hex(): entry.abstract for entry in papers}
        catalog.rendered.update(
            (abstracts[key], Rendered(*text))
            for key, text in zip(run.keys, run.texts, strict=True)
            if text
        )


def list_summaries(catalog: Catalog) -> Iterator[Summary]:
    """Give what is known of each run of papers."""
    read_papers(catalog)
    return (Summary.load(words, trusted=True) for words in catalog.words)


def _split_by_month(
    entries: Sequence[Entry],
) -> Iterator[tuple[tuple[int, int, int], Sequence[Entry]]]:
    """Give each run's papers, and its year, its month and its number in that."""
    for (year, month), group in groupby(entries, lambda entry: (entry.date.year, entry.date.month)):
        papers = list(group)
        for number, run in enumerate(split(len(papers), RUN)):
            yield (year, month, number), papers[run.start : run.stop]


def _read_run(
    catalog: Catalog, topics: Sequence[SearchTopic], run: tuple[Sequence[Entry], Run | None]
) -> bytes:
    """Read the papers of a run that are not in what was read of it before."""
    papers, before = run
    there = {entry.key.hex() for entry in papers}
    keys, texts, summaries = [], [], []
    if before:
        stay = [number for number, key in enumerate(before.keys) if key in there]
        keys = [before.keys[number] for number in stay]
        texts = [before.texts[number] for number in stay]
        summaries = [Summary.load(before.words, trusted=True).only(stay)]
    known = set(keys)
    fresh = [entry for entry in papers if entry.key.hex() not in known]
    summaries.append(summarise(list_documents(catalog, fresh), topics))
    for entry in fresh:
        text = catalog.rendered.get(entry.abstract)
        texts.append([text.html, text.plain] if text else None)
        keys.append(entry.key.hex())
    return Run(keys, texts, join(summaries).dump()).dump()


def list_documents(catalog: Catalog, entries: Iterable[Entry]) -> list[Document]:
    """Give papers of a catalog as the search engine takes them."""
    return [
        Document(
            id=entry.id,
            url=entry.url,
            title=entry.title,
            authors=entry.authors,
            topics=entry.topics,
            abstract=catalog.render(entry.abstract).plain,
            date=entry.date,
            votes=entry.votes,
            code=entry.links.code is not None,
            arxiv=entry.arxiv,
            doi=entry.doi,
        )
        for entry in entries
    ]


def list_topics(catalog: Catalog) -> list[SearchTopic]:
    """Give each topic as the search engine takes it."""
    return [
        SearchTopic(topic.slug, topic.title, topic.parent) for topic in catalog.vocabulary.topics
    ]
