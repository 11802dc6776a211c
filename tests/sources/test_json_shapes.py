"""JSON of any shape: each is read by the reader it belongs to, or told what it is."""

from __future__ import annotations

import json

import pytest

from papercatalog.sources.formats import read_source
from papercatalog.sources.record import ParsedSource, Record

FLAT = {
    "id": "2409.00099",
    "title": "T",
    "summary": "We sum\nup.",
    "authors": [{"name": "Ada Example", "hidden": False}],
    "publishedAt": "2024-09-17T11:03:46.000Z",
    "upvotes": 3,
}
CSL = {"id": "a", "title": "T", "abstract": "A.", "issued": {"date-parts": [[2021, 7, 14]]}}


def read(content: object, name: str = "a.json") -> ParsedSource:
    parsed = read_source(name, json.dumps(content).encode())
    assert parsed.balanced()
    return parsed


def record_of(content: object) -> Record:
    (record,) = read(content).records
    return record


@pytest.mark.parametrize(
    "content",
    [
        {"items": [CSL]},
        {"key1": CSL},
        CSL,
        {**CSL, "title": ["T"]},
        {**CSL, "issued": {"raw": "2021-07-14"}},
        {**CSL, "issued": "2021-07-14"},
        {**CSL, "issued": {"edtf": "2021-07-14"}},
        {**CSL, "issued": {"date-parts": [["2021", "7", "14"]]}},
        {**CSL, "issued": {"date-parts": [[2021, 7, 14], [2021, 7, 20]]}},
    ],
)
def test_csl(content: object) -> None:
    record = record_of(content)
    assert (record.title, record.abstract, str(record.published)) == ("T", "A.", "2021-07-14")


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ({"family": "王", "given": "小明"}, "王小明"),
        ({"family": "佐藤", "given": "花子"}, "佐藤花子"),
        ({"family": "김", "given": "철수"}, "김철수"),
        ({"family": "Loon", "given": "Rob", "non-dropping-particle": "van"}, "Rob van Loon"),
        ({"family": "La Cour", "given": "Jo", "dropping-particle": "de"}, "Jo de La Cour"),
        ({"family": "Hall", "given": "Bo", "suffix": "III", "comma-suffix": True}, "Bo Hall, III"),
        ({"literal": "Nobody Co., Ltd."}, "Nobody Co., Ltd."),
        ({"family": "Plato"}, "Plato"),
        ({"given": "Madonna"}, "Madonna"),
        ({"name": "A B"}, "A B"),
    ],
)
def test_names_of_csl(author: object, shown: str) -> None:
    assert record_of({**CSL, "author": [author]}).authors == (shown,)


@pytest.mark.parametrize(
    "more",
    [
        {"note": "arXiv:1508.00999 [cs]"},
        {"note": "arXiv: 1508.00999"},
        {"number": "arXiv:1508.00999"},
        {"container-title": "arXiv:1508.00999 [cs]"},
        {"URL": "http://arxiv.org/abs/1508.00999"},
        {"archive": "arXiv", "archive_location": "1508.00999"},
        {"DOI": "10.48550/arXiv.1508.00999"},
    ],
)
def test_arxiv_ids_of_csl(more: dict[str, str]) -> None:
    parsed = read({**CSL, **more})
    assert [record.arxiv for record in parsed.records] == ["1508.00999"]
    assert parsed.remarks == ()


def test_one_paper_of_daily_papers() -> None:
    record = record_of({**FLAT, "submittedOnDailyAt": "2024-09-18T01:00:00.000Z"})
    assert (record.title, record.abstract, record.arxiv) == ("T", "We sum up.", "2409.00099")
    assert (str(record.date), str(record.published)) == ("2024-09-18", "2024-09-17")
    assert (record.authors, record.facts["votes"]) == (("Ada Example",), 3)


@pytest.mark.parametrize(
    "content",
    [
        [FLAT],
        {"papers": [FLAT]},
        {"total": 1, "data": [FLAT]},
        {"result": {"hits": {"hit": [{"info": FLAT}]}}},
    ],
)
def test_lists_in_objects(content: object) -> None:
    assert [record.arxiv for record in read(content).records] == ["2409.00099"]


def test_an_item_without_a_day_is_left_to_the_import() -> None:
    parsed = read([{"title": "T", "paper": FLAT}])
    assert [(record.arxiv, record.date) for record in parsed.records] == [("2409.00099", None)]
    assert parsed.rejected == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"error": "Invalid date"}, "is a service's error, 'Invalid date'"),
        ({"message": "Not Found", "status": "404"}, "is a service's error, 'Not Found'"),
        (
            {"name": "x", "version": 3},
            "no object in it has a 'title'; its keys are 'name', 'version'",
        ),
        ("text", "an object with a 'title' is expected"),
    ],
)
def test_what_is_no_paper_is_told_what_it_is(content: object, said: str) -> None:
    (problem,) = read(content).rejected
    assert said in problem.message


def test_a_dump_of_papers_with_code() -> None:
    parsed = read(
        [
            {
                "paper_url": "https://example.org/paper/a-b",
                "arxiv_id": "1912.00099",
                "title": "T",
                "abstract": "A.",
                "url_abs": "https://arxiv.org/abs/1912.00099v1",
                "url_pdf": "https://arxiv.org/pdf/1912.00099v1.pdf",
                "proceeding": None,
                "authors": ["Ann Author", "Bea Writer"],
                "tasks": ["Counting"],
                "date": "2019-12-09",
            }
        ]
    )
    (record,) = parsed.records
    assert (record.arxiv, str(record.date)) == ("1912.00099", "2019-12-09")
    assert record.authors == ("Ann Author", "Bea Writer")
    assert [remark.message for remark in parsed.remarks] == [
        "no field of papers holds 'tasks'; left out everywhere"
    ]


