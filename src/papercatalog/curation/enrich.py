"""Fills in facts that pages lack from records of the same papers; no fact of a page changes.

Every record and every fact of it is counted once: `Enrichment.is_balanced` holds the sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from papercatalog.curation.import_plan import PageUpdate
from papercatalog.curation.matching import Match, Matcher
from papercatalog.curation.record_to_paper import as_fact, missing_facts, probe_from_record
from papercatalog.model.catalog import Catalog
from papercatalog.model.declaration import Use
from papercatalog.model.fields import FIELDS, SOURCED
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.sources.facts import NAMES
from papercatalog.sources.record import ParsedSource, Record


class RecordOutcome(StrEnum):
    """What becomes of a record."""

    USED = "used"
    """It fills in a fact."""
    UNCHANGED = "unchanged"
    """Its page has a value for each of its facts."""
    UNCERTAIN = "uncertain"
    """It may be a page's paper, but not surely."""
    UNSURE = "unsure"
    """Its source does not vouch for it."""
    WITHOUT_PAGE = "without_page"
    """No page has its paper."""
    INVALID = "invalid"
    """Its facts make no paper."""


class FactOutcome(StrEnum):
    """What becomes of a fact."""

    FILLED_IN = "filled_in"
    SAME = "same"
    DIFFERENT = "different"
    """The page keeps its own."""
    LEFT_OUT = "left_out"
    """It could not be read, or its record is not used."""


@dataclass(frozen=True, slots=True)
class UnusedRecord:
    """A record that fills in nothing, and why."""

    outcome: RecordOutcome
    source: str
    record: Record
    facts: Mapping[str, Any]
    """What it says, by the paths of fields."""
    page: str = ""
    """The path of the page that is or may be the paper's, below ``docs``; empty without one."""
    reason: str = ""
    """Why the match is uncertain, or the record invalid."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact of a record that is another one on the page."""

    source: str
    line: int
    page: str
    """The page's path, below ``docs``."""
    field: str
    kept: Any
    """What the page says, or what an earlier record has filled in."""
    given: Any
    """What the record says."""


@dataclass(frozen=True, slots=True)
class Enrichment:
    """The facts to fill in, and an account of all that was read."""

    updates: tuple[PageUpdate, ...]
    reasons: Mapping[str, str]
    """How each page was matched, by its id: ``the same title``."""
    records: Mapping[RecordOutcome, int]
    facts: Mapping[FactOutcome, int]
    """Title and abstract are no facts here: a page has both, and a record is matched by them."""
    differences: tuple[Difference, ...]
    unused: tuple[UnusedRecord, ...]
    rejected: tuple[Problem, ...]
    """Pieces of the sources that could not be read, each with the reason."""
    remarks: tuple[Problem, ...]
    """Facts that could not be read, and columns that no field holds."""
    pieces: int
    """Pieces read: boilerplate, rejected ones and those of records."""
    boilerplate: int
    rejected_pieces: int

    def is_balanced(self, records: int, facts: int, gained: int) -> bool:
        """Whether the sums agree with the records and facts read, and with what pages gained."""
        return (
            records == sum(self.records.values())
            and facts == sum(self.facts.values())
            and gained == self.facts[FactOutcome.FILLED_IN]
        )


def plan_enrichment(catalog: Catalog, parsed_sources: Iterable[ParsedSource]) -> Enrichment:
    """Match every record with a page; where the match is sure, the page gains what it lacks.

    Raises:
        RuntimeError: The sums do not agree, which is a bug.
    """
    planner = _Planner(catalog)
    records = facts = 0
    for parsed in parsed_sources:
        if not parsed.balanced():
            raise RuntimeError(f"the pieces of {parsed.source} do not add up")
        records += len(parsed.records)
        facts += planner.add_source(parsed)
    plan = planner.finish()
    gained = sum(
        len(_list_known(update.paper).keys() - _list_known(catalog.by_id[update.paper.id]))
        for update in plan.updates
    )
    if not plan.is_balanced(records, facts, gained):
        raise RuntimeError("the sums of records and facts do not agree")
    return plan


def find_lacking(catalog: Catalog) -> Iterator[Paper]:
    """Yield the papers without arXiv id and DOI, or without a field that is ``SOUGHT``."""
    sought = [declared for declared in FIELDS if Use.SOUGHT in declared.uses]
    return (
        paper
        for paper in catalog.papers
        if not (paper.arxiv or paper.doi) or not all(paper.get(declared) for declared in sought)
    )


