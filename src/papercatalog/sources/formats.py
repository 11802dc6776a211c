"""Which reader reads which file: one table, by the file's suffix, and by shape for JSON."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import PurePath

from papercatalog.sources.crossref import parse_crossref
from papercatalog.sources.csl import parse_csl_json
from papercatalog.sources.daily_papers import parse_daily_papers
from papercatalog.sources.decoding import UnreadableError, decode_json
from papercatalog.sources.digest import parse_digest
from papercatalog.sources.dump import is_dump, read_dump
from papercatalog.sources.raw_records import UNREADABLE, Refusal, build_reading
from papercatalog.sources.record import Reading, join_readings
from papercatalog.sources.ris import parse_ris
from papercatalog.sources.suffixes import SUFFIXES
from papercatalog.sources.table import parse_csv

Reader = Callable[[bytes, str], Reading]


def _read_bibtex(data: bytes, path: str) -> Reading:
    from papercatalog.sources.bibtex import parse_bibtex  # takes a while, and few files need it

    return parse_bibtex(data, path)


READERS: dict[str, Reader] = {
    ".txt": parse_digest,
    ".bib": _read_bibtex,
    ".ris": parse_ris,
    ".csv": parse_csv,
}
"""The reader of each suffix but ``.json``, which holds three formats, and those of dumps."""


def read_source(
    path: str, data: bytes, *, year: int | None = None, day: dt.date | None = None
) -> Reading:
    """Read a source by the format its path and content tell; the path itself is never opened.

    `year` helps a digest whose date line has none, `day` a day of Daily Papers that does not
    say which it is. A format not known becomes a problem of the source as a whole.
    """
    if is_dump(path):
        return join_readings(path, read_dump(path, io.BytesIO(data)))
    suffix = PurePath(path).suffix.lower()
    if suffix == ".txt":
        return parse_digest(data, path, year=year)
    if suffix == ".json":
        return _read_json(path, data, day)
    if suffix in READERS:
        return READERS[suffix](data, path)
    reason = f"has a format that is not known; these are: {', '.join(SUFFIXES)}"
    return build_reading(path, [Refusal(0, reason, UNREADABLE)])


def _read_json(path: str, data: bytes, day: dt.date | None) -> Reading:
    """Tell a day of Daily Papers, a Crossref work and CSL-JSON by what their first item has."""
    try:
        content = decode_json(data)
    except UnreadableError as error:
        return build_reading(path, [Refusal(0, str(error), UNREADABLE)])
    if isinstance(content, dict) and "message" in content:
        return parse_crossref(data, path)
    if isinstance(content, list) and any(map(_holds_paper, content)):
        return parse_daily_papers(data, path, day=day)
    return parse_csl_json(data, path)


def _holds_paper(item: object) -> bool:
    return isinstance(item, dict) and "paper" in item
