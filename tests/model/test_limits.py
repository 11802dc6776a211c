"""What is longer than any real paper's facts is a named problem of that page or row alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from papercatalog.model.field_types import (
    LAST_YEAR,
    MAX_ABSTRACT,
    MAX_ADDRESS,
    MAX_ITEMS,
    MAX_LINE,
)
from papercatalog.model.ids import MAX_ID_LENGTH, RESERVED_IDS, build_id, is_id
from papercatalog.model.loading import inspect_catalog
from papercatalog.model.page import parse_page
from papercatalog.model.problems import CatalogError
from repository import run_command

PAGE = "---\ntitle: A\ndate: 2025-07-29\n{}\n---\n{}\n"
LONG = "x" * 300


@pytest.mark.parametrize(
    ("front", "body", "field"),
    [
        (f"venue: {'x' * (MAX_LINE + 1)}", "Text.", "venue"),
        ("", "x" * (MAX_ABSTRACT + 1), "abstract"),
        (f"links: {{code: https://example.org/{'x' * MAX_ADDRESS}}}", "Text.", "links.code"),
        (f"authors: [{', '.join(['A'] * (MAX_ITEMS + 1))}]", "Text.", "authors"),
        (f"aliases: [{'x' * (MAX_ID_LENGTH + 1)}]", "Text.", "aliases.0"),
        (f"doi: 10.1234/{'x' * MAX_LINE}", "Text.", "doi"),
        ("aliases: [index]", "Text.", "aliases.0"),
    ],
    ids=["line", "abstract", "address", "list", "alias", "doi", "reserved"],
)
def test_what_is_too_long_is_named_once(front: str, body: str, field: str) -> None:
    with pytest.raises(CatalogError) as caught:
        parse_page(PAGE.format(front, body), "docs/papers/2025/a.md")
    [problem] = caught.value.problems
    assert (problem.field, problem.code) == (field, "bad-value")
    assert len(problem.message) < 200


@pytest.mark.parametrize(
    ("front", "body"),
    [
        (f"venue: {'x' * MAX_LINE}", "Text."),
        ("", "x" * MAX_ABSTRACT),
        (f"aliases: [{'x' * MAX_ID_LENGTH}]", "Text."),
        (f"authors: [{', '.join(['A'] * MAX_ITEMS)}]", "Text."),
    ],
)
def test_what_is_as_long_as_may_be_is_read(front: str, body: str) -> None:
    assert parse_page(PAGE.format(front, body), "docs/papers/2025/a.md").title == "A"


@pytest.mark.parametrize("year", [LAST_YEAR + 1, 9999])
def test_a_day_that_no_paper_has_is_named(year: int) -> None:
    text = PAGE.format("", "Text.").replace("2025", f"{year:04}")
    with pytest.raises(CatalogError) as caught:
        parse_page(text, f"docs/papers/{year}/a.md")
    assert [problem.field for problem in caught.value.problems] == ["date"]


@pytest.mark.parametrize("title", RESERVED_IDS)
def test_a_title_that_is_a_folders_own_page_gets_another_id(title: str) -> None:
    assert build_id(title.title()) == f"{title}-2"
    assert not is_id(title)


def test_a_long_doi_gives_an_id_that_a_file_can_have() -> None:
    name = build_id("A title", doi=f"10.1234/{LONG}", taken={"10.1234-" + "x" * 152})
    assert is_id(name)
    assert name.endswith("-2")


def test_a_name_of_a_digest_that_no_file_can_have_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "papers" / "2025"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(PAGE.format(f"digests: [seeds/{LONG}.txt]", "Text."))
    _, problems = inspect_catalog(tmp_path)
    assert [problem.code for problem in problems] == ["missing-digest"]


def test_a_bad_row_stops_no_other(tmp_path: Path) -> None:
    rows = [
        ("Index", "2025-07-30", ""),
        ("With a long name", "2025-07-30", f"10.1234/{LONG}"),
        ("Of the last day", "9999-12-31", ""),
        ("x" * (MAX_LINE + 1), "2025-07-30", ""),
        ("A good one", f"{dt.date(2025, 7, 30)}", ""),
    ]
    lines = ["title,date,doi,abstract"]
    lines += (
        f"{title},{day},{doi},About {number} only." for number, (title, day, doi) in enumerate(rows)
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "papers.csv").write_text("\n".join(lines))
    done = run_command(tmp_path, "import", "papers.csv", check=False)
    assert done.returncode == 1
    assert "3 new, 0 unchanged, 0 updated, 2 invalid" in done.stdout
    assert "papers.csv:4: date" in done.stdout + done.stderr
    assert "papers.csv:5: title" in done.stdout + done.stderr
    assert run_command(tmp_path, "check").stdout == "3 papers, 0 topics, 1 day: 0 problems\n"
