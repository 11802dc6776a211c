"""Reads the text that GitHub makes of the issue form "Add a paper". All of it is a stranger's.

GitHub writes each field as a heading, ``### Title``, with the answer below it, or
``_No response_``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from papercatalog.model.declaration import Use
from papercatalog.model.fields import FIELDS
from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.sources.decoding import UnreadableError, decode_text
from papercatalog.sources.facts import NAMES
from papercatalog.sources.raw_records import RawRecord, Rejected, build_parsed_source
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
    """The arXiv id or DOI to fetch, if the form has neither title nor abstract."""


def parse_issue_form(data: bytes, source: str) -> IssueForm:
    """Read a form: a paper with title and abstract, or the arXiv id or DOI of one.

    A field that stands there twice is refused, since an answer can hold headings too.
    """
    try:
        answers = _answers(decode_text(data))
    except UnreadableError as error:
        unreadable = Rejected(0, str(error), "bad-form")
        return IssueForm(build_parsed_source(source, [unreadable]), (), None)
    identifier = answers.get("identifier") or answers.get("paper", "")
    arxiv = answers.get("arxiv") or identifier
    doi = answers.get("doi") or identifier
    known = parse_arxiv(arxiv), parse_doi(doi)
    topics = tuple(_topics(answers.get("topics", "")))
    if not answers.get("title") and not answers.get("abstract") and any(known):
        asked = known[0].id if known[0] else known[1]
        return IssueForm(ParsedSource(source), topics, asked)
    if not answers.get("abstract"):
        reason = "holds neither an arXiv id or DOI nor an abstract; fill in one of them"
        return IssueForm(
            build_parsed_source(source, [Rejected(1, reason, "bad-form")]), topics, None
        )
    facts: dict[str, object] = {name: text for name, text in answers.items() if name in NAMES}
    if authors := answers.get("authors"):
        facts["authors"] = re.split(r"[;,\n]+\s*", authors)
    if known[0]:
        facts.setdefault("arxiv", known[0].id)
    elif known[1]:
        facts.setdefault("doi", known[1])
    raw = RawRecord(1, answers.get("title"), answers.get("abstract"), facts)
    return IssueForm(build_parsed_source(source, [raw]), topics, None)


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
