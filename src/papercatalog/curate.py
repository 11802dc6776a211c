"""Import: match records with what is there, merge, write pages, and account for every record.

Planning is pure; `write_plan` alone touches the disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from papercatalog.account import Account
from papercatalog.catalog import Catalog, build_catalog
from papercatalog.entry import Entry, Links, validate_entry
from papercatalog.files import write_bytes
from papercatalog.ids import build_id
from papercatalog.match import Matcher
from papercatalog.page import Fact, edit_page, render_page
from papercatalog.problems import Problem
from papercatalog.sources.record import Reading, Record
from papercatalog.text import find_links, plain_text, repair_abstract, repair_title
from papercatalog.topics import Vocabulary, suggest_topics


@dataclass(frozen=True, slots=True)
class Join:
    """Facts that a page which is there gains."""

    entry: Entry
    """The paper as it is afterwards."""
    facts: Mapping[str, Fact]
    """The front matter keys to set, each with its whole new value."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do."""

    new: tuple[Entry, ...]
    joined: tuple[Join, ...]
    account: Account

    def apply(self, catalog: Catalog) -> Catalog:
        """Give the catalog as it would be with the plan carried out; nothing is written."""
        after = dict(catalog.by_id)
        after.update({join.entry.id: join.entry for join in self.joined})
        after.update({entry.id: entry for entry in self.new})
        return build_catalog(after.values(), catalog.vocabulary, catalog.introduction)


@dataclass
class _Ledger:
    """The plan while it is made."""

    matcher: Matcher
    before: Mapping[str, Entry]
    new: dict[str, Entry] = field(default_factory=dict)
    joined: dict[str, Join] = field(default_factory=dict)
    there: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)

    def current(self, page_id: str) -> Entry:
        if page_id in self.new:
            return self.new[page_id]
        join = self.joined.get(page_id)
        return join.entry if join else self.before[page_id]


def plan_import(catalog: Catalog, readings: Iterable[Reading]) -> Plan:
    """Decide for every record whether it is new, there already, joins a page or is rejected."""
    ledger = _Ledger(Matcher(catalog.entries), catalog.by_id)
    paragraphs = furniture = used = refused = 0
    unreadable: list[Problem] = []
    for reading in readings:
        paragraphs += reading.paragraphs
        furniture += reading.furniture
        used += reading.used
        refused += reading.refused
        unreadable += reading.rejected
        for record in reading.records:
            _enter(ledger, record, reading.source, catalog.vocabulary)
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
    )
    return Plan(tuple(ledger.new.values()), tuple(ledger.joined.values()), account)


def write_plan(root: Path, plan: Plan) -> None:
    """Write the plan's pages; each is whole or as it was, whenever the process ends."""
    for entry in plan.new:
        write_bytes(root / "docs" / entry.path, render_page(entry).encode())
    for join in plan.joined:
        page = root / "docs" / join.entry.path
        write_bytes(page, edit_page(page.read_bytes().decode("utf-8"), join.facts).encode())


def _enter(ledger: _Ledger, record: Record, source: str, vocabulary: Vocabulary) -> None:
    entry = make_entry(record, source, vocabulary)
    if not isinstance(entry, Entry):
        ledger.rejected += entry
        return
    found = ledger.matcher.find(entry)
    if found is None:
        page_id = build_id(entry.title, entry.arxiv, entry.doi, taken=ledger.matcher.ids)
        entry = entry.model_copy(update={"id": page_id})
        ledger.new[page_id] = entry
        ledger.matcher.add(entry)
        return
    page = ledger.current(found)
    facts = {} if source in page.digests else _missing_facts(page, entry)
    if not facts:
        ledger.there.append(found)
        return
    merged = page.model_copy(update=facts)
    ledger.joins.append(found)
    ledger.matcher.add(merged)
    if found in ledger.new:
        ledger.new[found] = merged
    else:
        earlier = ledger.joined[found].facts if found in ledger.joined else {}
        written = {key: _as_fact(value) for key, value in facts.items()}
        ledger.joined[found] = Join(merged, {**earlier, **written})


def make_entry(record: Record, source: str, vocabulary: Vocabulary) -> Entry | tuple[Problem, ...]:
    """Repair a record's text and check its facts; the paper, or why it cannot become one."""
    title = repair_title(record.title)
    abstract = repair_abstract(record.abstract)
    suggestions = suggest_topics(vocabulary, title, plain_text(abstract))
    found = find_links(record.abstract)
    links = {"code": record.code or found.code, "project": record.project or found.project}
    values: dict[str, Any] = {
        "id": build_id(title, record.arxiv, record.doi),
        "title": title,
        "date": record.date,
        "topics": tuple(suggestion.slug for suggestion in suggestions),
        "authors": tuple(dict.fromkeys(record.authors)),
        "published": record.published,
        "arxiv": record.arxiv,
        "doi": record.doi,
        "links": {key: address for key, address in links.items() if _is_address(address)},
        "votes": record.votes,
        "digests": (source,) if source else (),
        "abstract": abstract,
    }
    known = {key: value for key, value in values.items() if value is not None}
    lines = dict.fromkeys([*known, "abstract"], record.line)
    result = validate_entry(known, source, lines, record.line)
    if isinstance(result, Entry):
        return result
    return tuple(
        Problem(source, record.line, problem.field, problem.code, problem.message)
        for problem in result[:1]
    )


def _is_address(address: str | None) -> bool:
    try:
        return bool(Links(code=address).code)
    except ValidationError:
        return False


def _missing_facts(page: Entry, other: Entry) -> dict[str, Any]:
    """Name what another source knows of a paper and its page does not say."""
    facts: dict[str, Any] = {
        key: getattr(other, key)
        for key in ("authors", "published", "arxiv", "doi", "votes")
        if getattr(page, key) in (None, ()) and getattr(other, key) not in (None, ())
    }
    links = {
        **other.links.model_dump(exclude_none=True),
        **page.links.model_dump(exclude_none=True),
    }
    if links != page.links.model_dump(exclude_none=True):
        facts["links"] = Links(**links)
    if digests := tuple(name for name in other.digests if name not in page.digests):
        facts["digests"] = (*page.digests, *digests)
    return facts


def _as_fact(value: object) -> Fact:
    if isinstance(value, Links):
        dumped: dict[str, str] = value.model_dump(exclude_none=True)
        return dumped
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else str(value)
