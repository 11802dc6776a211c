"""Which spellings are one name, and how names become addresses and are sorted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.model.ids import SLUG_LENGTH, is_id, is_orcid
from papercatalog.model.names import build_name_slug, is_person_slug, name_key, sort_key


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("José García", "Jose Garcia"),
        ("JOSÉ GARCÍA", "jose\u0301 garci\u0301a"),
        ("Łukasz Kaiser", "Lukasz Kaiser"),
        ("Søren Strauß", "Soren STRAUSS"),
        ("J. K. Writer", "J.K. Writer"),
        ("J. K. Writer", "J.-K. Writer"),
        ("J. K. Writer", "J-K Writer"),
        ("J. K. Writer", "j k writer"),
        ("Ada B. Li", "Ada B Li"),
        ("Bo Li Jr.", "Bo Li Jr"),
        ("Pat O’Neil", "Pat O'Neil"),
        ("Jean‐Luc Made", "Jean-Luc Made"),
    ],
)
def test_spellings_of_one_name(name: str, other: str) -> None:
    assert name_key(name) == name_key(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ada Li", "A. Li"),
        ("J. K. Writer", "JK Writer"),
        ("J. O. Made", "Jo Made"),
        ("Xiao-Ming Li", "Xiaoming Li"),
        ("Xiao-Ming Li", "Xiao Ming Li"),
        ("Ada B. Li", "Ada Li"),
        ("Bo Li", "Bo Li Jr."),
        ("Bo Li", "Li Bo"),
        ("李明", "黎明"),
        ("...", "...."),
    ],
)
def test_names_that_only_a_person_can_join(name: str, other: str) -> None:
    assert name_key(name) != name_key(other)


NAMES = st.text(st.sampled_from("abzABZ éøñßİ李명عд0.,'’-‐ "), min_size=1).map(
    lambda text: " ".join(text.split())
)


@given(NAMES.filter(bool))
def test_a_key_is_the_key_of_itself(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert key


@given(NAMES.filter(bool))
def test_a_key_has_no_dot(name: str) -> None:
    assert "." not in name_key(name) or not name.strip(".' -’‐")


@given(NAMES.filter(bool))
def test_every_name_has_an_address_of_its_own(name: str) -> None:
    slug = build_name_slug(name_key(name))
    assert is_id(slug)
    assert is_person_slug(slug)
    assert len(slug) <= SLUG_LENGTH + 7


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Wei Li", "wei-li"),
        ("José García", "jose-garcia"),
        ("Jean-Luc O'Neil", "jean-luc-o-neil"),
        ("R. Index", "r-index"),
    ],
)
def test_addresses_of_names(name: str, slug: str) -> None:
    assert build_name_slug(name_key(name)) == slug


@pytest.mark.parametrize("name", ["李明", "Index", "B", "Very " * 30 + "Long", "!?"])
def test_an_address_that_loses_something_ends_in_a_hash(name: str) -> None:
    slug = build_name_slug(name_key(name))
    assert slug[-7] == "-"
    assert int(slug[-6:], 16) >= 0


def test_names_of_one_transcription_have_different_addresses() -> None:
    assert build_name_slug("李明") != build_name_slug("黎明")


def test_names_are_sorted_by_their_last_word() -> None:
    names = ["Ada Zed", "Óscar Ángel", "Bo Young Jr.", "李明", "Jean-Luc Made", "Ada Made", "III"]
    assert sorted(names, key=sort_key) == [
        *("Óscar Ángel", "III", "李明", "Ada Made", "Jean-Luc Made", "Bo Young Jr.", "Ada Zed")
    ]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("0000-0002-1825-0097", True),
        ("0000-0002-1694-233X", True),
        ("0000-0002-1825-0098", False),
        ("0000-0002-1694-2330", False),
        ("0000-0002-1694-233x", False),
        ("0000000218250097", False),
        ("https://orcid.org/0000-0002-1825-0097", False),
        ("٠000-0002-1825-0097", False),
        ("", False),
    ],
)
def test_the_last_digit_checks_an_orcid(text: str, valid: bool) -> None:
    assert is_orcid(text) == valid
