"""The paper's schema: what each fact may be, and how a slip is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from papercatalog.model.fields import Links
from papercatalog.model.ids import normalise_title
from papercatalog.model.paper import Paper, validate_paper
from papercatalog.model.paper_cache import dump_paper, load_paper
from papercatalog.model.problems import Problem
from strategies import PAPERS

WHOLE: dict[str, Any] = {
    "id": "2410.08115",
    "title": "A fabricated paper",
    "date": "2025-07-29",
    "abstract": "It was made up.",
}
LINES = {"title": 2, "date": 3, "topics": 4, "links": 5, "abstract": 7}


def problems(**changes: Any) -> tuple[Problem, ...]:
    result = validate_paper({**WHOLE, **changes}, "docs/papers/2025/x.md", LINES, 7)
    return () if isinstance(result, Paper) else result


def test_the_least_that_a_paper_needs() -> None:
    paper = validate_paper(WHOLE, "x.md", LINES, 7)
    assert isinstance(paper, Paper)
    assert paper.path == "papers/2025/2410.08115.md"
    assert paper.url == "papers/2025/2410.08115/"
    assert (paper.topics, paper.authors, paper.published, paper.votes) == ((), (), None, None)


def test_early_years_have_four_digits() -> None:
    assert Paper(**{**WHOLE, "date": "0042-01-02"}).path == "papers/0042/2410.08115.md"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "a: b"},
        {"title": " two\n lines "},
        {"arxiv": "cs/0309040"},
        {"doi": "10.1145/3292500.3330701"},
        {"links": {"code": "https://example.org/a?b=c#d", "project": "http://example.org"}},
        {"votes": "42"},
        {"votes": 0},
        {"published": "2024-02-29"},
        {"authors": ["Wei Li", "Ann Other", "Wei Li"]},
        {"venue": "Findings of ACL 2025"},
        {"keywords": ["agents", "language models"]},
        {"links": {"paper": "https://example.org/", "pdf": "https://example.org/a.pdf"}},
    ],
)
def test_values_that_stand(changes: dict[str, Any]) -> None:
    assert problems(**changes) == ()


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("title", "", "is empty"),
        ("title", " \n", "is empty"),
        ("title", ["a"], "write one text"),
        ("title", "half \ud800", "half a character"),
        ("date", "29.7.2025", "YYYY-MM-DD"),
        ("date", "2025-7-29", "YYYY-MM-DD"),
        ("date", "2025-02-30", "there is no day 2025-02-30"),
        ("date", "2025-07-29\n", "YYYY-MM-DD"),
        ("date", 2025, "YYYY-MM-DD"),
        ("published", "yesterday", "YYYY-MM-DD"),
        ("topics", "agents", "write a list"),
        ("topics", ["agents", "agents"], "twice"),
        ("topics", ["../agents"], "lower-case letters"),
        ("authors", "Ada Example", "write a list"),
        ("authors", [""], "is empty"),
        ("venue", ["a"], "write one text"),
        ("venue", " ", "is empty"),
        ("keywords", "agents", "write a list"),
        ("keywords", ["agents", "agents"], "twice"),
        ("digests", ["a.txt", "a.txt"], "twice"),
        ("arxiv", "2410.08115v2", 'write "2410.08115"'),
        ("arxiv", "https://arxiv.org/abs/2410.08115", 'write "2410.08115"'),
        ("arxiv", "2410", "such as"),
        ("doi", "https://doi.org/10.1000/X", 'write "10.1000/x"'),
        ("doi", "10/x", "such as"),
        ("votes", "-1", "whole number"),
        ("votes", "many", "whole number"),
        ("votes", "1" * 10, "whole number"),
        ("aliases", ["A b"], "lower-case letters"),
    ],
)
def test_values_that_do_not_stand(key: str, value: object, words: str) -> None:
    (problem,) = problems(**{key: value})
    assert problem.code == "bad-value"
    assert problem.field.split(".")[0] == key
    assert problem.line == LINES.get(key, 1)
    assert words in problem.message


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://example.org/a b",
        "https://example.org/<b>",
        'https://example.org/"onclick="alert(1)',
        "https://example.org/a'b",
        "https://[half",
        "https://example.org/\n",
        "https://ex\u2028ample.org/",
        "//example.org/",
    ],
)
def test_addresses_that_do_not_stand(address: str) -> None:
    for name in Links.model_fields:
        (problem,) = problems(links={name: address})
        assert (problem.code, problem.field, problem.line) == ("bad-value", f"links.{name}", 5)


def test_slips_are_named_all_at_once_with_a_remedy() -> None:
    found = problems(titel="A", links={"kode": "https://example.org/"}, date="soon", topics="a")
    assert sorted(str(problem) for problem in found) == [
        "docs/papers/2025/x.md:1: titel: unknown key 'titel'; did you mean 'title'? [unknown-key]",
        "docs/papers/2025/x.md:3: date: write the day as YYYY-MM-DD, such as 2025-07-29 "
        "[bad-value]",
        "docs/papers/2025/x.md:4: topics: write a list, such as [one, two] [bad-value]",
        "docs/papers/2025/x.md:5: links.kode: unknown key 'kode'; did you mean 'code'? "
        "[unknown-key]",
    ]


def test_what_is_missing() -> None:
    found = validate_paper({"id": "x", "abstract": "Text."}, "x.md", {}, 3)
    assert isinstance(found, tuple)
    assert [(problem.field, problem.code) for problem in found] == [
        ("title", "missing-key"),
        ("date", "missing-key"),
    ]
    (empty,) = problems(abstract=" \n ")
    assert (empty.line, empty.field, empty.code) == (7, "body", "no-abstract")


def test_a_file_name_that_is_no_id() -> None:
    (problem,) = problems(id="A Paper")
    assert (problem.line, problem.field, problem.code) == (0, "", "bad-id")


@given(PAPERS)
def test_a_paper_that_was_kept_is_the_same_under_the_same_key(paper: Paper) -> None:
    restored = load_paper(dump_paper(paper))
    assert restored == paper
    assert (restored.key, restored.title_key) == (paper.key, paper.title_key)
    copied = restored.model_copy(update={"title": f"{paper.title} again"})
    assert copied.key != paper.key
    assert copied.title_key == normalise_title(copied.title)


def test_a_copy_with_more_facts_leaves_papers_with_the_same_keys_alone() -> None:
    facts = {"title": "Paper lanterns", "date": "2025-07-29", "abstract": "They glow."}
    papers = (Paper.model_validate({**facts, "id": name}) for name in ("one", "other"))
    one, other = map(load_paper, map(dump_paper, papers))
    changed = one.model_copy(update={"votes": 3})
    assert "votes" in changed.model_fields_set
    assert "votes" not in other.model_fields_set | one.model_fields_set
