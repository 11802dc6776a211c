"""Makes the context of a build: what outputs may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter

from papercatalog.build.derived import Derived
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.search.reader import SearchIndex
from papercatalog.search.whole import find_whole


def make_context(site: SiteInfo, derived: Derived) -> Context:
    """Make the context in which outputs are built."""
    return Context(
        catalog=derived.catalog,
        site=site,
        render=derived.render,
        find_gist=derived.find_gist,
        related=relate_in(derived.catalog, derived),
        index_files=lambda: derived.index_files,
        search=make_search(derived.catalog, lambda: derived.index_files),
    )


def make_search(
    catalog: Catalog, index_files: Callable[[], Iterable[FileArtifact]]
) -> Callable[[str], Sequence[Paper]]:
    """Make a function that gives the papers with every word of a query, best first."""

    @cache
    def open_index() -> tuple[SearchIndex, Sequence[Paper]]:
        files = {file.path: file.content for file in index_files()}
        return SearchIndex(files.__getitem__), sorted(catalog.papers, key=attrgetter("date", "id"))

    @cache
    def search(query: str) -> Sequence[Paper]:
        index, numbered = open_index()
        return [numbered[number] for number in find_whole(index, query)]

    return search


def relate_in(catalog: Catalog, derived: Derived) -> Callable[[Paper], Sequence[Paper]]:
    """Make a function that gives a paper's related papers as they are in ``catalog``."""

    def related(paper: Paper) -> Sequence[Paper]:
        by_id = catalog.by_id
        return [by_id[page] for page in derived.related[paper.id] if page in by_id]

    return related


def edit_papers(context: Context, derived: Derived, papers: Sequence[Paper]) -> Context | None:
    """Put edited papers into a context; their related papers stay those of before the edit.

    None if a paper is new or has another path now, or has a topic that the catalog does not.
    """
    before = context.catalog
    if not all(_is_edited_only(paper, before) for paper in papers):
        return None
    edited = {paper.id: paper for paper in papers}
    after = before.with_papers(edited.get(paper.id, paper) for paper in before.papers)
    return replace(context, catalog=after, related=relate_in(after, derived))


def _is_edited_only(paper: Paper, before: Catalog) -> bool:
    there = before.by_id.get(paper.id)
    topics = before.vocabulary.by_slug
    return (
        there is not None
        and there.path == paper.path
        and all(slug in topics for slug in paper.topics)
    )
