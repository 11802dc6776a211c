"""A text in the two forms in which pages use it, made in one pass over its Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from papercatalog.text.markdown import parse_markdown
from papercatalog.text.plain import shorten, write_plain
from papercatalog.text.render import write_html

_MARKUP = (*"\\`*_[]<&", "http")
"""What all markup, entities and addresses within a paragraph of printable characters have."""
_OTHER_BLOCK = re.compile(r"[-+=#>~\s]|\d{1,9}[.)]")
"""How a block that is no paragraph may begin."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text, rendered."""

    html: str
    """Sanitised HTML, as `render_abstract` gives it."""
    plain: str
    """Plain text, as `plain_text` gives it."""

    def gist(self, length: int = 240) -> str:
        """Return the first words on one line, as `papercatalog.text.gist` does."""
        return shorten(self.plain, length)


@lru_cache(maxsize=8)
def render_unmarked(markdown: str) -> Rendered | None:
    """Render a paragraph in which nothing is markup, as `parse_text` would; None for all else.

    Most abstracts are such, and that takes less time than to look them up. A page asks for its own
    several times in a row.
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


def parse_text(markdown: str) -> Rendered:
    """Render Markdown of any kind, by way of its tokens."""
    tokens = parse_markdown(markdown)
    return Rendered(html=write_html(tokens), plain=write_plain(tokens))
