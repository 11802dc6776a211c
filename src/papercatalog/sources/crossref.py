"""Asks Crossref for a DOI and reads its answer, one work as JSON. `fetch` carries both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from papercatalog.sources.csl import day_of_parts, name_of_author
from papercatalog.sources.decoding import UnreadableError, decode_json
from papercatalog.sources.facts import find_facts, list_of
from papercatalog.sources.raw_records import Piece, RawRecord, build_parsed_source
from papercatalog.sources.record import ParsedSource
from papercatalog.text.jats import strip_markup


def build_work_address(base: str, doi: str) -> str:
    """Build the address of a work; a DOI may hold any sign, so each but letters is quoted."""
    return f"{base}/{quote(doi, safe='')}"


def parse_crossref(data: bytes, source: str) -> ParsedSource:
    """Read one answer of ``/works/DOI``: title and abstract lose their markup.

    The published day is the first whole one of the work's dates; a year alone is no day.

    Source: https://api.crossref.org/swagger-ui/index.html
    """
    return build_parsed_source(source, _decoded(data))


def _decoded(data: bytes) -> Iterator[Piece]:
    yield from parse_work(decode_json(data))


def parse_work(answer: object) -> Iterator[Piece]:
    """Read a decoded answer of ``/works/DOI``.

    Raises `UnreadableError` where it is none.
    """
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict) or "DOI" not in work:
        raise UnreadableError('is not a Crossref work: {"message": {"DOI": …}} is expected')
    abstract = work.get("abstract")
    facts = find_facts("crossref", lambda key: day_of_parts(work.get(key)) or work.get(key))
    facts["authors"] = tuple(map(name_of_author, list_of(facts.get("authors"))))
    facts["venue"] = _first(facts.get("venue"))
    facts["paper"] = _landing_page(facts.get("paper"))
    facts["pdf"] = next(_pdf_addresses(facts.get("pdf")), None)
    yield RawRecord(
        line=1,
        title=_title(work),
        abstract=strip_markup(abstract) if isinstance(abstract, str) else None,
        facts=facts,
    )


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
