"""Fills facts that pages lack from records of the same papers; nothing that is there changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from papercatalog.curation.import_plan import Join
from papercatalog.curation.matching import Match, Matcher
from papercatalog.curation.record_to_paper import as_fact, missing_facts, probe_from_record
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.sources.record import ParsedSource

REFUSED = "match-refused"
"""The code of a record that may be a page's paper and was not taken for it."""


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What would be filled in; every record is counted once."""

    joined: tuple[Join, ...]
    reasons: Mapping[str, str]
    """By what each page was found: ``the same title``."""
    used: int
    """Records that fill a fact in."""
    there: int
    """Records of pages that lack nothing the record knows."""
    refused: tuple[Problem, ...]
    """Records that may be a page's paper, each with the page and the reason."""
    unknown: int
    """Records of papers that have no page."""
    unreadable: tuple[Problem, ...]
    """What of the sources is no record."""

    @property
    def records(self) -> int:
        """How many records were read."""
        return self.used + self.there + len(self.refused) + self.unknown


def plan_enrichment(catalog: Catalog, parsed_sources: Iterable[ParsedSource]) -> Enrichment:
    """Match every record with a page; a page gains what it lacks, where the match is sure."""
    matcher = Matcher(catalog.papers)
    joined: dict[str, Join] = {}
    reasons: dict[str, str] = {}
    refused: list[Problem] = []
    unreadable: list[Problem] = []
    used = there = unknown = 0
    for parsed in parsed_sources:
        unreadable += parsed.rejected
        for record in parsed.records:
            clue = probe_from_record(record)
            match = matcher.find(clue) if clue else None
            if clue is None or match is None:
                unknown += 1
                continue
            known = joined.get(match.id)
            page = known.paper if known else catalog.by_id[match.id]
            if why := _why_not(match, page, clue):
                message = f"may be docs/{page.path}, but not surely: {why}"
                refused.append(Problem(parsed.source, record.line, "", REFUSED, message))
                continue
            facts = missing_facts(page, clue)
            if not facts:
                there += 1
                continue
            used += 1
            joined[match.id] = _join(known, page, facts)
            reasons.setdefault(match.id, match.reason)
            matcher.add(joined[match.id].paper)
    return Enrichment(
        tuple(joined.values()), reasons, used, there, tuple(refused), unknown, tuple(unreadable)
    )


def find_lacking(catalog: Catalog) -> Iterator[Paper]:
    """Name the papers whose arXiv id and DOI, authors or day of publishing are not known."""
    return (
        paper
        for paper in catalog.papers
        if not (paper.arxiv or paper.doi) or not paper.authors or not paper.published
    )


def _why_not(match: Match, page: Paper, clue: Paper) -> str:
    """Say why a match is refused; nothing where it is not."""
    if not match.sure:
        return match.reason
    for key, name in (("arxiv", "arXiv id"), ("doi", "DOI")):
        said, read = getattr(page, key), getattr(clue, key)
        if said and read and said != read:
            return f"{match.reason}, but the {name} is {read} instead of {said}"
    return ""


def _join(known: Join | None, page: Paper, facts: Mapping[str, Any]) -> Join:
    written = {key: as_fact(value) for key, value in facts.items()}
    earlier = known.facts if known else {}
    return Join(page.model_copy(update=dict(facts)), {**earlier, **written})
