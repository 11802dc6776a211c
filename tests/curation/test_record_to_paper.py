from __future__ import annotations

import datetime as dt

import pytest

from papercatalog.curation.record_to_paper import paper_from_record
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Vocabulary
from papercatalog.sources.record import Record


@pytest.mark.parametrize(
    ("abstract", "given", "keywords"),
    [
        ("We plan. Keywords: Planning, $O(n^2)$ search.", None, ("Planning", "O(n²) search")),
        ("We plan. Keywords: planning, search", ("Planning", "b"), ("Planning", "b", "search")),
        ("We plan.", ("b",), ("b",)),
        ("We plan.", None, ()),
    ],
)
def test_keywords_at_the_end_of_an_abstract_join_those_of_the_source(
    abstract: str, given: tuple[str, ...] | None, keywords: tuple[str, ...]
) -> None:
    record = Record("A Title", abstract, 1, {"date": dt.date(2025, 1, 2), "keywords": given})
    paper = paper_from_record(record, "a.json", Vocabulary(()))
    assert isinstance(paper, Paper)
    assert (paper.abstract, paper.keywords) == ("We plan.", keywords)


def test_a_record_that_its_source_is_not_sure_of_becomes_no_paper() -> None:
    record = Record("A Title", "We plan.", 3, {"date": dt.date(2025, 1, 2)}, sure=False)
    problems = paper_from_record(record, "a.csv", Vocabulary(()))
    assert isinstance(problems, tuple)
    assert str(problems[0]) == (
        "a.csv:3: its source is not sure of it; check it, write yes in its column 'sure' and go on "
        "[unsure-record]"
    )
