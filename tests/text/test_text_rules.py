from __future__ import annotations

import pytest

from papercatalog.text.markdown_writer import write_markdown
from papercatalog.text.nodes import apply_rules
from papercatalog.text.rules import RULES
from text_fixtures import Case, read_cases

CASES = read_cases("rules.txt")


def rule_of(case: Case) -> str:
    return case.title.partition(":")[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_rule(case: Case) -> None:
    nodes = apply_rules([dict(RULES)[rule_of(case)]], case.given)
    assert write_markdown(nodes) == case.expected


def test_each_rule_has_a_fixture_in_which_it_changes_the_text() -> None:
    changing = [rule_of(case) for case in CASES if case.given != case.expected]
    assert list(dict.fromkeys(changing)) == [name for name, _ in RULES]
