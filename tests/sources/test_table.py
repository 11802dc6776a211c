"""Tables as spreadsheets and services write them."""

from __future__ import annotations

import json

import pytest

from papercatalog.sources.formats import read_source
from papercatalog.sources.record import ParsedSource


def read(text: str, name: str = "a.csv", encoding: str = "utf-8") -> ParsedSource:
    parsed = read_source(name, text.encode(encoding))
    assert parsed.balanced()
    return parsed


@pytest.mark.parametrize(
    ("text", "name", "encoding"),
    [
        ("Title;Abstract;Authors\nT;A, b.;Ann Author\n", "a.csv", "utf-8"),
        ("sep=;\nTitle;Abstract;Authors\nT;A, b.;Ann Author\n", "a.csv", "utf-8"),
        ("Title\tAbstract\tAuthors\nT\tA, b.\tAnn Author\n", "a.csv", "utf-16"),
        ("title\tabstract\tauthors\nT\tA, b.\tAnn Author\n", "a.tsv", "utf-8"),
        ("title|abstract|authors\nT|A, b.|Ann Author\n", "a.csv", "utf-8"),
        ('title,abstract,authors,,\nT,"A, b.",Ann Author,,\n,,,,\n', "a.csv", "utf-8"),
        ('\ufefftitle,abstract,authors\r\nT,"A, b.",Ann Author\r\n', "a.csv", "utf-8"),
    ],
    ids=["semicolons", "sep", "utf-16", "tsv", "bars", "empty columns", "mark"],
)
def test_shapes_of_tables(text: str, name: str, encoding: str) -> None:
    parsed = read(text, name, encoding)
    assert parsed.rejected == ()
    assert parsed.remarks == ()
    (record,) = parsed.records
    assert (record.title, record.abstract, record.authors) == ("T", "A, b.", ("Ann Author",))
    assert text.split("\n")[record.line - 1].startswith("T")


def test_what_the_first_row_names_is_told() -> None:
    (problem,) = read("name;day\na;b\n").rejected
    assert "has no column 'title'; its first row names 'name', 'day'" in problem.message


def test_a_value_beyond_the_columns_is_never_dropped() -> None:
    parsed = read("title,abstract,\nA,b,\nC,d,e\nF,g,,\n")
    assert [record.title for record in parsed.records] == ["A", "F"]
    assert [problem.line for problem in parsed.rejected] == [3]


def test_columns_of_zotero() -> None:
    parsed = read(
        '"Key","Item Type","Author","Title","DOI","Url","Abstract Note","Date","Extra"\n'
        '"A","preprint","Author, Ann; Writer, Bea van","T","10.48550/arXiv.2301.00099",'
        '"http://arxiv.org/abs/2301.00099","We.","2023-01-09",""\n'
    )
    (record,) = parsed.records
    assert record.authors == ("Ann Author", "Bea van Writer")
    assert (record.abstract, record.arxiv) == ("We.", "2301.00099")
    assert (str(record.published), record.date) == ("2023-01-09", None)


def test_columns_of_scopus() -> None:
    (record,) = read(
        "Authors,Author full names,Title,Year,DOI,Link,Abstract\n"
        '"Kim H.S., Wang Y.","Kim, Ha Sun (123); Wang, Yu (456)",T,2023,10.1000/x,https://e.org/x,We.\n'
    ).records
    assert record.authors == ("Ha Sun Kim", "Yu Wang")
    assert record.facts["paper"] == "https://e.org/x"
    (record,) = read('title,authors\nT,"Kim H.S., Wang Y."\n').records
    assert record.authors == ("H.S. Kim", "Y. Wang")


def test_columns_of_ieee() -> None:
    (record,) = read(
        "Document Title,Authors,Abstract,DOI,Online Date,PDF Link\n"
        "T,A. Author; B. Writer,We.,10.1109/x.2023.1,9 Jan 2023,https://e.org/a.pdf\n"
    ).records
    assert (record.title, record.authors) == ("T", ("A. Author", "B. Writer"))
    assert (str(record.published), record.facts["pdf"]) == ("2023-01-09", "https://e.org/a.pdf")


