"""The types of a paper's facts: how each is validated, and what a message tells people to do.

A type is pydantic's: an annotation that holds a validator, its JSON Schema and its `Kind`.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic.config import JsonDict

from papercatalog.model.ids import (
    ARXIV_ID_PATTERN,
    DOI_ID_PATTERN,
    ID_PATTERN,
    MAX_ID_LENGTH,
    RESERVED_IDS,
    is_id,
    parse_arxiv,
    parse_doi,
)
from papercatalog.model.invisible import find_unsafe_sign

_ARXIV = f"^{ARXIV_ID_PATTERN}$"
_DOI = f"^{DOI_ID_PATTERN}$"
_ADDRESS = r"^https?://[A-Za-z0-9_][A-Za-z0-9_.-]*(?::[0-9]{1,5})?(?:[/?#][!#-&(-;=?-\[\]_a-z~]*)?$"
_PAGE_ID = f"^{ID_PATTERN}$"

MAX_LINE = 2_000
"""The most characters of a title, a name and other texts of one line."""
MAX_ABSTRACT = 100_000
"""The most characters of an abstract."""
MAX_ADDRESS = 4_000
"""The most characters of an address."""
MAX_ITEMS = 20_000
"""The most items of a list: the largest collaborations have some 5,000 authors."""
LAST_YEAR = 2999
"""The last year of days: what comes after it is a typing error."""

_WRITE_DAY = "write the day as YYYY-MM-DD, such as 2025-07-29"
_WRITE_LINE = "is empty; give it a value or leave the key out"
_WRITE_ARXIV = "write the arXiv id alone, without a version"
_WRITE_DOI = "write the DOI alone, in lower case"
_WRITE_ADDRESS = "write a whole address that starts with https://, without blanks"
_WRITE_ID = (
    "use lower-case letters and digits, joined by '-', '.' or '_', at most "
    f"{MAX_ID_LENGTH} of them, and not {' or '.join(RESERVED_IDS)}"
)
_WRITE_ONCE = "names the same value twice"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Kind(StrEnum):
    """What sort of value a field holds; readers, pages and forms treat each kind in one way."""

    LINE = "text"
    DAY = "day"
    ARXIV = "arXiv id"
    DOI = "DOI"
    ADDRESS = "address"
    COUNT = "number"
    NAMES = "list of names"
    TEXTS = "list of texts"
    PATHS = "list of paths"
    PAGE_IDS = "list of ids"

    @property
    def is_quoted(self) -> bool:
        """Whether a page quotes the value even where YAML could do without."""
        return self in (Kind.LINE, Kind.ARXIV, Kind.DOI, Kind.NAMES, Kind.TEXTS)

    @property
    def is_list(self) -> bool:
        """Whether the value is a list that sources and forms write as one text."""
        return self in (Kind.NAMES, Kind.TEXTS)


def parse_text(value: object) -> str:
    """Read a text of any number of lines; raises ValueError for what is none.

    Half characters, control characters and signs of direction that do not end are refused.
    """
    if not isinstance(value, str):
        raise ValueError("write a text")
    if _SURROGATE.search(value):
        raise ValueError("holds half a character (a lone surrogate); type it anew")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if sign := find_unsafe_sign(text):
        raise ValueError(
            f"holds an invisible sign that disturbs text, U+{ord(sign):04X}; delete it"
        )
    return text


def parse_address(value: object) -> str:
    """Read an http or https address; raises ValueError for anything else.

    Signs that end an attribute or a Markdown link (quotes, angle brackets, blanks) are refused.
    """
    if not isinstance(value, str) or not re.fullmatch(_ADDRESS, value) or value.endswith("\n"):
        raise ValueError(_WRITE_ADDRESS)
    return _check_length(value, MAX_ADDRESS)


def parse_abstract(value: object) -> str:
    """Read an abstract; raises ValueError for what is no text, or too long."""
    return _check_length(parse_text(value), MAX_ABSTRACT)


def _check_length(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(f"has {len(text):,} characters; shorten it to at most {most:,}")
    return text


def _day(value: object) -> dt.date:
    day = _read_day(value)
    if day.year > LAST_YEAR:
        raise ValueError(f"is after the year {LAST_YEAR}; correct it")
    return day


def _read_day(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(_WRITE_DAY)
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no day {value} in the calendar") from None


def _line(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("write one text; quote it where it holds ': ', '#' or brackets")
    text = parse_text(" ".join(value.split()))
    if not text:
        raise ValueError(_WRITE_LINE)
    return _check_length(text, MAX_LINE)


def _arxiv(value: object) -> str:
    found = parse_arxiv(value) if isinstance(value, str) else None
    if found is None or found.id != value:
        better = f'; write "{found.id}"' if found else ', such as "2410.08115" or "cs/0309040"'
        raise ValueError(f"{_WRITE_ARXIV}{better}")
    return found.id


def _doi(value: object) -> str:
    found = parse_doi(value) if isinstance(value, str) else None
    if found is None or found != value:
        better = f'; write "{found}"' if found else ', such as "10.1145/3292500.3330701"'
        raise ValueError(f"{_WRITE_DOI}{better}")
    return _check_length(found, MAX_LINE)


def _page_id(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise ValueError(_WRITE_ID)
    return value


def _count(value: object) -> int:
    text = str(value)
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError("write a whole number, such as 42")
    return int(text)


def _list(value: object) -> list[object] | tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("write a list, such as [one, two]")
    if len(value) > MAX_ITEMS:
        raise ValueError(f"has {len(value):,} items; shorten it to at most {MAX_ITEMS:,}")
    return value


def _unique_list(value: object) -> list[object] | tuple[object, ...]:
    values = _list(value)
    if len(set(map(str, values))) != len(values):
        raise ValueError(_WRITE_ONCE)
    return values


def _hint(message: str) -> JsonDict:
    """Put a message into the schema, under the keyword by which editors look for it."""
    return {"errorMessage": message}


Day = Annotated[
    dt.date,
    Kind.DAY,
    BeforeValidator(_day),
    Field(json_schema_extra={"pattern": r"^[0-2]\d{3}-", **_hint(_WRITE_DAY)}),
]
Line = Annotated[
    str,
    Kind.LINE,
    Field(min_length=1, max_length=MAX_LINE, json_schema_extra=_hint(_WRITE_LINE)),
    BeforeValidator(_line),
]
Arxiv = Annotated[
    str,
    Kind.ARXIV,
    Field(pattern=_ARXIV, json_schema_extra=_hint(_WRITE_ARXIV)),
    BeforeValidator(_arxiv),
]
Doi = Annotated[
    str,
    Kind.DOI,
    Field(pattern=_DOI, max_length=MAX_LINE, json_schema_extra=_hint(_WRITE_DOI)),
    BeforeValidator(_doi),
]
Address = Annotated[
    str,
    Kind.ADDRESS,
    Field(pattern=_ADDRESS, max_length=MAX_ADDRESS, json_schema_extra=_hint(_WRITE_ADDRESS)),
    BeforeValidator(parse_address),
]
PageId = Annotated[
    str,
    Field(
        pattern=_PAGE_ID,
        max_length=MAX_ID_LENGTH,
        json_schema_extra={"not": {"enum": list(RESERVED_IDS)}, **_hint(_WRITE_ID)},
    ),
    BeforeValidator(_page_id),
]
Count = Annotated[int, Kind.COUNT, Field(ge=0, le=999_999_999), BeforeValidator(_count)]
_SHORT: JsonDict = {"maxItems": MAX_ITEMS}
Names = Annotated[
    tuple[Line, ...], Kind.NAMES, Field(json_schema_extra=_SHORT), BeforeValidator(_list)
]
"""Names of people, in order; two people may share one."""
_UNIQUE = Field(json_schema_extra={"uniqueItems": True, **_SHORT, **_hint(_WRITE_ONCE)})
Texts = Annotated[tuple[Line, ...], Kind.TEXTS, _UNIQUE, BeforeValidator(_unique_list)]
Paths = Annotated[tuple[Line, ...], Kind.PATHS, _UNIQUE, BeforeValidator(_unique_list)]
PageIds = Annotated[tuple[PageId, ...], Kind.PAGE_IDS, _UNIQUE, BeforeValidator(_unique_list)]
