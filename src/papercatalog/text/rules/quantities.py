"""Rules for signs beside numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Node, substitute

_DEGREE = re.compile(r"(?<=\d)\s?(?:\{\\deg\}|\\deg(?![A-Za-z])|\^\\?circ|\^\{\\?circ\})")
_TIMES = re.compile(r"(?<=[\d°])(?:times(?: (?=\d)|(?![a-z]))| times (?=\d))")
_SIM = re.compile(
    r"(?:\b|(?<=\d))sim(?=\d[\d.,]*(?![\d.,]*[a-z]))|\bsim (?=\d[\d.,]*(?:\\|%|[KMBT]\b))"
)
_APPROX = re.compile(r"(?<!-)\bapprox(?= ?\d)")


def degree(text: str) -> Iterator[Node]:
    r"""Write degrees: ``360{\deg}``, ``360^circ`` → 360°."""
    return substitute(_DEGREE, lambda match: "°", text)


def times(text: str) -> Iterator[Node]:
    r"""Read a ``\times`` without backslash: ``5times less``, ``256 times 256``."""
    return substitute(_TIMES, lambda match: "×" if match[0][0] == "t" else " × ", text)


def about(text: str) -> Iterator[Node]:
    r"""Read ``\sim`` and ``\approx`` before a number: ``sim75`` → ∼75; ``sim2real`` stays."""
    return (
        part
        for node in substitute(_SIM, lambda match: "∼", text)
        for part in substitute(_APPROX, lambda match: "≈", str(node))
    )
