"""Tells the days of a page's headings from the days on which its papers were published.

A day belongs to the page: its file's name and its headings say it. A date below a paper is the
paper's own, and says nothing of the next one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from papercatalog.sources.digest.date_lines import (
    DateLine,
    parse_date_line,
    parse_file_name,
    resolve_heading,
)
from papercatalog.sources.digest.items import date_text, is_item_line, is_phrase, split_segments
from papercatalog.sources.digest.pasted_page import PastedPage
from papercatalog.sources.digest.pieces import LayoutPiece

HOW_TO_DATE = "name the file after its day, as in 2025-07-29.txt"
MOST = 0.8
"""Dates below this share of a page's papers are the papers' own."""
FAR = dt.timedelta(days=45)
"""The days that one file lists are no further apart."""

_HEADING = re.compile(
    r"(?:(?:hugging ?face )?(?:daily|trending|top|today['’]?s)? ?(?:papers|digest)|date)"
    r"(?:\W+(?:of|for|from|on)\b)?\W*(?P<day>.+)",
    re.IGNORECASE,
)
Dated = tuple[LayoutPiece, DateLine]


class DateError(ValueError):
    """The day of a paper cannot be told."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def date_papers(
    page: PastedPage, source: str, year: int | None
) -> tuple[list[dt.date], list[DateLine | None]]:
    """The day that lists each paper, and its day of publication where the page shows it.

    A paper's day is that of the last heading above it, else the file name's; a heading without a
    year takes the file name's, else that of a heading that has one, else `year`. Raises DateError
    where a day is missing, does not exist, or is not the one that the file's name says.
    """
    try:
        named, named_year = parse_file_name(source)
    except ValueError:
        raise DateError(0, "the file's name says a day that does not exist; correct it") from None
    headings, published = split_dates(page, named)
    starts = [paper.line for paper in page.papers]
    found = [(piece.line, piece.text, date) for piece, date in headings]
    return _days_of_papers(starts, found, named, named_year or year), published


def split_dates(
    page: PastedPage, named: dt.date | None
) -> tuple[list[Dated], list[DateLine | None]]:
    """The dates that head papers, and for each paper the date on which it was published."""
    runs = [[_classify(run, at) for at in range(len(run))] for run in page.runs]
    bare = [[found for found in run if found and found[0] == "bare"] for run in runs]
    count = len(page.papers)
    below = sum(bool(found) for found in bare[1:])
    dated = sum(any(found and found[0] == "published" for found in run) for run in runs[1:])
    own_below = bool(bare[-1]) or (count >= 4 and below >= MOST * count) or dated * 5 >= count
    own_above = (
        not own_below
        and count > 1
        and len(bare[0]) > 1
        and all(len(found) == 1 for found in bare[1:-1])
    )
    published_above = any(found and found[0] == "published" for found in runs[0]) and not any(
        found and found[0] == "published" for found in runs[-1]
    )
    bare_headings = any(runs[0]) or count == 0
    headings: list[Dated] = []
    published: list[DateLine | None] = [None] * count
    for index, run in enumerate(runs):
        dates = [found for found in run if found]
        for number, (kind, piece, date) in enumerate(dates):
            above = index < count and (
                (kind == "published" and published_above)
                or (kind == "bare" and own_above and number == len(dates) - 1)
            )
            own = index > 0 and (
                kind == "published"
                or (kind == "bare" and (own_below or not bare_headings or _is_far(date, named)))
            )
            if above:
                published[index] = published[index] or date
            elif own:
                published[index - 1] = published[index - 1] or date
            elif kind != "published":
                headings.append((piece, date))
    for index, paper in enumerate(page.papers):
        for at in range(len(paper.inside)):
            inside = _classify(paper.inside, at)
            if inside and inside[0] != "heading":
                published[index] = inside[2]
    return headings, published


def _classify(run: Sequence[LayoutPiece], at: int) -> tuple[str, LayoutPiece, DateLine] | None:
    """What a piece of boilerplate says of a day: ``published``, ``heading`` or a ``bare`` date."""
    piece = run[at]
    line = piece.lines[0]
    if line.label == "published":
        date = parse_date_line(line.text.partition(" (")[0])
        return ("published", piece, date) if date else None
    if line.label:
        return None
    text = line.text
    if date := parse_date_line(text):
        if line.heading or date.weekday:
            return "heading", piece, date
        if line.marker in ("·", "•", "∙", "|") or (at and _introduces_date(run[at - 1])):
            return "published", piece, date
        headed = any(
            (is_phrase(before.text) and before.text[-6:].casefold() == "papers")
            or "AK and" in before.text
            for before in run[:at]
        )
        return "heading" if headed and at else "bare", piece, date
    found = _HEADING.fullmatch(text)
    if found and (date := parse_date_line(found["day"].strip(" ()[]"))):
        return "heading", piece, date
    for part in split_segments(text):
        said = date_text(part)
        if said and (date := parse_date_line(said)):
            return "published", piece, date
    return None


def _introduces_date(piece: LayoutPiece) -> bool:
    """Whether a piece stands between a paper and its date: ``·``, ``12 authors``."""
    text = piece.text
    return (
        text.endswith(("·", "•", "∙"))
        or (is_item_line(text) and "author" in text.casefold())
        or text.casefold().startswith("published")
    )


def _is_far(date: DateLine, named: dt.date | None) -> bool:
    """Whether a date is too far from the day that the file's name says to head its papers."""
    if named is None:
        return False
    try:
        day = resolve_heading(date, named, None)
    except ValueError:
        return False
    return day is not None and abs(day - named) > FAR


def _days_of_papers(
    papers: Sequence[int],
    found: Sequence[tuple[int, str, DateLine]],
    named: dt.date | None,
    year: int | None,
) -> list[dt.date]:
    anchor = named or _first_full_date(found)
    days = [(line, _day_of(line, text, date, anchor, year)) for line, text, date in found]
    if named and days and named not in {day for _, day in days}:
        line, day = days[0]
        raise DateError(line, f"this line says {day}, the file's name {named}; correct one of them")
    return list(_days_above(papers, days, named))


def _days_above(
    papers: Sequence[int], days: Sequence[tuple[int, dt.date]], named: dt.date | None
) -> Iterator[dt.date]:
    """Of several headings in a row the one that the file's name says counts, else the last."""
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
        day = resolve_heading(date, anchor, year)
    except ValueError:
        raise DateError(line, f"there is no such day as “{text}”; correct it") from None
    if day is None:
        raise DateError(line, f"“{text}” has no year; {HOW_TO_DATE}, or give --year")
    return day
