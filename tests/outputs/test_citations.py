"""Citations: other programs take back what the writers write, without a loss or a warning."""

from __future__ import annotations

import datetime as dt
import json
import logging
import warnings
from typing import Any

import bibtexparser
import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from pybtex.database import parse_string

from made_catalog import make_paper
from papercatalog.model.names import join_name
from papercatalog.model.paper import Paper
from papercatalog.outputs.citations import (
    FORMATS,
    Item,
    build_item,
    render_bibtex,
    render_coins,
    render_ris,
    render_sentence,
)
from papercatalog.sources.bibtex import parse_bibtex
from papercatalog.sources.formats import read_source
from papercatalog.sources.ris import parse_ris
from strategies import PAPERS

TITLES = (
    "Optima: A Multi-Agent System of LLMs",
    r"R&D at 50% of #1, a_b ~ x^2 \foo and {braces} } {",
    r"$\ell_1$ and $\{0,1\}$ for $k$-means from $5 to $10",
    "``Quoted'' -- and --- 'single' ?` <b>bold</b> | \"double\"",
    "Über 图像 to Straße: İstanbul, ∑ ≤ √T",
    "and others, @article{x, title={y}}",
    r"A backslash at the end \ ",
    "Unclosed $x_1 and $ y_2$, $a}{b$",
)
NAMES = (
    *("Weize Chen", "Laurens van der Maaten", "John Smith, Jr.", "Guy L. Steele Jr.", "李世民"),
    *("Gemma Team", "José Ortega y Gasset", "Research and Development", "Madonna", "Ann_ B&C"),
    *("danah boyd", "Émilie du Châtelet", "A. {B} C", "Müller GmbH", "Al And Ro"),
)
VENUES = (None, "Findings of ACL & X 2025", "Journal of {A} Letters", "PhD thesis, University_X")


def make_papers() -> list[Paper]:
    """Papers in which each hostile title, name and venue occurs."""
    return [
        make_paper(
            f"{number}-paper.x_{number}",
            title,
            authors=NAMES[number:] + NAMES[:number] if number else (),
            venue=VENUES[number % len(VENUES)],
            published=dt.date(2024, 10, 9) if number % 2 else None,
            arxiv=f"2410.0811{number}" if number % 3 else None,
            doi=f"10.1234/a_b(1)<{number}>" if number % 4 > 1 else None,
        )
        for number, title in enumerate(TITLES)
    ]


PAPERS_MADE = make_papers()
ITEMS = [build_item(paper) for paper in PAPERS_MADE]
BIBTEX = FORMATS["bibtex"].render(ITEMS)


@pytest.fixture(autouse=True)
def no_warning(caplog: pytest.LogCaptureFixture) -> Any:
    """Any warning, logged or raised, fails a test."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("name", FORMATS)
def test_our_readers_take_back_what_a_citation_says(name: str) -> None:
    text = FORMATS[name].render(ITEMS)
    read = {
        "bibtex": lambda: parse_bibtex(text.encode(), "x.bib"),
        "ris": lambda: parse_ris(text.encode(), "x.ris"),
        "csl": lambda: read_source("x.json", text.encode()),
    }[name]()
    assert [one.message for one in read.rejected] == []
    assert len(read.records) == len(PAPERS_MADE)
    for record, paper in zip(read.records, PAPERS_MADE, strict=True):
        assert record.title.replace("bold", "<b>bold</b>") == paper.title
        assert record.authors == paper.authors
        assert record.published == paper.published
        assert record.arxiv == paper.arxiv
        assert record.doi == paper.doi
        assert record.facts.get("venue") == paper.venue
