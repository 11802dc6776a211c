"""A text in the two forms in which pages use it, made in one pass over its Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from papercatalog.text.markdown import parse_markdown
from papercatalog.text.plain import shorten, write_plain
from papercatalog.text.render import write_html


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


def render_text(markdown: str) -> Rendered:
    """Render Markdown as HTML and as plain text."""
    tokens = parse_markdown(markdown)
    return Rendered(html=write_html(tokens), plain=write_plain(tokens))
