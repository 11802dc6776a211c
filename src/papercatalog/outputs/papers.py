"""One page a paper: its facts, its abstract, its neighbours of the day and related papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from papercatalog.build.segments import list_summaries
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import Artifact, PageArtifact, PagesArtifact
from papercatalog.outputs.site_info import Site
from papercatalog.outputs.templates import DESCRIPTION, make_page
from papercatalog.runtime.hashing import hash_key
from papercatalog.runtime.processes import split

TOGETHER = 32
"""So many papers of a day, at most, are looked at together."""


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``papers/YEAR/ID.md`` for every paper."""
    for day, papers in catalog.by_day.items():
        for places in split(len(papers), TOGETHER):
            yield PagesArtifact(
                f"papers/{day}-{places.start}",
                [paper.path for paper in papers[places.start : places.stop]],
                partial(_make_pages, catalog, site, papers, places),
                partial(_hash_pages, catalog, site, papers, places),
            )


def remake_page(catalog: Catalog, site: Site, paper: Paper, before: Catalog) -> PageArtifact:
    """Make the page of a paper that has changed since ``before``, with the related papers of then.

    What is related depends on all papers' words; this takes a moment, that takes a while.
    """
    papers = catalog.by_day[paper.date]
    return _make_page(catalog, site, papers, papers.index(paper), before)


def relate(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """Name each paper's related papers; this is worked out once, unless it has been already."""
    if not catalog.related:
        from papercatalog.related import find_related

        catalog.related.update(find_related(list_summaries(catalog)))
    return catalog.related


def _make_pages(
    catalog: Catalog, site: Site, papers: Sequence[Paper], places: range
) -> Iterator[PageArtifact]:
    return (_make_page(catalog, site, papers, place, catalog) for place in places)


def _hash_pages(catalog: Catalog, site: Site, papers: Sequence[Paper], places: range) -> bytes:
    """Hash the papers at some places of their day, those before and after, and related ones."""
    beside = papers[max(0, places.start - 1) : places.stop + 1]
    parts = [catalog.vocabulary_key, site.edit_base.encode(), repr(places).encode()]
    parts += (paper.key for paper in beside)
    related, by_id = relate(catalog), catalog.by_id
    for paper in papers[places.start : places.stop]:
        parts.append(b"".join([by_id[page].key for page in related[paper.id]]))
    return hash_key(*parts)


def _make_page(
    catalog: Catalog, site: Site, papers: Sequence[Paper], place: int, read: Catalog
) -> PageArtifact:
    """Make the page of the paper at a place of its day; ``read`` knows what is related to it."""
    paper = papers[place]
    return make_page(
        "paper",
        paper.path,
        paper.title,
        partial(_gather, catalog, site, papers, place, read),
        partial(_describe, catalog, paper),
    )


def _gather(
    catalog: Catalog, site: Site, papers: Sequence[Paper], place: int, read: Catalog
) -> Mapping[str, Any]:
    paper, by_id = papers[place], catalog.by_id
    return {
        "catalog": catalog,
        "paper": paper,
        "topics": [catalog.vocabulary.by_slug[slug] for slug in paper.topics],
        "previous": papers[place - 1] if place else None,
        "following": papers[place + 1] if place + 1 < len(papers) else None,
        "related": [by_id[page] for page in relate(read)[paper.id] if page in by_id],
        "edit_url": site.edit_url(paper.path),
    }


def _describe(catalog: Catalog, paper: Paper) -> str:
    return catalog.render(paper.abstract).excerpt(DESCRIPTION)
