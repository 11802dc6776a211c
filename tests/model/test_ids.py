"""Identifiers: what is recognised as one, how it is normalised, and what pages are named."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.model import ids
from papercatalog.model.ids import (
    SLUG_LENGTH,
    ArxivId,
    build_id,
    build_slug,
    is_id,
    normalise_title,
    parse_arxiv,
    parse_doi,
)

TEXT = st.text(max_size=120)


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(ids).failed == 0
    assert doctest.testmod(ids).attempted > 5


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("2410.08115", ArxivId("2410.08115")),
        (" 2410.08115v3 ", ArxivId("2410.08115", 3)),
        ("0704.0001", ArxivId("0704.0001")),
        ("arXiv:2410.08115", ArxivId("2410.08115")),
        ("ARXIV: 2410.08115v1", ArxivId("2410.08115", 1)),
        ("https://arxiv.org/abs/2410.08115", ArxivId("2410.08115")),
        ("http://www.arxiv.org/pdf/2410.08115v2.pdf", ArxivId("2410.08115", 2)),
        ("https://export.arxiv.org/abs/2410.08115?context=cs#x", ArxivId("2410.08115")),
        ("https://arxiv.org/html/2410.08115v1/", ArxivId("2410.08115", 1)),
        ("https://huggingface.co/papers/2410.08115", ArxivId("2410.08115")),
        ("https://doi.org/10.48550/arXiv.2410.08115", ArxivId("2410.08115")),
        ("10.48550/arxiv.2410.08115", ArxivId("2410.08115")),
        ("cs/0309040", ArxivId("cs/0309040")),
        ("math.GT/0309136v1", ArxivId("math/0309136", 1)),
        ("hep-th/9901001", ArxivId("hep-th/9901001")),
    ],
)
def test_arxiv_ids_are_read_from_their_usual_spellings(text: str, arxiv: ArxivId) -> None:
    assert parse_arxiv(text) == arxiv


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2410.081",
        "2413.08115",
        "2400.08115",
        "12410.08115",
        "2410.081150",
        "https://example.org/abs/2410.08115",
        "https://arxiv.org.example.org/abs/2410.08115",
        "see 2410.08115",
        "2410.08115v",
        "cs/030904",
        "10.1145/3292500.3330701",
    ],
)
def test_what_is_no_arxiv_id(text: str) -> None:
    assert parse_arxiv(text) is None


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://doi.org/10.1162/TACL_a_00638", "10.1162/tacl_a_00638"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("doi: 10.1000/(x)<y>;1-2", "10.1000/(x)<y>;1-2"),
        ("10.1000/", None),
        ("11.1000/182", None),
        ("10.1000/a b", None),
        ("https://example.org/10.1000/182", None),
    ],
)
def test_dois(text: str, doi: str | None) -> None:
    assert parse_doi(text) == doi


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
