"""Writes parsed Markdown as plain text, for cards, feeds, descriptions and the search index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from papercatalog.text.markdown_parser import parse_markdown
from papercatalog.text.sentences import find_sentence_ends
from papercatalog.text.tex.linear import tex_to_text

_CLAUSE_END = re.compile(r"[,;:–—](?=\s)|\s[–—-](?=\s)")
_MIN_SUMMARY = 60
"""Characters of a summary to which no further sentence need be added."""
_MAX_SUMMARY = 320
"""Characters of a summary at most; only a sentence that is longer is cut."""


def plain_text(markdown: str) -> str:
    """Render Markdown as plain text, one line per paragraph, heading, list item or row of a table.

    A row names its columns: ``Model: A; Score: 2``. A formula becomes readable text, such as N_off
    or n²; one that has no such form stays LaTeX.
    """
    return write_plain(parse_markdown(markdown))


def write_plain(tokens: Sequence[Token]) -> str:
    """Write parsed Markdown as `plain_text` does."""
    return "\n".join(_write_lines(tokens))


def shorten(plain: str, length: int) -> str:
    """Return the beginning of plain text on one line, at most ``length`` characters.

    The cut is at the end of a word, followed by ``…``; only a word longer than ``length`` is cut.
    """
    text = plain.replace("\n", " ")
    if len(text) <= length:
        return text
    head = text[:length]
    cut = head.rpartition(" ")[0] or head[:-1]
    return f"{cut.rstrip(' ,;:.–—-(')}…"


def summarise(plain: str, length: int) -> str:
    """Give the first sentences of plain text on one line, if possible of ``length`` characters.

    Sentences stay whole. Only a first one longer than `_MAX_SUMMARY` characters is cut, at the
    end of a clause, followed by ``…``.
    """
    text = plain.replace("\n", " ")
    if len(text) <= length:
        return text
    end = 0
    for sentence_end in find_sentence_ends(text, _MAX_SUMMARY):
        if end >= _MIN_SUMMARY and sentence_end > length:
            break
        end = sentence_end
    if end:
        return text[:end]
    if len(text) <= _MAX_SUMMARY:
        return text
    clauses = [match.start() for match in _CLAUSE_END.finditer(text, 0, _MAX_SUMMARY)]
    return f"{text[: clauses[-1]]}…" if clauses else shorten(text, _MAX_SUMMARY)


def _write_lines(tokens: Sequence[Token]) -> Iterator[str]:
    row: list[str] | None = None
    names: list[str] | None = None
    before = ""
    for token in tokens:
        text = "".join(_write_inline(token.children)) if token.children else token.content
        line = " ".join(text.split())
        if token.type == "tr_open":
            row = []
        elif row is not None and token.type == "inline":
            row.append(line)
        elif row is not None and token.type == "tr_close":
            if names is None:
                names = row
            elif line := _write_row(names, row):
                yield line
            row = None
        elif token.type == "table_close":
            if names and before == "thead_close":
                yield "; ".join(filter(None, names))
            names = None
        elif line:
            yield line
        before = token.type


def _write_row(names: Sequence[str], cells: Sequence[str]) -> str:
    """Write a row of a table, each cell after the name of its column."""
    named = zip(names, cells, strict=True)
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)


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
