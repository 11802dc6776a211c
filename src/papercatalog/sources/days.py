"""Reads days in the spellings that sources use."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)

_YEAR = r"(?P<year>[12]\d{3})"
_MONTH_NAME = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-{1,2}|–|—|/|to)\s*"
_LAST = rf"(?:{_TO}\d{{1,2}}(?:st|nd|rd|th)?)?"
_TIME = r"(?:[T ]\d{1,2}:.*|[T ]\d{6}.*)?"
_NUMBERS = rf"{_YEAR}(?P<sign>[-/.])(?P<number>\d{{1,2}})(?P=sign){_DAY}"
_PATTERNS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"{_NUMBERS}{_TIME}[~?%]*(?:(?:/|\s+to\s+|--|–)(?:\d{{4}}.*)?)?(?:/.*)?",
        rf"{_YEAR}(?P<number>\d{{2}})(?P<day>\d{{2}})",
        rf"(?P<number>0?[1-9]|1[0-2])/(?P<day>1[3-9]|[23]\d)/{_YEAR}{_TIME}",
        rf"(?P<day>1[3-9]|[23]\d)/(?P<number>0?[1-9]|1[0-2])/{_YEAR}{_TIME}",
        rf"(?P<number>(?P<day>\d{{1,2}}))/(?P=day)/{_YEAR}{_TIME}",
        rf"{_DAY}\.\s?(?P<number>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?:[A-Z][a-z]{{2,8}},?\s+)?{_DAY}{_LAST}[\s-]+(?:of\s+)?{_MONTH_NAME},?[\s-]+"
        rf"{_YEAR}{_TIME}",
        rf"(?:[A-Z][a-z]{{2,8}},\s+)?{_MONTH_NAME}\s+{_DAY}{_LAST},?\s+{_YEAR}{_TIME}",
        rf"{_YEAR}[\s-]+{_MONTH_NAME}[\s-]+{_DAY}{_LAST}",
        rf"{_DAY}\s+{_MONTH_NAME}{_TO}\d{{1,2}}\s+[A-Za-z.]+,?\s+{_YEAR}",
        rf"{_MONTH_NAME}\s+{_DAY}{_TO}[A-Za-z.]+\s+\d{{1,2}},?\s+{_YEAR}",
    )
)


def parse_day(text: str) -> dt.date:
    """Read a whole day, in figures or with the month's English name; of a range the first day.

    A time behind the day is ignored. Of day and month with ``/`` between them, one must be above 12
    or both the same: countries disagree on the order of ``3/4/2020``, which is no day.

    >>> parse_day("2024-08-27T09:34:38.000Z")
    datetime.date(2024, 8, 27)
    >>> parse_day("12-17 May 2020")
    datetime.date(2020, 5, 12)

    Raises:
        ValueError: if the text is no whole day, or one that no calendar has.
    """
    text = " ".join(text.split())
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = int(parts["number"]) if parts.get("number") else parse_month(parts["month"])
        if month is None:
            continue
        try:
            return dt.date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            raise ValueError("is a day that no calendar has") from None
    if re.fullmatch(r"[12]\d{3}([-/.]?\d{1,2})?/*|[A-Za-z-]{3,20}\.?,? [12]\d{3}", text):
        raise ValueError("is no whole day")
    raise ValueError("is not a day such as 2025-07-29")


def parse_month(text: str) -> int | None:
    """Read a month by its English name, of which three letters are enough, or its number.

    >>> parse_month("September")
    9
    """
    text = text.strip().rstrip(".").lower()
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    numbers = enumerate(_MONTHS, start=1)
    return next(
        (
            number
            for number, name in numbers
            if len(text) >= 3 and (name.startswith(text) or text == "sept" == name[:4])
        ),
        None,
    )
