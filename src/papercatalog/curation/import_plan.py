"""Import: match records with what is there, merge, write pages, and account for every record.

Planning is pure; `write_new` and `write_joins` alone touch the disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from papercatalog.curation.import_report import Account
from papercatalog.curation.matching import Matcher, identify
from papercatalog.curation.record_to_paper import as_fact, missing_facts, paper_from_record
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.ids import build_id
from papercatalog.model.page import Fact, edit_page, render_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.runtime.files import write_bytes
from papercatalog.runtime.processes import parallel_map
from papercatalog.sources.record import ParsedSource

__all__ = [
    "Choices",
    "Join",
    "Plan",
    "Undecided",
    "paper_from_record",
    "plan_import",
    "write_joins",
    "write_new",
]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who imports has decided."""

    date: dt.date | None = None
    """The day of papers that their source lists on none; the day they were published else."""
    topics: tuple[str, ...] = ()
    """The topics of new papers; suggested ones where there are none."""
    listed: bool = True
    """Whether the sources are digests, which pages name."""
    join: Mapping[str, str] = field(default_factory=dict)
    """Papers, by the id they would have, that are a page's, by its id."""
    keep: frozenset[str] = frozenset()
    """Papers, by the id they would have, that are like a page's and another all the same."""


@dataclass(frozen=True, slots=True)
class Join:
    """Facts that a page which is there gains."""

    paper: Paper
    """The paper as it is afterwards."""
    facts: Mapping[str, Fact]
    """The front matter keys to set, each with its whole new value."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A paper that is likely to be one that is there; a person is to say."""

    paper: Paper
    """The paper that was read, under the id it would have."""
    page: Paper
    """The paper that is there."""
    reason: str
    """What the two share."""
    place: tuple[str, int]
    """The source, and the line or item in it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do."""

    new: tuple[Paper, ...]
    joined: tuple[Join, ...]
    account: Account
    undecided: tuple[Undecided, ...] = ()
    ids: frozenset[str] = frozenset()
    """The id that each paper of the sources would have as a new page."""

    def apply(self, catalog: Catalog) -> Catalog:
        """Give the catalog as it would be with the plan carried out; nothing is written."""
        if not self.new and not self.joined:
            return catalog
        after = dict(catalog.by_id)
        after.update({join.paper.id: join.paper for join in self.joined})
        after.update({paper.id: paper for paper in self.new})
        return build_catalog(after.values(), catalog.vocabulary, catalog.introduction)


@dataclass
class _Ledger:
    """The plan while it is made."""

    catalog: Catalog
    choices: Choices
    ids: set[str] = field(default_factory=set)
    new: dict[str, Paper] = field(default_factory=dict)
    joined: dict[str, Join] = field(default_factory=dict)
    there: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)

    @cached_property
    def matcher(self) -> Matcher:
        """Knows all papers that are there; where nothing is read, it is not made."""
        return Matcher(self.catalog.papers)

    def enter(self, paper: Paper, place: tuple[str, int]) -> None:
        """Put a paper where it belongs."""
        self.ids.add(paper.id)
        match = self.matcher.find(paper)
        if match and match.sure:
            self._join(match.id, paper)
        elif (chosen := self.choices.join.get(paper.id)) and self._has(chosen):
            self._join(chosen, paper, by_choice=True)
        elif match is None or paper.id in self.choices.keep:
            self._add(paper)
        else:
            page = self._current(match.id)
            self.undecided.append(Undecided(paper, page, match.reason, place))

    def _add(self, paper: Paper) -> None:
        page_id = build_id(paper.title, paper.arxiv, paper.doi, taken=self.matcher.ids)
        self.new[page_id] = paper.model_copy(update={"id": page_id})
        self.matcher.add(self.new[page_id])

    def _join(self, page_id: str, paper: Paper, *, by_choice: bool = False) -> None:
        page = self._current(page_id)
        facts = missing_facts(page, paper)
        merged = page.model_copy(update=facts)
        if by_choice and paper.id not in self.matcher.ids and not _is_known(paper, merged):
            facts["aliases"] = (*page.aliases, paper.id)
            merged = page.model_copy(update=facts)
        if not facts:
            self.there.append(page_id)
            return
        self.joins.append(page_id)
        self.matcher.add(merged)
        if page_id in self.new:
            self.new[page_id] = merged
        else:
            earlier = self.joined[page_id].facts if page_id in self.joined else {}
            written = {key: as_fact(value) for key, value in facts.items()}
            self.joined[page_id] = Join(merged, {**earlier, **written})

    def _has(self, page_id: str) -> bool:
        return page_id in self.new or page_id in self.catalog.by_id

    def _current(self, page_id: str) -> Paper:
        if page_id in self.new:
            return self.new[page_id]
        join = self.joined.get(page_id)
        return join.paper if join else self.catalog.by_id[page_id]


def plan_import(
    catalog: Catalog, parsed_sources: Iterable[ParsedSource], choices: Choices | None = None
) -> Plan:
    """Decide for every record: new, there already, joined to a page, undecided or rejected."""
    choices = choices or Choices()
    ledger = _Ledger(catalog, choices)
    paragraphs = furniture = used = refused = 0
    unreadable: list[Problem] = []
    given: dict[str, Any] = {"date": choices.date, "topics": choices.topics}
    if not choices.listed:
        given["digests"] = ()
    for parsed in parsed_sources:
        paragraphs += parsed.pieces
        furniture += parsed.boilerplate
        used += parsed.used
        refused += parsed.rejected_pieces
        unreadable += parsed.rejected
        make = partial(
            paper_from_record, source=parsed.source, vocabulary=catalog.vocabulary, **given
        )
        made = parallel_map(make, parsed.records)
        for record, result in zip(parsed.records, made, strict=True):
            if isinstance(result, Paper):
                ledger.enter(result, (parsed.source, record.line))
            else:
                ledger.rejected += result
    account = Account(
        paragraphs=paragraphs,
        furniture=furniture,
        used=used,
        refused=refused,
        new=tuple(ledger.new),
        there=tuple(ledger.there),
        joined=tuple(ledger.joins),
        rejected=tuple(ledger.rejected),
        unreadable=tuple(unreadable),
        undecided=tuple(case.paper.id for case in ledger.undecided),
    )
    return Plan(
        tuple(ledger.new.values()),
        tuple(ledger.joined.values()),
        account,
        tuple(ledger.undecided),
        frozenset(ledger.ids),
    )


def write_new(root: Path, papers: Iterable[Paper]) -> None:
    """Write a plan's new pages; each is whole or not there, whenever the process ends."""
    for paper in papers:
        write_bytes(root / "docs" / paper.path, render_page(paper).encode())


def write_joins(root: Path, joins: Iterable[Join]) -> None:
    """Set the facts that pages gain; every other line stays."""
    for join in joins:
        page = root / "docs" / join.paper.path
        write_bytes(page, edit_page(page.read_bytes().decode("utf-8"), join.facts).encode())


def _is_known(paper: Paper, page: Paper) -> bool:
    """Whether the page would be found for this paper the next time by what identifies it."""
    return not set(identify(paper)).isdisjoint(identify(page))
