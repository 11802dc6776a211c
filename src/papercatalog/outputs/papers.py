"""One page a paper: its facts, its abstract, its neighbours of the day and related papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from papercatalog.artifact import Artifact, PageArtifact, PagesArtifact
from papercatalog.cache import hash_key
from papercatalog.catalog import Catalog
from papercatalog.entry import Entry
from papercatalog.outputs.templates import DESCRIPTION, make_page
from papercatalog.parallel import split
from papercatalog.reading import list_summaries
from papercatalog.site import Site

TOGETHER = 32
"""So many papers of a day, at most, are looked at together."""


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``papers/YEAR/ID.md`` for every paper."""
    for day, entries in catalog.by_day.items():
        for places in split(len(entries), TOGETHER):
            yield PagesArtifact(
                f"papers/{day}-{places.start}",
                [entry.path for entry in entries[places.start : places.stop]],
                partial(_make_pages, catalog, site, entries, places),
                partial(_hash_pages, catalog, site, entries, places),
            )


def remake_page(catalog: Catalog, site: Site, entry: Entry, before: Catalog) -> PageArtifact:
    """Make the page of a paper that has changed since ``before``, with the related papers of then.

    What is related depends on all papers' words; this takes a moment, that takes a while.
    """
    entries = catalog.by_day[entry.date]
    return _make_page(catalog, site, entries, entries.index(entry), before)


def relate(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """Name each paper's related papers; this is worked out once, unless it has been already."""
    if not catalog.related:
        from papercatalog.related import Comparison

        comparison = Comparison()
        found, _ = comparison.relate(map(comparison.count, list_summaries(catalog)))
        catalog.related.update(found)
    return catalog.related


def _make_pages(
    catalog: Catalog, site: Site, entries: Sequence[Entry], places: range
) -> Iterator[PageArtifact]:
    return (_make_page(catalog, site, entries, place, catalog) for place in places)


def _hash_pages(catalog: Catalog, site: Site, entries: Sequence[Entry], places: range) -> bytes:
    """Hash the papers at some places of their day, those before and after, and related ones."""
    beside = entries[max(0, places.start - 1) : places.stop + 1]
    parts = [catalog.vocabulary_key, site.edit_base.encode(), repr(places).encode()]
    parts += (entry.key for entry in beside)
    related, by_id = relate(catalog), catalog.by_id
    for entry in entries[places.start : places.stop]:
        parts.append(b"".join([by_id[page].key for page in related[entry.id]]))
    return hash_key(*parts)


def _make_page(
    catalog: Catalog, site: Site, entries: Sequence[Entry], place: int, read: Catalog
) -> PageArtifact:
    """Make the page of the paper at a place of its day; ``read`` knows what is related to it."""
    entry = entries[place]
    return make_page(
        "paper",
        entry.path,
        entry.title,
        partial(_gather, catalog, site, entries, place, read),
        partial(_describe, catalog, entry),
    )


def _gather(
    catalog: Catalog, site: Site, entries: Sequence[Entry], place: int, read: Catalog
) -> Mapping[str, Any]:
    entry, by_id = entries[place], catalog.by_id
    return {
        "catalog": catalog,
        "entry": entry,
        "topics": [catalog.vocabulary.by_slug[slug] for slug in entry.topics],
        "previous": entries[place - 1] if place else None,
        "following": entries[place + 1] if place + 1 < len(entries) else None,
        "related": [by_id[page] for page in relate(read)[entry.id] if page in by_id],
        "edit_url": site.edit_url(entry.path),
    }


def _describe(catalog: Catalog, entry: Entry) -> str:
    return catalog.render(entry.abstract).gist(DESCRIPTION)
