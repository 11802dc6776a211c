from __future__ import annotations

import re
import time
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.text import (
    find_links,
    plain_text,
    render_abstract,
    repair_abstract,
    repair_title,
    split_keywords,
)
from papercatalog.text.nodes import apply_rules
from papercatalog.text.plain import shorten
from papercatalog.text.rendered import render_text, render_unformatted
from papercatalog.text.repair import collapse
from papercatalog.text.rules import RULES
from papercatalog.text.sanitise import ATTRIBUTES, TAGS
from papercatalog.text.tex.linear import tex_to_text

MARKUP = st.text("\\`*_<>&;[]()!#-+.$~|:=\"'^{}/ \n\tax1é", max_size=40)
WORDS = st.sampled_from(
    [
        *("a", "b1", "*", "**", "_", "__", "`", "``", "~", "~~", "[", "]", "](", "]:", "(", ")"),
        *("<a ", "</a", "<!--", "&amp;", "&#35;", ":x:", "$", "$`", "`$", "$x$", "!", "!["),
        *(
            "#",
            "-",
            "+",
            "1.",
            ">",
            "---",
            "===",
            ":::",
            "|",
            "|a|b|\n|-|-|\n",
            " ",
            "\n",
            "\n\n",
            "\\ ",
            "\\",
        ),
        *("https://a.org/b", "github.com/a/b", "javascript:", "data:x", "\\href{javascript:x}"),
        *("{", "}", "^{2}", "n^{1.5}", "\\frac", "\\(", "\\)", "\\text{", "\\emph{a}", "{\\it "),
        *('<a href="https://a.org">', "</a>", "[a](https://b.org)", "1.5 times a", "a-b^2", "pi_r"),
    ]
)
TEXTS = st.one_of(st.text(max_size=40), MARKUP, st.lists(WORDS, max_size=12).map("".join))
TEX = st.lists(
    st.sampled_from(
        [
            *("a", "1", ".", " ", "{", "}", "^", "_", "{a}", "{1.5}", "^{ab}", "_{0.5}", "(", ")"),
            *("\\alpha", "\\leq", "\\log", "\\text{a b}", "\\mathbf", "\\frac", "\\sqrt", "\\hat"),
            *(
                "\\left",
                "\\mathbb",
                "\\nothing",
                "\\\\",
                "\\",
                "\\,",
                "|",
                "\\|",
                "&",
                "~",
                "'",
                "*",
            ),
        ]
    ),
    max_size=12,
).map("".join)
TAG = re.compile(r"</?([^\s>/]+)([^>]*)>")
ATTRIBUTE = re.compile(r'\s([^\s=]+)="([^"]*)"')
TABLE = re.compile(
    r'<div class="pc-wide" role="group" aria-label="Table" tabindex="0">'
    r'(<table) class="pc-numbers"(>[^\0]*?</table>)</div>'
)
"""A table in the box that scrolls it."""


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
def test_a_text_without_markup_is_rendered_as_the_parser_does(text: str) -> None:
    assert render_unformatted(text) in (None, render_text(text))


def test_most_abstracts_need_no_parser() -> None:
    plain = "We gain 4.2 points (p > 0.01), at no cost."
    assert render_unformatted(plain) == render_text(plain)
    assert render_unformatted("We gain *much*.") is None


@given(TEXTS)
def test_repaired_text_becomes_paragraphs_and_never_a_block_of_another_kind(text: str) -> None:
    tags = {tag for tag, _ in TAG.findall(render_abstract(repair_abstract(text)))}
    assert not tags & {"h3", "h4", "ul", "ol", "blockquote", "pre", "hr", "br", "table"}


@given(TEXTS)
def test_html_holds_only_what_the_list_allows(text: str) -> None:
    for markdown in (text, repair_abstract(text)):
        for tag, attributes in TAG.findall(TABLE.sub(r"\1\2", render_abstract(markdown))):
            assert tag in TAGS
            for name, value in ATTRIBUTE.findall(attributes):
                assert name in ATTRIBUTES.get(tag, set()) | {"rel", "width", "linethickness"}
                assert name != "href" or value.startswith(("http://", "https://", "mailto:"))


@given(TEXTS, st.integers(min_value=1, max_value=60))
def test_a_short_text_is_the_beginning_of_a_text(text: str, length: int) -> None:
    words = shorten(plain_text(text), length)
    assert len(words) <= length
    whole = " ".join(plain_text(text).split())
    assert whole.startswith(words.removesuffix("…")) or words == whole


@given(TEX)
def test_a_formula_as_plain_text_keeps_no_markup(tex: str) -> None:
    text = tex_to_text(tex)
    assert text is None or not re.search(r"\\[A-Za-z]|[_^]\{", text)


@given(TEXTS)
def test_a_title_is_one_line(text: str) -> None:
    title = repair_title(text)
    assert title == " ".join(title.split())


HOSTILE = [
    *("[", "](", "[a](", "![", "*a", "_a_", "**a*", "`", "`a``", "$`", "$`a", "$a", "<", "<a "),
    *("{", "{a", "}{", "x_{", "x_{a} + ", "(x_{a}", "x_{a}_", "x^", "O(", "O(n^2", "left(", "(x_"),
    *("http://", "https://a.org/(", "https://a.org/{", "a.", "a.b-", "www.", "x_{a} leq pi "),
    *("``a", "`a ", "`a'b", "it 3-", "12", "1.", "sim1,", "textbf{", "{\\it a", "\\'", "\\text{"),
    *("\\", "\\(", ":a", "~", "~~a", "> ", "- ", "a\n\n", "#", "| a |\n|-|\n", "\n", " ", "a "),
    *("<a href=", "<a href=https://a.org>", "[a](https://a", "1.5 times a", "Keywords: a, "),
    *("&", "left(a", "leq pi ", "log "),
]


@pytest.mark.parametrize("part", HOSTILE)
def test_time_grows_with_the_length_of_a_hostile_text(part: str) -> None:
    for function in (repair_abstract, render_abstract, find_links, split_keywords):
        assert any(grows_evenly(function, part) for _ in range(3)), function.__name__


def grows_evenly(function: Callable[[str], object], part: str) -> bool:
    """Four times the text takes at most eight times as long; a square would take sixteen."""
    short, long = (seconds(function, part * count) for count in (200, 800))
    return long < 0.1 or long < 8 * short


def seconds(function: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    function(text)
    return time.process_time() - start