@dataclass
class _Planner:
    """Collects the plan record by record; a later record meets the page with all facts so far."""

    catalog: Catalog
    matcher: Matcher = field(init=False)
    updates: dict[str, PageUpdate] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    records: Counter[RecordOutcome] = field(default_factory=Counter)
    facts: Counter[FactOutcome] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    unused: list[UnusedRecord] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    pieces: int = 0
    boilerplate: int = 0
    rejected_pieces: int = 0

    def __post_init__(self) -> None:
        self.matcher = Matcher(self.catalog.papers)

    def add_source(self, parsed: ParsedSource) -> int:
        """Decide on every record of a source; give the number of its facts."""
        self.rejected += parsed.rejected
        self.remarks += parsed.remarks
        self.pieces += parsed.pieces
        self.boilerplate += parsed.boilerplate
        self.rejected_pieces += parsed.rejected_pieces
        unreadable = sum(remark.field in NAMES for remark in parsed.remarks)
        self.facts[FactOutcome.LEFT_OUT] += unreadable
        return unreadable + sum(self._add(parsed.source, record) for record in parsed.records)

    def _add(self, source: str, record: Record) -> int:
        try:
            probe = probe_from_record(record)
        except ValueError as error:
            reason = str(error)
            self._leave(
                UnusedRecord(RecordOutcome.INVALID, source, record, record.facts, reason=reason)
            )
            return len(record.facts)
        facts = _list_facts(record, probe)
        match = self.matcher.find(probe)
        if match is None:
            outcome = RecordOutcome.WITHOUT_PAGE if record.sure else RecordOutcome.UNSURE
            self._leave(UnusedRecord(outcome, source, record, facts))
            return len(facts)
        earlier = self.updates.get(match.id)
        page = earlier.paper if earlier else self.catalog.by_id[match.id]
        doubt = _find_doubt(match, page, probe)
        if doubt or not record.sure:
            outcome = RecordOutcome.UNCERTAIN if record.sure else RecordOutcome.UNSURE
            self._leave(UnusedRecord(outcome, source, record, facts, page.path, doubt))
            return len(facts)
        known = _list_known(page)
        gained = missing_facts(page, probe)
        filled_in = _list_known(page.model_copy(update=gained)).keys() - known
        self.facts[FactOutcome.FILLED_IN] += len(filled_in)
        for path, given in facts.items():
            if path in filled_in:
                continue
            if path not in known:
                self.facts[FactOutcome.LEFT_OUT] += 1
            elif (kept := known[path]) == given:
                self.facts[FactOutcome.SAME] += 1
            else:
                self.facts[FactOutcome.DIFFERENT] += 1
                difference = Difference(source, record.line, page.path, path, kept, given)
                self.differences.append(difference)
        self.records[RecordOutcome.USED if gained else RecordOutcome.UNCHANGED] += 1
        if gained:
            read = self.catalog.by_id[match.id].key
            self.updates[match.id] = _update(earlier, page, gained, read)
            self.reasons.setdefault(match.id, match.reason)
            self.matcher.add(self.updates[match.id].paper)
        return len(facts)

    def _leave(self, unused: UnusedRecord) -> None:
        self.records[unused.outcome] += 1
        self.facts[FactOutcome.LEFT_OUT] += len(unused.facts)
        self.unused.append(unused)

    def finish(self) -> Enrichment:
        return Enrichment(
            updates=tuple(self.updates.values()),
            reasons=self.reasons,
            records={outcome: self.records[outcome] for outcome in RecordOutcome},
            facts={outcome: self.facts[outcome] for outcome in FactOutcome},
            differences=tuple(self.differences),
            unused=tuple(self.unused),
            rejected=tuple(self.rejected),
            remarks=tuple(self.remarks),
            pieces=self.pieces,
            boilerplate=self.boilerplate,
            rejected_pieces=self.rejected_pieces,
        )


def _list_facts(record: Record, probe: Paper) -> dict[str, Any]:
    """Give what a record says, in its abstract too, by the paths of fields."""
    facts = _list_known(probe)
    if record.date is None:
        del facts["date"]  # a probe has a day in any case
    return facts


def _list_known(paper: Paper) -> dict[str, Any]:
    values = {declared.path: paper.get(declared) for declared in SOURCED}
    return {path: value for path, value in values.items() if value not in (None, ())}


def _find_doubt(match: Match, page: Paper, probe: Paper) -> str:
    """Say why a match is not sure; empty if it is."""
    if not match.sure:
        return match.reason
    for key, name in (("arxiv", "arXiv id"), ("doi", "DOI")):
        of_page, of_record = getattr(page, key), getattr(probe, key)
        if of_page and of_record and of_page != of_record:
            return f"{match.reason}, but the {name} is {of_record} instead of {of_page}"
    return ""


def _update(
    earlier: PageUpdate | None, page: Paper, facts: Mapping[str, Any], read: bytes
) -> PageUpdate:
    written = {key: as_fact(value) for key, value in facts.items()}
    before = earlier.facts if earlier else {}
    return PageUpdate(page.model_copy(update=dict(facts)), {**before, **written}, read)
