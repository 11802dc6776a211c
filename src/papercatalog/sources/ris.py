"""Reads RIS files, the tagged lines that reference managers and publishers exchange."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from papercatalog.model.exported import PAGE_MARK, RIS_TAGS, join_list
from papercatalog.model.ids import find_arxiv, parse_arxiv, parse_doi
from papercatalog.sources.days import parse_day
from papercatalog.sources.decoding import UnreadableError, decode_text
from papercatalog.sources.facts import LISTS, Remark, find_facts, find_unused, list_of
from papercatalog.sources.names import turn_round
from papercatalog.sources.page_items import read_page_item
from papercatalog.sources.raw_records import (
    Boilerplate,
    Piece,
    RawRecord,
    Rejected,
    build_parsed_source,
)
from papercatalog.sources.record import ParsedSource

_TAGGED = re.compile(
    r"([A-Z][A-Z0-9])(?:[ \u00a0]{0,3}[-–—‐‑](?=[ \u00a0]|$)|[ \u00a0]{2}[-–—‐‑])[ \u00a0]{0,3}(.*)"
)
_START = re.compile(r"^\s*TY[ \u00a0]{0,3}[-–—‐‑]", re.MULTILINE)
_END = re.compile(r"ER[ \u00a0]{0,3}[-–—‐‑]?[ \u00a0]*")
_TITLE, _ABSTRACT = ("TI", "T1"), ("AB", "N2")
_DATES = ("DA", "Y1", "PY")
_ADDRESSES = ("UR", "L1", "L2", "LK", "M1", "M3", "AN", "C1", "C7", "N1")
_PAPER = ("UR", "LK", "L2")
_READ = frozenset(_DATES)
_INDENTED = re.compile(r"(?<=\n) (?= *[A-Z][A-Z0-9][ \u00a0]*(?:[-–—‐‑]|$))", re.MULTILINE)
"""The blank that an export puts before what would be read as a tag."""
_MEDLINE = re.compile(r"^PMID ?- ?\d", re.MULTILINE)
_ENDNOTE = re.compile(r"^%[0AT] \S", re.MULTILINE)


def parse_ris(data: bytes, source: str) -> ParsedSource:
    """Read every reference of a file, from ``TY`` to ``ER``.

    A line without a tag continues the one before it. Lines before the first reference are
    boilerplate. A reference that does not end is rejected, since the file may be cut there; so
    are lines between references.

    Source: https://en.wikipedia.org/wiki/RIS_(file_format)
    """
    return build_parsed_source(source, _raw_records(data))


@dataclass(slots=True)
class _Reference:
    line: int
    values: list[tuple[str, str]] = field(default_factory=list)

    def all(self, tags: tuple[str, ...]) -> list[str]:
        """List the values of the first of the tags that has any."""
        for tag in tags:
            if found := [value for name, value in self.values if name == tag and value]:
                return found
        return []


def _raw_records(data: bytes) -> Iterator[Piece]:
    open_reference: _Reference | None = None
    read = outside = False
    seen: set[str] = set()
    text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n")
    if not _START.search(text):
        raise UnreadableError(_say_what_it_is(text))
    for number, line in enumerate(text.split("\n"), start=1):
        tagged = _TAGGED.fullmatch(line)
        tag, value = (tagged[1], tagged[2] or "") if tagged else ("", line)
        if tag == "TY":
            if open_reference is not None:
                yield _unfinished(open_reference)
            open_reference = _Reference(number)
            read, outside = True, False
        elif open_reference is None:
            if value.strip() and not read and not tag:
                yield Boilerplate(number)
            elif value.strip() and not outside:
                outside = True
                yield Rejected(number, "stands outside of a reference, which starts with 'TY  - '")
        elif _END.fullmatch(line.rstrip()):
            open_reference.values = [(tag, value.strip()) for tag, value in open_reference.values]
            yield _raw_record(open_reference, seen)
            open_reference = None
        elif tag:
            open_reference.values.append((tag, value))
        elif open_reference.values:
            last, before = open_reference.values[-1]
            open_reference.values[-1] = (last, f"{before}\n{value}")
    if open_reference is not None:
        yield _unfinished(open_reference)


def _say_what_it_is(text: str) -> str:
    if _MEDLINE.search(text):
        return "is PubMed's MEDLINE format; export the references as RIS, CSV or CSL-JSON instead"
    if _ENDNOTE.search(text):
        return "is EndNote's tagged format ('%0'); export the references as RIS or BibTeX instead"
    return "is not RIS: no line starts with 'TY  - '; export the references as RIS or BibTeX"


def _unfinished(reference: _Reference) -> Rejected:
    return Rejected(reference.line, "does not end with 'ER  - '; the file may be cut here")


def _raw_record(reference: _Reference, seen: set[str]) -> RawRecord | Rejected:
    if page := read_page_item(reference.line, _page_item(reference)):
        return page
    titles = reference.all(_TITLE)
    if len(titles) > 1:
        return Rejected(reference.line, "has two titles; leave one")
    facts = find_facts("ris", lambda tag: reference.all((tag,)))
    for name in facts.keys() - LISTS:
        facts[name] = list_of(facts[name])[0]
    author_tag = "AU" if reference.all(("AU",)) else "A1"
    facts["authors"] = [turn_round(name) for name in reference.all((author_tag,))]
    facts["published"], remarks = _published(reference)
    identifiers = [value for tag in _ADDRESSES for value in _parts(reference.all((tag,)))]
    facts["arxiv"] = next(filter(None, map(_arxiv, identifiers)), None)
    facts.setdefault("doi", next(filter(None, map(parse_doi, identifiers)), None))
    addresses = [value for tag in _PAPER for value in _parts(reference.all((tag,)))]
    facts["paper"] = next(filter(_is_other_address, addresses), None)
    title, abstract = " ".join(titles), "\n\n".join(reference.all(_ABSTRACT))
    told = {**facts, "title": title, "abstract": abstract, "published": facts["published"]}
    remarks += _unused(reference, told, _READ | {author_tag}, seen)
    return RawRecord(reference.line, title, abstract, facts, tuple(remarks))


def _page_item(reference: _Reference) -> dict[str, object]:
    """Give what an export of a catalog has written, as the item that it was; else nothing."""

    def first(tag: str) -> str:
        return next(iter(reference.all((tag,))), "")

    if not first(RIS_TAGS[PAGE_MARK]).startswith(PAGE_MARK):
        return {}
    custom = {name: first(tag) for name, tag in RIS_TAGS.items()}
    custom[PAGE_MARK] = custom[PAGE_MARK].removeprefix(f"{PAGE_MARK} ")
    day = re.fullmatch(r"(\d{4})/(\d\d)/(\d\d)", first("DA"))
    return {
        "id": first("ID"),
        "title": first("TI"),
        "author": [_page_name(name) for name in reference.all(("AU",))],
        "issued": {"date-parts": [[*map(int, day.groups())]]} if day else None,
        "container-title": first("T2"),
        "number": first("AN"),
        "DOI": first("DO"),
        "URL": first("UR"),
        "abstract": _INDENTED.sub("", first("AB")),
        "keyword": join_list(reference.all(("KW",))),
        "custom": custom,
    }


def _page_name(name: str) -> dict[str, str] | str:
    """Split a name that an export has joined; two commas stand for one in a name as it is."""
    if ",," in name:
        return name.replace(",,", ",", 1)
    family, *rest = name.split(", ")
    return dict(zip(("family", "given", "suffix"), (family, *rest), strict=False)) if rest else name


def _parts(values: list[str]) -> Iterator[str]:
    """Split values at white space and semicolons, beside each value as a whole."""
    for value in values:
        yield value
        yield from (part for part in re.split(r"[\s;]+", value) if part != value and part)


def _arxiv(value: str) -> str | None:
    return found.id if (found := parse_arxiv(value)) else find_arxiv(value)


def _is_other_address(value: str) -> bool:
    """Whether a value is an address, and one that names no arXiv id or DOI."""
    is_address = re.fullmatch(r"<?(?:https?://|www\.)\S+", value) is not None
    return is_address and not _arxiv(value) and not parse_doi(value)


def _unused(
    reference: _Reference, told: dict[str, object], read: frozenset[str], seen: set[str]
) -> Iterator[Remark]:
    """Find the values that no fact tells; an address that names the same paper is told."""
    texts = (str(text) for value in told.values() for text in list_of(value))
    known = " ".join(" ".join(texts).casefold().split())
    left: dict[str, str] = {}
    for tag, value in reference.values:
        names = [_arxiv(value) or parse_doi(value) or value]
        names += filter(_is_other_address, _parts([value]))
        if tag == "ID" or all(" ".join(name.split()).casefold() in known for name in names):
            continue
        if tag in _TITLE + _ABSTRACT:
            name = "title" if tag in _TITLE else "abstract"
            yield name, f"{value[:60]!a} of {tag} is left out: another one is read"
        else:
            left[tag] = f"{left[tag]}; {value}" if tag in left else value
    yield from find_unused("ris", left, told, read, seen)


def _published(reference: _Reference) -> tuple[str | None, list[Remark]]:
    """Take the first whole date, else the first date, for the remark."""
    dates = [re.sub(r"/+$", "", date) for tag in _DATES for date in reference.all((tag,))]
    for date in dates:
        try:
            parse_day(date)
        except ValueError:
            continue
        rest = [
            other
            for other in dates
            if other != date and not (other[:4].isdecimal() and other[:4] in date)
        ]
        return date, [("published", f"{other!a} is left out: {date} is read") for other in rest]
    first = next(iter(dates), None)
    return first, [("published", f"{date!a} is left out: it is no whole day") for date in dates[1:]]
