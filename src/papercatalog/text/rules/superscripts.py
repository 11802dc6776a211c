"""Rules for powers and indices that Unicode has characters for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Node, substitute
from papercatalog.text.tex.symbols import SYMBOLS
from papercatalog.text.tex.unicode import tex_to_unicode

_NAMES = "|".join(
    sorted((name for name in SYMBOLS if len(name) > 1), key=lambda name: (-len(name), name))
)
_POWER = re.compile(
    rf"(?:(?<![A-Za-z\\{{])(?P<name>{_NAMES})|(?P<base>(?<![A-Za-z])[A-Za-z]{{1,40}}+|[\d)α-ωΑ-Ω∇]))"
    r"\^(?:\{(?P<braced>-?\d{1,4}|[*+])\}|(?P<bare>\d(?![\d.])|[*+](?!\d)))"
)
_INDEX = re.compile(
    r"(?<![\w\\-])(?P<base>[A-Za-zα-ω]|alpha|beta|epsilon|pi|theta|lambda|sigma)_(?P<bare>\d)(?![\w^]|\.\d)"
)


def power(text: str) -> Iterator[Node]:
    """Raise a power: ``R^2`` → R², ``10^{26}`` → 10²⁶; the name ``pass^8`` stays."""

    def build(match: re.Match[str]) -> str:
        base = match["base"] or SYMBOLS[match["name"]]
        if base.isascii() and base.islower() and len(base) > 2:
            return match[0]
        return base + (tex_to_unicode(f"^{{{match['braced'] or match['bare']}}}") or "")

    return substitute(_POWER, build, text, "^")


def index(text: str) -> Iterator[Node]:
    """Lower the index of a single letter: ``L_2`` → L₂."""

    def build(match: re.Match[str]) -> str:
        base = SYMBOLS.get(match["base"], match["base"])
        return base + (tex_to_unicode(f"_{match['bare']}") or "")

    return substitute(_INDEX, build, text, "_")
