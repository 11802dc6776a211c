"""Facts filled in from other sources: what is matched, what is uncertain, what is never touched."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_catalog import AGAIN, OCEANS, make_paper, page_of, pages_of, run, write_catalog
from papercatalog.cli.enrich import MOST_SHOWN
from papercatalog.curation.enrich import (
    Enrichment,
    FactOutcome,
    find_lacking,
    plan_enrichment,
)
from papercatalog.model.catalog import build_catalog
from papercatalog.model.topics import Vocabulary
from papercatalog.sources.formats import stream_source
from papercatalog.sources.record import merge_parsed_sources

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


def test_missing_facts_are_filled_in_and_all_are_counted(root: Path) -> None:
    result = run(root, "enrich", str(AGAIN / "2025-07-28.json"))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "docs/papers/2025/bare.md: authors, published, arxiv, links, votes (the same title)",
        "docs/papers/2025/written.md: published, arxiv (the same title)",
    ]
    assert [line.partition("2025-07-28.json:")[2] for line in lines[2:-3]] == [
        "2: authors: docs/papers/2025/written.md keeps 'Written by Hand'; the source says "
        "'Cyd Moon'; if that is right, change the page [fact-differs]",
        "2: links.project: docs/papers/2025/written.md keeps 'https://by-hand.example/'; the "
        "source says 'https://oceans.example/'; if that is right, change the page "
        "[fact-differs]",
        "2: votes: docs/papers/2025/written.md keeps '99'; the source says '3'; if that is right, "
        "change the page [fact-differs]",
    ]
    assert lines[-3:] == [
        "read 2 pieces: 2 in records, 0 boilerplate, 0 rejected",
        "found 2 records: 2 add facts to 2 pages, 0 add nothing, 0 uncertain, 0 not sure, "
        "0 without a page",
        "found 12 facts: 7 filled in, 2 there already, 3 there and different, 0 left out",
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
    assert "found 2 records: 0 add facts to 0 pages, 2 add nothing" in again.stdout
    assert "12 facts: 0 filled in, 9 there already, 3 there and different" in again.stdout
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
        "library.bib:10: no page has the paper 'Sheep Count Themselves'; import it, or mend its "
        "title [without-page]",
        "read 3 pieces: 3 in records, 0 boilerplate, 0 rejected",
        "found 3 records: 1 add facts to 1 page, 0 add nothing, 1 uncertain, 0 not sure, "
        "1 without a page",
        "found 4 facts: 2 filled in, 0 there already, 0 there and different, 2 left out",
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
    assert report["pieces"] == {"read": 3, "boilerplate": 1, "rejected": 0}
    assert report["records"]["used"] == 1
    (unused,) = report["unused"]
    assert unused["outcome"] == "uncertain"
    assert unused["facts"] == {"arxiv": "2507.00001", "doi": "10.1234/two"}
    doubt = "the same arXiv id, but the DOI is 10.1234/two instead of 10.1234/one"
    assert doubt in unused["message"]


FACTS = (
    {"title": BARE.title, "arxiv": "2507.00001", "authors": ["Ada Candle"], "source": "a letter"},
    {"title": WRITTEN.title, "venue": "Tides 2025", "sure": False, "source": "a rumour"},
    {"title": "Sheep Count Themselves", "doi": "10.1234/sheep", "sure": True},
    {"title": BARE.title, "arxiv": "2507.00001", "published": "soon", "votes": 3, "colour": "red"},
)
"""A table of facts: one row to use, one in doubt, one without a page, one more of the first."""


def write_jsonl(root: Path) -> Path:
    table = root / "facts.jsonl"
    table.write_text("".join(f"{json.dumps(row)}\n" for row in FACTS), "utf-8")
    return table


def write_csv(root: Path) -> Path:
    table = root / "facts.csv"
    columns = list(dict.fromkeys(name for row in FACTS for name in row))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for row in FACTS:
            writer.writerow(
                {
                    name: "; ".join(value) if isinstance(value, list) else value
                    for name, value in row.items()
                }
            )
    return table


@pytest.mark.parametrize("write", [write_jsonl, write_csv])
def test_every_row_and_fact_of_a_table_is_accounted_for(
    root: Path, write: Callable[[Path], Path]
) -> None:
    table = write(root)
    before = page_of(root, "written")
    report = json.loads(run(root, "enrich", str(table), "--json").stdout)
    assert report["records"] == {
        **{"read": 4, "used": 2, "unchanged": 0, "uncertain": 0},
        **{"unsure": 1, "without_page": 1, "invalid": 0},
    }
    assert report["facts"] == {
        **{"read": 7, "filled_in": 3, "same": 1, "different": 0},
        "left_out": 3,  # "soon", and the facts of the two rows that are not used
    }
    assert report["pages"]["bare"]["facts"] == {
        "arxiv": "2507.00001",
        "authors": ["Ada Candle"],
        "votes": "3",
    }
    unsure, without_page = report["unused"]
    assert (unsure["outcome"], unsure["page"]) == ("unsure", "docs/papers/2025/written.md")
    assert unsure["facts"] == {"venue": "Tides 2025"}
    assert unsure["provenance"] == "a rumour"
    assert without_page["title"] == "Sheep Count Themselves"
    assert page_of(root, "written") == before
    remarks = " ".join(report["remarks"])
    assert "published: 'soon'" in remarks
    assert "'colour'" in remarks
    assert "source" not in remarks


def test_a_row_that_is_not_sure_is_left_to_a_person(root: Path) -> None:
    table = write_jsonl(root)
    stdout = run(root, "enrich", str(table)).stdout
    assert (
        "facts.jsonl:2: its source is not sure of what it says of 'A Tide Table for Imaginary "
        "Oceans' (docs/papers/2025/written.md): venue 'Tides 2025'; from 'a rumour'; check it, "
        "write yes in its column 'sure' and run the command again [unsure-record]"
    ) in stdout.splitlines()
    table.write_text(table.read_text("utf-8").replace("false", '"yes"'), "utf-8")
    run(root, "enrich", str(table))
    assert 'venue: "Tides 2025"\n' in page_of(root, "written")


def test_no_more_records_without_a_page_are_named_than_can_be_read(root: Path) -> None:
    table = root / "facts.csv"
    titles = (f"The Sheep of the {number} Meadows" for number in range(MOST_SHOWN + 5))
    table.write_text("\n".join(["title", *titles]), "utf-8")
    lines = run(root, "enrich", str(table)).stdout.splitlines()
    assert sum(line.endswith("[without-page]") for line in lines) == MOST_SHOWN
    assert "… and 5 more records without a page; --json names all" in lines
    assert len(json.loads(run(root, "enrich", str(table), "--json").stdout)["unused"]) == 25


@given(
    st.lists(
        st.fixed_dictionaries(
            {"title": st.sampled_from([BARE.title, WRITTEN.title, "Sheep Count Themselves", ""])},
            optional={
                "arxiv": st.sampled_from(["2507.00001", "2507.00002", "2507.0"]),
                "authors": st.sampled_from(["Ada Candle", "Written by Hand; Bo Wick", "et al."]),
                "venue": st.sampled_from(["Tides 2025", "TIDES", "arXiv"]),
                "code": st.sampled_from(["https://example.org/a", "none", "a/b"]),
                "sure": st.sampled_from([True, False, "", "no", "perhaps"]),
                "colour": st.just("red"),
            },
        ),
        max_size=6,
    )
)
def test_the_sums_agree_whatever_a_table_says(rows: list[dict[str, Any]]) -> None:
    text = "".join(f"{json.dumps(row)}\n" for row in rows) or "{}\n"
    parsed = merge_parsed_sources("x.jsonl", stream_source("x.jsonl", BytesIO(text.encode())))
    catalog = build_catalog([BARE, WRITTEN], Vocabulary(()))
    plan = plan_enrichment(catalog, [parsed])
    assert sum(plan.records.values()) == sum(bool(row["title"]) for row in rows)
    assert plan.facts[FactOutcome.DIFFERENT] == len(plan.differences)
    gained = sum(len(update.facts) for update in plan.updates)
    assert plan.facts[FactOutcome.FILLED_IN] >= gained


def test_sums_that_do_not_agree_write_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pages_of(root)
    monkeypatch.setattr(Enrichment, "is_balanced", lambda *_: False)
    result = run(root, "enrich", str(write_jsonl(root)))
    assert result.exit_code == 1
    assert "the sums of records and facts do not agree, so nothing was written" in result.stderr
    assert pages_of(root) == before


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


@pytest.mark.parametrize(
    "lacking", ["doi", "authors", "published", "venue", "keywords", "links", ""]
)
def test_services_are_asked_for_papers_that_lack_ids_or_a_sought_field(lacking: str) -> None:
    facts: dict[str, Any] = {
        "doi": "10.1000/x",
        "authors": ("Ada Example",),
        "published": "2025-07-01",
        "venue": "Tides 2025",
        "keywords": ("tides",),
        "links": {"pdf": "https://tides.example/a.pdf", "code": "https://tides.example/code"},
    }
    facts.pop(lacking, None)
    paper = make_paper("x", **facts)
    catalog = build_catalog([paper], Vocabulary(()))
    assert list(find_lacking(catalog)) == ([paper] if lacking else [])
