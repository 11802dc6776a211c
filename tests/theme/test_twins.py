"""The form's modules against the Python they are twins of: one table of cases, one answer."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papercatalog.model.fields import Links
from papercatalog.model.ids import build_id, normalise_title
from papercatalog.model.page import render_fact, render_page
from papercatalog.model.paper import Paper, validate_paper
from repository import ROOT
from strategies import PAPERS
from twins import SCHEMA, ask_browser

FIXTURES = Path(__file__).parent / "fixtures"
TITLES = [
    tuple(line.split("\t"))
    for line in (FIXTURES / "titles.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
FACTS: list[tuple[dict[str, Any], list[str]]] = json.loads(
    (FIXTURES / "facts.json").read_text("utf-8")
)
WHOLE = {"title": "A fabricated paper", "date": "2025-07-29"}
IDENTIFIERS = json.loads((ROOT / "tests/model/fixtures/identifiers.json").read_text("utf-8"))
SIMPLE = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)


def test_titles_of_the_table_give_their_ids_on_both_sides() -> None:
    expected = [page for _, page in TITLES]
    assert [build_id(title) for title, _ in TITLES] == expected
    assert ask_browser(*(("id", {"title": title}) for title, _ in TITLES)) == expected


@SIMPLE
@given(st.lists(st.text(), min_size=50, max_size=200))
def test_any_title_gives_the_same_slug_on_both_sides(titles: list[str]) -> None:
    titles = [" ".join(title.replace("&", "").split()) for title in titles]
    assert ask_browser(*(("id", {"title": title}) for title in titles)) == list(
        map(build_id, titles)
    )


def test_titles_are_compared_alike() -> None:
    titles = [title for title, page in TITLES if page != "paper"]
    assert ask_browser(*(("title", title) for title in titles)) == list(
        map(normalise_title, titles)
    )


def test_identifiers_are_read_alike() -> None:
    texts = [text for text, *_ in IDENTIFIERS]
    assert ask_browser(*(("arxiv", text) for text in texts)) == [row[1] for row in IDENTIFIERS]
    assert ask_browser(*(("doi", text) for text in texts)) == [row[3] for row in IDENTIFIERS]


def test_pages_are_named_alike_by_identifiers() -> None:
    named = [{"arxiv": "cs/0309040"}, {"doi": "10.1145/3292500.3330701"}, {"doi": "10.1/(a)_[b]."}]
    assert ask_browser(*(("id", {"title": "A", **facts}) for facts in named)) == [
        build_id("A", facts.get("arxiv"), facts.get("doi")) for facts in named
    ]


@pytest.mark.parametrize(("changes", "expected"), FACTS, ids=lambda value: json.dumps(value))
def test_python_finds_the_problems_of_the_table(
    changes: dict[str, Any], expected: list[str]
) -> None:
    values = {**WHOLE, **changes, "id": "x", "abstract": "Text."}
    result = validate_paper(values, "x.md", {}, 1)
    found = () if isinstance(result, Paper) else result
    assert sorted({problem.field.split(".")[0] for problem in found}) == expected


def test_the_browser_finds_the_problems_of_the_table() -> None:
    found = ask_browser(*(("facts", {**WHOLE, **changes}) for changes, _ in FACTS))
    fields = [sorted({path.split(".")[0] for path in paths}) for paths in found]
    assert fields == [expected for _, expected in FACTS]


def test_the_browser_asks_for_what_must_be_there_and_refuses_unknown_topics() -> None:
    missing, unknown = ask_browser(("messages", {}), ("messages", {**WHOLE, "topics": ["agentz"]}))
    assert [problem["path"] for problem in missing] == ["title", "date"]
    assert [problem["path"] for problem in unknown] == ["topics.0"]


def test_hints_of_the_schema_are_what_check_says() -> None:
    (told,) = ask_browser(("messages", {**WHOLE, "date": "soon"}))
    result = validate_paper({**WHOLE, "date": "soon", "id": "x", "abstract": "T"}, "x.md", {}, 1)
    assert not isinstance(result, Paper)
    assert told == [{"path": "date", "message": result[0].message}]


@SIMPLE
@given(st.lists(PAPERS, min_size=10, max_size=40))
def test_pages_are_written_alike(papers: list[Paper]) -> None:
    papers = [
        paper.model_copy(update={"votes": None, "digests": (), "aliases": ()}) for paper in papers
    ]
    cases = [("page", {"facts": facts_of(paper), "abstract": paper.abstract}) for paper in papers]
    assert ask_browser(*cases) == list(map(render_page, papers))


@SIMPLE
@given(st.lists(PAPERS, min_size=10, max_size=40))
def test_whatever_is_a_paper_passes_in_the_browser(papers: list[Paper]) -> None:
    facts = [facts_of(paper) for paper in papers]
    for fact in facts:
        fact.pop("topics", None)
    assert ask_browser(*(("facts", fact) for fact in facts)) == [[]] * len(papers)


def test_hashes_are_those_of_zlib() -> None:
    texts = ["", "arxiv:2410.08115", "title:über 深度"]
    assert ask_browser(*(("crc32", text) for text in texts)) == [
        zlib.crc32(text.encode()) for text in texts
    ]


@pytest.mark.parametrize("keyword", ["maxProperties", "oneOf", "if", "const"])
def test_rules_that_the_browser_does_not_know_are_no_rules_passed_over(keyword: str) -> None:
    (answer,) = ask_browser(("schema", ["x", {"type": "string", keyword: 1}]))
    assert keyword in answer


def test_the_schema_refers_to_nothing_but_itself() -> None:
    assert set(SCHEMA["$defs"]) == {"Links"}
    assert "null" not in json.dumps(SCHEMA)


def test_signs_that_yaml_reads_otherwise_are_escaped_alike() -> None:
    text = "a \x00\x07\x1f \x7f\x85\x9f \u2028\u2029\ufeff\ufffe\uffff \U0010ffff 😀 \"'\\ é"
    (page,) = ask_browser(("page", {"facts": {"title": text}, "abstract": "T"}))
    assert page == f"---\n{render_fact('title', text)}---\nT\n"


ANSWERS = {
    "title": "  A fabricated\u2003paper ",
    "identifier": "https://arxiv.org/abs/cs.CL/0309040v1",
    "abstract": "\r\n First.\r\n\r\nSecond. \n",
    "authors": "Wei  Li\r\n\n Ben Example \nWei Li",
    "venue": " A  Conference 2025",
    "keywords": "agents, language  models;\n robots ,",
    "paper": "",
    "pdf": "https://example.org/a.pdf",
    "code": " https://example.org/code ",
    "project": "",
    "date": "2025-07-29",
    "published": "",
    "topics": ["agents"],
}
"""What stands in the fields of the form."""


def test_fields_become_the_page_that_python_writes() -> None:
    paper = Paper(
        id="cs-0309040",
        title="A fabricated paper",
        date=dt.date(2025, 7, 29),
        topics=("agents",),
        authors=("Wei Li", "Ben Example", "Wei Li"),
        venue="A Conference 2025",
        keywords=("agents", "language models", "robots"),
        arxiv="cs/0309040",
        links=Links(pdf="https://example.org/a.pdf", code="https://example.org/code"),
        abstract="First.\n\nSecond.",
    )
    written, problems = ask_browser(("written", ANSWERS), ("problems", ANSWERS))
    assert written == render_page(paper)
    assert problems == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"abstract": " \n"}, "abstract"),
        ({"date": ""}, "date"),
        ({"published": "2025-02-30"}, "published"),
        ({"identifier": "example.org"}, "identifier"),
        ({"keywords": "agents, robots, agents"}, "keywords"),
        ({"paper": "example.org"}, "paper"),
        ({"pdf": "javascript:alert(1)"}, "pdf"),
        ({"code": "javascript:alert(1)"}, "code"),
        ({"project": "example.org"}, "project"),
        ({"topics": ["no-such-topic"]}, "topics"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(changes: dict[str, Any], field: str) -> None:
    (problems,) = ask_browser(("problems", {**ANSWERS, **changes}))
    assert list(problems) == [field]


def test_an_address_holds_the_page_whatever_it_says() -> None:
    text = "---\ntitle: \"a&b=c#d %41 +\"\n---\nÜ 😀 \u2028 'x' (y)\n"
    (address,) = ask_browser(
        ("address", ["https://github.com/a/b/new/main/docs/", "2025", "x", text])
    )
    parts = urlsplit(address)
    assert parts.path == "/a/b/new/main/docs/papers/2025"
    assert parse_qs(parts.query) == {"filename": ["x.md"], "value": [text]}


def facts_of(paper: Paper) -> dict[str, Any]:
    """The facts that the form knows of, as it holds them."""
    dumped = paper.model_dump(mode="json", exclude_none=True, exclude={"id", "abstract"})
    return {key: value for key, value in dumped.items() if value or key == "title"}
