"""Repairs the text of sources and renders the text of pages; knows nothing of papers.

Two paths lead through this room:

1. Import: raw text of a source → `repair` applies `rules`, which split it into `nodes` →
   `markdown_writer` writes them as Markdown, with `escape`. `links` finds addresses of code,
   `keywords` a list of keywords.
2. Build: the Markdown of a page → `markdown_parser` → `html_writer` with `sanitise`, and `plain`.
   `rendered` holds both results.

`tex` knows LaTeX and `urls` knows addresses, for both. `jats` and `latex` strip the markup of
bibliographic formats.
"""

from __future__ import annotations

from papercatalog.text.direction import render_direction
from papercatalog.text.gist import choose_gist, describe_abstract
from papercatalog.text.html_writer import render_abstract
from papercatalog.text.keywords import split_keywords
from papercatalog.text.links import Links, find_links
from papercatalog.text.plain import plain_text
from papercatalog.text.rendered import Rendered, render_text, render_unformatted
from papercatalog.text.repair import plain_title, repair_abstract, repair_title

__all__ = [
    "Links",
    "Rendered",
    "choose_gist",
    "describe_abstract",
    "find_links",
    "plain_text",
    "plain_title",
    "render_abstract",
    "render_direction",
    "render_text",
    "render_unformatted",
    "repair_abstract",
    "repair_title",
    "split_keywords",
]
