"""Months, quarters and years, by which papers are counted."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Span(NamedTuple):
    """A length of time; spans are numbered from the year 0."""

    name: str
    months: int

    def number(self, day: dt.date) -> int:
        """Give the number of a day's span."""
        return (day.year * 12 + day.month - 1) // self.months

    def label(self, number: int) -> str:
        """Label a span: 2025-07, 2025-Q3 or 2025.

        >>> [span.label(span.number(dt.date(2025, 7, 29))) for span in SPANS]
        ['2025-07', '2025-Q3', '2025']
        """
        year, month = divmod(number * self.months, 12)
        if self.months == 12:
            return f"{year:04}"
        return f"{year:04}-Q{month // 3 + 1}" if self.months == 3 else f"{year:04}-{month + 1:02}"


SPANS = (Span("month", 1), Span("quarter", 3), Span("year", 12))


def choose_span(first: dt.date, last: dt.date, most: int) -> Span:
    """Choose the shortest span of which there are at most so many between two days, or years."""
    found = (one for one in SPANS if one.number(last) - one.number(first) < most)
    return next(found, SPANS[-1])
