from __future__ import annotations

import re

import pytest

from papercatalog.text import (
    Links,
    find_links,
    plain_text,
    plain_title,
    render_abstract,
    render_text,
)
from papercatalog.text.plain import shorten
from text_fixtures import Case, read_cases


@pytest.mark.parametrize("case", read_cases("html.txt"), ids=lambda case: case.title)
def test_render_abstract(case: Case) -> None:
    assert render_abstract(case.given).rstrip("\n") == case.expected


@pytest.mark.parametrize("case", read_cases("plain.txt"), ids=lambda case: case.title)
def test_plain_text(case: Case) -> None:
    assert plain_text(case.given) == case.expected


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (40, "The first words, and *then* the others."),
        (39, "The first words, and *then* the others."),
        (38, "The first words, and *then* the…"),
        (18, "The first words…"),
        (17, "The first words…"),
        (9, "The…"),
        (2, "T…"),
    ],
)
def test_a_short_text_ends_with_a_word(length: int, expected: str) -> None:
    assert shorten("The first words, and *then*\nthe others.", length) == expected


FIRST = "Lanterns glow, e.g. those of A. Example et al. and Fig. 3, for about 2.5 hours."
LONG = "A lantern" + " and a lamp" * 24


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (f"{FIRST} We measure it.", f"{FIRST} We measure it."),
        (f"{FIRST} We measure it. {LONG}.", f"{FIRST} We measure it."),
        (f"Is it? {FIRST} {LONG}.", f"Is it? {FIRST}"),
        (f"Short. {LONG}. {FIRST}", f"Short. {LONG}."),
        (f"{LONG}; {LONG}, {FIRST}", f"{LONG}…"),
        (f"{FIRST}\nAnother *line* (“of it”). {LONG}.", f"{FIRST} Another line (“of it”)."),
        (f"{FIRST[:-1]}! 今日は。{LONG}.", f"{FIRST[:-1]}! 今日は。"),
    ],
)
def test_a_summary_has_whole_sentences(text: str, summary: str) -> None:
    assert render_text(text).summary(120) == summary


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Costs of $5 and 3*4", "Costs of $5 and 3*4"),
        ("On $\\ell_1$ and $O(n^2)$", "On ℓ₁ and O(n²)"),
    ],
)
def test_formulas_in_a_title_become_text(title: str, plain: str) -> None:
    assert plain_title(title) == plain


@pytest.mark.parametrize("case", read_cases("links.txt"), ids=lambda case: case.title)
def test_find_links(case: Case) -> None:
    code, project = (None if url == "None" else url for url in case.expected.splitlines())
    assert find_links(case.given) == Links(code=code, project=project)


@pytest.mark.parametrize("depth", [5, 8, 9, 10, 11, 30, 500])
@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "> - ", "- > "])
def test_no_text_vanishes_however_deep_it_stands(mark: str, depth: int) -> None:
    markdown = f"{mark * depth}below\n{mark * depth}**beside**\n\nafter"
    html, plain = render_abstract(markdown), plain_text(markdown)
    for word in ("below", "beside", "after"):
        assert word in html
        assert word in plain
    assert html.count("<ul>") + html.count("<ol>") <= 20


@pytest.mark.parametrize(
    "tex",
    [
        r"{a \above 700em b}",
        r"{a \abovewithdelims() 700em b}",
        r"\genfrac(){700em}{0}{a}{b}",
        r"a\rule{700em}{700em}",
        r"a\kern 700em b",
        r"a\hspace{700em}b",
        r"a\hskip -700em b",
        r"a\mkern 7000mu b",
        r"a\mspace{7000mu} b",
        r"\raisebox{700em}{a}",
        r"\begin{array}{c}a\\[700em]b\end{array}",
    ],
)
def test_no_length_of_a_formula_reaches_the_page(tex: str) -> None:
    html = render_abstract(f"$`{tex}`$")
    assert not re.search(r"=\"[^\"]*700", html.replace("1998/Math", "")), html
    assert 'linethickness="0"' in render_abstract("$`\\binom{a}{b}`$")
