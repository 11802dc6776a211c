from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.text import (
    find_links,
    gist,
    plain_text,
    render_abstract,
    repair_abstract,
    repair_title,
)
from papercatalog.text.pieces import apply_rules
from papercatalog.text.repair import collapse
from papercatalog.text.rules import RULES
from papercatalog.text.sanitise import ATTRIBUTES, TAGS

MARKUP = st.text("\\`*_<>&;[]()!#-+.$~|:=\"'^{}/ \n\tax1é", max_size=40)
WORDS = st.sampled_from(
    "a b1 * ** _ __ ` `` ~ ~~ [ ] ]( ]: ( ) <a </a <!-- &amp; &#35; :x: $ $` `$ $x$ \\ \\( \\) ! ![ "
    "# - + 1. > --- === ::: | https://a.org/b github.com/a/b \\text{ \\href{javascript:x} { } ^{2} "
    "n^{1.5} \\frac javascript: data:x \n \n\n".split(" ")
)
TEXTS = st.one_of(st.text(max_size=40), MARKUP, st.lists(WORDS, max_size=12).map("".join))
TAG = re.compile(r"</?([^\s>/]+)([^>]*)>")
ATTRIBUTE = re.compile(r'\s([^\s=]+)="([^"]*)"')


def visible(html: str) -> str:
    return "".join(unescape(TAG.sub("", html)).split())


@given(TEXTS)
def test_what_no_rule_repairs_shows_as_typed(text: str) -> None:
    paragraphs = [collapse(part) for part in re.split(r"\n\s*\n", text)]
    rules = [rule for _, rule in RULES]
    if all(apply_rules(rules, part) in ([part], []) for part in paragraphs):
        typed = "".join("".join(paragraphs).split())
        assert visible(render_abstract(repair_abstract(text))) == typed
        assert "".join(plain_text(repair_abstract(text)).split()) == typed


@given(TEXTS)
def test_repaired_text_becomes_paragraphs_and_never_a_block_of_another_kind(text: str) -> None:
    tags = {tag for tag, _ in TAG.findall(render_abstract(repair_abstract(text)))}
    assert not tags & {"h3", "h4", "ul", "ol", "blockquote", "pre", "hr", "br"}


@given(TEXTS)
def test_html_holds_only_what_the_list_allows(text: str) -> None:
    for markdown in (text, repair_abstract(text)):
        for tag, attributes in TAG.findall(render_abstract(markdown)):
            assert tag in TAGS
            for name, value in ATTRIBUTE.findall(attributes):
                assert name in ATTRIBUTES.get(tag, set()) | {"rel", "width"}
                assert name != "href" or value.startswith(("http://", "https://", "mailto:"))


@given(TEXTS, st.integers(min_value=1, max_value=60))
def test_a_gist_is_the_beginning_of_the_text(text: str, length: int) -> None:
    words = gist(text, length)
    assert len(words) <= length
    whole = " ".join(plain_text(text).split())
    assert whole.startswith(words.removesuffix("…")) or words == whole


@given(TEXTS)
def test_a_title_is_one_line(text: str) -> None:
    title = repair_title(text)
    assert title == title.strip() and "\n" not in title


class Steps(str):
    """Counts nothing itself; stands for a text of a given number of repetitions."""


HOSTILE = [
    "[", "](", "[a](", "![", "*a", "_a_", "**a*", "`", "`a``", "$`", "$`a", "$a", "<", "<a ", "&", "\\",
    "\\(", "{", "{a", "}{", "x_{", "x_{a} + ", "x^", "O(", "O(n^2", "left(", "left(a", "http://",
    "https://a.org/(", "https://a.org/{", "a.", "a.b-", "www.", "``a", "`a ", "`a'b", "it 3-", "12",
    "1.", "sim1,", "textbf{", "{\\it a", "\\'", ":a", "~", "~~a", "> ", "- ", "leq pi ", "\\text{",
    "a\n\n", "#", "|", "| a |\n|-|\n", "\n", "log ", "x_{a} leq pi ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize(
    "function", [repair_abstract, repair_title, render_abstract, plain_text, find_links, gist]
)
def test_hostile_text(function: Callable[[str], object], piece: str) -> None:
    function(piece * 300)
