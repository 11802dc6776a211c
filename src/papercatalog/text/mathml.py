"""Turns a formula into MathML, which browsers show without a script."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

TAGS = frozenset(
    {
        *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle"),
        *("mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd"),
        *("msub", "msup", "msubsup", "mover", "munder", "munderover"),
    }
)
"""The elements a formula may consist of: MathML Core's, without those that link or embed."""

_MATH = re.compile(r"(?s)<math .*</math>")
_TAG = re.compile(r"<([^/\s>]*)")


@lru_cache(maxsize=4096)
def render_math(tex: str) -> str:
    r"""Turn LaTeX without delimiters into a ``math`` element, yet to be sanitised.

    What cannot be read, or holds a command that nobody knows, is shown as its code.
    """
    from latex2mathml.converter import convert  # takes a while, and many commands need no formulas

    try:
        element = convert(tex)
    except Exception:  # each of the converter's errors has a class of its own, or Python's
        element = ""
    known = _MATH.fullmatch(element) and TAGS.issuperset(_TAG.findall(element.replace("</", "")))
    return element if known and "\\" not in element else f"<code>{escape(tex)}</code>"
