"""Renders a page's Markdown as plain text, for lists, feeds and the search index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from papercatalog.text.markdown import parse_markdown
from papercatalog.text.tex import to_unicode


def plain_text(markdown: str) -> str:
    """Render Markdown as plain text, a line for each paragraph, heading or item.

    A formula is written in Unicode where that says it all, else as its LaTeX.
    """
    return write_plain(parse_markdown(markdown))


def gist(markdown: str, length: int = 240) -> str:
    """Return the first words of the text on one line, at most ``length`` characters of them.

    Cut at a word's end, with ``…``; only a word that is longer than ``length`` itself is cut.
    """
    return shorten(plain_text(markdown), length)


def write_plain(tokens: Sequence[Token]) -> str:
    """Write parsed Markdown as `plain_text` does."""
    return "\n".join(_lines(tokens))


def shorten(plain: str, length: int) -> str:
    """Cut plain text as `gist` does."""
    text = plain.replace("\n", " ")
    if len(text) <= length:
        return text
    head = text[:length]
    cut = head.rpartition(" ")[0] or head[:-1]
    return f"{cut.rstrip(' ,;:.–—-(')}…"


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        text = "".join(_inline(token.children)) if token.children else token.content
        if line := " ".join(text.split()):
            yield line


def _inline(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "math":
            yield to_unicode(token.content) or token.content
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif token.type == "image":
            yield from _inline(token.children or ())
        else:
            yield token.content
