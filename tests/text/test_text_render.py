from __future__ import annotations

import pytest

from papercatalog.text import Links, excerpt, find_links, plain_text, render_abstract
from text_fixtures import Case, read_cases


@pytest.mark.parametrize("case", read_cases("html.txt"), ids=lambda case: case.title)
def test_render_abstract(case: Case) -> None:
    assert render_abstract(case.given).rstrip("\n") == case.expected


@pytest.mark.parametrize("case", read_cases("plain.txt"), ids=lambda case: case.title)
def test_plain_text(case: Case) -> None:
    assert plain_text(case.given) == case.expected


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (40, "The first words, and *then* the others."),
        (39, "The first words, and *then* the others."),
        (38, "The first words, and *then* the…"),
        (18, "The first words…"),
        (17, "The first words…"),
        (9, "The…"),
        (2, "T…"),
    ],
)
def test_excerpt(length: int, expected: str) -> None:
    assert excerpt("The first *words*,\nand \\*then\\*\n\nthe others.", length) == expected


@pytest.mark.parametrize("case", read_cases("links.txt"), ids=lambda case: case.title)
def test_find_links(case: Case) -> None:
    code, project = (None if url == "None" else url for url in case.expected.splitlines())
    assert find_links(case.given) == Links(code=code, project=project)
