"""Every value of a source's record stands on the page, or its value or key in the report."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papercatalog.curation.record_to_paper import paper_from_record
from papercatalog.model.fields import SOURCED
from papercatalog.model.page import render_page
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Vocabulary
from papercatalog.sources.formats import read_source
from papercatalog.sources.issue_form import HEADINGS, parse_issue_form
from papercatalog.sources.record import ParsedSource

WORDS = st.text("bcdfghjk", min_size=4, max_size=6).map(lambda word: f"zq{word}")
VALUES = st.one_of(
    WORDS,
    WORDS.map(lambda word: f"https://example.org/{word}"),
    WORDS.map(lambda word: f"{word.title()}, Ann"),
    WORDS.map(lambda word: f"10.1000/{word}"),
    st.integers(10_000, 99_999).map(lambda number: f"2410.{number}"),
    st.integers(10_000, 99_999).map(lambda number: f"arXiv:2410.{number} [cs]"),
    st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)).map(str),
    st.integers(1990, 2030).map(str),
    st.integers(10_000, 99_999).map(str),
)
Writer = Callable[[Mapping[str, str]], tuple[str, bytes]]


def write_bibtex(values: Mapping[str, str]) -> tuple[str, bytes]:
    fields = "".join(f", {key} = {{{value}}}" for key, value in values.items())
    return "a.bib", f"@misc{{k, title = {{T}}, abstract = {{A.}}{fields}}}".encode()


def write_ris(values: Mapping[str, str]) -> tuple[str, bytes]:
    lines = [f"{key}  - {value}" for key, value in values.items()]
    return "a.ris", "\n".join(["TY  - JOUR", "TI  - T", "AB  - A.", *lines, "ER  - "]).encode()


def write_csv(values: Mapping[str, str]) -> tuple[str, bytes]:
    row = {"title": "T", "abstract": "A.", **values}
    file = io.StringIO()
    csv.writer(file).writerows([row.keys(), row.values()])
    return "a.csv", file.getvalue().encode()


def write_json(values: Mapping[str, str]) -> tuple[str, bytes]:
    return "a.json", json.dumps([{"title": "T", "abstract": "A.", **values}]).encode()


def write_csl(values: Mapping[str, str]) -> tuple[str, bytes]:
    item = {"type": "article", "title": "T", "abstract": "A.", "issued": {"raw": "2020-01-02"}}
    return "a.json", json.dumps([{**item, **values}]).encode()


def write_daily_papers(values: Mapping[str, str]) -> tuple[str, bytes]:
    return "a.json", json.dumps([{"paper": {"title": "T", "summary": "A.", **values}}]).encode()


def write_form(values: Mapping[str, str]) -> tuple[str, bytes]:
    answers = {"Title": "T", "Abstract": "A.", **values}
    return "form", "".join(f"### {key}\n\n{value}\n\n" for key, value in answers.items()).encode()


def keys_of(format: str, *more: str) -> st.SearchStrategy[str]:
    declared = [key for field in SOURCED for key in (field.keys or {}).get(format, ())]  # type: ignore[call-overload]
    return st.sampled_from([*declared, *more])


FORMATS: list[tuple[Writer, st.SearchStrategy[str]]] = [
    (write_bibtex, keys_of("bibtex", "volume", "note", "year", "howpublished", "archiveprefix")),
    (write_ris, keys_of("ris", "A2", "VL", "N1", "M3", "AN", "L2", "T1", "N2", "XX")),
    (write_csv, keys_of("table", "volume", "summary", "extra", "item type", "note", "forum")),
    (write_json, keys_of("table", "volume", "summary", "extra", "itemType", "note", "forum")),
    (write_csl, keys_of("csl", "volume", "note", "number", "archive", "publisher")),
    (write_daily_papers, keys_of("daily_papers", "ai_summary", "numComments")),
    (write_form, st.sampled_from([key.capitalize() for key in HEADINGS if key not in
                                  ("title", "abstract", "topics")])),
]  # fmt: skip


def report_of(parsed: ParsedSource) -> str:
    """All that a reader of the import sees: the page, the remarks and the problems."""
    shown = [*map(str, parsed.remarks), *map(str, parsed.rejected)]
    for record in parsed.records:
        made = paper_from_record(
            record, "a.txt", Vocabulary(()), date=record.date or dt.date(2025, 7, 29)
        )
        shown += [render_page(made)] if isinstance(made, Paper) else map(str, made)
    return " ".join(shown).casefold()


def core(value: str) -> str:
    """The part of a value that tells it from all others."""
    return value.removeprefix("arXiv:").removesuffix(" [cs]").split(",")[0].casefold()


def _field_of(key: str) -> str:
    """The field of a form's heading, or the key in lower case."""
    return HEADINGS.get(key.casefold(), key.casefold())


@pytest.mark.parametrize(
    ("write", "keys"), FORMATS, ids=lambda value: getattr(value, "__name__", "")
)
def test_no_value_is_dropped_without_a_word(write: Writer, keys: st.SearchStrategy[str]) -> None:
    @settings(max_examples=150, deadline=None, database=None)
    @given(st.dictionaries(keys, VALUES, max_size=5))
    def check(values: dict[str, str]) -> None:
        unique: dict[str, str] = {}
        for key, value in values.items():
            if _field_of(key) not in map(_field_of, unique):
                unique[key] = value
        name, data = write(unique)
        if name == "form":
            form = parse_issue_form(data, "issue")
            parsed, more = form.parsed, f"{form.asked} {form.facts}".casefold()
        else:
            parsed, more = read_source(name, data), ""
        assert parsed.balanced()
        report = f"{report_of(parsed)} {more}"
        for key, value in unique.items():
            told = core(value) in report or repr(key).casefold() in report
            assert told, (key, value, report)

    check()
