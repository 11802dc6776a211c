"""Dumps: what is written is read back field for field, by our readers and by others'."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from loops import run_in_thread
from made_catalog import CURATED, LANTERNS, make_paper, pages_of, run, write_catalog
from papercatalog.model.catalog import build_catalog
from papercatalog.model.exported import PAGE_MARK, build_row
from papercatalog.model.fields import FIELDS
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs.dumps import DUMPS
from papercatalog.sources.formats import read_source
from strategies import PAPERS

WHOLE = make_paper(
    "whole-1",
    'A "Whole" Paper; with $x^2$, 紙 and <b>',
    published=dt.date(2024, 10, 10),
    topics=("paper", "light"),
    authors=("Ann Author", "Ann Author", "van der Berg; Jan"),
    arxiv="2410.08115",
    doi="10.1145/3292500.3330701",
    venue="Findings, of Nothing",
    keywords=("tides", "learning, deep"),
    links={
        "paper": "https://example.org/p",
        "pdf": "https://example.org/p.pdf",
        "code": "https://example.org/code",
        "project": "https://example.org/",
    },
    votes=42,
    digests=("seeds/one.txt",),
    aliases=("whole",),
    abstract=f"{LANTERNS}\n\n- a list\n- of two",
)
VOCABULARY = Vocabulary(
    (Topic("light", "Light"), Topic("paper", "Paper", parent="light"), Topic("agents", "Agents"))
)
ALL = (WHOLE, *CURATED)
CATALOG = build_catalog(ALL, VOCABULARY)


def test_the_whole_paper_has_every_field() -> None:
    assert not [field.path for field in FIELDS if WHOLE.get(field) in (None, ())]


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_a_dump_comes_back_field_for_field(name: str) -> None:
    content = DUMPS[name].render(CATALOG, ALL)
    read = read_source(f"papers.{DUMPS[name].ending}", content)
    assert [record.page for record in read.records] == [*ALL]
    assert (read.rejected, read.remarks) == ((), ())


@given(PAPERS)
@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_any_paper_comes_back_as_it_was(name: str, paper: Paper) -> None:
    content = DUMPS[name].render(CATALOG, [paper])
    (record,) = read_source(f"x.{DUMPS[name].ending}", content).records
    assert record.page == paper


def test_a_row_that_was_changed_is_read_as_any_other() -> None:
    row = {**build_row(CURATED[1]), "votes": "many", "title": "  A  Tide   Table "}
    read = read_source("x.jsonl", json.dumps(row).encode())
    (record,) = read.records
    assert record.page is None
    assert (record.title, record.arxiv) == ("A Tide Table", "2507.00002")
    assert any("votes" in str(remark) for remark in read.remarks)


def test_a_row_without_the_mark_is_no_page() -> None:
    row = build_row(WHOLE)
    del row[PAGE_MARK]
    (record,) = read_source("x.jsonl", json.dumps(row).encode()).records
    assert record.page is None


def test_parquet_has_types() -> None:
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(DUMPS["parquet"].render(CATALOG, ALL)))
    kinds = {field.name: str(field.type) for field in table.schema}
    assert {field.path.partition(".")[0] for field in FIELDS} < kinds.keys()
    assert kinds["date"] == kinds["published"] == "date32[day]"
    assert kinds["authors"].startswith("list<")
    assert kinds["votes"] == "int64"
    assert table.column("links").to_pylist()[0]["code"] == "https://example.org/code"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "papers.sqlite"
    path.write_bytes(DUMPS["sqlite"].render(CATALOG, ALL))
    return path


def ask(database: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def test_a_database_holds_every_field(database: Path) -> None:
    columns = [row[1] for row in ask(database, "PRAGMA table_info(papers)")]
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert {"link_paper", "link_pdf", "link_code", "link_project"} < {*columns}
    (row,) = ask(database, "SELECT * FROM papers WHERE id = 'whole-1'")
    found = dict(zip(columns, row, strict=True))
    assert found["published"] == "2024-10-10"
    assert found["votes"] == 42
    assert found["abstract"] == WHOLE.abstract
    for field in FIELDS:
        if isinstance(WHOLE.get(field), tuple):
            rows = ask(
                database,
                f"SELECT * FROM paper_{field.name} WHERE paper = ? ORDER BY position",
                found["number"],
            )
            assert tuple(value for _, _, value in rows) == WHOLE.get(field)
    assert len(ask(database, "SELECT * FROM papers")) == len(ALL)


def test_a_database_answers_queries(database: Path) -> None:
    query = (
        "SELECT id FROM papers_fts JOIN papers ON number = papers_fts.rowid "
        "WHERE papers_fts MATCH ? ORDER BY rank"
    )
    assert ask(database, query, "sailor letters") == [("two",)]
    assert {row[0] for row in ask(database, query, "authors: author")} == {"whole-1"}
    by_topic = "SELECT id FROM papers_by_topic WHERE topic_title = 'Agents' ORDER BY id"
    assert ask(database, by_topic) == [("three",), ("two",)]
    assert ask(database, "SELECT * FROM papers_by_month") == [("2025-07", 4, 1)]
    by_author = "SELECT count(*) FROM papers_by_author WHERE author = 'Ann Author'"
    assert ask(database, by_author) == [(2,)]


def test_datasette_opens_a_database(database: Path) -> None:
    from datasette.app import Datasette

    async def look() -> tuple[Any, Any]:
        site = Datasette([str(database)])
        await site.invoke_startup()
        found = await site.client.get("/papers/papers.json?_search=lantern&_shape=array")
        page = await site.client.get("/papers/papers?_search=lantern")
        return found.json(), page.text

    found, page = run_in_thread(look())
    assert {row["id"] for row in found} == {"one", "whole-1"}
    assert "A Whole Paper" not in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("name", ["papers.jsonl", "papers.jsonl.gz", "papers.parquet"])
def test_the_command_writes_what_import_reads(tmp_path: Path, name: str) -> None:
    papers = (CURATED[1], CURATED[2], WHOLE.model_copy(update={"digests": ()}))
    root, other = write_catalog(tmp_path / "one", *papers), write_catalog(tmp_path / "other")
    out = tmp_path / name
    kind = "parquet" if name.endswith("parquet") else "jsonl"
    result = run(root, "export", "--format", kind, "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "3 papers" in result.stderr
    assert run(other, "import", str(out)).exit_code == 0
    assert pages_of(other) == pages_of(root)
    if name.endswith(".gz"):
        plain = run(root, "export", "--format", "jsonl").stdout
        assert gzip.decompress(out.read_bytes()).decode() == plain


def test_the_command_prints_text_and_asks_for_a_file_of_others(tmp_path: Path) -> None:
    root = write_catalog(tmp_path, *CURATED[1:])
    lines = run(root, "export", "--format", "jsonl", "--topic", "agents").stdout.splitlines()
    assert {json.loads(line)["id"] for line in lines} == {"two", "three"}
    result = run(root, "export", "--format", "sqlite")
    assert result.exit_code == 2
    assert "--out papers.sqlite" in result.output


def test_parquet_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    root = write_catalog(tmp_path, *CURATED[1:])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run(root, "export", "--format", "parquet", "--out", str(tmp_path / "x.parquet"))
    assert result.exit_code == 1
    assert "pip install 'papercatalog[parquet]'" in result.output
