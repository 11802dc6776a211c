"""One page a paper: its facts, its abstract, its neighbours of the day and related papers."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.artifact import Artifact
from papercatalog.catalog import Catalog
from papercatalog.outputs.templates import DESCRIPTION, render_page_body
from papercatalog.related import find_related
from papercatalog.site import Site


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``papers/YEAR/ID.md`` for every paper."""
    related = find_related(
        {entry.id: (entry.title, catalog.render(entry.abstract).plain) for entry in catalog.entries}
    )
    for entries in catalog.by_day.values():
        for place, entry in enumerate(entries):
            yield render_page_body(
                "paper",
                entry.path,
                entry.title,
                catalog.render(entry.abstract).gist(DESCRIPTION),
                catalog=catalog,
                entry=entry,
                topics=[catalog.vocabulary.by_slug[slug] for slug in entry.topics],
                previous=entries[place - 1] if place else None,
                following=entries[place + 1] if place + 1 < len(entries) else None,
                related=[catalog.by_id[page] for page in related[entry.id]],
                edit_url=site.edit_url(entry.path),
            )
