"""Dumps: read in a stream, every row accounted for, whatever is damaged."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.sources.dump import MAX_LINE
from papercatalog.sources.formats import (
    count_rows,
    find_sources,
    read_source,
    stream_source,
)
from papercatalog.sources.raw_records import UNREADABLE
from papercatalog.sources.record import ParsedSource

ROWS = [
    {"title": f"Paper {number}", "abstract": "Made up.", "votes": number} for number in range(7)
]
LINES = b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)


def parquet_of(**columns: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


DUMPS = {
    "a.jsonl": LINES,
    "a.jsonl.gz": gzip.compress(LINES, mtime=0),
    "a.parquet": parquet_of(**{name: [row[name] for row in ROWS] for name in ROWS[0]}),
}


def read(path: str, data: bytes, batch: int = 3) -> list[ParsedSource]:
    return list(stream_source(path, io.BytesIO(data), batch))


def problem_of(path: str, data: bytes) -> str:
    """The one problem of a source that cannot be read at all."""
    (parsed,) = read(path, data)
    assert parsed.balanced()
    assert not parsed.records
    (problem,) = parsed.rejected
    assert (problem.line, problem.code) == (0, UNREADABLE)
    return problem.message


@pytest.mark.parametrize("path", DUMPS)
def test_a_dump_comes_in_batches_whose_rows_are_numbered(path: str) -> None:
    parsed_sources = read(path, DUMPS[path])
    assert [len(parsed.records) for parsed in parsed_sources] == [3, 3, 1]
    assert all(parsed.balanced() and parsed.source == path for parsed in parsed_sources)
    records = [record for parsed in parsed_sources for record in parsed.records]
    assert [(record.line, record.title, record.facts["votes"]) for record in records] == [
        (number, f"Paper {number - 1}", number - 1) for number in range(1, 8)
    ]


@pytest.mark.parametrize("path", DUMPS)
def test_a_whole_source_is_read_as_its_parts_are(path: str) -> None:
    whole = read_source(path.upper(), DUMPS[path])
    assert len(whole.records) == whole.pieces == whole.used == 7
    assert whole.balanced()


@pytest.mark.parametrize("path", DUMPS)
def test_rows_are_counted_beforehand(path: str) -> None:
    assert count_rows(path, io.BytesIO(DUMPS[path])) == 7


def test_dumps_are_found_in_folders(tmp_path: Path) -> None:
    for name in (*DUMPS, "a.gz", "b.tar.gz"):
        (tmp_path / name).write_bytes(b"")
    assert [file.name for file in find_sources(tmp_path)] == sorted(DUMPS)


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b" \n\t\n", "is empty"),
        ("a.jsonl.gz", b"", "is empty"),
        ("a.jsonl.gz", gzip.compress(b"\n", mtime=0), "is empty"),
        ("a.jsonl.gz", b"no gzip", "is not gzip from line 1 on"),
        ("a.parquet", b"", "is not Parquet"),
        ("a.parquet", b"PAR1 and nothing PAR1", "is not Parquet"),
        ("a.parquet", parquet_of(title=pa.array([], pa.string())), "is empty"),
    ],
)
def test_what_is_no_dump_is_named(path: str, data: bytes, reason: str) -> None:
    assert reason in problem_of(path, data)


def test_bad_lines_are_named_and_the_rest_is_read() -> None:
    lines = [
        b'\xef\xbb\xbf{"title": "With a mark"}',
        b"",
        b'{"title": "\xff"}',
        b'{"title": "zero \0"}',
        b"[1]",
        b'{"title": "' + b"x" * MAX_LINE + b'"}',
        b'{"title": "The last"}',
    ]
    parsed_sources = read("a.jsonl", b"\n".join(lines))
    assert all(map(ParsedSource.balanced, parsed_sources))
    records = [record for parsed in parsed_sources for record in parsed.records]
    assert [(record.line, record.title) for record in records] == [
        (1, "With a mark"),
        (7, "The last"),
    ]
    rejected = [problem for parsed in parsed_sources for problem in parsed.rejected]
    assert [(problem.line, problem.message.partition(" (")[0]) for problem in rejected] == [
        (3, "is not UTF-8"),
        (4, "is binary"),
        (5, "is not a JSON object with a title"),
        (6, "has more than 4,194,304 bytes"),
    ]


def test_what_stands_before_a_damage_is_read() -> None:
    lines = b"".join(
        json.dumps({"title": f"Paper {number}", "abstract": f"{number:x}" * 500}).encode() + b"\n"
        for number in range(2000)
    )
    cut = gzip.compress(lines, mtime=0)[:-2000]
    parsed_sources = read("a.jsonl.gz", cut, 100)
    records = [record for parsed in parsed_sources for record in parsed.records]
    (problem,) = (problem for parsed in parsed_sources for problem in parsed.rejected)
    assert 0 < len(records) < 2000
    assert records[-1].title == f"Paper {len(records) - 1}"
    assert f"is not gzip from line {len(records) + 1} on" in problem.message
    assert all(map(ParsedSource.balanced, parsed_sources))
    assert 0 < count_rows("a.jsonl.gz", io.BytesIO(cut)) < 2000


def test_columns_of_parquet_have_types() -> None:
    data = parquet_of(
        title=["A", "B"],
        date=[dt.date(2025, 7, 29), None],
        published=pa.array([dt.datetime(2025, 7, 20, 3)] * 2, pa.timestamp("us", "UTC")),
        votes=[3.0, float("nan")],
        authors=[["Ann Author", "Bea Writer"], []],
        embedding=[[0.5] * 3] * 2,
    )
    (parsed,) = read("a.parquet", data)
    one, other = parsed.records
    assert (one.date, one.published) == (dt.date(2025, 7, 29), dt.date(2025, 7, 20))
    assert one.facts["votes"] == 3
    assert one.authors == ("Ann Author", "Bea Writer")
    assert "votes" not in other.facts
    assert (other.date, other.authors) == (None, ())
    (remark,) = parsed.remarks
    assert remark.message == "no field of papers holds 'embedding'; left out everywhere"


def test_answers_of_daily_papers_are_read_from_parquet() -> None:
    paper = {"id": "2507.00001", "title": "A", "authors": [{"name": "Ann Author"}], "upvotes": 3}
    (parsed,) = read("a.parquet", parquet_of(paper=[paper], date=["2025-07-29"]))
    (record,) = parsed.records
    assert (record.arxiv, record.authors) == ("2507.00001", ("Ann Author",))
    assert record.facts["votes"] == 3
    assert record.date == dt.date(2025, 7, 29)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert "pip install 'papercatalog[parquet]'" in problem_of("a.parquet", DUMPS["a.parquet"])
    assert count_rows("a.parquet", io.BytesIO(DUMPS["a.parquet"])) == 0


def test_memory_does_not_grow_with_the_dump() -> None:
    def peak(rows: int) -> int:
        row = json.dumps({"title": "A", "abstract": "word " * 200}).encode() + b"\n"
        file = io.BytesIO(row * rows)
        tracemalloc.start()
        for _ in stream_source("a.jsonl", file, 100):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(2000) < 1.5 * peak(400)


def lines() -> Iterator[bytes]:
    yield from (b'{"title": "A"}', b"{", b"[]", b"", b"\xff", b'{"paper": {}}', b'{"paper": 1}')
    yield from (b'{"title": "A", "versions": [1], "authors_parsed": [[]]}', b'"text"', b"\r")


@given(st.lists(st.sampled_from(list(lines())), max_size=12), st.integers(1, 5))
def test_any_lines_are_accounted_for(given_lines: list[bytes], batch: int) -> None:
    parsed_sources = read("a.jsonl", b"\n".join(given_lines), batch)
    assert all(map(ParsedSource.balanced, parsed_sources))
    rows = sum(bool(line.strip()) for line in given_lines)
    assert sum(parsed.pieces for parsed in parsed_sources) == max(rows, 1)
