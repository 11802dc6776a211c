"""Reads rows of tables with named columns: of CSV files, dumps and JSON alike."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime

from papercatalog.model.fields import SOURCED
from papercatalog.model.ids import find_arxiv, lacks_digit, parse_arxiv
from papercatalog.sources.daily_papers import parse_item
from papercatalog.sources.days import parse_day
from papercatalog.sources.facts import Remark, clean_text, find_facts, find_unused, list_of
from papercatalog.sources.names import read_names
from papercatalog.sources.page_items import read_page_row
from papercatalog.sources.raw_records import RawRecord, Rejected
from papercatalog.text.latex import decode_accents

COLUMNS = ("title", "abstract", *(field.name for field in SOURCED))
"""The columns that are read; only ``title`` must be there. Authors are separated by ``;``."""

TITLE_COLUMNS = ("title", "document title", "article title", "paper title", "paper_title")
ABSTRACT_COLUMNS = ("abstract", "summary", "abstract note", "abstractnote", "description")
SURE_COLUMNS = ("sure",)
"""The column that says whether a row is sure."""
_YES = frozenset({"true", "yes", "y", "1", "x"})
"""What it says of rows that are sure; an empty cell says the same, and any other value no."""
PROVENANCE_COLUMNS = ("source",)
"""The column that says where a row's facts are from; no fact itself."""
_AUTHORS = [
    key for field in SOURCED if field.name == "authors" for key in (field.keys or {})["table"]
]
_OF_ARXIV = frozenset({"update_date", "versions", "versions_dates"})
"""Columns of arXiv's own dump that say something of a paper's days, in a way of their own."""
_OF_DAILY_PAPERS = "paper"
"""The column that holds the paper, where the answers of Daily Papers were kept as rows."""
_WITH_IDS = ("extra", "archiveid", "archive location", "loc. in archive", "note", "comments")
"""Columns of prose that may name the paper's own arXiv id, as Zotero's do."""
_ZOTERO = frozenset({"item type", "itemtype"})
"""A row with one of these columns has the published day in its column ``date``."""
_KNOWN = {
    *TITLE_COLUMNS,
    *ABSTRACT_COLUMNS,
    *SURE_COLUMNS,
    *PROVENANCE_COLUMNS,
    *_OF_ARXIV,
    *(key for field in SOURCED for key in (field.keys or {}).get("table", ())),
    "externalids",
    _OF_DAILY_PAPERS,
}
_SQUEEZED = {re.sub(r"[\s_-]+", "", name): name for name in sorted(_KNOWN)}
"""The known columns without blanks, lines and hyphens."""
_MILLISECONDS = re.compile(r"[1-9][0-9]{10,12}")
_OPENREVIEW = "https://openreview.net"
_HYPERLINK = re.compile(r'=HYPERLINK\("([^"]*)"(?:[,;]\s*"([^"]*)")?\)', re.IGNORECASE)


def is_column(name: str) -> bool:
    """Whether a column of this name is read."""
    return canonical_column(name) in _KNOWN or canonical_column(name) in _WITH_IDS


def parse_row(line: int, row: Mapping[str, object], seen: set[str]) -> RawRecord | Rejected:
    """Read a row by the names of its columns.

    ``seen`` holds the names of columns that were left out with a remark already.
    """
    if page := read_page_row(line, row):
        return page
    if isinstance(row.get(_OF_DAILY_PAPERS), Mapping):
        day = _day_of(row.get("date"))
        item = {name: value for name, value in row.items() if day is None or name != "date"}
        return parse_item(item, line, day, seen)
    given: dict[str, object] = {}
    for name, value in row.items():
        given.setdefault(canonical_column(name), _unwrap(value))
    linked = _follow_hyperlinks(given)
    read = {*TITLE_COLUMNS, *SURE_COLUMNS, *_OF_ARXIV, "externalids"}
    used = next((name for name in ABSTRACT_COLUMNS if given.get(name)), None)
    provenance = ""
    with suppress(ValueError):
        provenance = clean_text(given.get("source"))
        read |= {*PROVENANCE_COLUMNS}
    if not _ZOTERO.isdisjoint(given) and given.get("date"):
        given["published"] = given.pop("date")
    spare = [*_spread_ids(given, seen)]
    _complete_openreview(given)
    facts = find_facts("table", given.get)
    if lacks_digit(arxiv := str(facts.get("arxiv") or "")):
        reason = f"has the arXiv id {arxiv!a}, which lacks a digit, as spreadsheets cut it"
        return Rejected(line, f"{reason}; write all five behind the point, as text")
    read |= {name for name in _AUTHORS if given.get(name) == facts.get("authors")}
    read |= {"authors"} if isinstance(given.get("authors_parsed"), list) else set()
    facts["authors"] = read_names(facts.get("authors"))
    if isinstance(keywords := facts.get("keywords"), str):
        facts["keywords"] = keywords.replace("|", ";")
    facts["published"] = _with_year(facts.get("published"), given) or _first_version(given)
    if "date" not in facts and not facts["published"]:
        facts["date"] = given.get("update_date")
    for name in (*_WITH_IDS, *linked):
        if "arxiv" not in facts and (found := find_arxiv(str(given.get(name) or ""))):
            facts["arxiv"] = found
            read.add(name)
    spare += [
        ("abstract", f"{str(given[name])[:60]!a}, as {name!a} has it, is left out")
        for name in ABSTRACT_COLUMNS
        if name != used and given.get(name) and given[name] != given.get(used or "")
    ]
    read |= {*ABSTRACT_COLUMNS}
    title = next((given[name] for name in TITLE_COLUMNS if given.get(name)), None)
    abstract = given.get(used) if used else None
    return RawRecord(
        line,
        decode_accents(title) if isinstance(title, str) else title,
        decode_accents(abstract) if isinstance(abstract, str) else abstract,
        facts,
        (*spare, *find_unused("table", given, facts, read, seen)),
        sure=_is_sure(given.get("sure")),
        provenance=provenance,
    )


