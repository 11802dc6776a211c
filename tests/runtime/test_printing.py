"""No line that is printed commands a terminal or GitHub's runner, whatever text it holds."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.runtime.printing import format_json, printable, say

SIGNS = st.text(alphabet="#[:]a \n\r\t\x00\x1b\x9b\u200b\u2028\u202e\U000e0001é中")


def commands(text: str) -> list[str]:
    """Find what GitHub's runner takes for a command, line by line."""
    lines = re.split(r"[\n\r]", text)
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


@pytest.mark.parametrize("text", ["::error::a", " \x1b::error::a", "a ##[error]b", "##\x1b[group]"])
def test_no_line_is_a_command(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(text)
    assert commands(capsys.readouterr().out) == []


@given(SIGNS)
def test_a_line_is_one_line_of_signs_that_print(text: str) -> None:
    line = printable(text)
    assert line.isprintable()
    assert "##[" not in line


@given(SIGNS)
def test_json_says_the_same_and_commands_nothing(text: str) -> None:
    written = format_json({text: [text, {"a": text}]})
    assert json.loads(written) == {text: [text, {"a": text}]}
    assert commands(written) == []
    assert written.replace("\n", "").isprintable()