def test_a_batch_of_semantic_scholar() -> None:
    paper = {
        "paperId": "64",
        "externalIds": {"ArXiv": "1805.00099", "DOI": "10.1000/N18", "CorpusId": 1},
        "title": "T",
        "abstract": "A.",
        "year": 2018,
        "publicationDate": "2018-05-06",
        "authors": [{"authorId": "1", "name": "Ann Author"}],
        "openAccessPdf": {"url": "https://example.org/a.pdf"},
        "url": "https://example.org/64",
    }
    parsed = read([paper, None])
    (record,) = parsed.records
    assert (record.arxiv, record.doi, str(record.published)) == (
        "1805.00099",
        "10.1000/n18",
        "2018-05-06",
    )
    assert record.authors == ("Ann Author",)
    assert record.facts["pdf"] == "https://example.org/a.pdf"
    assert [problem.message for problem in parsed.rejected] == ["item 2 is null"]
    assert [remark.message for remark in parsed.remarks] == [
        "no field of papers holds 'paperid', 'corpusid'; left out everywhere"
    ]


def test_notes_of_openreview() -> None:
    note = {
        "id": "aB3",
        "forum": "aB3",
        "pdate": 1727452800000,
        "content": {
            "title": {"value": "T"},
            "abstract": {"value": "A."},
            "authors": {"value": ["Ann Author"]},
            "venue": {"value": "Nowhere 2024"},
            "keywords": {"value": ["counting"]},
            "pdf": {"value": "/pdf/aB3.pdf"},
        },
    }
    record = record_of({"notes": [note], "count": 1})
    assert (record.title, record.authors) == ("T", ("Ann Author",))
    assert record.facts["venue"] == "Nowhere 2024"
    assert record.facts["pdf"] == "https://openreview.net/pdf/aB3.pdf"
    assert record.facts["paper"] == "https://openreview.net/forum?id=aB3"
    assert str(record.published) == "2024-09-27"


def test_items_of_zotero() -> None:
    data = {
        "itemType": "preprint",
        "title": "T",
        "abstractNote": "A.",
        "date": "2023-01-09",
        "creators": [{"creatorType": "author", "firstName": "Ann", "lastName": "Author"}],
        "extra": "Citation Key: x\narXiv:2301.00099 [cs]",
        "url": "http://arxiv.org/abs/2301.00099",
    }
    for content in ([{"key": "A", "version": 1, "data": data}], {"items": [data]}):
        record = record_of(content)
        assert (record.title, record.abstract, record.arxiv) == ("T", "A.", "2301.00099")
        assert (record.authors, str(record.published)) == (("Ann Author",), "2023-01-09")
        assert record.date is None


def test_works_of_openalex() -> None:
    record = record_of(
        {
            "results": [
                {
                    "id": "https://example.org/W1",
                    "title": "T",
                    "doi": "https://doi.org/10.1000/x",
                    "publication_date": "2020-01-02",
                    "authorships": [{"author": {"display_name": "Ann Author"}}],
                }
            ]
        }
    )
    assert (record.doi, record.authors) == ("10.1000/x", ("Ann Author",))
    assert str(record.published) == "2020-01-02"


def test_a_list_of_works_of_crossref() -> None:
    works = [{"DOI": f"10.1000/{n}", "title": [f"T{n}"]} for n in (1, 2)]
    assert [record.title for record in read({"message": {"items": works}}).records] == ["T1", "T2"]


def test_json_lines_under_either_name() -> None:
    lines = b'{"title": "A"}\n{"title": "B"}\n'
    assert [record.title for record in read_source("a.json", lines).records] == ["A", "B"]
    (problem,) = read_source("a.jsonl", b'[\n{"title": "A"},\n{"title": "B"}\n]').rejected
    assert "name it .json" in problem.message


def test_json_named_bib_is_read_as_json() -> None:
    parsed = read_source("a.bib", json.dumps([CSL]).encode())
    assert [record.title for record in parsed.records] == ["T"]
    assert "is JSON, not BibTeX" in parsed.remarks[0].message


def test_an_answer_of_dblp() -> None:
    authors = {"author": [{"@pid": "1", "text": "Ann Author 0001"}, {"text": "Bea Writer"}]}
    info = {"title": "T", "authors": authors, "doi": "10.1000/x"}
    record = record_of({"result": {"hits": {"hit": [{"info": info}]}}})
    assert (record.authors, record.doi) == (("Ann Author", "Bea Writer"), "10.1000/x")


def test_keys_in_other_cases_and_deep_lists() -> None:
    record = record_of({"response": {"docs": [{"Title": "T", "arXiv-ID": "2410.08115"}]}})
    assert record.arxiv == "2410.08115"


def test_an_editor_is_no_author() -> None:
    creators = [
        {"creatorType": "author", "firstName": "Ann", "lastName": "Author"},
        {"creatorType": "editor", "firstName": "Ed", "lastName": "Ng"},
    ]
    parsed = read([{"itemType": "book", "title": "T", "creators": creators}])
    assert parsed.records[0].authors == ("Ann Author",)
    assert any("(editor) Ed Ng" in remark.message for remark in parsed.remarks)
