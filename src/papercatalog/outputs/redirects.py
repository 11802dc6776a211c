"""A redirect at every former address of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from papercatalog.artifact import Artifact, FileArtifact
from papercatalog.catalog import Catalog
from papercatalog.site import Site


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``papers/YEAR/ALIAS/index.html`` for every alias."""
    for entry in catalog.entries:
        for alias in entry.aliases:
            path = f"papers/{entry.date.year:04}/{alias}/index.html"
            target = f"../../../{entry.url}"
            address = f"{site.url}{entry.url}" if site.url else target
            page = (
                '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
                f"<title>{escape(entry.title)}</title>\n"
                f'<link rel="canonical" href="{escape(address)}">\n'
                '<meta name="robots" content="noindex">\n'
                f'<meta http-equiv="refresh" content="0; url={target}">\n'
                f'<p>This paper has moved to <a href="{target}">its new address</a>.</p>\n'
                "</html>\n"
            )
            yield FileArtifact(path, page.encode())