def _is_sure(value: object) -> bool:
    """Whether the column ``sure`` says yes, or nothing at all.

    >>> [_is_sure(value) for value in (True, "TRUE", "", None, False, "no", "perhaps")]
    [True, True, True, True, False, False, False]
    """
    text = str(value).strip().casefold()
    return value is None or not text or text in _YES


def canonical_column(name: str) -> str:
    """Give a column's name in lower case, or as it is known: ``Author(s)``, ``arXiv-ID``."""
    name = name.strip().lower()
    return name if name in _KNOWN else _SQUEEZED.get(_squeeze(name), name)


def _squeeze(name: str) -> str:
    return re.sub(r"[\s_:*.()-]+", "", name)


def _with_year(day: object, given: Mapping[str, object]) -> object:
    """Add the year to a day that lacks it, such as Web of Science's ``MAY 7``."""
    year = given.get("year") or given.get("publication year")
    if isinstance(day, str) and year and not re.search(r"\d{4}", day):
        return f"{day}, {year}"
    return day


def _follow_hyperlinks(given: dict[str, object]) -> list[str]:
    """Put the label in the place of a spreadsheet's HYPERLINK; its address is a cell of its own."""
    linked = []
    for name, value in [*given.items()]:
        found = _HYPERLINK.fullmatch(value.strip()) if isinstance(value, str) else None
        if found:
            given[name] = found[2] or found[1]
            linked.append(f"{name} link")
            given.setdefault(linked[-1], found[1])
    return linked


def _spread_ids(given: dict[str, object], seen: set[str]) -> Iterator[Remark]:
    """Give an object of identifiers, as Semantic Scholar has it, as columns.

    A column ``id`` that holds no arXiv id is left out, with a remark.
    """
    ids = given.get("externalids")
    if isinstance(ids, Mapping):
        for name, value in ids.items():
            given.setdefault(str(name).lower(), value)
    elif ids is not None:
        given["external ids"] = ids
    row_id = str(given.get("id", ""))
    if row_id and parse_arxiv(row_id) is None and not lacks_digit(row_id):
        del given["id"]
        if "id" not in seen:
            seen.add("id")
            yield "", "no field of papers holds 'id' but for arXiv ids; left out everywhere"


def _complete_openreview(given: dict[str, object]) -> None:
    """Write out what OpenReview abbreviates: a note's address, its PDF's, the day published.

    ``pdate`` is in milliseconds since 1970, in UTC.

    Source: https://docs.openreview.net/reference/api-v2/entities/note/fields
    """
    forum, pdf = given.get("forum"), given.get("pdf")
    if isinstance(forum, str) and re.fullmatch(r"[\w-]{3,30}", forum):
        given.setdefault("url", f"{_OPENREVIEW}/forum?id={given.pop('forum')}")
    if isinstance(pdf, str) and re.fullmatch(r"/(?:pdf|attachment)\S+", pdf):
        given["pdf"] = _OPENREVIEW + pdf
    if _MILLISECONDS.fullmatch(pdate := str(given.get("pdate"))):
        given["pdate"] = dt.datetime.fromtimestamp(int(pdate) / 1000, dt.UTC).date().isoformat()


def plain_value(value: object) -> object:
    """Give a value of a typed table as text has it: days as they are written, whole numbers."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if value.is_integer() else value
    return value


def _first_version(given: Mapping[str, object]) -> str | None:
    """Give the day of the first of arXiv's versions: ``Mon, 2 Apr 2007 19:18:42 GMT`` and so on.

    >>> _first_version({"versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}]})
    '2007-04-02'
    """
    for version in (*list_of(given.get("versions"))[:1], *list_of(given.get("versions_dates"))[:1]):
        created = version.get("created") if isinstance(version, Mapping) else version
        try:
            return parsedate_to_datetime(str(created)).date().isoformat()
        except ValueError:
            continue
    return None


def _day_of(value: object) -> dt.date | None:
    try:
        return parse_day(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _unwrap(value: object) -> object:
    """Take a value out of an object around it, as OpenReview and Semantic Scholar have them.

    >>> _unwrap({"url": "https://example.org/a.pdf", "status": "GREEN"})
    'https://example.org/a.pdf'
    """
    if isinstance(value, Mapping):
        return next((value[key] for key in ("value", "name", "url") if key in value), value)
    return value
