"""Repairs the text of sources, and renders the text of pages; knows nothing of papers."""

from __future__ import annotations

from papercatalog.text.links import Links, find_links
from papercatalog.text.plain import gist, plain_text
from papercatalog.text.render import render_abstract
from papercatalog.text.rendered import Rendered, parse_text, render_unmarked
from papercatalog.text.repair import repair_abstract, repair_title

__all__ = [
    "Links",
    "Rendered",
    "find_links",
    "gist",
    "parse_text",
    "plain_text",
    "render_abstract",
    "render_unmarked",
    "repair_abstract",
    "repair_title",
]
