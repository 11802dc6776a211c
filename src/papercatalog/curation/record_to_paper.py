"""Builds a paper from a source's record, and finds the facts that the paper's page lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from papercatalog.model.field_types import parse_address
from papercatalog.model.fields import SOURCED, Links, PaperFields
from papercatalog.model.ids import build_id
from papercatalog.model.page import Fact
from papercatalog.model.paper import Paper, validate_paper
from papercatalog.model.problems import Problem
from papercatalog.model.topic_suggestions import suggest_topics
from papercatalog.model.topics import Vocabulary
from papercatalog.sources.record import Record
from papercatalog.text import (
    find_links,
    plain_text,
    repair_abstract,
    repair_title,
    split_keywords,
)

UNSURE_RECORD = "unsure-record"
"""The code of a record that its own source does not vouch for."""
GAINED = tuple(field for field in SOURCED if not field.required and not field.group)
"""The fields, beside links, that a page gains from another source if it has none."""


def paper_from_record(
    record: Record,
    source: str,
    vocabulary: Vocabulary,
    *,
    date: dt.date | None = None,
    topics: Sequence[str] = (),
    digests: Sequence[str] | None = None,
) -> Paper | tuple[Problem, ...]:
    """Repair a record's text and validate its facts.

    The paper's day is the day the source lists it on, else ``date``, else the day it was published.
    Topics are suggested if none are given. A link that the source gives has priority over one in
    the abstract.

    Returns:
        The paper, or the problem that keeps the record from becoming one.
    """
    if not record.sure:
        message = "its source is not sure of it; check it, write yes in its column 'sure' and go on"
        return (Problem(source, record.line, "", UNSURE_RECORD, message),)
    if record.page:
        return _adopt_page(record.page, source, vocabulary, topics, digests)
    values = _read_facts(record)
    values["topics"] = tuple(topics) or tuple(
        suggestion.slug
        for suggestion in suggest_topics(
            vocabulary, values["title"], plain_text(values["abstract"])
        )
    )
    values["date"] = record.date or date or record.published
    values["digests"] = name_digests(source) if digests is None else tuple(digests)
    known = {key: value for key, value in values.items() if value is not None}
    lines = dict.fromkeys([*known, "abstract"], record.line)
    result = validate_paper(known, source, lines, record.line)
    if isinstance(result, Paper):
        return result
    problem = result[0]
    message = problem.message
    if problem.code == "missing-key" and problem.field == "date":
        message = "the source names no whole day; give one with --date"
    elif problem.code == "no-abstract":
        message = "the source has no abstract; add it there"
        if known_id := record.arxiv or record.doi:
            message += f", or fetch the paper: papercatalog add {known_id}"
    return (Problem(source, record.line, problem.field, problem.code, message),)


def _adopt_page(
    page: Paper,
    source: str,
    vocabulary: Vocabulary,
    topics: Sequence[str],
    digests: Sequence[str] | None,
) -> Paper:
    """Take over a page of another catalog, or of this one as it was.

    Digests that are files are left out: they are in the other catalog. So are topics that this
    catalog does not have; if none of the page's topics is left, topics are suggested.
    """
    known = tuple(topics) or tuple(slug for slug in page.topics if slug in vocabulary.by_slug)
    if page.topics and not known:
        suggestions = suggest_topics(vocabulary, page.title, plain_text(page.abstract))
        known = tuple(suggestion.slug for suggestion in suggestions)
    listed = name_digests(source) if digests is None else tuple(digests)
    fetched = (digest for digest in page.digests if digest.startswith("https://"))
    everywhere = tuple(dict.fromkeys((*fetched, *listed)))
    return page.model_copy(update={"topics": known, "digests": everywhere})


def probe_from_record(record: Record) -> Paper:
    """Build a paper from a record without an abstract or a day, only to compare it.

    It names no digests: those of a page that was exported say nothing of its other facts.

    Raises ValueError, with the reason, if a fact of the record is not valid.
    """
    if record.page:
        return record.page.model_copy(update={"digests": ()})
    values = _read_facts(record)
    values["date"] = record.date or record.published or dt.date.min
    try:
        return Paper.model_validate({key: fact for key, fact in values.items() if fact is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ValueError(f"{first['loc'][0]}: {first['msg']}") from None


def _read_facts(record: Record) -> dict[str, Any]:
    """Give a record's facts by the keys of a page, with the id, repaired title and abstract.

    A list of keywords at the abstract's end moves to ``keywords``.
    """
    title = repair_title(record.title)
    abstract, listed = split_keywords(record.abstract)
    found = find_links(record.abstract)
    in_abstract = {"code": found.code, "project": found.project}
    links: dict[str, object] = {}
    values: dict[str, object] = {}
    for field in SOURCED:
        fact = record.facts.get(field.name)
        if field.group == "links":
            candidates = (fact, in_abstract.get(field.name))
            links[field.name] = next(filter(_is_address, candidates), None)
        else:
            values[field.path] = fact
    if listed:
        values["keywords"] = _join_keywords(record.facts.get("keywords") or (), listed)
    return {
        **values,
        "id": build_id(title, record.arxiv, record.doi),
        "title": title,
        "links": {name: address for name, address in links.items() if address},
        "abstract": repair_abstract(abstract),
    }


def _join_keywords(given: Sequence[str], listed: Sequence[str]) -> tuple[str, ...]:
    """Give the source's keywords and those that its abstract ends with, each once."""
    joined: dict[str, str] = {}
    for keyword in (*given, *map(repair_title, listed)):
        joined.setdefault(keyword.casefold(), keyword)
    return tuple(joined.values())


def name_digests(source: str) -> tuple[str, ...]:
    """Give the value of ``digests`` for a source: empty for a file outside the catalog.

    >>> name_digests("seeds/2025-07-29.txt")
    ('seeds/2025-07-29.txt',)
    >>> name_digests("../notes.txt")
    ()
    """
    if source.startswith("https://"):
        return (source,)
    path = PurePath(source)
    return () if not source or path.is_absolute() or ".." in path.parts else (source,)


def missing_facts(page: Paper, other: Paper) -> dict[str, Any]:
    """Give the facts that another source has of a paper and its page lacks, by key.

    Empty if the page names that source already: a person has then removed what it lacks.
    """
    if other.digests and set(other.digests) <= set(page.digests):
        return {}
    facts: dict[str, Any] = {
        field.path: other.get(field)
        for field in GAINED
        if page.get(field) in (None, ()) and other.get(field) not in (None, ())
    }
    links = {
        **other.links.model_dump(exclude_none=True),
        **page.links.model_dump(exclude_none=True),
    }
    if links != page.links.model_dump(exclude_none=True):
        facts["links"] = Links(**links)
    if set(other.digests) - set(page.digests):
        facts["digests"] = tuple(sorted({*page.digests, *other.digests}))
    return {key: facts[key] for key in PaperFields.model_fields if key in facts}


def as_fact(value: object) -> Fact:
    """Convert a field's value to what `render_fact` writes."""
    if isinstance(value, Links):
        dumped: dict[str, str] = value.model_dump(exclude_none=True)
        return dumped
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _is_address(address: object) -> bool:
    try:
        return bool(parse_address(address))
    except ValueError:
        return False
