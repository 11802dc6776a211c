"""Reads a page's Markdown: CommonMark, without HTML, and with formulas as GitHub writes them."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_LONGEST_FORMULA = 1000


def parse_markdown(markdown: str) -> list[Token]:
    """Parse Markdown into block tokens; no heading of them is above the third level.

    Formulas are inline tokens of the type ``math``, their LaTeX in ``content``.
    """
    return PARSER.parse(markdown)


def _math(state: StateInline, silent: bool) -> bool:
    """Read a formula between dollar-backtick and backtick-dollar."""
    start = state.pos + 2
    if not state.src.startswith("$`", state.pos):
        return False
    end = state.src.find("`$", start, min(start + _LONGEST_FORMULA, state.posMax))
    if end <= start:
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content = state.src[start:end].strip()
    state.pos = end + 2
    return True


def _demote_headings(state: StateCore) -> None:
    """Put headings below the page's own, which are of the first and second level."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


def _build_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable("linkify")
    if parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    parser.inline.ruler.before("backticks", "math", _math)
    parser.core.ruler.push("demote_headings", _demote_headings)
    return parser


PARSER = _build_parser()
"""Built once, for it is used on every page."""