def test_a_row_whose_id_a_spreadsheet_cut_is_rejected() -> None:
    parsed = read("arxiv,title\n2410.0811,T\n2410.08118,U\n")
    assert [record.title for record in parsed.records] == ["U"]
    assert str(parsed.rejected[0]) == (
        "a.csv:2: has the arXiv id '2410.0811', which lacks a digit, as spreadsheets cut it; "
        "write all five behind the point, as text [not-a-paper]"
    )


def test_markup_and_entities() -> None:
    (record,) = read(
        'title,abstract\nR&amp;D of <i>x</i>,"<p>Fish &amp; chips, 5 &lt; 6</p>"\n'
    ).records
    assert (record.title, record.abstract) == ("R&D of x", "Fish & chips, 5 < 6")


def test_a_linked_title() -> None:
    link = '"=HYPERLINK(""https://arxiv.org/abs/2410.08118"",""T"")"'
    (record,) = read(f"title,abstract\n{link},A.\n").records
    assert (record.title, record.arxiv) == ("T", "2410.08118")


def test_no_value_is_no_fact() -> None:
    parsed = read("title,arxiv,doi,code,votes,published\nT,N/A,nan,None,-,null\n")
    assert parsed.records[0].facts == {}
    assert parsed.remarks == ()


def test_addresses_without_a_scheme() -> None:
    (record,) = read("title,code\nT,github.com/x/y\n").records
    assert record.facts["code"] == "https://github.com/x/y"


def test_of_two_dois_the_other_is_told() -> None:
    parsed = read("title,doi\nT,10.1000/a 10.1000/b\n")
    assert parsed.records[0].doi == "10.1000/a"
    assert "'10.1000/b' is left out" in parsed.remarks[0].message


def test_accents_of_latex_in_arxiv_dumps() -> None:
    row = {
        "id": "0704.0009",
        "title": r"On Schr\"odinger",
        "abstract": r"K\"ahler, $\alpha_s$",
        "authors": r"C. Bal\'azs, E. L. Berg (for Nobody)",
        "versions": ["v1"],
        "versions_dates": ["Mon, 2 Apr 2007 19:18:42 GMT"],
    }
    (record,) = read_source("a.jsonl", json.dumps(row).encode()).records
    assert (record.title, record.abstract) == ("On Schrödinger", r"Kähler, $\alpha_s$")
    assert record.authors == ("C. Balázs", "E. L. Berg")
    assert str(record.published) == "2007-04-02"


def test_an_id_as_a_number_is_read_and_one_that_lost_a_digit_is_told() -> None:
    rows = (
        b'{"title": "A", "arxiv_id": 2410.08115, "votes": 3.0}\n{"title": "B", "arxiv": 2410.0811}'
    )
    parsed = read_source("a.jsonl", rows)
    assert [record.arxiv for record in parsed.records] == ["2410.08115"]
    assert parsed.records[0].facts["votes"] == 3
    assert "lacks a digit" in parsed.rejected[0].message


def test_no_abstract_is_none() -> None:
    (record,) = read("title,abstract\nT,N/A\n").records
    assert record.abstract == ""


def test_headers_in_other_spellings() -> None:
    (record,) = read(
        "Paper Title,Author(s),Publication_Date,GitHub Repo,arXiv-ID\n"
        'T,"Ann Author, Bea Writer","May 3, 2020",github.com/a/b,2410.08115v2\n'
    ).records
    assert record.authors == ("Ann Author", "Bea Writer")
    assert (str(record.published), record.arxiv) == ("2020-05-03", "2410.08115")
    assert record.facts["code"] == "https://github.com/a/b"


def test_a_day_and_its_year_in_two_columns() -> None:
    parsed = read("Article Title,Source Title,Publication Year,Publication Date\nT,N,2020,MAY 7\n")
    assert str(parsed.records[0].published) == "2020-05-07"
    assert parsed.remarks == ()


def test_keywords_between_bars() -> None:
    (record,) = read("title,keywords\nT,a|b c\n").records
    assert record.facts["keywords"] == ("a", "b c")
