"""Plans an import: matches records with the catalog's papers, and reports on every record.

Planning is pure; `find_changed`, `write_plan` and `write_updates` alone touch the disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from papercatalog.curation.import_report import ImportReport
from papercatalog.curation.matching import Matcher, identify
from papercatalog.curation.record_to_paper import as_fact, missing_facts, paper_from_record
from papercatalog.model.catalog import Catalog
from papercatalog.model.ids import build_id
from papercatalog.model.page import Fact, edit_page, parse_page, render_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError, Problem
from papercatalog.runtime.files import Root, create_bytes, write_bytes
from papercatalog.runtime.processes import parallel_map
from papercatalog.sources.record import ParsedSource


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who imports has decided."""

    date: dt.date | None = None
    """The day for papers whose source names none; by default the day they were published."""
    topics: tuple[str, ...] = ()
    """The topics of new papers; if empty, topics are suggested."""
    listed: bool = True
    """Whether the sources are digests, which pages name under ``digests``."""
    same: Mapping[str, str] = field(default_factory=dict)
    """Uncertain papers that are a page's, by the id they would have: the page's id."""
    different: frozenset[str] = frozenset()
    """Uncertain papers that get a page of their own, by the id they would have."""


@dataclass(frozen=True, slots=True)
class PageUpdate:
    """Facts that a page gains."""

    paper: Paper
    """The paper with these facts."""
    facts: Mapping[str, Fact]
    """The front matter keys to set, each with its whole new value."""
    before: bytes
    """The key of the paper that the page held when the update was planned."""


class PagesChangedError(Exception):
    """Pages were made or changed while their changes were planned; these pages stay as they are."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = tuple(paths)
        """The pages, relative to the catalog's root."""
        super().__init__(f"{', '.join(self.paths)} changed meanwhile; run the command again")


@dataclass(frozen=True, slots=True)
class UncertainMatch:
    """A paper of a source that may be a page's; a person must decide."""

    paper: Paper
    """The paper that was read, under the id it would have."""
    page: Paper
    """The paper of the page."""
    reason: str
    """What the two share."""
    place: tuple[str, int]
    """The source, and the line or item in it."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do."""

    new: tuple[Paper, ...]
    updates: tuple[PageUpdate, ...]
    report: ImportReport
    uncertain: tuple[UncertainMatch, ...] = ()
    ids: frozenset[str] = frozenset()
    """The id that each paper of the sources would have as a new page."""

    def apply(self, catalog: Catalog) -> Catalog:
        """Give the catalog as it is after the import; nothing is written."""
        if not self.new and not self.updates:
            return catalog
        after = dict(catalog.by_id)
        after.update({update.paper.id: update.paper for update in self.updates})
        after.update({paper.id: paper for paper in self.new})
        return catalog.with_papers(after.values())


@dataclass
class _Planner:
    """Collects the plan paper by paper; later papers are matched with earlier ones too."""

    catalog: Catalog
    choices: Choices
    ids: set[str] = field(default_factory=set)
    new: dict[str, Paper] = field(default_factory=dict)
    updates: dict[str, PageUpdate] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    uncertain: list[UncertainMatch] = field(default_factory=list)
    invalid: list[Problem] = field(default_factory=list)

    @cached_property
    def matcher(self) -> Matcher:
        """Made at the first paper: a source without papers needs none."""
        return Matcher(self.catalog.papers)

    def add(self, paper: Paper, place: tuple[str, int]) -> None:
        """Decide what becomes of a paper."""
        self.ids.add(paper.id)
        match = self.matcher.find(paper)
        if match and match.sure:
            self._update(match.id, paper)
        elif (chosen := self.choices.same.get(paper.id)) and self._has(chosen):
            self._update(chosen, paper, chosen_by_person=True)
        elif match is None or paper.id in self.choices.different:
            self._add_page(paper)
        else:
            page = self._current(match.id)
            self.uncertain.append(UncertainMatch(paper, page, match.reason, place))

    def _add_page(self, paper: Paper) -> None:
        page_id = paper.id
        if page_id in self.matcher.ids:
            page_id = build_id(paper.title, paper.arxiv, paper.doi, taken=self.matcher.ids)
        self.new[page_id] = paper.model_copy(update={"id": page_id})
        self.matcher.add(self.new[page_id])

    def _update(self, page_id: str, paper: Paper, *, chosen_by_person: bool = False) -> None:
        page = self._current(page_id)
        facts = missing_facts(page, paper)
        after = page.model_copy(update=facts)
        if chosen_by_person and paper.id not in self.matcher.ids and not _is_known(paper, after):
            facts["aliases"] = (*page.aliases, paper.id)
            after = page.model_copy(update=facts)
        if not facts:
            self.unchanged.append(page_id)
            return
        self.updated.append(page_id)
        self.matcher.add(after)
        if page_id in self.new:
            self.new[page_id] = after
        else:
            earlier = self.updates[page_id].facts if page_id in self.updates else {}
            written = {key: as_fact(value) for key, value in facts.items()}
            self.updates[page_id] = PageUpdate(
                after, {**earlier, **written}, self.catalog.by_id[page_id].key
            )

    def _has(self, page_id: str) -> bool:
        return page_id in self.new or page_id in self.catalog.by_id

    def _current(self, page_id: str) -> Paper:
        if page_id in self.new:
            return self.new[page_id]
        update = self.updates.get(page_id)
        return update.paper if update else self.catalog.by_id[page_id]


