"""Fills in facts that pages lack from records of the same papers; no fact of a page changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from papercatalog.curation.import_plan import PageUpdate
from papercatalog.curation.matching import Match, Matcher
from papercatalog.curation.record_to_paper import as_fact, missing_facts, probe_from_record
from papercatalog.model.catalog import Catalog
from papercatalog.model.declaration import Use
from papercatalog.model.fields import FIELDS
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.sources.record import ParsedSource

UNCERTAIN_MATCH = "uncertain-match"
"""The code of a record that may be a page's paper and is left out."""


@dataclass(frozen=True, slots=True)
class Enrichment:
    """The facts to fill in; every record is counted once."""

    updates: tuple[PageUpdate, ...]
    reasons: Mapping[str, str]
    """How each page was matched, by its id: ``the same title``."""
    used: int
    """Records that fill in a fact."""
    unchanged: int
    """Records of pages that have all their facts already."""
    uncertain: tuple[Problem, ...]
    """Records that may be a page's paper, each with the page and the reason."""
    without_page: int
    """Records of papers that have no page."""
    rejected: tuple[Problem, ...]
    """Pieces of the sources that could not be read, each with the reason."""

    @property
    def records(self) -> int:
        """How many records were read."""
        return self.used + self.unchanged + len(self.uncertain) + self.without_page


def plan_enrichment(catalog: Catalog, parsed_sources: Iterable[ParsedSource]) -> Enrichment:
    """Match every record with a page; where the match is sure, the page gains what it lacks."""
    matcher = Matcher(catalog.papers)
    updates: dict[str, PageUpdate] = {}
    reasons: dict[str, str] = {}
    uncertain: list[Problem] = []
    rejected: list[Problem] = []
    used = unchanged = without_page = 0
    for parsed in parsed_sources:
        rejected += parsed.rejected
        for record in parsed.records:
            probe = probe_from_record(record)
            match = matcher.find(probe) if probe else None
            if probe is None or match is None:
                without_page += 1
                continue
            earlier = updates.get(match.id)
            page = earlier.paper if earlier else catalog.by_id[match.id]
            if doubt := _find_doubt(match, page, probe):
                message = (
                    f"may be the paper of docs/{page.path}, but is not surely: {doubt}; "
                    "if it is, copy its facts to that page"
                )
                problem = Problem(parsed.source, record.line, "", UNCERTAIN_MATCH, message)
                uncertain.append(problem)
                continue
            facts = missing_facts(page, probe)
            if not facts:
                unchanged += 1
                continue
            used += 1
            updates[match.id] = _update(earlier, page, facts)
            reasons.setdefault(match.id, match.reason)
            matcher.add(updates[match.id].paper)
    return Enrichment(
        updates=tuple(updates.values()),
        reasons=reasons,
        used=used,
        unchanged=unchanged,
        uncertain=tuple(uncertain),
        without_page=without_page,
        rejected=tuple(rejected),
    )


def find_lacking(catalog: Catalog) -> Iterator[Paper]:
    """Yield the papers without arXiv id and DOI, or without a field that is ``SOUGHT``."""
    sought = [field.path for field in FIELDS if Use.SOUGHT in field.uses]
    return (
        paper
        for paper in catalog.papers
        if not (paper.arxiv or paper.doi) or not all(getattr(paper, key) for key in sought)
    )


def _find_doubt(match: Match, page: Paper, probe: Paper) -> str:
    """Say why a match is not sure; empty if it is."""
    if not match.sure:
        return match.reason
    for key, name in (("arxiv", "arXiv id"), ("doi", "DOI")):
        of_page, of_record = getattr(page, key), getattr(probe, key)
        if of_page and of_record and of_page != of_record:
            return f"{match.reason}, but the {name} is {of_record} instead of {of_page}"
    return ""


def _update(earlier: PageUpdate | None, page: Paper, facts: Mapping[str, Any]) -> PageUpdate:
    written = {key: as_fact(value) for key, value in facts.items()}
    before = earlier.facts if earlier else {}
    return PageUpdate(page.model_copy(update=dict(facts)), {**before, **written})
