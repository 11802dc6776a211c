"""Citations: other programs take back what the writers write, without a loss or a warning."""

from __future__ import annotations

import datetime as dt
import logging
import re
import warnings
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_library
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import Phase, given, settings
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from html_pages import parse_html
from made_catalog import make_paper
from papercatalog.model.ids import is_id
from papercatalog.model.name_parts import join_name
from papercatalog.model.paper import Paper
from papercatalog.outputs.citations import (
    FORMATS,
    build_item,
    render_bibtex,
    render_coins,
    render_ris,
    render_sentence,
)
from papercatalog.sources.bibtex import parse_bibtex
from papercatalog.sources.formats import read_source
from papercatalog.sources.ris import parse_ris
from papercatalog.text.latex import strip_latex
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
def no_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
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


def test_bibtexparser_takes_back_what_a_citation_says() -> None:
    library = parse_library(BIBTEX)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [paper.id for paper in PAPERS_MADE]
    for entry, paper in zip(library.entries, PAPERS_MADE, strict=True):
        fields = {key: field.value for key, field in entry.fields_dict.items()}
        assert strip_latex(fields["title"]) == paper.title
        assert fields["title"][0] + fields["title"][-1] == "{}"
        assert fields["year"] == str((paper.published or paper.date).year)
        assert fields["month"] == ("oct" if paper.published else "jul")
        assert fields.get("doi") == paper.doi
        assert fields.get("eprint") == paper.arxiv
        assert ("author" in fields) == bool(paper.authors)
        kind = {None: "misc", VENUES[1]: "inproceedings", VENUES[2]: "article"}
        assert entry.entry_type == kind.get(paper.venue, "phdthesis")


def test_pybtex_takes_back_what_a_citation_says() -> None:
    found = parse_string(BIBTEX, "bibtex")
    assert [*found.entries] == [paper.id for paper in PAPERS_MADE]
    for paper in PAPERS_MADE:
        entry = found.entries[paper.id]
        assert strip_latex(entry.fields["title"]) == paper.title
        people = entry.persons.get("author", [])
        assert len(people) == len(paper.authors)
        for person, name in zip(people, paper.authors, strict=True):
            family = " ".join([*person.prelast_names, *person.last_names])
            given_names = " ".join([*person.first_names, *person.middle_names])
            suffix = " ".join(person.lineage_names)
            assert strip_latex(join_name(given_names, family, suffix)) == name
        assert entry.fields["month"] == ("October" if paper.published else "July")


def test_pybtex_styles_keep_the_capitals_of_titles() -> None:
    style = find_plugin("pybtex.style.formatting", "plain")()
    text = render_bibtex(build_item(make_paper("x", "A LLM for Bayes", authors=("Ann Author",))))
    (entry,) = style.format_bibliography(parse_string(text, "bibtex"))
    backend = find_plugin("pybtex.backends", "plaintext")()
    assert "A LLM for Bayes" in entry.text.render(backend)


def test_rispy_takes_back_what_a_citation_says() -> None:
    read = rispy.loads(FORMATS["ris"].render(ITEMS))
    assert len(read) == len(PAPERS_MADE)
    for entry, item, paper in zip(read, ITEMS, PAPERS_MADE, strict=True):
        assert entry["id"] == paper.id
        assert entry["title"] == paper.title
        assert [name.split(", ")[0] for name in entry.get("authors", [])] == [
            name.get("family", name.get("literal")) for name in item.get("author", [])
        ]
        assert entry["year"] == str((paper.published or paper.date).year)
        assert entry["date"] == ("2024/10/09" if paper.published else "2025/07//")
        assert entry.get("secondary_title") == paper.venue
        assert entry.get("doi") == paper.doi
        assert "unknown_tag" not in entry
        assert "http" not in "".join(entry.get("urls", [])) or paper.arxiv


def test_citeproc_makes_a_bibliography() -> None:
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    source = CiteProcJSON(ITEMS)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in ITEMS:
        bibliography.register(Citation([CitationItem(item["id"])]))
    lines = [str(line) for line in bibliography.bibliography()]
    assert len(lines) == len(ITEMS)
    for number, paper in enumerate(PAPERS_MADE):
        year = str((paper.published or paper.date).year)
        assert any(year in line and paper.title[:5] in line for line in lines), number


@settings(max_examples=100, phases=(Phase.generate,))  # to shrink takes minutes
@given(PAPERS)
def test_any_paper_is_one_entry_of_each_format(paper: Paper) -> None:
    item = build_item(paper, whole=True)
    library = parse_library(render_bibtex(item))
    assert len(library.blocks) == len(library.entries) == 1
    assert [*parse_string(render_bibtex(item), "bibtex").entries] == [paper.id]
    (entry,) = rispy.loads(render_ris(item))
    assert entry["id"] == paper.id
    assert parse_ris(render_ris(item).encode(), "x").pieces == 1
    assert parse_bibtex(render_bibtex(item).encode(), "x").pieces == 1
    assert "\n" not in render_sentence(item)
    ((_, attributes),) = parse_html(f'<span title="{render_coins(item)}">').elements
    assert attributes == {"title": render_coins(item)}