def plan_import(
    catalog: Catalog, parsed_sources: Iterable[ParsedSource], choices: Choices | None = None
) -> ImportPlan:
    """Decide for every record: new, unchanged, updated, invalid or uncertain.

    Args:
        catalog: The papers to match with.
        parsed_sources: The sources, in the order in which their papers are planned.
        choices: A person's decisions; by default none.
    """
    choices = choices or Choices()
    planner = _Planner(catalog, choices)
    pieces = boilerplate = used = rejected_pieces = 0
    rejected: list[Problem] = []
    given: dict[str, Any] = {"date": choices.date, "topics": choices.topics}
    if not choices.listed:
        given["digests"] = ()
    for parsed in parsed_sources:
        pieces += parsed.pieces
        boilerplate += parsed.boilerplate
        used += parsed.used
        rejected_pieces += parsed.rejected_pieces
        rejected += parsed.rejected
        make = partial(
            paper_from_record, source=parsed.source, vocabulary=catalog.vocabulary, **given
        )
        made = parallel_map(make, parsed.records)
        for record, result in zip(parsed.records, made, strict=True):
            if isinstance(result, Paper):
                planner.add(result, (parsed.source, record.line))
            else:
                planner.invalid += result
    report = ImportReport(
        pieces=pieces,
        boilerplate=boilerplate,
        used=used,
        rejected_pieces=rejected_pieces,
        new=tuple(planner.new),
        unchanged=tuple(planner.unchanged),
        updated=tuple(planner.updated),
        invalid=tuple(planner.invalid),
        rejected=tuple(rejected),
        uncertain=tuple(match.paper.id for match in planner.uncertain),
    )
    return ImportPlan(
        tuple(planner.new.values()),
        tuple(planner.updates.values()),
        report,
        tuple(planner.uncertain),
        frozenset(planner.ids),
    )


def find_changed(root: Root, plan: ImportPlan) -> list[str]:
    """Name the pages that were made or changed since the import was planned."""
    made = [f"docs/{paper.path}" for paper in plan.new]
    paths = [path for path in made if (root / path).exists()]
    return [*paths, *(_path(made) for made in plan.updates if not _read_unchanged(root, made))]


def write_plan(root: Root, plan: ImportPlan, new: Iterable[Paper] | None = None) -> None:
    """Write new pages, then the facts that pages gain.

    An interrupted import leaves each page whole or missing.

    Args:
        root: The catalog's folder.
        plan: The plan.
        new: The plan's new papers, wrapped in a progress bar.

    Raises:
        PagesChangedError: if a page was made or changed since the import was planned.
    """
    for paper in plan.new if new is None else new:
        path = f"docs/{paper.path}"
        try:
            create_bytes(root / path, render_page(paper).encode())
        except FileExistsError:
            raise PagesChangedError([path]) from None
    write_updates(root, plan.updates)


def write_updates(root: Root, updates: Iterable[PageUpdate]) -> None:
    """Set the facts that pages gain; every other line stays.

    Raises:
        PagesChangedError: if pages are not as they were when their updates were planned; it names
            them all, and nothing was written.
    """
    texts = [(update, _read_unchanged(root, update)) for update in updates]
    if changed := [_path(update) for update, text in texts if text is None]:
        raise PagesChangedError(changed)
    for update, text in texts:
        if text is not None:
            write_bytes(root / _path(update), edit_page(text, update.facts).encode())


def _read_unchanged(root: Root, update: PageUpdate) -> str | None:
    """Read the page of an update; None if it holds another paper than when it was planned."""
    path = _path(update)
    try:
        text = (root / path).read_bytes().decode("utf-8")
        return text if parse_page(text, path).key == update.before else None
    except (CatalogError, FileNotFoundError, UnicodeDecodeError):
        return None


def _path(update: PageUpdate) -> str:
    return f"docs/{update.paper.path}"


def _is_known(paper: Paper, page: Paper) -> bool:
    """Whether the page shares an arXiv id, a DOI or the title, by which the paper is found."""
    return not set(identify(paper)).isdisjoint(identify(page))
