"""Lists of authors in every spelling."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.sources import days, names
from papercatalog.sources.facts import parse_facts
from papercatalog.sources.names import read_names


def read(value: object) -> tuple[list[str], list[str]]:
    facts, remarks = parse_facts({"authors": read_names(value)})
    return [*facts.get("authors", ())], [note for _, note in remarks]


def test_examples_in_the_docstrings() -> None:
    for module in (names, days):
        assert doctest.testmod(module).failed == 0
        assert doctest.testmod(module).attempted


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Ann Author, Bea Writer, Cy King", ["Ann Author", "Bea Writer", "Cy King"]),
        ("Ann Author, Bea Writer, and Cy King", ["Ann Author", "Bea Writer", "Cy King"]),
        ("Ann Author & Bea Writer", ["Ann Author", "Bea Writer"]),
        ("Author, Ann; Writer, Bea", ["Ann Author", "Bea Writer"]),
        ("Author, Ann", ["Ann Author"]),
        ("García Marín, Gabriel", ["Gabriel García Marín"]),
        ("Author, A. and Writer, B.", ["A. Author", "B. Writer"]),
        ("Author, A., Writer, B. C., & King, D.", ["A. Author", "B. C. Writer", "D. King"]),
        ("Kim H.S., Wang Y.", ["H.S. Kim", "Y. Wang"]),
        ("Wil E, Rex G, Bun KA", ["E Wil", "G Rex", "KA Bun"]),
        ("Bo YU, Ann LEE", ["Bo YU", "Ann LEE"]),
        ("Maria da Silva, Jo Sousa", ["Maria da Silva", "Jo Sousa"]),
        ("da Silva, Maria", ["Maria da Silva"]),
        ("Ann Author|Bea Writer", ["Ann Author", "Bea Writer"]),
        ("Ann Author\nBea Writer\n", ["Ann Author", "Bea Writer"]),
        (
            "1. Ann Author\n2. Bea van Writer, Jr.\n- Cy King and Dee Dow\n* Author, Eve; Ng, Flo",
            ["Ann Author", "Bea van Writer, Jr.", "Cy King", "Dee Dow", "Eve Author", "Flo Ng"],
        ),
        ("['Ann Author', 'Bea Writer']", ["Ann Author", "Bea Writer"]),
        ('[{"name": "Ann Author"}]', ["Ann Author"]),
        (
            [{"first": "Ann", "last": "Author"}, {"firstName": "Bea", "lastName": "Writer"}],
            ["Ann Author", "Bea Writer"],
        ),
        (
            [["Author", "Ann", ""], ["Writer", "Bea", "Jr"], ["王", "小明", ""]],
            ["Ann Author", "Bea Writer Jr", "王小明"],
        ),
        ("王小明；佐藤花子", ["王小明", "佐藤花子"]),
        ("王, 小明", ["王小明"]),
        ("Ann Author*; Bea Writer†; Cy King1,2", ["Ann Author", "Bea Writer", "Cy King"]),
        ("Ann Author1, Bea Writer2,3 and Cy King", ["Ann Author", "Bea Writer", "Cy King"]),
        ("Bj&ouml;rn <b>Sol</b>", ["Björn Sol"]),
        ("Wei Wu; Ann Author; Wei Wu", ["Wei Wu", "Ann Author", "Wei Wu"]),
        (["Ann B"], ["Ann B"]),
        (
            "Nobody Collaboration: A. Author (1), B. Writer (2 and 3)",
            ["Nobody Collaboration", "A. Author", "B. Writer"],
        ),
        (None, []),
        ("", []),
    ],
)
def test_lists_of_authors(value: object, shown: list[str]) -> None:
    assert read(value)[0] == shown


@pytest.mark.parametrize(
    ("value", "shown", "told"),
    [
        ("Ann Author; et al.", ["Ann Author"], "'et al.' stands for authors"),
        ("Ann Author, Bea Writer et al", ["Ann Author", "Bea Writer"], "stands for authors"),
        ("N/A", [], "'N/A' names no author"),
        ([":", "Ann Author"], ["Ann Author"], "':' names no author"),
        ([True, 7.5, "Ann Author"], ["Ann Author"], "True is not text"),
        (
            "Ann Author (Nowhere University)",
            ["Ann Author"],
            "'(Nowhere University)' names no author",
        ),
    ],
)
def test_what_is_no_name_is_told(value: object, shown: list[str], told: str) -> None:
    found, remarks = read(value)
    assert found == shown
    assert any(told in remark for remark in remarks)


@given(
    st.text("Aab .,;&\n()[]0123*'\"{}:|-et l", max_size=80)
    | st.recursive(
        st.none() | st.booleans() | st.text(max_size=9) | st.floats(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["name", "given", "family", "author", "x"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_value_is_read(value: object) -> None:
    shown, remarks = read(value)
    assert all(name == " ".join(name.split()) and name for name in shown)
    assert isinstance(remarks, list)


@pytest.mark.parametrize("piece", ["(", "a, ", "a and ", "(a)", "[", "et al ", "; ", "a1,2 "])
def test_long_texts_take_no_long_time(piece: str) -> None:
    assert isinstance(read_names(piece * 10_000), list)
