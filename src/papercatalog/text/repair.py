"""Repairs the titles and abstracts of sources, which have lost LaTeX and never meant Markdown."""

from __future__ import annotations

import re

from papercatalog.text.escape import escape, escape_line
from papercatalog.text.nodes import Emphasis, Link, Math, Piece, apply_rules
from papercatalog.text.rules import RULES
from papercatalog.text.tex import to_unicode

_INVISIBLE = re.compile(
    r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb\x00-\x08\x0e-\x1b\x7f]"
)
_BLANK_LINE = re.compile(r"\n\s*\n")


def repair_title(raw: str) -> str:
    r"""Turn a source's title into one line of plain text.

    ``Towards $\infty$-LLMs`` → ``Towards ∞-LLMs``. Where a rule is not sure, the text stays.
    """
    pieces = apply_rules((rule for _, rule in RULES), collapse(raw))
    return collapse("".join(_plain(piece) for piece in pieces))


def repair_abstract(raw: str) -> str:
    r"""Turn a source's paragraphs, a blank line apart, into the Markdown of a page.

    What is not repaired shows as typed: ``<b> 5times *`` → ``\<b> 5× *``. Formulas are written
    as GitHub reads them, between dollar-backtick and backtick-dollar; each paragraph is a line.
    """
    paragraphs = (collapse(part) for part in _BLANK_LINE.split(raw.replace("\r\n", "\n")))
    rules = tuple(rule for _, rule in RULES)
    return "\n\n".join(render_markdown(apply_rules(rules, part)) for part in paragraphs if part)


def collapse(text: str) -> str:
    """Put text on one line: white space collapsed, invisible and control characters gone."""
    return " ".join(_INVISIBLE.sub("", text).split())


def render_markdown(pieces: list[Piece]) -> str:
    """Write the pieces of one paragraph as a line of Markdown."""
    line = ""
    for index, piece in enumerate(pieces):
        following = _opening(pieces[index + 1]) if index + 1 < len(pieces) else ""
        if isinstance(piece, str):
            if line:
                line += escape(piece, line[-1], following)
            else:
                line = escape_line(piece.lstrip(), following)
        elif isinstance(piece, Math):
            line += f"$`{piece.tex}`$"
        elif isinstance(piece, Link):
            line += _link(piece)
        else:
            line += _emphasis(piece, line[-1:], following)
    return line.rstrip()


def _link(link: Link) -> str:
    if link.label == link.url:
        return f"<{link.url}>"
    parts = re.split(r"([\[\]])", link.label)
    label = "".join(f"\\{part}" if part in {"[", "]"} else escape(part) for part in parts)
    return f"[{label}](<{link.url}>)" if re.search(r"[()]", link.url) else f"[{label}]({link.url})"


def _emphasis(piece: Emphasis, before: str, after: str) -> str:
    """Write emphasis where its stars would be read as such, else its words alone."""
    opens = piece.text[:1].isalnum() or not before.isalnum()
    closes = piece.text[-1:].isalnum() or not after.isalnum()
    if not opens or not closes or before == "*" or piece.text != piece.text.strip():
        return escape(piece.text, before, after)
    stars = "**" if piece.strong else "*"
    return f"{stars}{escape(piece.text, '*', '*')}{stars}"


def _opening(piece: Piece) -> str:
    """Return the character that a piece's Markdown begins with."""
    if isinstance(piece, Math):
        return "$"
    if isinstance(piece, Link):
        return "<" if piece.label == piece.url else "["
    return "*" if isinstance(piece, Emphasis) else piece[0]


def _plain(piece: Piece) -> str:
    if isinstance(piece, Math):
        return to_unicode(piece.tex) or piece.tex
    if isinstance(piece, Link):
        return piece.label
    return piece.text if isinstance(piece, Emphasis) else piece
