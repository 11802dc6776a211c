"""Reads RIS files, the tagged lines that reference managers and publishers exchange."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.sources.decoding import decode_text
from papercatalog.sources.facts import find_facts, list_of
from papercatalog.sources.raw_records import Piece, RawRecord, Rejected, build_parsed_source
from papercatalog.sources.record import ParsedSource

_TAGGED = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")
_TITLE, _ABSTRACT = ("TI", "T1"), ("AB", "N2")
_DATES = ("DA", "Y1", "PY")
_ADDRESSES = ("UR", "L1", "L2", "LK", "M1")


def parse_ris(data: bytes, source: str) -> ParsedSource:
    """Read every reference of a file, from ``TY`` to ``ER``.

    A line without a tag goes on where the one before it stopped. A reference that does not end
    is refused, since the file may be cut there; so is a line outside of any reference.

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
    text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        tagged = _TAGGED.fullmatch(line.rstrip())
        tag, value = (tagged[1], (tagged[2] or "").strip()) if tagged else ("", line.strip())
        if tag == "TY":
            if open_reference is not None:
                yield _unfinished(open_reference)
            open_reference = _Reference(number)
        elif open_reference is None:
            if line.strip():
                yield Rejected(number, "stands outside of a reference, which starts with 'TY  - '")
        elif tag == "ER":
            yield _raw_record(open_reference)
            open_reference = None
        elif tag:
            open_reference.values.append((tag, value))
        elif open_reference.values:
            last, before = open_reference.values[-1]
            open_reference.values[-1] = (last, f"{before}\n{value}")
    if open_reference is not None:
        yield _unfinished(open_reference)


def _unfinished(reference: _Reference) -> Rejected:
    return Rejected(reference.line, "does not end with 'ER  - '; the file may be cut here")


def _raw_record(reference: _Reference) -> RawRecord | Rejected:
    titles = reference.all(_TITLE)
    if len(titles) > 1:
        return Rejected(reference.line, "has two titles; leave one")
    addresses = [value for tag in _ADDRESSES for value in reference.all((tag,))]
    facts = find_facts("ris", lambda tag: reference.all((tag,)))
    for name in facts.keys() - {"authors", "keywords"}:
        facts[name] = list_of(facts[name])[0]
    facts["authors"] = [_shown(str(name)) for name in list_of(facts.get("authors"))]
    facts["published"] = _published(reference)
    facts["arxiv"] = next((id.id for value in addresses if (id := parse_arxiv(value))), None)
    facts.setdefault("doi", next(filter(None, map(parse_doi, addresses)), None))
    return RawRecord(
        line=reference.line,
        title=" ".join(titles),
        abstract="\n\n".join(reference.all(_ABSTRACT)),
        facts=facts,
    )


def _shown(name: str) -> str:
    """Turn ``Last, First, Suffix`` round."""
    last, *rest = (part.strip() for part in name.split(","))
    shown = " ".join([*rest[:1], last])
    return ", ".join([shown, *rest[1:]])


def _published(reference: _Reference) -> str | None:
    """Take the first date that is whole: ``2020/05/12/`` or ``2020-05-12``."""
    dates = (date for tag in _DATES for date in reference.all((tag,)))
    return next((date for date in dates if len(re.findall(r"\d+", date)) >= 3), None)