@given(PAPERS)
def test_a_key_is_the_page_id_which_bibtex_accepts(paper: Paper) -> None:
    item = build_item(paper)
    assert item["id"] == paper.id
    assert is_id(item["id"])
    assert re.fullmatch(r"[a-z0-9._-]+", item["id"])
    bare = paper.model_copy(update={"authors": (), "venue": None, "doi": None})
    assert build_item(bare)["id"] == item["id"]


def read_coins(context: str) -> dict[str, Any]:
    """Read a ContextObject as Zotero does: ``parseContextObject`` in its ``openurl.js``."""
    pairs = [part.split("=") for part in context.split("&")]
    assert all(len(pair) == 2 for pair in pairs)
    values = [(key, unquote(value.replace("+", " "))) for key, value in pairs]
    matrix = dict(values)["rft_val_fmt"].removeprefix("info:ofi/fmt:kev:mtx:")
    genre = dict(values).get("rft.genre")
    kinds = {"journal": "journalArticle", "dissertation": "thesis", "book": "book"}
    is_talk = matrix == "book" and genre in ("conference", "proceeding")
    item: dict[str, Any] = {"type": "conferencePaper" if is_talk else kinds[matrix], "authors": []}
    for key, value in values:
        if key == "rft_id":
            kind, _, rest = value.partition("/")
            item[{"info:doi": "doi", "info:arxiv": "arxiv"}.get(kind, "url")] = (
                rest if kind.startswith("info:") else value
            )
        elif key in ("rft.atitle", "rft.title"):
            item["title"] = value
        elif key in ("rft.btitle", "rft.jtitle", "rft.inst"):
            item["venue"] = value
        elif key == "rft.au":
            item["authors"].append(value)
        elif key == "rft.date":
            item["date"] = value
        elif key == "rft.type":
            item["type"] = value
    return item


@pytest.mark.parametrize("paper", PAPERS_MADE, ids=lambda paper: paper.id)
def test_zotero_reads_the_coins(paper: Paper) -> None:
    read = read_coins(render_coins(build_item(paper)))
    kinds = {None: "preprint", VENUES[1]: "conferencePaper", VENUES[2]: "journalArticle"}
    assert read.pop("type") == kinds.get(paper.venue, "thesis")
    authors = [name.split(", ")[::-1] for name in read.pop("authors")]
    shown = [" ".join(parts) for parts in authors]
    assert shown == [name.removesuffix(", Jr.") for name in paper.authors]
    facts = {
        "title": paper.title,
        "date": "2024-10-09" if paper.published else "2025-07",
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "url": paper.arxiv and f"https://arxiv.org/abs/{paper.arxiv}",
    }
    assert read == {name: value for name, value in facts.items() if value}


def test_a_sentence_names_authors_year_title_venue_and_identifier() -> None:
    paper = make_paper("x", "Why?", authors=("Ann A", "Bea B", "Cy C"), venue="ICLR 2024")
    said = "Ann A, Bea B, and Cy C. 2025. Why? In ICLR 2024."
    assert render_sentence(build_item(paper)) == said
    with_doi = paper.model_copy(update={"doi": "10.1234/x", "arxiv": "2507.00001"})
    assert render_sentence(build_item(with_doi)) == f"{said} https://doi.org/10.1234/x"
    many = make_paper("x", "A", authors=tuple(f"Ann {letter}bc" for letter in "ABCDEFGHIJK"))
    assert render_sentence(build_item(many)).startswith("Ann Abc, ")
    assert "Ann Jbc, et al. 2025. A." in render_sentence(build_item(many))
    assert render_sentence(build_item(make_paper("x", "Alone"))) == "2025. Alone."


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        *((venue, "article-journal") for venue in (
            "Transactions of the Association for Computational Linguistics, Volume 9 (2021)",
            "PNAS 115(25), E5716-E5725, 2018", "Scientific Reports 2026", "TMLR 2024",
            "IEEE Transactions on Image Processing 33, 6071-6082, 2024", "Nature",
            "Information Processing and Management 58(5), 102616, 2021",
        )),
        *((venue, "paper-conference") for venue in (
            "Findings of the Association for Computational Linguistics: ACL 2025", "NeurIPS 2024",
            "IEEE/CVF Conference on Computer Vision and Pattern Recognition", "Naturelich 2024",
            "Workshop on Letters", "Proceedings of the IEEE International Symposium 2025",
        )),
        ("PhD dissertation, University of California, Berkeley, 2019", "thesis"),
        (None, "article"),
    ],
)  # fmt: skip
def test_the_type_follows_from_the_venue(venue: str | None, kind: str) -> None:
    assert build_item(make_paper("x", venue=venue))["type"] == kind
