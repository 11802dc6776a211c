"""A text as HTML and as plain text, made from one parse of its Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from papercatalog.text.html_writer import write_html
from papercatalog.text.markdown_parser import parse_markdown
from papercatalog.text.plain import summarise, write_plain

_MARKUP = (*"\\`*_[]<&", "http")
"""Substrings of which all inline markup, entities and addresses contain at least one."""
_OTHER_BLOCK = re.compile(r"[-+=#>~\s]|\d{1,9}[.)]")
"""The beginnings of blocks other than paragraphs."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered text."""

    html: str
    """Sanitised HTML, as `render_abstract` returns it."""
    plain: str
    """Plain text, as `plain_text` returns it."""

    def summary(self, length: int) -> str:
        """Return the first sentences on one line, as `papercatalog.text.plain.summarise` does."""
        return summarise(self.plain, length)


@lru_cache(maxsize=8)
def render_unformatted(markdown: str) -> Rendered | None:
    """Render one paragraph without markup as `render_text` would, or return None for other text.

    Most abstracts have no markup, and this is faster than a look-up in a cache of rendered texts.
    The few cached results are for a page, which asks for its own abstract several times.
    """
    if (
        not markdown.isprintable()
        or any(mark in markdown for mark in _MARKUP)
        or _OTHER_BLOCK.match(markdown)
        or markdown[-1:] in {"", " "}
    ):
        return None
    html = markdown.replace(">", "&gt;")
    plain = " ".join(markdown.split()) if "  " in markdown else markdown
    return Rendered(html=f"<p>{html}</p>\n", plain=plain)


def render_text(markdown: str) -> Rendered:
    """Render any Markdown."""
    tokens = parse_markdown(markdown)
    return Rendered(html=write_html(tokens), plain=write_plain(tokens))
