"""Reads date lines in the spellings that pages and browsers show, and the day in a file's name."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

_MONTH_NAMES = """
jan january januar janvier enero gennaio janeiro januari stycznia января янв ene gen janv
feb february februar février febrero febbraio fevereiro februari lutego февраля фев fév févr fev
mar march märz maerz mars marzo março marco maart marca марта мрт mär mrz
apr april avril abril aprile kwietnia апреля апр avr abr
may mai mayo maggio maio mei maja мая mag
jun june juni juin junio giugno junho czerwca июня июн giu
jul july juli juillet julio luglio julho lipca июля июл lug juil
aug august août aout agosto augustus sierpnia августа авг ago
sep sept september septembre septiembre settembre setembro września сентября сен set
oct october oktober octobre octubre ottobre outubro października октября окт okt ott out
nov november novembre noviembre novembro listopada ноября ноя
dec december dezember décembre decembre diciembre dicembre dezembro grudnia декабря дек dez déc dic
"""
_MONTHS = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.split("\n")[1:-1], start=1)
    for name in names.split()
}
"""Months in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Russian."""
_WEEKDAY_NAMES = """
mon tue tues wed weds wednes thu thur thurs fri sat sun monday tuesday wednesday thursday friday
saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim lunes martes
miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
"""
_WEEKDAYS = frozenset(_WEEKDAY_NAMES.split())
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>\d{4})"
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_WEEKDAY = r"(?:(?P<weekday>[^\W\d_]{2,10})\.?,? )?"
_TIME = (
    r"(?:(?:T|,? (?:at )?)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?"
    r"(?:Z| ?[+-]\d{4}| [A-Z]{3,4})?)?"
)
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE)
    for form in (
        rf"{_MONTH} {_DAY}(?:,? {_YEAR})?",  # Jul 29 · July 29th, 2025
        rf"{_DAY}(?: of| de)? {_MONTH}(?:(?:,| de| del)? {_YEAR})?(?: г\.?)?",  # 29 July 2025
        rf"{_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})",  # 2025-07-29
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",  # 29.07.2025
        rf"(?:{_YEAR} ?[年년] ?)?(?P<month>\d{{1,2}}) ?[月월] ?(?P<day>\d{{1,2}}) ?[日일号]",
    )
)
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_ARROWS = " ‹›«»<>←→◀▶"
_NAME_DAY = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
_NAME_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)", re.ASCII)
_LONGEST = 48
"""No date line has more characters."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The day that a line names, not yet looked up in a calendar."""

    month: int
    day: int
    year: int | None = None
    weekday: bool = False
    """Whether it names the day of the week, as headings do."""


def parse_date_line(text: str) -> DateLine | None:
    """Read a line that is nothing but a date; None for any other line.

    ``06/07/2025`` is None too: it names two days, by two customs.

    >>> parse_date_line("Tuesday, 29 July 2025")
    DateLine(month=7, day=29, year=2025, weekday=True)
    >>> parse_date_line("29. Juli")
    DateLine(month=7, day=29, year=None, weekday=False)
    """
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    text = text.strip(_ARROWS)
    if found := _SLASHES.fullmatch(text):
        first, second, year = map(int, found.groups())
        if first > 12 or first == second:
            return DateLine(second, first, year)
        return DateLine(first, second, year) if second > 12 else None
    for form in _FORMS:
        if found := form.fullmatch(text):
            name, weekday = found["month"].casefold(), found["weekday"]
            month = int(name) if name.isdigit() else _MONTHS.get(name)
            if month and (weekday is None or weekday.casefold() in _WEEKDAYS):
                said = int(found["year"]) if found["year"] else None
                return DateLine(month, int(found["day"]), said, weekday is not None)
    return None


def is_date_line(text: str) -> bool:
    """Whether a line is nothing but a date, even one that names two days by two customs."""
    return parse_date_line(text) is not None or bool(_SLASHES.fullmatch(text))


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


def resolve_heading(line: DateLine, anchor: dt.date | None, year: int | None) -> dt.date | None:
    """The day of a heading: in its own year, else the one nearest to `anchor`, else in `year`.

    None where nothing tells the year. Raises ValueError where there is no such day.
    """
    if line.year is not None:
        return dt.date(line.year, line.month, line.day)
    if anchor is not None:
        near = [_day(line, anchor.year + step) for step in (0, -1, 1)]
        return min(
            (day for day in near if day), key=lambda day: abs(day - anchor), default=None
        ) or dt.date(anchor.year, line.month, line.day)
    return None if year is None else dt.date(year, line.month, line.day)


def resolve_published(line: DateLine, listed: dt.date) -> dt.date:
    """The day on which a paper was published that a digest listed on another day.

    Without a year it is the last such day up to the day after `listed`: a page leaves the year out
    of its own year's days. Raises ValueError where there is no such day.
    """
    if line.year is not None:
        return dt.date(line.year, line.month, line.day)
    latest = listed + dt.timedelta(days=1)
    near = [_day(line, latest.year - step) for step in (0, 1, 2, 3, 4)]
    found = next((day for day in near if day and day <= latest), None)
    return found or dt.date(listed.year, line.month, line.day)


def _day(line: DateLine, year: int) -> dt.date | None:
    try:
        return dt.date(year, line.month, line.day)
    except ValueError:
        return None
