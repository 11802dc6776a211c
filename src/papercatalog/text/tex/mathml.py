"""Renders formulas as MathML, which browsers show without a script."""

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
"""The elements of MathML Core (https://www.w3.org/TR/mathml-core/) that do not link or embed."""

_MATH = re.compile(r"(?s)<math .*</math>")
_TAG = re.compile(r"<([^/\s>]*)")


@lru_cache(maxsize=4096)
def render_math(tex: str) -> str:
    r"""Render LaTeX without delimiters as a ``math`` element, not yet sanitised.

    A formula that the converter cannot read, or with an unknown command, becomes ``code``.
    """
    from latex2mathml.converter import convert  # slow to import, and most commands render nothing

    try:
        element = convert(tex)
    except Exception:  # the converter's errors share no base class
        element = ""
    known = _MATH.fullmatch(element) and TAGS.issuperset(_TAG.findall(element.replace("</", "")))
    return element if known and "\\" not in element else f"<code>{escape(tex)}</code>"
