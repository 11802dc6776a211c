"""LaTeX and markup are taken off as the cases in ``fixtures`` say, and no text makes it fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.text.jats import strip_markup
from papercatalog.text.latex import strip_latex

FIXTURES = Path(__file__).parent / "fixtures"
PIECES = [
    "\\href{",
    "\\url",
    "\\textemdash",
    "\\v",
    "{",
    "}",
    "\\",
    "$",
    "'",
    "`",
    "~",
    "-",
    "<",
    ">",
    "/",
    "sup",
    "p",
    "&amp;",
    " ",
    '"',
    "a",
]


def load_cases(name: str) -> list[tuple[str, str, str]]:
    text = (FIXTURES / name).read_text(encoding="utf-8")
    found = re.findall(
        r"^=== ([^\n]+)\n(.*?)\n---\n(.*?)\n(?=\n===|\Z)", text, re.DOTALL | re.MULTILINE
    )
    assert len(found) == text.count("=== ")
    return found


@pytest.mark.parametrize(("name", "text", "expected"), load_cases("latex.txt"))
def test_latex(name: str, text: str, expected: str) -> None:
    assert strip_latex(text) == expected, name


@pytest.mark.parametrize(("name", "text", "expected"), load_cases("markup.txt"))
def test_markup(name: str, text: str, expected: str) -> None:
    assert strip_markup(text) == expected, name


@given(st.text(alphabet=st.characters(exclude_characters="\\${}`'~-")))
def test_text_without_latex_stays(text: str) -> None:
    assert strip_latex(text) == text


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_text_makes_either_fail(text: str) -> None:
    assert isinstance(strip_latex(text), str)
    assert isinstance(strip_markup(text), str)


@pytest.mark.parametrize("piece", ["{", "\\", "$", "\\'", "<", "<p ", '<p a="', "<sup>", "\\a{"])
def test_long_texts_take_no_long_time(piece: str) -> None:
    text = piece * 20_000
    assert len(strip_latex(text)) <= len(text)
    assert len(strip_markup(text)) <= len(text)
