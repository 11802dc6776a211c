"""Saved searches as files: what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_catalog import CURATED, run, write_catalog
from papercatalog.model.loading import inspect_catalog
from papercatalog.model.searches import SavedSearch, parse_search

PATH = "docs/searches/tides.md"
SOUND = "---\ntitle: Tides\nquery: 'tide \"moon\" -sailor'\n---\nWhat the *moon* does.\n"


def test_a_page_is_read() -> None:
    saved, problems = parse_search(SOUND, "tides", PATH)
    assert saved == SavedSearch("tides", "Tides", 'tide "moon" -sailor', "What the *moon* does.")
    assert problems == ()
    assert (saved.path, saved.url) == (PATH, "searches/tides/")


@pytest.mark.parametrize(
    ("slug", "text", "expected"),
    [
        ("index", SOUND, [("", "bad-id")]),
        ("A b", SOUND, [("", "bad-id")]),
        ("tides", "no front matter", [("", "no-front-matter")]),
        ("tides", "---\ntitle: Tides\n---\n", [("query", "missing-key")]),
        ("tides", "---\nquery: x\n---\n", [("title", "missing-key")]),
        ("tides", "---\ntitle: T\nquery: ''\n---\n", [("query", "bad-value")]),
        ("tides", "---\ntitle: T\nquery: [a]\n---\n", [("query", "bad-value")]),
        ("tides", f"---\ntitle: T\nquery: {'a' * 501}\n---\n", [("query", "bad-value")]),
        ("tides", "---\ntitle: T\nquery: x\nsort: date\n---\n", [("sort", "unknown-key")]),
        ("tides", "---\ntitle: T\nquery: x\n---\n\u202eabc\n", [("body", "bad-value")]),
    ],
)
def test_a_page_that_is_wrong_is_named(
    slug: str, text: str, expected: list[tuple[str, str]]
) -> None:
    saved, problems = parse_search(text, slug, PATH)
    assert saved is None
    assert [(problem.field, problem.code) for problem in problems] == expected


def write_search(root: Path, name: str, query: str, title: str = "A Search") -> None:
    page = root / "docs" / "searches" / f"{name}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"---\ntitle: {title}\nquery: {query}\n---\n", "utf-8")


def test_a_catalog_has_its_searches_by_title(tmp_path: Path) -> None:
    root = write_catalog(tmp_path, *CURATED[1:])
    write_search(root, "a", "tide", "Zebra")
    write_search(root, "b", "browser", "apple")
    catalog, problems = inspect_catalog(root)
    assert [saved.title for saved in catalog.searches] == ["apple", "Zebra"]
    assert problems == ()
    before = catalog.key
    write_search(root, "b", "web", "apple")
    assert inspect_catalog(root)[0].key != before


def test_a_check_names_a_search_that_finds_nothing_and_passes(tmp_path: Path) -> None:
    root = write_catalog(tmp_path, *CURATED[1:])
    write_search(root, "full", "tide moon")
    write_search(root, "half", "tide nonsensical")
    result = run(root, "check")
    assert result.exit_code == 0, result.output
    assert (
        "docs/searches/half.md:3: query: no paper has all words of 'tide nonsens" in result.output
    )
    assert "[finds-nothing] (a notice)" in result.output
    assert "full.md" not in result.output


def test_a_check_fails_for_a_search_that_cannot_be_read(tmp_path: Path) -> None:
    root = write_catalog(tmp_path, *CURATED[1:])
    write_search(root, "x", "[a]")
    (root / "docs" / "searches" / "x.html").write_text("<script>", "utf-8")
    result = run(root, "check")
    assert result.exit_code == 1
    assert "x.md:3: query: write a text [bad-value]" in result.output
    assert "x.html: is no page; docs/searches holds .md files alone" in result.output
