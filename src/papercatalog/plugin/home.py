"""The home page: the page that people write, with the catalog's parts put into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from papercatalog.model.home_text import PARTS
from papercatalog.outputs.artifacts import TEMPLATE, HomeArtifact
from papercatalog.outputs.home import complete_facts, place_parts, render_heading

HOME = "index.md"
"""The home page's path below ``docs``, unless people call it ``README.md``."""
_HELD = r'<div data-papercatalog="([a-z,-]*)">\s*</div>'
_PLACEHOLDER = re.compile(rf"<p>\s*{_HELD}\s*</p>|{_HELD}")
"""Stands in Markdown for parts: nothing of theirs must be read as Markdown, or as a template.

Within an admonition or a tab Markdown takes it for a paragraph.
"""
_ID = re.compile(r'\sid="([^"]*)"')


def is_home(file: File) -> bool:
    """Tell whether a file is the home page's."""
    return file.is_documentation_page() and PurePosixPath(file.dest_uri) == PurePosixPath(
        "index.html"
    )


def find_home(files: Iterable[File], config: MkDocsConfig) -> File:
    """Find the file of the home page; without one, make an empty one."""
    for file in files:
        if is_home(file) and file.inclusion.value > InclusionLevel.DRAFT.value:
            return file
    return File.generated(config, HOME, content="\n", inclusion=InclusionLevel.INCLUDED)


class HomePage:
    """Puts the catalog's parts into the home page, wherever its text says."""

    def __init__(self, home: HomeArtifact) -> None:
        self._home = home

    def begin(self, page: Page, markdown: str) -> str:
        """Put placeholders into the page's Markdown, and what is missing into its metadata."""
        page.meta = complete_facts(self._home, page.meta)
        return place_parts(markdown, _hold)[0]

    def end(self, page: Page, html: str) -> str:
        """Put the parts into the page's HTML: in place of placeholders, the others below it."""
        left = [*PARTS]
        blocks = []

        def put(found: re.Match[str]) -> str:
            names = [name for name in (found[1] or found[2]).split(",") if name in left]
            left[:] = [name for name in left if name not in names]
            blocks.append(self._home.render_parts(names))
            return blocks[-1]

        html = _PLACEHOLDER.sub(put, html)
        if "<h1" not in html:
            html = f"{render_heading(self._home.heading)}\n{html}"
        if left:
            blocks.append(self._home.render_parts(left))
            html = f"{html}\n{blocks[-1]}"
        if page.meta["template"] == TEMPLATE:
            page.toc = TableOfContents([])  # not shown; the theme's link to skip is in the way
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *_ID.findall("".join(blocks))}
        return html


def _hold(names: Sequence[str]) -> str:
    return f'<div data-papercatalog="{",".join(names)}"></div>'
