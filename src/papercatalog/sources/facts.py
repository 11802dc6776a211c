"""Looks facts up by the keys that fields declare for a format, and parses their raw values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Any

from papercatalog.model.declaration import Format, PaperField
from papercatalog.model.field_types import Kind, parse_address
from papercatalog.model.fields import SOURCED
from papercatalog.model.ids import lacks_digit, parse_arxiv, parse_doi
from papercatalog.sources.days import parse_day
from papercatalog.sources.names import NO_VALUE, clean_name
from papercatalog.text.jats import strip_markup
from papercatalog.text.latex import decode_accents

NAMES = frozenset(field.name for field in SOURCED)
"""The names under which raw values and records hold facts."""
LISTS = frozenset(field.name for field in SOURCED if field.kind.is_list)
"""The names of facts that are lists of texts."""
Remark = tuple[str, str]
"""A field's name, and why its value, or a part of it, is left out."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NO_VENUE = re.compile(r"(?:arxiv|corr|computing research repository)\b", re.IGNORECASE)
"""What bibliographies call arXiv where they name the journal."""
_WRAPPED = re.compile(r"(?:\[[^\]]*\]\(|\\url\{|<)(https?://[^\s<>]+?)[)}>]")
_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}")
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
    for key, name in _declared(format).items():
        if name not in found and (value := look_up(key)) not in (None, "", [], ()):
            found[name] = value
    return found


def find_unused(
    format: Format,
    values: Mapping[str, object],
    facts: Mapping[str, object],
    read: Collection[str],
    seen: set[str] | None,
) -> Iterator[Remark]:
    """Find the values of a paper that become no fact.

    Args:
        format: The source's format.
        values: All values, by key.
        facts: What `find_facts` found in them.
        read: The keys that the reader uses in a way of its own.
        seen: The keys without a field that were named before: each is named once a source. None
            for an answer of a service, whose keys are documented: then no key is named.

    Yields:
        A remark for each value of a field that has another, and one for all new keys without a
        field.
    """
    unknown: list[str] = []
    declared = _declared(format)
    for key, value in values.items():
        if value in (None, "", [], (), {}) or key in read:
            continue
        if name := declared.get(key):
            if not _is_told(value, facts.get(name)) and not _names_paper(value, facts):
                remark = f"{_quote(value)}, as {key!a} has it, is left out: another value is read"
                yield name, remark
        elif seen is not None and key not in seen:
            seen.add(key)
            unknown.append(repr(key))
    if unknown:
        yield "", f"no field of papers holds {', '.join(unknown)}; left out everywhere"


@cache
def _declared(format: Format) -> Mapping[str, str]:
    """Give the declared keys of a format, in order of priority, with their fields' names."""
    return {key: field.name for field in SOURCED for key in (field.keys or {}).get(format, ())}


def _names_paper(value: object, facts: Mapping[str, object]) -> bool:
    """Whether a value is an address of the paper's arXiv id or DOI."""
    arxiv, doi = parse_arxiv(str(value)), parse_doi(str(value))
    known = parse_arxiv(str(facts.get("arxiv") or ""))
    same_arxiv = arxiv and known and arxiv.id == known.id
    return bool(same_arxiv or (doi and doi == parse_doi(str(facts.get("doi") or ""))))


def _is_told(value: object, told: object) -> bool:
    """Whether another value says the same: a year and the whole day, a list of the same names."""
    one, other = (re.sub(r"[\W_]+", "", str(item)).casefold() for item in (value, told))
    if one in other or (other.isdecimal() and one.startswith(other)):
        return True
    words = _WORDS.findall(decode_accents(str(value)).casefold())
    return bool(words) and set(words) <= set(_WORDS.findall(str(told).casefold()))


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
    for other in _other_dois(raw.get("doi"), facts.get("doi")):
        remarks.append(("doi", f"{other!a} is left out: a page has one DOI"))
    _settle_identifiers(facts, remarks)
    return facts, remarks


def list_of(value: object) -> list[object]:
    """Take a value that should be a list as one: none for None, itself alone for anything else."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def clean_text(value: object) -> str:
    """Take a value as text, a number as it is written, None as no text at all.

    Raises ValueError for other types and for lone surrogates; control characters are taken out.
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("is not text")
    whole = isinstance(value, float) and value.is_integer()
    text = str(int(value) if whole else value)
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
        return _PARSERS[field.kind](text) if text and text.casefold() not in NO_VALUE else None
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
            text = clean_text(item)
            text = clean_name(text) if field.kind is Kind.NAMES else _parse_line(text)
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
    if found is None and lacks_digit(text):
        raise ValueError("lacks a digit: arXiv ids have five since 2015, store them as text")
    if found is None:
        raise ValueError("is not an arXiv id")
    return found.id


def _parse_doi(text: str) -> str:
    """Read a DOI, of several the first."""
    found = [parse_doi(part) for part in (text, *re.split(r"[\s;]+", text))]
    first = next(filter(None, found), None)
    if first is None:
        raise ValueError("is not a DOI")
    return first


def _parse_line(text: str) -> str:
    return one_line(strip_markup(text))


def _other_dois(value: object, read: object) -> Iterator[str]:
    for part in re.split(r"[\s;]+", value) if isinstance(value, str) and read else ():
        if (doi := parse_doi(part)) and doi != read:
            yield doi


def _parse_address(text: str) -> str:
    wrapped = _WRAPPED.fullmatch(text)
    text = wrapped[1] if wrapped else text
    try:
        return parse_address(f"https://{text}" if _WITHOUT_SCHEME.match(text) else text)
    except ValueError:
        raise ValueError("is not an address that starts with https://") from None


def _parse_count(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) is None:
        raise ValueError("is not a number")
    return int(text)


_PARSERS: Mapping[Kind, Callable[[str], object]] = {
    Kind.LINE: _parse_line,
    Kind.DAY: parse_day,
    Kind.ARXIV: _parse_arxiv,
    Kind.DOI: _parse_doi,
    Kind.ADDRESS: _parse_address,
    Kind.COUNT: _parse_count,
}


def _quote(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
