"""Parses a page's Markdown: CommonMark without HTML, with tables and formulas as GitHub's."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from papercatalog.text.urls import URL, clean_url, split_url

_LONGEST_FORMULA = 1000
_MAX_NESTING = 20
"""Levels of blocks, of which a list takes two; the parser drops what is on a deeper one."""
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?$")
_URL = re.compile(URL)


def parse_markdown(markdown: str) -> list[Token]:
    """Parse Markdown into block tokens.

    Headings start at level 3, below the page's own. Formulas are inline tokens of type ``math``
    with their LaTeX in ``content``.
    """
    return PARSER.parse(markdown)


def _math(state: StateInline, silent: bool) -> bool:
    """Parse a formula between dollar-backtick and backtick-dollar."""
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


def _address(state: StateInline, silent: bool) -> bool:
    """Parse a bare address, without the sentence's punctuation after it."""
    scheme = _SCHEME.search(state.pending[-6:])
    if silent or scheme is None or state.linkLevel or state.src[state.pos] != ":":
        return False
    start = state.pos - len(scheme[0])
    match = _URL.match(state.src, start, state.posMax)
    if match is None:
        return False
    address = split_url(match[0])[0]
    state.pending = state.pending.removesuffix(scheme[0])
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(clean_url(address))}
    state.push("text", "", 0).content = clean_url(address)
    state.push("link_close", "a", -1)
    state.pos = start + len(address)
    return True


def _nested(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    """Let a rule of lists or quotations nest only as deep as the parser reads.

    The marks of what is deeper are text of a paragraph.
    """

    def parse(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        too_deep = state.level + 2 >= _MAX_NESTING
        return not (too_deep and not silent) and rule(state, first, last, silent)

    return parse


def _demote_headings(state: StateCore) -> None:
    """Lower headings by two levels, below the page's own."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


def _build_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    parser.enable("table")
    ends = ["paragraph", "reference", "blockquote"]
    parser.block.ruler.at("blockquote", _nested(blockquote), {"alt": [*ends, "list"]})
    parser.block.ruler.at("list", _nested(list_block), {"alt": ends})
    parser.inline.ruler.before("backticks", "math", _math)
    parser.inline.ruler.before("backticks", "address", _address)
    parser.core.ruler.push("demote_headings", _demote_headings)
    return parser


PARSER = _build_parser()
"""The one parser: building one takes longer than parsing an abstract."""
