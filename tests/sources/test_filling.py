"""Facts of other services: which fill in a record, and which are refused."""

from __future__ import annotations

from typing import Any

import pytest

from papercatalog.sources.filling import FILLED, OTHER_TITLE, fill_records
from papercatalog.sources.record import ParsedSource, Record

TITLE = "Paper Lanterns: Slow Light for Fabricated Networks"
OTHER: dict[str, Any] = {
    "authors": ("Another Name",),
    "published": "2025-07-01",
    "venue": "Lanterns 2025",
    "keywords": ("lanterns",),
    "pdf": "https://lanterns.example/a.pdf",
    "code": "https://lanterns.example/code",
    "project": "https://lanterns.example/",
}


def fill(record: Record, *others: Record) -> ParsedSource:
    parsed = ParsedSource("a", (record,), pieces=1, used=1)
    (filled,) = fill_records([parsed], "OpenAlex", [ParsedSource("b", others)])
    assert filled.balanced()
    return filled


def made(title: str = TITLE, abstract: str = "", **facts: Any) -> Record:
    return Record(title, abstract, 7, {"arxiv": "2507.00001", **facts})


def test_every_fact_that_is_lacking_is_filled_in() -> None:
    (record,) = fill(made(), made(**OTHER, votes=3, doi="10.1234/other", date="2025-01-01")).records
    assert record.facts == {"arxiv": "2507.00001", **OTHER}
    assert set(OTHER) == set(FILLED)


@pytest.mark.parametrize("name", FILLED)
def test_no_fact_is_replaced(name: str) -> None:
    (record,) = fill(made(**{name: "its own"}), made(**OTHER)).records
    assert record.facts == {"arxiv": "2507.00001", **OTHER, name: "its own"}


def test_a_link_in_the_abstract_has_priority() -> None:
    abstract = "The code is at https://github.com/fabricated/lanterns for all."
    (record,) = fill(made(abstract=abstract), made(**OTHER)).records
    assert "code" not in record.facts
    assert record.facts["project"] == OTHER["project"]


def test_the_first_answer_counts() -> None:
    (record,) = fill(made(), made(venue="First"), made(venue="Second", keywords=("a",))).records
    assert (record.facts["venue"], record.facts["keywords"]) == ("First", ("a",))


def test_a_paper_is_found_by_its_doi_and_no_other_is_used() -> None:
    record = Record(TITLE, "", 1, {"doi": "10.1234/lanterns"})
    other = Record(TITLE, "", 1, {"doi": "10.1234/lanterns", "venue": "Lanterns"})
    stranger = Record(TITLE, "", 1, {"doi": "10.1234/sheep", "keywords": ("sheep",)})
    assert fill(record, other, stranger).records[0].facts == other.facts


def test_an_answer_with_another_title_is_refused_with_a_message() -> None:
    filled = fill(made(), made("Counting Sheep with Sparse Attention", **OTHER))
    assert filled.records[0].facts == {"arxiv": "2507.00001"}
    (remark,) = filled.remarks
    assert (remark.code, remark.line) == (OTHER_TITLE, 7)
    assert remark.message == (
        "OpenAlex has the title 'Counting Sheep with Sparse Attention' for the paper "
        f"{TITLE!r}; nothing of it is used"
    )


@pytest.mark.parametrize(
    "title",
    [
        "PAPER LANTERNS - slow light for fabricated networks.",
        "Paper Lanterns",
        "Paper Lanterns: Slow Light for Fabricated Neural Networks",
    ],
)
def test_spellings_of_a_title_are_one_title(title: str) -> None:
    assert fill(made(), made(title, **OTHER)).remarks == ()
