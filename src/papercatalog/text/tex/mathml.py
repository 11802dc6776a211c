"""Renders formulas as MathML, which browsers show without a script."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from papercatalog.text.tex.symbols import FUNCTIONS

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
_VARIANT = re.compile(r"\\(epsilon|phi)(?![A-Za-z])")
_BAR = re.compile(r"<mo(?![^>]*form=)[^>]*>(?P<bar>&#x(?:0007C|02016);)</mo>")
_SCRIPTED = re.compile(r"<ms(?:ub|up|ubsup)>$")
_SIGN = re.compile(r"<(?P<closes>/)?m[a-z]+[^>]*>|&#x0002(?P<parenthesis>[89]);")
_FUNCTION = re.compile(
    rf"(<mi>(?:{'|'.join(sorted(FUNCTIONS))})</mi>)(?=<(?:mi|mn|msub|msup|msubsup|mfrac|msqrt)\b)"
)


@lru_cache(maxsize=4096)
def render_math(tex: str) -> str:
    r"""Render LaTeX without delimiters as a ``math`` element, not yet sanitised.

    A formula that the converter cannot read, or with an unknown command, becomes ``code``.
    """
    from latex2mathml.converter import convert  # slow to import, and most commands render nothing

    try:
        element = convert(_unify_letters(tex))
    except Exception:  # the converter's errors share no base class
        element = ""
    known = _MATH.fullmatch(element) and TAGS.issuperset(_TAG.findall(element.replace("</", "")))
    if not known or "\\" in element:
        return f"<code>{escape(tex)}</code>"
    return _space_functions(_pair_bars(element))


def _unify_letters(tex: str) -> str:
    r"""Write ``\epsilon`` and ``\phi`` as ε and φ, the forms that plain text has.

    A formula with both forms of a letter keeps them apart.
    """

    def unified(match: re.Match[str]) -> str:
        variant = f"\\var{match[1]}"
        return match[0] if variant in tex else variant

    return _VARIANT.sub(unified, tex)


def _pair_bars(element: str) -> str:
    """Mark the bars of ``|A|`` as a pair of fences.

    A bar without a mark is an infix operator and gets thick spaces on both sides:
    https://www.w3.org/TR/mathml-core/#operator-dictionary-human
    """
    bars = list(_BAR.finditer(element))
    written, end = [], 0
    while len(bars) > 1:
        first, second = bars[:2]
        if first["bar"] != second["bar"] or not _is_whole(element[first.end() : second.start()]):
            del bars[0]
            continue
        for bar, form in ((first, "prefix"), (second, "postfix")):
            fence = f'<mo form="{form}" stretchy="false">{bar["bar"]}</mo>'
            written += [element[end : bar.start()], fence]
            end = bar.end()
        del bars[:2]
    return "".join([*written, element[end:]])


def _is_whole(content: str) -> bool:
    """Whether no element and no parenthesis between two bars reaches beyond them."""
    depth = {"element": 0, "parenthesis": 0}
    for sign in _SIGN.finditer(_SCRIPTED.sub("", content)):
        kind = "parenthesis" if sign["parenthesis"] else "element"
        depth[kind] += -1 if sign["closes"] or sign["parenthesis"] == "9" else 1
        if depth[kind] < 0:
            return False
    return content != "" and not any(depth.values())


def _space_functions(element: str) -> str:
    r"""Put TeX's thin space between a function's name and its argument, as in ``\log n``."""
    return _FUNCTION.sub(r'\1<mspace width="0.167em"></mspace>', element)
