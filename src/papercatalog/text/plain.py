"""Writes parsed Markdown as plain text, for cards, feeds, descriptions and the search index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from papercatalog.text.markdown_parser import parse_markdown
from papercatalog.text.tex.linear import tex_to_text


def plain_text(markdown: str) -> str:
    """Render Markdown as plain text, one line per paragraph, heading or list item.

    A formula becomes readable text, such as N_off or n²; one that has no such form stays LaTeX.
    """
    return write_plain(parse_markdown(markdown))


def excerpt(markdown: str, length: int = 240) -> str:
    """Return the beginning of the text on one line, at most ``length`` characters.

    The cut is at the end of a word, followed by ``…``; only a word longer than ``length`` is cut.
    """
    return shorten(plain_text(markdown), length)


def write_plain(tokens: Sequence[Token]) -> str:
    """Write parsed Markdown as `plain_text` does."""
    return "\n".join(_write_lines(tokens))


def shorten(plain: str, length: int) -> str:
    """Cut plain text as `excerpt` does."""
    text = plain.replace("\n", " ")
    if len(text) <= length:
        return text
    head = text[:length]
    cut = head.rpartition(" ")[0] or head[:-1]
    return f"{cut.rstrip(' ,;:.–—-(')}…"


def _write_lines(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        text = "".join(_write_inline(token.children)) if token.children else token.content
        if line := " ".join(text.split()):
            yield line


def _write_inline(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "math":
            yield tex_to_text(token.content) or token.content
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif token.type == "image":
            yield from _write_inline(token.children or ())
        else:
            yield token.content
