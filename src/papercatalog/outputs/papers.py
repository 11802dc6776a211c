"""One page a paper: its facts, its abstract, its neighbours of the day and related papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import PageArtifact
from papercatalog.outputs.authors import link_authors
from papercatalog.outputs.context import Context
from papercatalog.outputs.head import render_paper_head
from papercatalog.outputs.paper_links import list_links
from papercatalog.outputs.templates import DESCRIPTION, make_lazy_page
from papercatalog.text import describe_abstract, plain_title


def build(context: Context) -> Iterator[PageArtifact]:
    """Build ``papers/YEAR/ID.md`` for every paper."""
    for papers in context.catalog.by_day.values():
        for place in range(len(papers)):
            yield _make_page(context, papers, place)


def make_paper_page(context: Context, paper: Paper) -> PageArtifact:
    """Make the page of one paper of the catalog."""
    papers = context.catalog.by_day[paper.date]
    return _make_page(context, papers, papers.index(paper))


def _make_page(context: Context, papers: Sequence[Paper], place: int) -> PageArtifact:
    """Make the page of the paper at a place among the ``papers`` of its day."""
    paper = papers[place]
    return make_lazy_page(
        context,
        "paper",
        paper.path,
        plain_title(paper.title),
        partial(_describe, context, paper),
        partial(_gather, context, papers, place),
        partial(render_paper_head, context, paper),
        shows_related=True,
    )


def _gather(context: Context, papers: Sequence[Paper], place: int) -> Mapping[str, Any]:
    paper = papers[place]
    return {
        "paper": paper,
        "authors": link_authors(context, paper),
        "links": list(list_links(context.words, paper)),
        "topics": [context.catalog.vocabulary.by_slug[slug] for slug in paper.topics],
        "previous": papers[place - 1] if place else None,
        "following": papers[place + 1] if place + 1 < len(papers) else None,
        "related": context.related(paper),
        "edit_url": context.site.edit_url(paper.path),
    }


def _describe(context: Context, paper: Paper) -> str:
    plain = context.render(paper.abstract).plain
    return describe_abstract(context.find_gist(paper), plain, DESCRIPTION)
