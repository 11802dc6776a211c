"""Reads fixtures of plain text: a title, a dot, the input, a dot, what is expected, a dot."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "text" / "fixtures"


class Case(NamedTuple):
    title: str
    given: str
    expected: str


def read_cases(name: str) -> list[Case]:
    parts = f"\n{(FOLDER / name).read_text(encoding='utf-8')}".split("\n.\n")
    if len(parts) % 3 != 1 or parts[-1].strip():
        raise ValueError(f"{name}: a case is not closed by a dot")
    cases = zip(parts[0::3], parts[1::3], parts[2::3], strict=False)
    return [Case(title.strip(), given, expected) for title, given, expected in cases]
