"""Identifiers: what is recognised as one, how it is normalised, and what pages are named."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.model import ids
from papercatalog.model.ids import (
    SLUG_LENGTH,
    ArxivId,
    build_id,
    build_slug,
    find_arxiv,
    is_id,
    normalise_title,
    parse_arxiv,
    parse_doi,
)

TEXT = st.text(max_size=120)
IDENTIFIERS = json.loads(
    (Path(__file__).parent / "fixtures" / "identifiers.json").read_text("utf-8")
)
"""Texts, each with the arXiv id, its version and the DOI that it is."""


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(ids).failed == 0
    assert doctest.testmod(ids).attempted > 5


@pytest.mark.parametrize(("text", "arxiv", "version", "doi"), IDENTIFIERS)
def test_identifiers_in_every_spelling(
    text: str, arxiv: str | None, version: int | None, doi: str | None
) -> None:
    assert parse_arxiv(f" {text}\n") == (ArxivId(arxiv, version) if arxiv else None)
    assert parse_doi(f" {text}\n") == doi


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("arXiv preprint arXiv:1512.00385, 2015", "1512.00385"),
        ("Comment: 9 pages. arXiv:1508.00882v2 [cs], to appear", "1508.00882"),
        ("(or arXiv:2410.00001v1 [cs.CL] for this version)", "2410.00001"),
        ("see https://arxiv.org/abs/hep-th/9901001 for more", "hep-th/9901001"),
        ("ArXiv, abs/1910.12345", "1910.12345"),
        ("arXiv:2410.00001, the same as https://arxiv.org/pdf/2410.00001v3", "2410.00001"),
        ("arXiv:2410.00001 extends arXiv:2309.00002", None),
        ("vol. 2410.00001, no 3", None),
        ("arXiv:2410.000011", None),
        ("", None),
    ],
)
def test_an_id_in_prose_must_be_marked_and_alone(text: str, arxiv: str | None) -> None:
    assert find_arxiv(text) == arxiv


@pytest.mark.parametrize(
    "text",
    [" " * 20_000, "[" * 20_000, "arxiv " * 5_000, "10.1000/" + "(" * 20_000, "a." * 20_000,
     "10.1000/" + "(a)" * 9_000 + "é", "[a](" * 5_000, "a/" * 9_000, "arxiv.org/" * 3_000],
)  # fmt: skip
def test_long_texts_are_no_identifiers(text: str) -> None:
    assert (parse_arxiv(text), parse_doi(text), find_arxiv(text)) == (None, None, None)


@given(st.text("0123456789.v/:arXivhtpsodg ", max_size=60))
def test_what_is_read_from_an_id_reads_as_itself(text: str) -> None:
    arxiv, doi = parse_arxiv(text), parse_doi(text)
    assert arxiv is None or parse_arxiv(arxiv.id) == ArxivId(arxiv.id)
    assert doi is None or parse_doi(doi) == doi


@given(TEXT)
def test_every_title_has_a_slug_that_is_an_id(title: str) -> None:
    slug = build_slug(title)
    assert is_id(slug)
    assert len(slug) <= SLUG_LENGTH


@given(TEXT, st.none() | st.just("cs/0309040"), st.none() | st.just("10.1000/(x)-<Y>."))
def test_every_page_can_be_named(title: str, arxiv: str | None, doi: str | None) -> None:
    first = build_id(title, arxiv, doi)
    second = build_id(title, arxiv, doi, taken={first})
    third = build_id(title, arxiv, doi, taken={first, second})
    assert [second, third] == [f"{first}-2", f"{first}-3"]
    assert all(map(is_id, (first, second, third)))


@pytest.mark.parametrize(
    "text", ["", "-", "a-", ".a", "A", "a b", "a/b", "../a", "a\n", "ä", "a" * 3 + "\u2028"]
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


@given(TEXT)
def test_a_title_is_normalised_once_and_for_all(title: str) -> None:
    once = normalise_title(title)
    assert normalise_title(once) == once
    assert normalise_title(f"  {title}\n") == once


def test_titles_without_latin_letters_stay_apart() -> None:
    assert normalise_title("…") != normalise_title("?")
    assert normalise_title("学习") != normalise_title("数据")
