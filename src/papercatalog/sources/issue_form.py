"""Reads the text that GitHub makes of the issue form "Add a paper". All of it is a stranger's.

GitHub writes each field as a heading, ``### Title``, with the answer below it, or
``_No response_``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from papercatalog.model.declaration import Use
from papercatalog.model.fields import FIELDS
from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.model.problems import Problem
from papercatalog.sources.decoding import UnreadableError, decode_text
from papercatalog.sources.facts import NAMES, Remark, parse_facts
from papercatalog.sources.names import read_names
from papercatalog.sources.raw_records import LEFT_OUT, RawRecord, Rejected, build_parsed_source
from papercatalog.sources.record import ParsedSource

_ASKED = [field for field in FIELDS if Use.FORM in field.uses]
HEADINGS = {
    **{field.name: field.name for field in _ASKED},
    **{field.label.casefold(): field.name for field in _ASKED},
    **dict.fromkeys(("arxiv id or doi", "arxiv id or link", "identifier"), "identifier"),
    "abstract": "abstract",
}
"""The headings that are fields, in lower case; any other heading is part of an answer."""

_HEADING = re.compile(r"### ([^\n]{1,40})")
_CHECKED = re.compile(r"[-*] \[[xX]\] ([^\n]+)")
_UNCHECKED = re.compile(r"[-*] \[ \]")
_EMPTY = {"", "_no response_", "none"}


@dataclass(frozen=True, slots=True)
class IssueForm:
    """The answers of a form."""

    parsed: ParsedSource
    """The paper; nothing where the form only says where to find it."""
    topics: tuple[str, ...]
    """The topics that were chosen, by slug or title, unchecked."""
    asked: str | None
    """The arXiv id or DOI to fetch, if the form lacks title or abstract."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """The facts of the form that complete the fetched record."""


def complete_record(parsed: ParsedSource, form: IssueForm) -> ParsedSource:
    """Add a form's facts to the record that was fetched for it; the record's own have priority."""
    records = (replace(record, facts={**form.facts, **record.facts}) for record in parsed.records)
    return replace(parsed, records=tuple(records))


def parse_issue_form(data: bytes, source: str) -> IssueForm:
    """Read a form: a paper with title and abstract, or the arXiv id or DOI of one.

    A field that stands there twice is rejected, since an answer can hold headings too.
    """
    try:
        answers = _answers(decode_text(data))
    except UnreadableError as error:
        unreadable = Rejected(0, str(error), "bad-form")
        return IssueForm(build_parsed_source(source, [unreadable]), (), None)
    topics = tuple(_topics(answers.get("topics", "")))
    given = answers.get("identifier") or answers.get("paper", "")
    arxiv = parse_arxiv(answers.get("arxiv") or given)
    doi = None if arxiv else parse_doi(answers.get("doi") or given)
    facts: dict[str, object] = {name: text for name, text in answers.items() if name in NAMES}
    facts["authors"] = read_names(answers.get("authors"))
    title, abstract = answers.get("title"), answers.get("abstract")
    if (arxiv or doi) and not (title and abstract):
        facts = {name: value for name, value in facts.items() if name not in ("arxiv", "doi")}
        if parse_arxiv(answers.get("paper", "")) or parse_doi(answers.get("paper", "")):
            del facts["paper"]
        parsed_facts, remarks = parse_facts(facts)
        remarks += _other_identifier(answers, arxiv.id if arxiv else doi)
        for name in ("title", "abstract"):
            if answers.get(name):
                remarks.append((name, f"{answers[name][:60]!a} is left out: it is looked up"))
        problems = tuple(Problem(source, 1, name, LEFT_OUT, note) for name, note in remarks)
        asked = arxiv.id if arxiv else doi
        return IssueForm(ParsedSource(source, remarks=problems), topics, asked, parsed_facts)
    if not abstract:
        rejected = Rejected(1, _why_not(answers), "bad-form")
        return IssueForm(build_parsed_source(source, [rejected]), topics, None)
    if arxiv or doi:
        facts.setdefault("arxiv" if arxiv else "doi", arxiv.id if arxiv else doi)
    notes = tuple(_other_identifier(answers, arxiv.id if arxiv else doi))
    raw = RawRecord(1, title, abstract, facts, notes)
    return IssueForm(build_parsed_source(source, [raw]), topics, None)


def _other_identifier(answers: Mapping[str, str], known: str | None) -> Iterator[Remark]:
    """Find an identifier in the form that is not the one that is read."""
    given = answers.get("identifier", "")
    arxiv = parse_arxiv(given)
    if given and (known is None or known not in (arxiv and arxiv.id, parse_doi(given))):
        reason = f"{known} is read" if known else "it is no arXiv id or DOI"
        yield "identifier", f"{given[:60]!a} is left out: {reason}"


def _why_not(answers: Mapping[str, str]) -> str:
    """Say what a form without an abstract lacks, by what it holds."""
    identifiers = (answers.get(name) for name in ("identifier", "arxiv", "doi", "paper"))
    if given := next(filter(None, identifiers), ""):
        several = "several identifiers" if _names_several(given) else "no arXiv id or DOI"
        return (
            f"names {several} in {given[:80]!a}; write one, such as 2410.08115 or "
            "10.1145/3292500.3330701, or fill in title and abstract"
        )
    if answers.get("title"):
        return "has a title alone; fill in the abstract, or an arXiv id or DOI"
    return "holds neither an arXiv id or DOI nor an abstract; fill in one of them"


def _names_several(text: str) -> bool:
    parts = re.split(r"[\s,;]+(?:and\s+)?", text)
    return sum(bool(parse_arxiv(part) or parse_doi(part)) for part in parts) > 1


def _answers(text: str) -> Mapping[str, str]:
    found: dict[str, list[str]] = {}
    field: list[str] | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        heading = _HEADING.fullmatch(line.rstrip())
        name = HEADINGS.get(heading[1].strip().casefold()) if heading else None
        if name in found:
            raise UnreadableError(f"has the field '{name}' twice; write no such heading in a field")
        if name:
            field = found[name] = []
        elif field is not None:
            field.append(line)
    if not found:
        raise UnreadableError("is no form: headings such as '### Title' are expected")
    answers = {name: "\n".join(lines).strip() for name, lines in found.items()}
    return {name: text for name, text in answers.items() if text.casefold() not in _EMPTY}


def _topics(answer: str) -> Iterator[str]:
    """Yield the checked boxes' labels, or the names between commas."""
    for line in answer.split("\n"):
        checked = _CHECKED.fullmatch(line.strip())
        if checked:
            yield checked[1].strip()
        elif not _UNCHECKED.match(line.strip()):
            yield from (name for part in line.split(",") if (name := part.strip()))
