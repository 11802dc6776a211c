"""Readers of strangers' text, each with what must hold for any bytes, and what to start from.

A target fails by an exception. The seeds are small texts written here and the fixtures of readers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from papercatalog.curation.record_to_paper import paper_from_record
from papercatalog.model.page import edit_page, parse_page, render_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError
from papercatalog.model.topics import Vocabulary
from papercatalog.outputs.citations import FORMATS, build_item
from papercatalog.search.query import parse_query
from papercatalog.sources.arxiv import parse_arxiv_feed
from papercatalog.sources.formats import read_source
from papercatalog.sources.issue_form import parse_issue_form
from papercatalog.sources.record import ParsedSource
from papercatalog.text import repair_abstract, repair_title
from papercatalog.text.jats import strip_markup
from papercatalog.text.latex import decode_accents, strip_latex
from papercatalog.text.rendered import render_text, render_unformatted
from papercatalog.text.sanitise import ATTRIBUTES, TAGS

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "sources" / "fixtures" / "readers"
DAY = dt.date(2025, 7, 29)

PAGE = """---
title: "A: b"
date: 2025-07-29
authors: [Ada Li, "Bo, Jr."]
topics: []
arxiv: "2410.08115"
links:
  code: https://example.org/code
---
An *abstract* with $`x_1`$.
"""
MARKDOWN = (
    "# A\n\n- one\n  - two\n\n> quoted `code`\n\n```\nfenced\n```\n",
    "[a](javascript:alert(1)) <img src=x onerror=alert(1)> <https://example.org/>\n\n***a** b*",
    "$`\\frac{a}{b} \\text{c}`$ and $$x^2$$, www.example.org, a@example.org, ![a](b)",
)
LATEX = (
    "\\emph{a} {\\'e} \\\"{o} $x_{1}^2$ \\href{https://a.org/}{b} \\ensuremath{\\alpha} ``c''",
    "<jats:p>a <jats:italic>b</jats:italic> <jats:sub>2</jats:sub> &amp;amp; <script>c</script>",
)
FORM = """### Title

A

### Abstract

B.

### arXiv id or DOI

2410.08115

### Date

_No response_
"""
QUERIES = ('title:"sparse attention" -topic:vision year:2024-2025', "author:li* 10.1/x", '"a" "')


@dataclass(frozen=True, slots=True)
class Target:
    """A reader under test."""

    check: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    tokens: tuple[str, ...] = ()
    """What the fuzzer inserts besides bytes: words of the format."""


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        more = {"a": {"rel"}, "mspace": {"width"}, "mfrac": {"linethickness"}}.get(tag, set())
        values = dict(attrs)
        assert tag in TAGS, f"element {tag}"
        assert values.keys() <= ATTRIBUTES.get(tag, set()) | more, f"attributes {values}"
        if tag == "a" and values.get("href"):
            assert urlsplit(values["href"] or "").scheme in ("http", "https", "mailto"), values


def check_source(name: str) -> Callable[[bytes], None]:
    """Every piece is accounted for, and each paper's page reads as it was written."""

    def check(data: bytes) -> None:
        _check_parsed(read_source(name, data))

    return check


def _check_parsed(parsed: ParsedSource) -> None:
    assert parsed.balanced(), "pieces are not accounted for"
    for record in parsed.records:
        day = record.date or DAY
        made = paper_from_record(record, "seeds/a.txt", Vocabulary(()), date=day)
        if isinstance(made, Paper):
            assert parse_page(render_page(made), made.path) == made, "the page differs"
            _Tags(render_text(made.abstract).html)


def check_issue_form(data: bytes) -> None:
    """As a source; an answer that is no paper is asked for or rejected."""
    form = parse_issue_form(data, "issue")
    _check_parsed(form.parsed)
    assert form.parsed.records or form.parsed.rejected or form.asked, "neither paper nor reason"


def check_front_matter(data: bytes) -> None:
    """A page is a paper or a list of problems; an edit changes one fact of it."""
    text = data.decode("utf-8", "replace")
    try:
        paper = parse_page(text, "docs/papers/2025/a.md")
    except CatalogError as error:
        assert error.problems
        return
    assert parse_page(render_page(paper), paper.path) == paper
    edited = parse_page(edit_page(text, {"votes": "7"}), "docs/papers/2025/a.md")
    assert edited == paper.model_copy(update={"votes": 7}), "an edit changed more"


