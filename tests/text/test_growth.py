"""What repairs and reads strangers' text takes time that grows with its length, not its square."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial

import pytest

from papercatalog.sources.bibtex import parse_bibtex
from papercatalog.sources.digest import parse_digest
from papercatalog.sources.facts import parse_facts
from papercatalog.sources.issue_form import parse_issue_form
from papercatalog.sources.json_shapes import parse_json
from papercatalog.sources.ris import parse_ris
from papercatalog.sources.table import parse_csv
from papercatalog.text.jats import strip_markup
from papercatalog.text.latex import decode_accents, strip_latex
from papercatalog.text.nodes import Rule, apply_rules
from papercatalog.text.rules import RULES

PARTS = [
    *("a", "a ", "1", " ", "\n", "a\n\n", "É", "。", *"\\`*_{}[]()<>#+!|~@$&:.-,;'\"^=%/?"),
    *("\\(", "\\(a", "\\[", "$a", "{a", "{}", "{{a}", "}{", "\\href{", "\\ensuremath{", "\\url{a"),
    *(
        "\\a{",
        "\\emph{",
        "\\'",
        "\\'{\\",
        "``",
        "''",
        "<a ",
        "&amp;",
        "a.",
        "a-",
        "1.",
        "x_",
        "x_{",
    ),
    *("<jats:sub>", "<", "</a>", "&", "&#1;", "<!--", "<![CDATA["),
    *("^{", "_{a}", "\\frac", "\\text{", "https://a.org/", "www.", "[a](", "![a]", "a, ", "\u2028"),
]
ITEM = {"title": "A", "abstract": "B", "type": "article"}
READERS: dict[str, Callable[[str], object]] = {
    "digest": lambda text: parse_digest(f"x\n\n{text}".encode(), "2025-07-29.txt"),
    "BibTeX": lambda text: parse_bibtex(text.encode(), "a.bib"),
    "a BibTeX value": lambda text: parse_bibtex(f"@misc{{a, title={{{text}".encode(), "a.bib"),
    "RIS": lambda text: parse_ris(f"TY  - JOUR\nTI  - {text}".encode(), "a.ris"),
    "JSON": lambda text: parse_json(json.dumps([{**ITEM, "abstract": text}]).encode(), "a.json"),
    "many items of JSON": lambda text: parse_json(
        json.dumps([{**ITEM, "id": line} for line in text.split("\n")]).encode(), "a.json"
    ),
    "damaged JSON": lambda text: parse_json(f'[{{"title": "{text}'.encode(), "a.json"),
    "an issue form": lambda text: parse_issue_form(
        f"### Title\n\nA\n\n### Abstract\n\n{text}".encode(), "issue"
    ),
    "an issue form's names": lambda text: parse_issue_form(
        f"### Title\n\nA\n\n### Abstract\n\nB\n\n### Authors\n\n{text}".encode(), "issue"
    ),
    "facts": lambda text: parse_facts(
        {"authors": text.split("\n"), "keywords": text, "venue": text, "doi": text, "arxiv": text}
    ),
    "a table": lambda text: parse_csv(f'title,authors\nx,"{text}'.encode(), "a.csv"),
}
LINES = [
    "a\n",
    "A\n",
    "Aa Bb\n",
    "1\n",
    "- a\n",
    "# a\n",
    "@a{\n",
    "TY  - \n",
    "a\n\n",
    '"\n',
    "\\(\n",
]


def _apply(rule: Rule, text: str) -> object:
    return apply_rules([rule], text)


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "strip_latex": strip_latex,
    "strip_markup": strip_markup,
    "decode_accents": decode_accents,
    **{name: partial(_apply, rule) for name, rule in RULES},
}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_rule_takes_time_in_proportion_to_a_run_of_one_sign(
    function: Callable[[str], object],
) -> None:
    for part in PARTS:
        assert grows_evenly(function, part, 3_000), part


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_reader_takes_time_in_proportion_to_equal_lines(
    reader: Callable[[str], object], line: str
) -> None:
    assert grows_evenly(reader, line, 1_000)


def grows_evenly(function: Callable[[str], object], part: str, length: int) -> bool:
    """Four times the text takes at most nine times as long; a square would take sixteen.

    What takes less than a twentieth of a second is too short to be measured, and of no harm.
    """
    text = part * (length // len(part))
    return any(_is_even(function, text) for _ in range(3))


def _is_even(function: Callable[[str], object], text: str) -> bool:
    long = _measure(function, text * 4)
    return long < 0.05 or long < 9 * _measure(function, text)


def _measure(function: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    function(text)
    return time.process_time() - start
