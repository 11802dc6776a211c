"""Each rule of the digest's tables: its docstring, lines that it knows and lines that it leaves."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papercatalog.model.fields import SOURCED
from papercatalog.sources.digest import boilerplate, breaks, titles
from papercatalog.sources.digest.lines import split_lines
from papercatalog.sources.digest.markup import take_off_markup
from papercatalog.sources.digest.printed_facts import PrintedFacts

FIXTURES = Path(__file__).parent / "fixtures" / "digest" / "rules.txt"
WIDTH = 45
TABLES: dict[str, tuple[tuple[str, Callable[..., float | None]], ...]] = {
    "against-title": titles.AGAINST_TITLE,
    "against-paragraph": titles.AGAINST_PARAGRAPH,
    "against-wrap": breaks.AGAINST_WRAP,
    "against-end": breaks.AGAINST_END,
    "boilerplate": boilerplate.RULES,
}


def load_cases() -> Iterator[tuple[str, str, bool, str]]:
    table = rule = ""
    for line in FIXTURES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table, rule = line.strip("[]").split(" ")
        else:
            yield table, rule, line[0] == "+", line[2:]


def applies(table: str, rule: str, text: str) -> bool:
    function = dict(TABLES[table])[rule]
    if table in ("against-title", "against-paragraph"):
        return bool(function(text))
    lines = take_off_markup(split_lines(text.replace(" | ", "\n").replace("| ", "\n")))
    if table == "boilerplate":
        page = boilerplate.CountedLines(lines)
        at = {1: 0, 2: 1, 3: 1}[len(lines)] if rule != "header" else 0
        return function(page, at) is not None
    before, after = lines
    return bool(function(breaks.Break(before, after, WIDTH, True)))


@pytest.mark.parametrize(("table", "rule", "expected", "text"), list(load_cases()))
def test_rule(table: str, rule: str, expected: bool, text: str) -> None:
    assert applies(table, rule, text) is expected


def test_every_rule_has_a_docstring_and_fixtures_of_both_kinds() -> None:
    wanted = {(table, name) for table, rules in TABLES.items() for name, _ in rules}
    cases = list(load_cases())
    assert {case[:2] for case in cases if case[2]} == wanted
    assert {case[:2] for case in cases if not case[2]} == wanted
    assert all(function.__doc__ for rules in TABLES.values() for _, function in rules)


def test_printed_facts_are_fields_of_a_paper() -> None:
    names = {field.name for field in dataclasses.fields(PrintedFacts)} - {"notes"}
    assert names <= {field.name for field in SOURCED}
