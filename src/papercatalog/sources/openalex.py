"""Builds requests to OpenAlex for works by DOI and reads the answers, lists of works as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from papercatalog.model.ids import parse_doi
from papercatalog.sources.decoding import UnreadableError, decode_json
from papercatalog.sources.facts import find_facts, list_of
from papercatalog.sources.names import turn_round
from papercatalog.sources.raw_records import (
    NOT_ASKED,
    Piece,
    RawRecord,
    Rejected,
    build_parsed_source,
)
from papercatalog.sources.record import ParsedSource

BATCH = 50
"""The most DOIs in one request. OpenAlex takes 100, but long DOIs make an address too long."""
MOST_AUTHORS = 100
"""A list of works has so many authors of a work at most, and does not say which it leaves out."""
MOST_KEYWORDS = 8
"""The most keywords that are taken: later ones have lower scores."""
MIN_SCORE = 0.4
"""Keywords with a lower score say little of the paper: a model gives them."""

_SELECTED = "id,doi,title,authorships,primary_location,best_oa_location,locations,keywords"
_VENUES = frozenset({"journal", "conference", "book series"})
"""The types of sources that are venues; a repository, such as arXiv, is none."""
_SEPARATORS = frozenset(",|")
"""Characters that separate filters and their values: a DOI with one cannot be asked for."""


def build_works_queries(base: str, dois: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Build the requests for works by DOI, each with its DOIs, `BATCH` at most.

    Source: https://developers.openalex.org/guides/filtering
    """
    unique = tuple(dict.fromkeys(doi for doi in dois if _SEPARATORS.isdisjoint(doi)))
    batches = [unique[start : start + BATCH] for start in range(0, len(unique), BATCH)]
    return [
        (
            f"{base}?"
            + urlencode(
                {"filter": f"doi:{'|'.join(batch)}", "select": _SELECTED, "per_page": BATCH * 2},
                safe=":/",
            ),
            batch,
        )
        for batch in batches
    ]


def parse_openalex(
    data: bytes, source: str, *, asked: Sequence[str], first: int = 1
) -> ParsedSource:
    """Read one answer of ``/works``; works are numbered from ``first``.

    A work that was not asked for is rejected. DOIs without a work are not named: OpenAlex lists a
    preprint that was published under the DOI of the publisher alone.

    Source: https://developers.openalex.org/api-reference/works
    """
    return build_parsed_source(source, _decoded(data, frozenset(asked), first))


def _decoded(data: bytes, asked: frozenset[str], first: int) -> Iterator[Piece]:
    answer = decode_json(data)
    works = answer.get("results") if isinstance(answer, Mapping) else None
    if not isinstance(works, list):
        raise UnreadableError('is not a list of OpenAlex works: {"results": […]} is expected')
    for number, work in enumerate(works, start=first):
        if not isinstance(work, Mapping):
            yield Rejected(number, f"work {number} is no object")
            continue
        doi = parse_doi(str(work.get("doi")))
        if doi not in asked:
            shown = str(work.get("doi"))[:80]
            yield Rejected(number, f"OpenAlex gives the work {shown!a}, unasked", NOT_ASKED)
            continue
        yield _raw_record(number, work, doi)


def _raw_record(number: int, work: Mapping[str, object], doi: str | None) -> RawRecord:
    facts = find_facts("openalex", work.get)
    authors = list_of(work.get("authorships"))
    remarks = []
    facts["authors"] = [_name_of(author) for author in authors]
    if len(authors) >= MOST_AUTHORS:
        facts["authors"] = []
        remarks.append(("authors", f"are left out: OpenAlex lists {MOST_AUTHORS} at most"))
    places = [work.get("primary_location"), *list_of(work.get("locations"))]
    facts["doi"] = doi
    facts["venue"] = next(filter(None, map(_venue_of, places)), None)
    facts["pdf"] = _get(work.get("best_oa_location"), "pdf_url")
    facts["keywords"] = [*_keywords_of(work)][:MOST_KEYWORDS]
    return RawRecord(number, work.get("title"), None, facts, tuple(remarks))


def _name_of(author: object) -> object:
    """Give a name as the paper has it, else as OpenAlex has it."""
    name = _get(author, "raw_author_name") or _get(_get(author, "author"), "display_name")
    return turn_round(name) if isinstance(name, str) else name


def _venue_of(location: object) -> object:
    source = _get(location, "source")
    return _get(source, "display_name") if _get(source, "type") in _VENUES else None


def _keywords_of(work: Mapping[str, object]) -> Iterator[object]:
    for keyword in list_of(work.get("keywords")):
        score = _get(keyword, "score")
        if isinstance(score, int | float) and score >= MIN_SCORE:
            yield _get(keyword, "display_name")


def _get(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None
