from __future__ import annotations

import json
import os
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_index import HERE
from papercatalog.search.query import Clause, parse_identifier, parse_query
from script_modules import script_modules

CASES = json.loads((HERE / "queries.json").read_text(encoding="utf-8"))


def render(clause: Clause) -> str:
    offsets = ",".join(
        f"{at}" + f"/{context:02x}" * (context > 0) for _, at, context in clause.words
    )
    what = f"{clause.kind} {clause.text}" + (f"@{offsets}" if clause.kind == "phrase" else "")
    joined = f"joined={clause.joined}" if clause.joined else ""
    marks = (clause.field, joined, "not" * clause.exclude, "on" * clause.prefix)
    return " ".join(filter(None, (what, *marks)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_query(case: dict[str, object]) -> None:
    query = parse_query(str(case["text"]), typing=bool(case.get("typing")))
    assert [render(clause) for clause in query.clauses] == case["clauses"]
    assert query.identifier == case.get("identifier", "")


def test_in_the_browser() -> None:
    """Runs the same table of cases, and the tests of what only the browser has."""
    environment = {**os.environ, "MODULES": str(script_modules())}
    tests = sorted(map(str, HERE.glob("*.test.mjs")))
    done = subprocess.run(
        ["node", "--test", *tests], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout


@given(st.text(alphabet=st.sampled_from('ab-":*.+ 1029/\ntitle:author:year:')) | st.text())
def test_any_text_is_a_query(text: str) -> None:
    for clause in parse_query(text).clauses:
        assert clause.text
        assert clause.kind in ("word", "phrase", "topic", "year")


def test_long_hostile_queries_are_parsed_at_once() -> None:
    for text in ("-" * 9000, "a-" * 9000, '"' * 9000, "1." * 9000, "title:" * 3000, " " * 9000):
        assert len(parse_query(text).clauses) <= 32
        assert parse_identifier(text) == ""
