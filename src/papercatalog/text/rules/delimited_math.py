"""Rules for formulas with delimiters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Math, Node, substitute
from papercatalog.text.tex.restore import restore_commands
from papercatalog.text.tex.unicode import tex_to_unicode

_PARENTHESES = re.compile(r"\\\(\s?(?P<tex>[^`$]{1,300}?)\s?\\\)")
_DOLLARS = re.compile(r"(?<![\\$])\$(?![\s\d])(?P<tex>[^`$]{1,300})(?<!\s)\$(?![\d$])")
_MARK = re.compile(r"[\\^_=]|^[A-Za-z]$")
_SURE_MARK = re.compile(r"\\|^[\^_]")


def parenthesis_math(text: str) -> Iterator[Node]:
    r"""Read ``\(…\)``."""
    return substitute(_PARENTHESES, lambda match: math_node(restore_commands(match["tex"])), text)


def dollar_math(text: str) -> Iterator[Node]:
    """Read ``$…$`` that is surely a formula; a dollar before a number is money."""

    def build(match: re.Match[str]) -> Node:
        start, end = match.span()
        in_word = text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum()
        mark = _SURE_MARK if in_word else _MARK
        return math_node(restore_commands(match["tex"])) if mark.search(match["tex"]) else match[0]

    return substitute(_DOLLARS, build, text, "$")


def math_node(tex: str) -> str | Math:
    """Return a formula as a string if Unicode can express it, else as `Math`."""
    plain = None if " " in tex.replace("\\ ", "") else tex_to_unicode(tex)
    return Math(tex) if plain is None else plain
