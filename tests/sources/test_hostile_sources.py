"""No source, however damaged, makes a reader fail or lose count."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.sources.arxiv import parse_arxiv_feed
from papercatalog.sources.bibtex import parse_bibtex
from papercatalog.sources.crossref import parse_crossref
from papercatalog.sources.daily_papers import parse_daily_papers
from papercatalog.sources.decoding import MAX_BYTES
from papercatalog.sources.formats import SUFFIXES, read_source
from papercatalog.sources.json_shapes import parse_json
from papercatalog.sources.raw_records import UNREADABLE
from papercatalog.sources.record import ParsedSource
from papercatalog.sources.ris import parse_ris
from papercatalog.sources.table import parse_csv

Reader = Callable[[bytes, str], ParsedSource]
READERS: list[Reader] = [
    parse_arxiv_feed,
    parse_bibtex,
    parse_crossref,
    parse_json,
    parse_csv,
    parse_daily_papers,
    parse_ris,
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["paper", "title", "id", "authors", "author", "message", "DOI", "issued",
                 "date-parts", "family", "summary", "abstract", "publishedAt", "URL", "number"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)  # fmt: skip
BIBTEX = st.lists(
    st.sampled_from(
        ["@article{a, ", "@string{", "@comment{", "@", "{", "}", '"', ",", "=", "\n", "(", ")",
         "title = ", "author = {", " and ", "\\", "#", "%", "year = 2020", "eprint=", "x"]
    ),
    max_size=40,
).map("".join)  # fmt: skip
RIS = st.lists(
    st.sampled_from(
        ["TY  - JOUR\n", "ER  - \n", "TI  - T\n", "AU  - ,,,\n", "DA  - 1/2/3\n", "x\n"]
    ),
    max_size=20,
).map("".join)
CSV = st.lists(st.sampled_from(["title", ",", "\n", '"', "a", "authors", ";", "\r\n"]), max_size=30)


def problem_of(parsed: ParsedSource) -> str:
    assert parsed.balanced()
    assert not parsed.records
    (problem,) = parsed.rejected
    assert (problem.line, problem.code) == (0, UNREADABLE)
    return problem.message


@pytest.mark.parametrize("parse", READERS)
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"title\0", "is binary (a zero byte at offset 5)"),
        (b"title\xff", "is not UTF-8 (byte 0xff at offset 5)"),
        (b" " * (MAX_BYTES + 1), "split it into files"),
    ],
    ids=["empty", "blank", "binary", "latin-1", "large"],
)
def test_what_is_no_text_is_named(parse: Reader, data: bytes, reason: str) -> None:
    assert reason in problem_of(parse(data, "source"))


@pytest.mark.parametrize("parse", [parse_daily_papers, parse_json, parse_crossref])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>Oops</html>", "is not JSON from line 1, column 1 on"),
        (b'[{"paper": {"title": "cut', "is not JSON from line 1"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"9" * 5_000 + b"]", "number too long"),
        (b'"text"', "is expected"),
    ],
    ids=["html", "cut", "deep", "long number", "text"],
)
def test_what_is_no_list_of_papers_is_named(parse: Reader, data: bytes, reason: str) -> None:
    assert reason in problem_of(parse(data, "source"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Rate exceeded.", "is not an arXiv answer"),
        (b"<html></html>", "an Atom feed is expected"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>', "is not an arXiv answer"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares a document type"),
        (b"<!DOCTYPE feed><feed/>", "declares a document type"),
        (b'<?xml version="1.0" encoding="no-such"?><x/>', "is not an arXiv answer"),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Error</title>'
            b"<id>http://arxiv.org/api/errors#x</id><summary>bad id</summary></entry></feed>",
            "arXiv says 'bad id'",
        ),
    ],
    ids=["text", "html", "cut", "entities", "document type", "encoding", "error"],
)
def test_what_is_no_feed_is_named(data: bytes, reason: str) -> None:
    assert reason in problem_of(parse_arxiv_feed(data, "source"))


def test_a_table_without_titles_is_named() -> None:
    assert "has no column 'title'" in problem_of(parse_csv(b"name,day\na,b\n", "a.csv"))
    assert "the column 'abstract' twice" in problem_of(
        parse_csv(b"title,abstract,Abstract\na,b,c\n", "a.csv")
    )
    (remark,) = parse_csv(b"title,abstract,summary\na,b,c\n", "a.csv").remarks
    assert "'c', as 'summary' has it, is left out" in remark.message


def test_a_cell_of_any_size_is_read_or_refused() -> None:
    parsed = parse_csv(b"title\n" + b"a" * 200_000 + b"\nb\n", "a.csv")
    assert [problem.line for problem in parsed.rejected] == [2]
    assert parsed.balanced()


def test_a_day_that_no_calendar_has_is_named() -> None:
    parsed = parse_daily_papers(b'[{"paper": {"title": "A"}}]', "x/2025-02-30.json")
    assert "is a day that no calendar has" in problem_of(parsed)


def test_a_day_that_is_given_counts_before_the_name() -> None:
    data = b'[{"paper": {"title": "A", "submittedOnDailyAt": "2025-07-27T00:00:00Z"}}]'
    given_day = parse_daily_papers(data, "2025-07-28.json", day=dt.date(2025, 7, 29))
    assert [record.date for record in given_day.records] == [dt.date(2025, 7, 29)]
    for name, day in (("2025-07-28.json", 28), ("day.json", 27)):
        (record,) = read_source(name, data).records
        assert record.date == dt.date(2025, 7, day)


def test_an_unknown_format_is_named() -> None:
    for path in ("papers.pdf", "papers", "seeds/../x.exe"):
        assert ".bib" in problem_of(read_source(path, b"text"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_suffixes_count_in_any_case(suffix: str) -> None:
    parsed = read_source(f"2025-07-29{suffix.upper()}", b"\0")
    assert "not known" not in "".join(map(str, parsed.rejected))


def test_json_is_told_by_its_shape() -> None:
    day = read_source("2025-07-29.json", b'[1, {"paper": {"title": "A"}}]')
    assert [str(record.date) for record in day.records] == ["2025-07-29"]
    assert read_source("2025-07-29.json", b"[]").balanced()
    assert read_source("x.json", b'{"message": {"DOI": "10.1000/x", "title": ["A"]}}').records
    assert read_source("x.json", b'{"title": "A"}').records
    assert read_source("x.json", b'[{"title": "A"}]').records


def test_control_characters_never_reach_a_record() -> None:
    row = b'{"title": "A\\u001b[31m\\u0000B", "abstract": "c\\u0085d"}'
    parsed = read_source("a.jsonl", row)
    assert parsed.records[0].title == "A[31mB"
    assert parsed.records[0].abstract == "c d"


@given(JSON)
def test_any_json_is_accounted_for(value: object) -> None:
    data = json.dumps(value).encode()
    for parse in (parse_daily_papers, parse_json, parse_crossref):
        assert parse(data, "2025-07-29.json").balanced()
    assert read_source("2025-07-29.jsonl", data).balanced()
    assert read_source("2025-07-29.json", data).balanced()


@given(BIBTEX)
def test_any_bibtex_is_accounted_for(text: str) -> None:
    assert parse_bibtex(text.encode(), "a.bib").balanced()


@given(RIS)
def test_any_ris_is_accounted_for(text: str) -> None:
    parsed = parse_ris(text.encode(), "a.ris")
    assert parsed.balanced()
    if text.startswith("TY"):
        assert parsed.used + sum("TY" not in p.message for p in parsed.rejected) == text.count("TY")


@given(CSV.map("".join))
def test_any_csv_is_accounted_for(text: str) -> None:
    assert parse_csv(("title,authors\n" + text).encode(), "a.csv").balanced()
