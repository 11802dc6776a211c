"""Reads the days that a digest names: in its file's name and in date lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DATE_LINES = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_MONTH} {_DAY}(?:,? {_YEAR})?",  # Jul 29 · July 29th, 2025
        rf"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?",  # 29 July · 29 July 2025
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})",  # 2025-07-29
    )
)
_NAME_DAY = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
_NAME_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)", re.ASCII)


HOW_TO_DATE = "name the file after its day, as in 2025-07-29.txt"


@dataclass(frozen=True, slots=True)
class DateLine:
    """The day a line names, not yet looked up in a calendar."""

    month: int
    day: int
    year: int | None = None


def parse_date_line(text: str) -> DateLine | None:
    """Read a line that is nothing but a date; None for any other line.

    >>> parse_date_line("Tuesday, 29 July 2025")
    DateLine(month=7, day=29, year=2025)
    """
    for form in _DATE_LINES:
        if found := form.fullmatch(text):
            month = found["month"].casefold()
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
            return DateLine(
                number, int(found["day"]), int(found["year"]) if found["year"] else None
            )
    return None


def parse_file_name(source: str) -> tuple[dt.date | None, int | None]:
    """Read the day, or at least the year, that a file's name says: ``2025-07-29.txt``.

    Raises ValueError where the name says a day that does not exist.
    """
    stem = PurePosixPath(source).stem
    if found := _NAME_DAY.search(stem):
        day = dt.date(int(found[1]), int(found[3]), int(found[4]))
        return day, day.year
    year = _NAME_YEAR.search(stem)
    return None, int(year[1]) if year else None


def resolve(line: DateLine, anchor: dt.date | None, year: int | None) -> dt.date | None:
    """The day of a date line: its own year, else the year nearest to `anchor`, else `year`.

    None where nothing tells the year. Raises ValueError where there is no such day.
    """
    if line.year is not None:
        return dt.date(line.year, line.month, line.day)
    if anchor is not None:
        near = [_day(line, anchor.year + step) for step in (0, -1, 1)]
        return min(
            (day for day in near if day), key=lambda day: abs(day - anchor), default=None
        ) or (dt.date(anchor.year, line.month, line.day))
    return None if year is None else dt.date(year, line.month, line.day)


def _day(line: DateLine, year: int) -> dt.date | None:
    try:
        return dt.date(year, line.month, line.day)
    except ValueError:
        return None


class DateError(ValueError):
    """The day of a paper cannot be told."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def date_papers(
    papers: Sequence[int], headings: Sequence[tuple[int, str]], source: str, year: int | None
) -> list[dt.date]:
    """The day of each paper of a digest.

    `papers` are the lines where papers start and `headings` the furniture's lines, both in order.
    A paper's day is that of the last date line above it, else the file name's. Raises DateError
    where a day is missing, does not exist, or is not the one that the file's name says.
    """
    try:
        named, named_year = parse_file_name(source)
    except ValueError:
        raise DateError(0, "the file's name says a day that does not exist; correct it") from None
    found = [(line, text, date) for line, text in headings if (date := parse_date_line(text))]
    anchor = named or _first_full_date(found)
    days = [
        (line, _day_of(line, text, date, anchor, named_year or year)) for line, text, date in found
    ]
    if named and days and named not in {day for _, day in days}:
        line, day = days[0]
        raise DateError(line, f"this line says {day}, the file's name {named}; correct one of them")
    return list(_days_above(papers, days, named))


def _days_above(
    papers: Sequence[int], days: Sequence[tuple[int, dt.date]], named: dt.date | None
) -> Iterator[dt.date]:
    """Of several date lines in a row the one that the file's name says counts, else the last."""
    current, start = named, 0
    for paper in papers:
        end = start
        while end < len(days) and days[end][0] < paper:
            end += 1
        above = [day for _, day in days[start:end]]
        start = end
        if above:
            current = named if named in above else above[-1]
        if current is None:
            raise DateError(paper, f"no date line above this paper; {HOW_TO_DATE}")
        yield current


def _first_full_date(found: Sequence[tuple[int, str, DateLine]]) -> dt.date | None:
    for line, text, date in found:
        if date.year is not None:
            return _day_of(line, text, date, None, None)
    return None


def _day_of(
    line: int, text: str, date: DateLine, anchor: dt.date | None, year: int | None
) -> dt.date:
    try:
        day = resolve(date, anchor, year)
    except ValueError:
        raise DateError(line, f"there is no such day as “{text}”; correct it") from None
    if day is None:
        raise DateError(line, f"“{text}” has no year; {HOW_TO_DATE}, or give --year")
    return day