def check_markdown(data: bytes) -> None:
    """HTML has the allowed elements alone; a short way gives the same as the long one."""
    text = data.decode("utf-8", "replace")
    rendered = render_text(text)
    _Tags(rendered.html)
    assert render_unformatted(text) in (None, rendered)


def check_text(data: bytes) -> None:
    """Repairs of titles and abstracts end, and are repaired no further."""
    text = data.decode("utf-8", "replace")
    for clean in (strip_latex, decode_accents, strip_markup):
        clean(text)
    for repair in (repair_title, repair_abstract):
        once = repair(text)
        _Tags(render_text(once).html)
        assert "\n" not in once or repair is repair_abstract


def check_query(data: bytes) -> None:
    """Any query can be read, also while it is typed."""
    text = data.decode("utf-8", "replace")
    for typing in (False, True):
        parse_query(text, typing=typing)


def check_exports(data: bytes) -> None:
    """A valid page comes back from each export with all facts as it was."""
    try:
        paper = parse_page(data.decode("utf-8", "replace"), "docs/papers/2025/a.md")
    except CatalogError:
        return
    for known in FORMATS.values():
        text = known.render([build_item(paper, whole=True)])
        read = read_source(f"x.{known.ending}", text.encode())
        assert [record.page for record in read.records] == [paper], known.label
        assert not read.rejected and not read.remarks, known.label


def _fixtures(*endings: str) -> Iterator[bytes]:
    for path in sorted(FIXTURES.iterdir()):
        if path.suffix in endings:
            yield path.read_bytes()


def _encoded(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


TARGETS = {
    "digest": Target(
        check_source("2025-07-29.txt"),
        ((ROOT / "seeds" / "2025-07-29.txt").read_bytes()[:4000],),
        ("\n\n", "Daily Papers", "Jul 29", "View arXiv page", "https://", "•"),
    ),
    "bibtex": Target(
        check_source("a.bib"),
        tuple(_fixtures(".bib")),
        ("@misc{", "@string{", "title = {", "author", " and ", "}", '"', "#", "eprint", "\\'{"),
    ),
    "ris": Target(
        check_source("a.ris"),
        tuple(_fixtures(".ris")),
        ("TY  - ", "\nER  - \n", "TI  - ", "AU  - ", "DA  - ", "C7  - papercatalog 1", "UR  - "),
    ),
    "csv": Target(
        check_source("a.csv"),
        tuple(_fixtures(".csv")),
        ("title", "abstract", "authors", "sure", '"', '""', ",", ";", "\t", "\r\n"),
    ),
    "json": Target(
        check_source("a.json"),
        tuple(_fixtures(".json")),
        ('"title":', '"abstract":', '"issued":', '"date-parts":', '"custom":', "\\ud800", "null"),
    ),
    "dump": Target(check_source("a.jsonl"), tuple(_fixtures(".jsonl")), ('{"title": "', "\n")),
    "arxiv": Target(
        lambda data: _check_parsed(parse_arxiv_feed(data, "a.atom")),
        tuple(_fixtures(".atom")),
        ("<entry>", "</entry>", "<title>", "<!DOCTYPE", "&#0;", "<![CDATA["),
    ),
    "issue-form": Target(
        check_issue_form,
        _encoded(FORM),
        ("### ", "Title", "Abstract", "arXiv id or DOI", "_No response_", "Topics", "\n\n"),
    ),
    "front-matter": Target(
        check_front_matter,
        _encoded(PAGE, PAGE.replace("\n", "\r\n"), PAGE.replace("authors: [", "authors:\n- a\n#")),
        (
            "---\n",
            "links:",
            "votes:",
            "? ",
            "&a",
            "*a",
            "!!",
            "\u2028",
            "\u0085",
            "\r",
            "|\n",
            ">-",
        ),
    ),
    "markdown": Target(
        check_markdown, _encoded(*MARKDOWN), ("$`", "`$", "](", "<script>", "&lt;", "\\frac{", "~~")
    ),
    "text": Target(
        check_text, _encoded(*LATEX, *MARKDOWN), ("\\(", "\\)", "{", "}", "\\emph{", "<jats:", "&#")
    ),
    "query": Target(check_query, _encoded(*QUERIES), ("title:", "year:", "-", '"', "*", "topic:")),
    "exports": Target(
        check_exports,
        _encoded(PAGE, PAGE.replace("Ada Li", "Łi, Àda {and} others")),
        ("{", "}", "\\", "%", "$", ",,", " and ", "keywords: [", "venue: ", "doi: ", "aliases: ["),
    ),
}
