"""The days of which a newsletter lists the papers: a day, an ISO week or a month."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from papercatalog.words import Words


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row."""

    name: str
    """Part of the newsletter's name: ``week-2025-W31``, ``day-2025-07-29``, ``month-2025-07``."""
    first: dt.date
    last: dt.date

    def describe(self, words: Words) -> str:
        """Name the days in the language of ``words``.

        >>> from papercatalog.words import load_words
        >>> english = load_words("en")
        >>> parse_week("2025-W31").describe(english), parse_week("2025-W32").describe(english)
        ('28 July to 3 August 2025', '4 to 10 August 2025')
        >>> parse_month("2025-07").describe(english)
        'July 2025'
        """
        if self.name.startswith("month"):
            return words.month(self.first)
        return words.days(self.first, self.last)


def day_period(day: dt.date) -> Period:
    """Give the period of one day."""
    return Period(f"day-{day}", day, day)


def parse_week(text: str) -> Period:
    """Read a week of ISO 8601, from Monday to Sunday; raises ValueError with the remedy."""
    found = re.fullmatch(r"([0-2][0-9]{3})-W([0-9]{2})", text)
    if not found:
        raise ValueError(f"{text!a} is no week; write it as 2025-W31")
    try:
        first = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        raise ValueError(f"there is no week {text} in the calendar") from None
    return Period(f"week-{text}", first, first + dt.timedelta(days=6))


def parse_month(text: str) -> Period:
    """Read a month; raises ValueError with the remedy."""
    if not re.fullmatch(r"[0-2][0-9]{3}-[0-9]{2}", text):
        raise ValueError(f"{text!a} is no month; write it as 2025-07")
    try:
        first = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValueError(f"there is no month {text} in the calendar") from None
    last = calendar.monthrange(first.year, first.month)[1]
    return Period(f"month-{text}", first, first.replace(day=last))


def latest_week(days: Iterable[dt.date], today: dt.date) -> Period | None:
    """Give the newest week with one of the days that has ended; None if there is none."""
    monday = today - dt.timedelta(days=today.weekday())
    newest = max((day for day in days if day < monday), default=None)
    if newest is None:
        return None
    year, week, _ = newest.isocalendar()
    return parse_week(f"{year:04}-W{week:02}")
