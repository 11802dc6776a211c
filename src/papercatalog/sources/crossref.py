"""Builds requests to Crossref for a DOI and reads the answers, works as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from papercatalog.sources.csl import name_of_author, text_of_date
from papercatalog.sources.decoding import UnreadableError, decode_json
from papercatalog.sources.facts import find_facts, find_unused, list_of
from papercatalog.sources.raw_records import Piece, RawRecord, build_parsed_source
from papercatalog.sources.record import ParsedSource
from papercatalog.text.jats import strip_markup

_DATES = ("published-online", "published", "issued", "posted", "published-print")
_READ = frozenset({"title", "subtitle", "abstract", *_DATES})


def build_work_address(base: str, doi: str) -> str:
    """Build the address of a work; a DOI may hold any character, so all but letters are quoted."""
    return f"{base}/{quote(doi, safe='')}"


def parse_crossref(data: bytes, source: str) -> ParsedSource:
    """Read one answer of ``/works/DOI``: title and abstract lose their markup.

    The published day is the first whole one of the work's dates; a year alone is no day.

    Source: https://api.crossref.org/swagger-ui/index.html
    """
    return build_parsed_source(source, _decoded(data))


def _decoded(data: bytes) -> Iterator[Piece]:
    yield from parse_work(decode_json(data))


def parse_work(answer: object, number: int = 1, seen: set[str] | None = None) -> Iterator[Piece]:
    """Read a decoded answer of ``/works/DOI``; ``seen`` as in `find_unused`.

    Raises `UnreadableError` where it is none.
    """
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict) or "DOI" not in work:
        raise UnreadableError('is not a Crossref work: {"message": {"DOI": …}} is expected')
    abstract = work.get("abstract")
    facts = find_facts("crossref", lambda key: _value(work.get(key)))
    remarks = [*find_unused("crossref", work, facts, _READ, seen)]
    facts["authors"] = tuple(map(name_of_author, list_of(facts.get("authors"))))
    facts.setdefault(
        "published", next(filter(None, (text_of_date(work.get(key)) for key in _DATES)), None)
    )
    facts["venue"] = _first(facts.get("venue"))
    facts["paper"] = _landing_page(facts.get("paper"))
    facts["pdf"] = next(_pdf_addresses(facts.get("pdf")), None)
    yield RawRecord(
        line=number,
        title=_title(work),
        abstract=strip_markup(abstract) if isinstance(abstract, str) else None,
        facts=facts,
        remarks=tuple(remarks),
    )


def _value(value: object) -> object:
    """Give a date as text where it is whole, an incomplete one as nothing, other values as is."""
    if isinstance(value, dict) and "date-parts" in value:
        text = text_of_date(value)
        return text if str(text).count("-") == 2 else None
    return value


def _landing_page(resource: object) -> object:
    """Give the address of the publisher's page: ``{"primary": {"URL": …}}``."""
    primary = resource.get("primary") if isinstance(resource, dict) else None
    return primary.get("URL") if isinstance(primary, dict) else None


def _pdf_addresses(links: object) -> Iterator[object]:
    """Yield the addresses of PDFs, but for those that only similarity checks may load."""
    for link in list_of(links):
        if (
            isinstance(link, dict)
            and link.get("content-type") == "application/pdf"
            and link.get("intended-application") != "similarity-checking"
        ):
            yield link.get("URL")


def _title(work: Mapping[str, object]) -> str:
    title, subtitle = _first(work.get("title")), _first(work.get("subtitle"))
    if title and subtitle and subtitle.casefold() not in title.casefold():
        return f"{title}: {subtitle}"
    return title


def _first(texts: object) -> str:
    first = texts[0] if isinstance(texts, list) and texts else None
    return strip_markup(first) if isinstance(first, str) else ""
