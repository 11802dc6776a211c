"""A redirect at every former address of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from papercatalog.outputs.artifacts import Artifact, FileArtifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.templates import render_text


def build(context: Context) -> Iterator[Artifact]:
    """Build ``papers/YEAR/ALIAS/index.html`` for every alias."""
    site, words = context.site, context.words
    for paper in context.catalog.papers:
        for alias in paper.aliases:
            path = f"papers/{paper.date.year:04}/{alias}/index.html"
            target = f"../../../{paper.url}"
            address = f"{site.url}{paper.url}" if site.url else target
            page = (
                f'<!doctype html>\n<html lang="{words.language}">\n<meta charset="utf-8">\n'
                '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
                f"<title>{escape(paper.title)}</title>\n"
                f'<link rel="canonical" href="{escape(address)}">\n'
                '<meta name="robots" content="noindex">\n'
                f'<meta http-equiv="refresh" content="0; url={target}">\n'
                f"<p>{render_text(words, 'missing.moved', address=target)}</p>\n"
                "</html>\n"
            )
            yield FileArtifact(path, page.encode())
