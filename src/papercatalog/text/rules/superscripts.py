"""Rules for powers and indices that Unicode has characters for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Math, Node, substitute
from papercatalog.text.tex.symbols import GREEK, SYMBOLS
from papercatalog.text.tex.unicode import tex_to_unicode

_NAMES = "|".join(
    sorted((name for name in SYMBOLS if len(name) > 1), key=lambda name: (-len(name), name))
)
_POWER = re.compile(
    rf"(?:(?<![A-Za-z\\{{])(?P<name>{_NAMES})|(?P<base>(?<![A-Za-z])[A-Za-z]{{1,40}}+|[\d)α-ωΑ-Ω∇]))"
    r"\^(?:\{(?P<braced>-?\d{1,4}|[*+])\}|(?P<bare>\d(?!\d|\.\d)|[*+](?!\d)))"
)
_GREEK = "|".join(sorted({*GREEK, "ell"}, key=lambda name: (-len(name), name)))
_INDEX = re.compile(
    rf"(?<![\w\\-])(?:(?P<base>[A-Za-zα-ω]|{_GREEK})_(?P<digit>\d)(?:(?=propto)|(?![\w^]|\.\d))"
    rf"|(?P<greek>[α-ω]|{_GREEK})_(?P<script>\d\.\d+|[A-Za-z])(?![\w^]|\.\d))"
)


def power(text: str) -> Iterator[Node]:
    """Raise a power: ``R^2`` → R², ``10^{26}`` → 10²⁶, ``In-the-wild^2`` → In-the-wild².

    A lower-case word by itself stays: ``pass^8`` is a metric.
    """

    def build(match: re.Match[str]) -> str:
        base = match["base"] or SYMBOLS[match["name"]]
        is_word = base.isascii() and base.islower() and len(base) > 2
        if is_word and (base == "pass" or text[: match.start()][-1:] != "-"):
            return match[0]
        return base + (tex_to_unicode(f"^{{{match['braced'] or match['bare']}}}") or "")

    return substitute(_POWER, build, text, "^")


def index(text: str) -> Iterator[Node]:
    """Lower the index of a letter: ``L_2`` → L₂, ``pi_0.5`` and ``phi_r`` → formulas."""

    def build(match: re.Match[str]) -> Node:
        if match["script"]:
            name = match["greek"]
            command = f"\\{name}" if name.isascii() else name
            return Math(f"{command}_{{{match['script']}}}")
        base = SYMBOLS.get(match["base"], match["base"])
        return base + (tex_to_unicode(f"_{match['digit']}") or "")

    return substitute(_INDEX, build, text, "_")
