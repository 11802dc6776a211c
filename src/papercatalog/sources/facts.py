"""Looks facts up by the keys that fields declare for a format, and parses their raw values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from papercatalog.model.declaration import Format, PaperField
from papercatalog.model.field_types import Kind, parse_address
from papercatalog.model.fields import SOURCED
from papercatalog.model.ids import parse_arxiv, parse_doi

NAMES = frozenset(field.name for field in SOURCED)
"""The names under which raw values and records hold facts."""
Remark = tuple[str, str]
"""A field's name, and why its value, or a part of it, is left out."""

_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:/|[T ].*)?", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NO_VENUE = re.compile(r"(?:arxiv|corr|computing research repository)\b", re.IGNORECASE)
"""What bibliographies call arXiv where they name the journal."""
_SHOWN = 80


def find_facts(format: Format, look_up: Callable[[str], object]) -> dict[str, object]:
    """Look every field up by the keys declared for a format.

    Args:
        format: The source's format.
        look_up: Gives the raw value of a key; None, an empty text or an empty list without one.

    Returns:
        The first value of each field that is not empty, by the field's name.
    """
    found: dict[str, object] = {}
    for field in SOURCED:
        for key in (field.keys or {}).get(format, ()):
            value = look_up(key)
            if value not in (None, "", [], ()):
                found[field.name] = value
                break
    return found


def parse_facts(raw: Mapping[str, object]) -> tuple[dict[str, Any], list[Remark]]:
    """Parse raw values by the kinds of their fields.

    Addresses of arXiv and doi.org become identifiers, and no links. A venue that is arXiv is left
    out, since ``arxiv`` says so.

    Returns:
        The facts by field name, and a remark for each value left out.

    Raises:
        KeyError: if a name is not that of a field.
    """
    if unknown := raw.keys() - NAMES:
        raise KeyError(f"no field is called {', '.join(sorted(unknown))}")
    facts: dict[str, Any] = {}
    remarks: list[Remark] = []
    for field in SOURCED:
        value = raw.get(field.name)
        if field.kind.is_list:
            parsed: object = tuple(_parse_list(field, value, remarks))
        else:
            parsed = _parse(field, value, remarks)
        if parsed not in (None, "", ()):
            facts[field.name] = parsed
    _settle_identifiers(facts, remarks)
    return facts, remarks


def parse_day(text: str) -> dt.date:
    """Read a whole day, with or without a time behind it; ValueError where there is none.

    >>> parse_day("2024-08-27T09:34:38.000Z")
    datetime.date(2024, 8, 27)
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError("is not a day such as 2025-07-29")
    try:
        return dt.date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        raise ValueError("is a day that no calendar has") from None


def list_of(value: object) -> list[object]:
    """Take a value that should be a list as one: none for None, itself alone for anything else."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def clean_text(value: object) -> str:
    """Take a value as text, a whole number as it is written, None as no text at all.

    Raises ValueError for other types and for lone surrogates; control characters are taken out.
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("is not text")
    text = str(value)
    if _SURROGATE.search(text):
        raise ValueError("holds half a character (a lone surrogate)")
    return _CONTROL.sub("", text).strip()


def one_line(text: str) -> str:
    """Collapse white space to single blanks."""
    return " ".join(text.split())


def split_list(text: str, separators: str = ",;") -> list[str]:
    """Split a list that is written as one text: at lines, else at semicolons, else at commas.

    >>> split_list("agents; learning, deep")
    ['agents', 'learning, deep']
    """
    for separator in ("\n", *sorted(separators, reverse=True)):
        if separator in text:
            break
    else:
        return [text]
    return [part for part in text.split(separator) if part.strip()]


def _parse(field: PaperField, value: object, remarks: list[Remark]) -> object:
    try:
        text = clean_text(value)
        return _PARSERS[field.kind](text) if text else None
    except ValueError as error:
        remarks.append((field.name, f"{_quote(value)} {error}; left out"))
        return None


def _parse_list(field: PaperField, value: object, remarks: list[Remark]) -> Iterator[str]:
    """Parse names in their order, and texts without those that a list has before."""
    values = list_of(value)
    if field.separators and len(values) == 1 and isinstance(values[0], str):
        values = [*split_list(values[0].replace("\r", "\n"), field.separators)]
    seen: set[str] = set()
    for item in values:
        try:
            text = one_line(clean_text(item))
            if not text and field.kind is Kind.NAMES:
                raise ValueError("names no author")
        except ValueError as error:
            remarks.append((field.name, f"{_quote(item)} {error}; left out"))
            continue
        if field.kind is Kind.NAMES or (text and text.casefold() not in seen):
            seen.add(text.casefold())
            yield text


def _settle_identifiers(facts: dict[str, Any], remarks: list[Remark]) -> None:
    if (doi := facts.get("doi")) and (same := parse_arxiv(doi)):
        del facts["doi"]
        facts.setdefault("arxiv", same.id)
    if address := facts.get("paper"):
        parsed_arxiv, parsed_doi = parse_arxiv(address), parse_doi(address)
        same_arxiv = parsed_arxiv and facts.setdefault("arxiv", parsed_arxiv.id) == parsed_arxiv.id
        same_doi = parsed_doi and facts.setdefault("doi", parsed_doi) == parsed_doi
        if same_arxiv or same_doi:
            del facts["paper"]
    if (address := facts.get("pdf")) and (arxiv := parse_arxiv(address)):
        facts.setdefault("arxiv", arxiv.id)
        facts["pdf"] = f"https://arxiv.org/pdf/{arxiv.id}"
    if (venue := facts.get("venue")) and _NO_VENUE.match(venue):
        del facts["venue"]
        if "arxiv" not in facts:
            remarks.append(("venue", f"{_quote(venue)} is arXiv, and no venue; left out"))


def _parse_arxiv(text: str) -> str:
    found = parse_arxiv(text)
    if found is None:
        raise ValueError("is not an arXiv id")
    return found.id


def _parse_doi(text: str) -> str:
    found = parse_doi(text)
    if found is None:
        raise ValueError("is not a DOI")
    return found


def _parse_address(text: str) -> str:
    try:
        return parse_address(text)
    except ValueError:
        raise ValueError("is not an address that starts with https://") from None


def _parse_count(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) is None:
        raise ValueError("is not a number")
    return int(text)


_PARSERS: Mapping[Kind, Callable[[str], object]] = {
    Kind.LINE: one_line,
    Kind.DAY: parse_day,
    Kind.ARXIV: _parse_arxiv,
    Kind.DOI: _parse_doi,
    Kind.ADDRESS: _parse_address,
    Kind.COUNT: _parse_count,
}


def _quote(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
