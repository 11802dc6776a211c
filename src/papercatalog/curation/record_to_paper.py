"""Makes a paper of a source's record, and names the facts that its page lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from papercatalog.model.ids import build_id
from papercatalog.model.page import Fact
from papercatalog.model.paper import Links, Paper, validate_paper
from papercatalog.model.problems import Problem
from papercatalog.model.topics import Vocabulary, suggest_topics
from papercatalog.sources.record import Record
from papercatalog.text import find_links, plain_text, repair_abstract, repair_title


def paper_from_record(
    record: Record,
    source: str,
    vocabulary: Vocabulary,
    *,
    date: dt.date | None = None,
    topics: Sequence[str] = (),
    digests: Sequence[str] | None = None,
) -> Paper | tuple[Problem, ...]:
    """Repair a record's text and check its facts; the paper, or why it cannot become one.

    Its day is the one the source lists it on, else ``date``, else the one it was published.
    Topics are suggested where none are given. A link of the abstract counts more than the
    source's own, so that the order in which sources come makes no difference.
    """
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
        message = "the source names no day; give one with --date"
    return (Problem(source, record.line, problem.field, problem.code, message),)


def probe_from_record(record: Record) -> Paper | None:
    """Make a paper of a record that need not have an abstract or a day, only to compare it.

    None where a fact of the record is none, a title without a sign that can be written say.
    """
    values = _read_facts(record)
    values["date"] = record.date or record.published or dt.date.min
    try:
        return Paper.model_validate({key: fact for key, fact in values.items() if fact is not None})
    except ValidationError:
        return None


def _read_facts(record: Record) -> dict[str, Any]:
    title = repair_title(record.title)
    abstract = repair_abstract(record.abstract)
    found = find_links(record.abstract)
    links = {"code": found.code or record.code, "project": found.project or record.project}
    return {
        "id": build_id(title, record.arxiv, record.doi),
        "title": title,
        "authors": tuple(dict.fromkeys(record.authors)),
        "published": record.published,
        "arxiv": record.arxiv,
        "doi": record.doi,
        "links": {key: address for key, address in links.items() if _is_address(address)},
        "votes": record.votes,
        "abstract": abstract,
    }


def name_digests(source: str) -> tuple[str, ...]:
    """Give what a page's ``digests`` says of a source: nothing for a file outside the catalog.

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
    """Name what another source knows of a paper and its page does not say.

    Nothing, where the page names that source already: what is not there was taken out.
    """
    if other.digests and set(other.digests) <= set(page.digests):
        return {}
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
    if set(other.digests) - set(page.digests):
        facts["digests"] = tuple(sorted({*page.digests, *other.digests}))
    return facts


def as_fact(value: object) -> Fact:
    """Give a fact of an paper as a page writes it."""
    if isinstance(value, Links):
        dumped: dict[str, str] = value.model_dump(exclude_none=True)
        return dumped
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _is_address(address: str | None) -> bool:
    try:
        return bool(Links(code=address).code)
    except ValidationError:
        return False
