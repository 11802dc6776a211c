"""Rules for signs beside numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Node, substitute

_DEGREE = re.compile(r"(?<=\d)\s?(?:\{\\deg\}|\\deg(?![A-Za-z])|\^\\?circ|\^\{\\?circ\})")
_TIMES = re.compile(
    r"(?<=[\d°])(?: ?\{times\}|times(?: (?=\d)|(?![a-z]))|(?P<spaced> times )(?=\d))"
)
_FACTOR = re.compile(
    r"(?P<number>(?P<decimal>\d\.\d+)|\d) times"
    r"(?= (?P<first>[A-Za-z][\w-]*)(?: (?P<second>[a-z-]+))?)"
)
_NO_NOUN = frozenset(
    {
        *("a", "about", "across", "after", "all", "already", "and", "are", "as", "at", "because"),
        *("before", "beyond", "but", "by", "compared", "during", "each", "even", "every", "fewer"),
        *("for", "from", "had", "has", "have", "if", "in", "into", "is", "its", "less", "more"),
        *("most", "of", "on", "or", "our", "relative", "respectively", "since", "so", "than"),
        *("that", "the", "their", "this", "those", "through", "to", "under", "until", "using"),
        *("versus", "via", "vs", "was", "were", "what", "when", "where", "whereas", "which"),
        *("while", "with", "without", "worse", "yet"),
    }
)
_FACTOR_NOUNS = frozenset(
    {
        *("acceleration", "boost", "compression", "decrease", "flops", "gain", "gains"),
        *("improvement", "increase", "memory", "reduction", "saving", "savings", "speed"),
        *("speed-up", "speed-ups", "speedup", "speedups", "storage", "throughput"),
    }
)
_UNIT = r"(?:(?![a-z])|(?:x|k|m|b|s|ms|h|px|fps)\b)"
_SIM = re.compile(
    rf"(?:\b|(?<=\d))sim(?=\d[\d.,]*+{_UNIT})|\bsim (?=\d[\d.,]*(?:\\|%|[KMBTx]\b))"
    r"|(?<=\d)sim (?=\d)|\bsim!(?=\d)|\{sim\}(?=\d)"
)
_APPROX = re.compile(r"(?<!-)\bapprox(?= ?\d)")


def degree(text: str) -> Iterator[Node]:
    r"""Write degrees: ``360{\deg}``, ``360^circ`` → 360°."""
    return substitute(_DEGREE, lambda match: "°", text)


def times(text: str) -> Iterator[Node]:
    r"""Read a ``\times`` without backslash: ``5times less``, ``256 times 256``."""
    return substitute(_TIMES, lambda match: " × " if match["spaced"] else "×", text, "times")


def factor(text: str) -> Iterator[Node]:
    r"""Read ``\times`` between a number and a noun: ``16.0 times FLOPs`` → 16.0× FLOPs.

    ``1.5 times faster`` and ``2.5 times the size`` are English and stay. After a whole number,
    which may count events, only nouns of gains are sure: ``42 times speedup``.
    """
    return substitute(_FACTOR, _read_factor, text, " times ")


def _read_factor(match: re.Match[str]) -> str:
    first, second = match["first"].lower(), (match["second"] or "").lower()
    if first in _NO_NOUN or (first.endswith(("er", "ly", "ed")) and first != "speed"):
        return match[0]
    is_sure = match["decimal"] or first in _FACTOR_NOUNS or second in _FACTOR_NOUNS
    return f"{match['number']}×" if is_sure else match[0]


def about(text: str) -> Iterator[Node]:
    r"""Read ``\sim`` and ``\approx`` before a number: ``sim75`` → ∼75; ``sim2real`` stays."""
    return (
        part
        for node in substitute(_SIM, lambda match: "∼", text, "sim")
        for part in substitute(_APPROX, lambda match: "≈", str(node), "approx")
    )
