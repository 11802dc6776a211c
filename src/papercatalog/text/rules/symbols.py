"""Rules for commands with an equivalent character, with or without their backslash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Node, substitute
from papercatalog.text.tex.symbols import SYMBOLS

_NAMES = "|".join(sorted(SYMBOLS, key=lambda name: (-len(name), name)))
_SYMBOL = re.compile(rf"\{{\\(?P<braced>{_NAMES})\}}|\\(?P<bare>{_NAMES})(?![A-Za-z])")
_LOST_SYMBOL = re.compile(
    r"(?<![A-Za-z\\{])(?P<word>leqslant|geqslant|leq|geq|neq|infty|lesssim|gtrsim|simeq|propto|notin"
    r"|subseteq|mapsto)(?![a-z^_{])"
    r"|(?P<arrow>leftrightarrow|longrightarrow|rightarrow|leftarrow|Leftrightarrow|Rightarrow"
    r"|uparrow|downarrow)(?![a-z])"
)
_VARIANTS = str.maketrans("ϵϕ", "εφ")
_TIGHT = re.compile(r"(?<=\w)!(?P<name>in|to|times|leq|geq|sim|approx|cdot|pm|rightarrow)!(?=\S)")
_GREEK_LETTER = re.compile(
    r"(?<![\w\\{/.-])(?:(?P<alone>(?:var)?epsilon)(?![\w^])"
    r"|(?P<hyphened>gamma|tau|sigma|mu|theta)(?=-[A-Za-z])"
    r"|(?P<named>alpha|beta|delta|phi|pi|psi|rho|omega|lambda|eta)(?=-[A-Z])"
    r"|(?<=\()(?P<alone_in_parentheses>nu|phi|psi|rho|sigma|tau|theta|xi)(?=\))"
    r"|(?P<change>Delta)(?=\d[\d.]*%)"
    r"|(?P<equal>alpha|beta|gamma|delta|eta|theta|lambda|mu|sigma|tau|omega)(?= ?= ?[\d.])"
    r"|(?<=\(epsilon, )(?P<pair>delta)(?=\)))"
)


def symbol(text: str) -> Iterator[Node]:
    r"""Write a symbol's command: ``{\Delta}G`` → ΔG, ``\times`` → ×."""
    return substitute(_SYMBOL, lambda match: SYMBOLS[match["braced"] or match["bare"]], text)


def lost_symbol(text: str) -> Iterator[Node]:
    """Read commands without backslash that are no English words: ``geq 90%`` → ≥ 90%."""
    return substitute(_LOST_SYMBOL, lambda match: SYMBOLS[match[0]], text)


def greek_letter(text: str) -> Iterator[Node]:
    """Read the name of a Greek letter: ``epsilon``, ``tau-bench``, ``lambda=1``.

    ``alpha blending``, ``beta version`` and ``delta-tuning`` stay.
    """
    return substitute(_GREEK_LETTER, lambda match: SYMBOLS[match[0]], text)


def greek_variant(text: str) -> Iterator[Node]:
    """Write each Greek letter in one form: ``ϵ`` → ε, ``ϕ`` → φ."""
    yield text.translate(_VARIANTS)


def tight_operator(text: str) -> Iterator[Node]:
    r"""Read an operator between two ``\!`` without backslashes: ``x!in!S`` → x∈S."""
    return substitute(_TIGHT, lambda match: SYMBOLS[match["name"]], text, "!")
