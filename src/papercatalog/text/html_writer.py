"""Writes parsed Markdown as HTML that is safe to put on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from papercatalog.text.markdown_parser import PARSER, parse_markdown
from papercatalog.text.sanitise import sanitise
from papercatalog.text.tex.mathml import render_math

LONG_FORMULA = 32
"""The signs of a formula that may be wider than a phone: it gets a box that scrolls by itself."""
_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
_TAG = re.compile(r"<annotation\b.*?</annotation>|<[^>]*>", re.DOTALL)
_BOX = '<span class="pc-formula" role="group" aria-label="Formula" tabindex="0">{}</span>'
_TABLE = (
    '<div class="pc-wide" role="group" aria-label="Table" tabindex="0"><table class="pc-numbers">'
)
"""The start of a table, in a box that scrolls by itself."""


def render_abstract(markdown: str) -> str:
    """Render a page's Markdown, which strangers edit, as sanitised HTML.

    HTML in it shows as typed, an image as its description, a formula as MathML. Links lead to
    http, https and mailto only. Never raises.
    """
    return write_html(parse_markdown(markdown))


def write_html(tokens: Sequence[Token]) -> str:
    """Write parsed Markdown as `render_abstract` does."""
    html = sanitise(PARSER.renderer.render(tokens, PARSER.options, {}))
    if "<table>" in html:
        html = html.replace("<th></th>", "<td></td>")  # a heading that says nothing is none
        html = html.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return _FORMULA.sub(_box_if_long, html)


def _box_if_long(formula: re.Match[str]) -> str:
    is_long = len(unescape(_TAG.sub("", formula[0]))) > LONG_FORMULA
    return _BOX.format(formula[0]) if is_long else formula[0]


def _render_math(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return render_math(tokens[index].content)


def _render_image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return escape(renderer.renderInlineAsText(tokens[index].children, options, env))


PARSER.add_render_rule("math", _render_math)
PARSER.add_render_rule("image", _render_image)
