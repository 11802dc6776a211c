"""Routes artifacts: the theme renders some pages, and the session fills and writes all the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from papercatalog.build.page_shell import PageKind, kind_of, make_placeholder_page
from papercatalog.outputs.artifacts import Artifact, FileGroup, PageArtifact

IN_NAVIGATION = frozenset(
    f"{folder}index.md"
    for folder in (
        *("", "topics/", "authors/", "dates/", "subscribe/", "data/", "contribute/"),
        *("searches/", "stats/", "trending/"),
    )
)
"""The pages of ours that a site's navigation may name: the theme renders each of them."""


@dataclass(frozen=True, slots=True)
class Route:
    """Who renders which artifact."""

    pages: Sequence[PageArtifact] = ()
    """The pages that the theme renders, placeholder pages among them."""
    others: Sequence[Artifact] = ()
    """All the rest."""
    placeholders: Mapping[str, PageKind] = field(default_factory=dict)
    """The kind of each placeholder page, by path."""
    paths: frozenset[str] = frozenset()
    """The paths of all pages, below ``docs``, and of the files that are known by name."""
    reasons: Sequence[str] = ()
    """Why the theme renders every page by itself, where it does though shells are wanted."""

    @property
    def rendered(self) -> Set[str]:
        """The paths of the pages that the theme renders."""
        return {page.path for page in self.pages}


def route(
    artifacts: Sequence[Artifact],
    nav: object,
    listeners: Sequence[str],
    *,
    with_shells: bool,
) -> Route:
    """Route the artifacts of a site.

    Args:
        artifacts: All of them.
        nav: The navigation, as ``mkdocs.yml`` has it. Where it names a page that goes through a
            shell, the theme renders every page by itself.
        listeners: Other plugins and hooks that take part in single pages. Where there are some, the
            theme renders every page by itself.
        with_shells: Whether pages are filled into shells at all.
    """
    paths = frozenset(_list_paths(artifacts))
    in_shells = {one.path for one in artifacts if isinstance(one, PageArtifact) and _has_shell(one)}
    reasons = [*listeners, *(name for name in list_pages(nav) if name in in_shells)]
    if not with_shells or reasons:
        pages = [one for one in artifacts if isinstance(one, PageArtifact)]
        others: list[Artifact] = [one for one in artifacts if not isinstance(one, PageArtifact)]
        return Route(pages, others, paths=paths, reasons=reasons if with_shells else ())
    own: list[PageArtifact] = []
    others = []
    for artifact in artifacts:
        if isinstance(artifact, PageArtifact) and not _has_shell(artifact):
            own.append(artifact)
        else:
            others.append(artifact)
    kinds = dict.fromkeys(kind_of(one.url) for one in others if isinstance(one, PageArtifact))
    placeholders = {make_placeholder_page(kind).path: kind for kind in kinds}
    return Route([*own, *map(make_placeholder_page, kinds)], others, placeholders, paths)


def list_pages(nav: object) -> list[str]:
    """List the pages that a navigation names."""
    if isinstance(nav, str):
        return [nav]
    below = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [name for item in below for name in list_pages(item)]


def _has_shell(page: PageArtifact) -> bool:
    """Tell whether a page goes through a shell, where pages do."""
    return kind_of(page.url).depth > 1 and page.path not in IN_NAVIGATION


def _list_paths(artifacts: Iterable[Artifact]) -> Iterator[str]:
    return (one.path for one in artifacts if not isinstance(one, FileGroup))
