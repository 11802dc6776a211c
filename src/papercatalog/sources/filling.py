"""Fills in facts that records lack, from answers of other services about the same papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz

from papercatalog.model.ids import normalise_title
from papercatalog.model.problems import Problem
from papercatalog.sources.record import ParsedSource, Record
from papercatalog.text import find_links

FILLED = ("authors", "published", "venue", "keywords", "pdf", "code", "project")
"""The facts that are filled in. Identifiers are not: a wrong one would join two papers."""
MIN_TITLE = 75
"""Titles with a lower similarity, in percent, are those of two papers."""
OTHER_TITLE = "other-title"
"""The code of an answer with another paper's title."""


def fill_records(
    parsed_sources: Iterable[ParsedSource], service: str, answers: Iterable[ParsedSource]
) -> list[ParsedSource]:
    """Fill in facts that records lack from answers with the same arXiv id or DOI.

    A fact of a record is never replaced, and a link in its abstract has priority over one of the
    service. An answer with another title is not used, and a remark says so.
    """
    known: dict[str, list[Record]] = defaultdict(list)
    for answer in answers:
        for record in answer.records:
            for key in _keys(record):
                known[key].append(record)
    return [_fill(parsed, service, known) for parsed in parsed_sources]


def _fill(parsed: ParsedSource, service: str, known: dict[str, list[Record]]) -> ParsedSource:
    records: list[Record] = []
    remarks: list[Problem] = []
    for record in parsed.records:
        facts = dict(record.facts)
        for other in (other for key in _keys(record) for other in known.get(key, ())):
            if _is_other_title(record.title, other.title):
                message = (
                    f"{service} has the title {other.title[:80]!a} for the paper "
                    f"{record.title[:80]!a}; nothing of it is used"
                )
                remarks.append(Problem(parsed.source, record.line, "", OTHER_TITLE, message))
                continue
            facts |= _lacking(record, facts, other)
        records.append(replace(record, facts=facts))
    return replace(parsed, records=tuple(records), remarks=(*parsed.remarks, *remarks))


def _lacking(record: Record, facts: dict[str, Any], other: Record) -> dict[str, Any]:
    links = find_links(record.abstract)
    said = {"code": links.code, "project": links.project}
    return {
        name: other.facts[name]
        for name in FILLED
        if other.facts.get(name) and not facts.get(name) and not said.get(name)
    }


def _keys(record: Record) -> Sequence[str]:
    return [key for key in (record.arxiv, record.doi) if key]


def _is_other_title(title: str, other: str) -> bool:
    """Whether two titles are not alike, and neither is the other without its subtitle."""
    one, two = sorted((normalise_title(title), normalise_title(other)), key=len)
    return not (one and two.startswith(f"{one} ")) and fuzz.ratio(one, two) < MIN_TITLE
