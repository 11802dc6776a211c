"""Renders a page's Markdown as HTML that is safe to put on a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from papercatalog.text.markdown import PARSER, parse_markdown
from papercatalog.text.mathml import render_math
from papercatalog.text.sanitise import sanitise


def render_abstract(markdown: str) -> str:
    """Render the Markdown of a page, which strangers edit, as sanitised HTML.

    HTML in it shows as typed, an image as its description, a formula as MathML; links lead to
    http, https and mailto only. Never raises, whatever the text.
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
