"""Front matter: split off, read as the text that stands there, and every slip located."""

from __future__ import annotations

import doctest

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.model import front_matter
from papercatalog.model.front_matter import Value, parse_front_matter, render_value
from papercatalog.model.problems import CatalogError
from strategies import LINES, PIECES


def codes(text: str) -> list[tuple[int, str]]:
    """Give line and code of each problem of a page."""
    with pytest.raises(CatalogError) as caught:
        parse_front_matter(text, "docs/papers/2025/x.md")
    return [(problem.line, problem.code) for problem in caught.value.problems]


def read(value: str) -> Value:
    """Read one value of front matter."""
    return parse_front_matter(f"---\nkey: {value}\n---\n", "x.md").values["key"]


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(front_matter).failed == 0


def test_a_page_is_taken_apart() -> None:
    page = "---\ntitle: A\n# a remark\ntopics:\n- one\n- two\n---\n\n\nFirst line.\n\nSecond.\n\n"
    front = parse_front_matter(page, "x.md")
    assert front.values == {"title": "A", "topics": ["one", "two"]}
    assert front.lines == {"title": 2, "topics": 4}
    assert front.end == 7
    assert front.body == "First line.\n\nSecond."
    assert front.body_line == 10


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_of_editors_make_no_difference(start: str, end: str) -> None:
    page = start + "---\ntitle: A\ndate: 2025-07-29\n---\nText.\n".replace("\n", end)
    front = parse_front_matter(page, "x.md")
    assert front.values == {"title": "A", "date": "2025-07-29"}
    assert (front.end, front.body, front.body_line) == (4, "Text.", 5)


@pytest.mark.parametrize(
    "value", ["no", "yes", "12:30", "2410.08110", "1e3", "0x1F", "null", "~", "2025-07-29", "1_000"]
)
def test_a_scalar_is_the_text_that_stands_there(value: str) -> None:
    assert read(value) == value


def test_values_of_every_shape() -> None:
    assert read("[a, 1, no]") == ["a", "1", "no"]
    assert read("{code: https://example.org/a, project: 1.10}") == {
        "code": "https://example.org/a",
        "project": "1.10",
    }
    assert read("") == ""
    assert read(">\n  two\n  lines") == "two lines\n"
    assert parse_front_matter("---\n---\nText\n", "x.md").values == {}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("", [(1, "no-front-matter")]),
        ("Text alone.\n", [(1, "no-front-matter")]),
        ("\n---\ntitle: A\n", [(1, "no-front-matter")]),
        ("---\ntitle: A\n", [(1, "no-front-matter")]),
        ("---\ntitle: a: b\n---\n", [(2, "bad-yaml")]),
        ("---\ntitle: A\ndate: [\n---\n", [(4, "bad-yaml")]),
        ("---\ntitle: 'A\n---\n", [(3, "bad-yaml")]),
        ("---\n- a\n- b\n---\n", [(2, "bad-yaml")]),
        ("---\njust text\n---\n", [(2, "bad-yaml")]),
        ("---\n{a: 1, b: 2}\n---\n", [(2, "bad-yaml")]),
        ("---\na: 1\n...\nb: 2\n---\n", [(4, "bad-yaml")]),
        ("---\ntitle: \x00\n---\n", [(1, "bad-yaml")]),
        ("---\na: &x [1]\nb: *x\n---\n", [(2, "bad-yaml")]),
        ("---\na: 1\n? [b]\n: 2\n---\n", [(3, "bad-yaml")]),
        ("---\na: &x [*x]\n---\n", [(2, "bad-yaml")]),
        ("---\na: [[[[[1]]]]]\n---\n", [(2, "bad-yaml")]),
        ("---\na: 1\nb: 2\na: 3\nb: 4\n---\n", [(4, "duplicate-key"), (5, "duplicate-key")]),
    ],
)
def test_slips_are_named_with_their_lines(page: str, expected: list[tuple[int, str]]) -> None:
    assert codes(page) == expected


ALIAS_TREE = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 26))


@pytest.mark.parametrize(
    "block",
    [
        f"{ALIAS_TREE}? *a25\n: x\n",
        "? " * 300,
        "[" * 30_000,
        "a: " + "[" * 30_000,
        "a: " + "{" * 30_000,
        "- " * 30_000,
        "a: |\n" + " x\n" * 400_000,
    ],
    ids=["aliases", "keys", "brackets", "list", "braces", "dashes", "length"],
)
def test_yaml_that_would_exhaust_a_loader_is_refused_before_it_is_built(block: str) -> None:
    [(line, code)] = codes(f"---\n{block}\n---\nText.\n")
    assert (line in (1, 2), code) == (True, "bad-yaml")


@given(st.text(max_size=200) | st.lists(PIECES | st.just("\n"), max_size=12).map("".join))
def test_any_text_is_read_or_named(text: str) -> None:
    for page in (text, f"---\n{text}\n---\nText\n"):
        try:
            front = parse_front_matter(page, "x.md")
        except CatalogError as error:
            assert error.problems
        else:
            assert set(front.lines) == set(front.values)


@given(LINES, st.booleans())
def test_a_line_reads_as_it_was_written(text: str, quote: bool) -> None:
    rendered = render_value(text, quote=quote)
    assert len(rendered.splitlines()) == 1
    assert read(rendered) == text


@given(st.lists(LINES), st.booleans())
def test_a_list_reads_as_it_was_written(texts: list[str], quote: bool) -> None:
    assert read(render_value(texts, quote=quote)) == texts


@pytest.mark.parametrize("address", ["https://e.org/a?b=1", "https://e.org/?", "https://e.org/a#b"])
def test_addresses_are_read_by_the_plain_loader_of_yaml_too(address: str) -> None:
    for value in (address, [address], {"code": address}):
        rendered = render_value(value)
        assert yaml.load(f"key: {rendered}", yaml.BaseLoader)["key"] == value


@given(st.dictionaries(st.sampled_from(["code", "project"]), LINES), st.booleans())
def test_a_mapping_reads_as_it_was_written(texts: dict[str, str], quote: bool) -> None:
    assert read(render_value(texts, quote=quote)) == texts
