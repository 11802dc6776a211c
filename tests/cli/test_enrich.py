"""Facts filled in from other sources: what is matched, what is uncertain, what is never touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from made_catalog import AGAIN, OCEANS, make_paper, page_of, pages_of, run, write_catalog
from papercatalog.curation.enrich import find_lacking
from papercatalog.model.catalog import build_catalog
from papercatalog.model.topics import Vocabulary

BARE = make_paper("bare", "Paper Lanterns: Slow Light for Fabricated Networks")
WRITTEN = make_paper(
    "written",
    "A Tide Table for Imaginary Oceans",
    abstract=OCEANS,
    authors=("Written by Hand",),
    votes=99,
    links={"project": "https://by-hand.example/"},
)
BIB = """@article{one,
  title = {Paper {Lanterns}: Slow Light for Fabricated Networks},
  author = {Candle, Ada and Wick, Bo},
  doi = {10.1234/lanterns}
}
@article{near,
  title = {Paper Lanterns: Slow Lights for Fabricated Networks},
  author = {Nobody, Known}
}
@article{other,
  title = {Sheep Count Themselves},
  author = {Wool, Wim}
}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_catalog(tmp_path, BARE, WRITTEN)


def test_missing_facts_are_filled_in(root: Path) -> None:
    result = run(root, "enrich", str(AGAIN / "2025-07-28.json"))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "docs/papers/2025/bare.md: authors, published, arxiv, links, votes (the same title)",
        "docs/papers/2025/written.md: published, arxiv (the same title)",
        "read 2 records: 2 add facts to 2 pages, 0 add nothing, 0 uncertain, 0 without a page",
    ]
    assert page_of(root, "bare").splitlines()[:8] == [
        "---",
        'title: "Paper Lanterns: Slow Light for Fabricated Networks"',
        "date: 2025-07-28",
        'authors: ["Ada Candle", "Bo Wick"]',
        "published: 2025-07-25",
        'arxiv: "2507.00001"',
        "links: {code: https://github.com/fabricated/lanterns-of-the-api}",
        "votes: 7",
    ]


def test_what_is_there_is_never_replaced(root: Path) -> None:
    run(root, "enrich", str(AGAIN / "2025-07-28.json"))
    page = page_of(root, "written")
    assert 'authors: ["Written by Hand"]\n' in page
    assert "votes: 99\n" in page
    assert "links: {project: https://by-hand.example/}\n" in page
    assert "digests" not in page


def test_a_second_time_there_is_nothing_to_fill_in(root: Path) -> None:
    run(root, "enrich", str(AGAIN / "2025-07-28.json"))
    before = pages_of(root)
    again = run(root, "enrich", str(AGAIN / "2025-07-28.json"))
    assert again.stdout.startswith("read 2 records: 0 add facts to 0 pages, 2 add nothing")
    assert pages_of(root) == before


def test_a_bibliography_needs_no_abstracts_and_uncertain_records_are_left_out(root: Path) -> None:
    library = root / "library.bib"
    library.write_text(BIB, "utf-8")
    lines = run(root, "enrich", str(library)).stdout.splitlines()
    assert lines == [
        "docs/papers/2025/bare.md: authors, doi (the same title)",
        "library.bib:6: may be the paper of docs/papers/2025/bare.md, but is not surely: titles "
        "99 % alike, 0 % of the authors the same; if it is, copy its facts to that page "
        "[uncertain-match]",
        "read 3 records: 1 add facts to 1 page, 0 add nothing, 1 uncertain, 1 without a page",
    ]
    assert sorted(pages_of(root)) == ["bare", "written"]


def test_other_identifiers_make_a_match_uncertain(root: Path) -> None:
    run(root, "enrich", str(AGAIN / "2025-07-28.json"))
    table = root / "table.csv"
    title = "Paper Lanterns: Slow Light for Fabricated Networks"
    table.write_text(f'title,arxiv,doi\n"{title}",2507.99999,\n', "utf-8")
    result = run(root, "enrich", str(table))
    assert "not surely: the same title, but other identifiers; " in result.stdout
    table.write_text("title,arxiv,doi\nAny,2507.00001,10.1234/one\nAny,2507.00001,10.1234/two\n")
    result = run(root, "enrich", str(table), "--json")
    report = json.loads(result.stdout)
    assert report["used"] == 1
    (uncertain,) = report["uncertain"]
    assert "the same arXiv id, but the DOI is 10.1234/two instead of 10.1234/one" in uncertain


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = pages_of(root)
    result = run(root, "enrich", "--dry-run", str(AGAIN / "2025-07-28.json"))
    assert result.stdout.splitlines()[-1] == "nothing was written (--dry-run)"
    assert "docs/papers/2025/bare.md: authors" in result.stdout
    assert pages_of(root) == before


def test_what_cannot_be_read_is_told(root: Path) -> None:
    broken = root / "broken.json"
    broken.write_text("{", "utf-8")
    result = run(root, "enrich", str(broken))
    assert result.exit_code == 1
    assert "broken.json: is not JSON" in result.stdout


@pytest.mark.parametrize("lacking", ["doi", "authors", "published", ""])
def test_services_are_asked_for_papers_that_lack_ids_or_a_sought_field(lacking: str) -> None:
    facts: dict[str, Any] = {
        "doi": "10.1000/x",
        "authors": ("Ada Example",),
        "published": "2025-07-01",
    }
    facts.pop(lacking, None)
    paper = make_paper("x", **facts)
    catalog = build_catalog([paper], Vocabulary(()))
    assert list(find_lacking(catalog)) == ([paper] if lacking else [])
