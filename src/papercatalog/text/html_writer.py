"""Writes parsed Markdown as HTML that is safe to put on a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from papercatalog.text.markdown_parser import PARSER, parse_markdown
from papercatalog.text.sanitise import sanitise
from papercatalog.text.tex.mathml import render_math


def render_abstract(markdown: str) -> str:
    """Render a page's Markdown, which strangers edit, as sanitised HTML.

    HTML in it shows as typed, an image as its description, a formula as MathML. Links lead to
    http, https and mailto only. Never raises.
    """
    return write_html(parse_markdown(markdown))


def write_html(tokens: Sequence[Token]) -> str:
    """Write parsed Markdown as `render_abstract` does."""
    return sanitise(PARSER.renderer.render(tokens, PARSER.options, {}))


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
