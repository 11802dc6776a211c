"""Writes formulas in Unicode."""

from __future__ import annotations

import re

from papercatalog.text.tex.symbols import FUNCTIONS, RELATIONS, SYMBOLS

SUPERSCRIPTS = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True)) | {
    "*": "*",
    "°": "°",
}
SUBSCRIPTS = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))

_TOKEN = re.compile(
    r"\\(?P<font>text|mathrm|mathcal|mathbf|mathbb|mathit)\{(?P<word>[^{}\\^_]*)\}"
    r"|[ ]?\\(?P<command>[A-Za-z]+)[ ]?"
    r"|(?P<script>[\^_])(?:\{(?P<braced>[^{}]*)\}|(?P<bare>\\[A-Za-z]+|[^\\{}]))"
    r"|\\(?P<sign>[,%&#$_ ])"
    r"|(?P<plain>[^\\{}^_~&#`])"
)


def tex_to_unicode(tex: str) -> str | None:
    r"""Write a formula in Unicode, or return None if Unicode lacks a character for a part of it.

    ``\alpha`` → α, ``O(n^2)`` → O(n²), ``10^{-3}`` → 10⁻³; ``n^{1.5}`` → None.
    """
    written: list[str] = []
    end = 0
    while end < len(tex):
        match = _TOKEN.match(tex, end)
        token = _token_to_unicode(match) if match else None
        if match is None or token is None:
            return None
        written.append(token)
        end = match.end()
    return " ".join("".join(written).split())


def _token_to_unicode(match: re.Match[str]) -> str | None:
    if match["font"]:
        return match["word"]
    if command := match["command"]:
        return _command_to_unicode(command, match)
    if match["script"]:
        content = tex_to_unicode(match["braced"] or match["bare"] or "\\")
        signs = SUPERSCRIPTS if match["script"] == "^" else SUBSCRIPTS
        if content is None or not set(content) <= signs.keys():
            return None
        return "".join(signs[sign] for sign in content)
    if sign := match["sign"]:
        return " " if sign == "," else sign
    return match["plain"]


def _command_to_unicode(command: str, match: re.Match[str]) -> str | None:
    typed = match[0]
    if command in RELATIONS:
        return f" {RELATIONS[command]} " if " " in typed else RELATIONS[command]
    if command in SYMBOLS:
        return " " * typed.startswith(" ") + SYMBOLS[command]
    if command not in FUNCTIONS:
        return None
    tex = match.string
    before, after = tex[: match.start()][-1:], tex[match.end() :][:1]
    opens = typed.startswith(" ") or before.isalnum() or before in {")", "}"}
    closes = (typed.endswith(" ") and after not in {"_", "^"}) or after.isalnum() or after == "\\"
    return " " * opens + command + " " * closes
