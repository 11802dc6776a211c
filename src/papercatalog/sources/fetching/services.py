"""Fetches papers: days and papers of Daily Papers, arXiv ids and titles, DOIs, works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.sources.arxiv import build_queries, build_title_query, parse_arxiv_feed
from papercatalog.sources.crossref import build_work_address, parse_crossref
from papercatalog.sources.daily_papers import parse_daily_papers, parse_paper_page
from papercatalog.sources.decoding import UnreadableError
from papercatalog.sources.fetching.answers import AnswerCache
from papercatalog.sources.fetching.client import Client, FetchError, FetchSettings
from papercatalog.sources.fetching.schedule import Clock
from papercatalog.sources.openalex import build_works_queries, parse_openalex
from papercatalog.sources.raw_records import UNREADABLE, Rejected, build_parsed_source
from papercatalog.sources.record import ParsedSource, merge_parsed_sources

__all__ = ["FetchError", "FetchSettings", "Fetcher"]

DAY_PAGE = 100
"""The most items in one answer of the Daily Papers API."""
MOST_DAY_PAGES = 20
ARXIV_DOI = "10.48550/arxiv."
"""The start of the DOIs that arXiv gives its papers; the id follows."""


class Fetcher:
    """Fetches from the services; every method raises `FetchError` without a usable answer."""

    def __init__(
        self, settings: FetchSettings | None = None, *, clock: Clock | None = None
    ) -> None:
        self._settings = settings or FetchSettings()
        self._clock = clock or Clock()
        self._client = Client(self._settings, self._clock)
        self._cache = AnswerCache(self._settings.cache)

    def fetch_day(self, day: dt.date) -> ParsedSource:
        """Fetch the list of a day from Daily Papers, page by page; it may be empty."""
        source = f"{self._settings.daily_papers}?{urlencode({'date': day.isoformat()})}"
        parsed_sources: list[ParsedSource] = []
        seen: set[str | None] = set()
        for page in range(MOST_DAY_PAGES):
            first = page * DAY_PAGE + 1
            parsed = self._fetch(
                f"{source}&{urlencode({'limit': DAY_PAGE, 'p': page})}",
                partial(parse_daily_papers, source=source, day=day, first=first),
                self._settings.day_kept_seconds,
                self._settings.daily_papers_pause_seconds,
            )
            new = {record.arxiv for record in parsed.records} - seen
            if page and not new:
                return merge_parsed_sources(source, parsed_sources)
            parsed_sources.append(parsed)
            seen |= new
            if parsed.pieces < DAY_PAGE:
                return merge_parsed_sources(source, parsed_sources)
        most = MOST_DAY_PAGES * DAY_PAGE
        raise FetchError(source, f"lists more than {most} papers", "check the base address")

    def fetch_arxiv(self, ids: Sequence[str]) -> ParsedSource:
        """Fetch papers by arXiv id, in batches; unknown ids are rejected.

        Raises ValueError for a text that is no arXiv id.
        """
        known = [found.id for text in ids if (found := parse_arxiv(text))]
        if len(known) != len(ids):
            wrong = next(text for text in ids if parse_arxiv(text) is None)
            raise ValueError(f"{wrong!a} is not an arXiv id, such as 2410.08115 or cs/0309040")
        parsed_sources: list[ParsedSource] = []
        first = 1
        for address, batch in build_queries(self._settings.arxiv, known):
            parsed_sources.append(
                self._fetch(
                    address,
                    partial(
                        parse_arxiv_feed, source=self._settings.arxiv, asked=batch, first=first
                    ),
                    self._settings.paper_kept_seconds,
                    self._settings.arxiv_pause_seconds,
                )
            )
            first += len(batch)
        return merge_parsed_sources(self._settings.arxiv, parsed_sources)

    def fetch_arxiv_title(self, title: str) -> ParsedSource:
        """Fetch the papers of arXiv whose titles have all words of this one."""
        return self._fetch(
            build_title_query(self._settings.arxiv, title),
            partial(parse_arxiv_feed, source=self._settings.arxiv),
            self._settings.paper_kept_seconds,
            self._settings.arxiv_pause_seconds,
        )

    def fetch_doi(self, doi: str) -> ParsedSource:
        """Fetch a paper by its DOI from Crossref; an unknown one is rejected.

        Raises ValueError for a text that is no DOI.
        """
        found = parse_doi(doi)
        if found is None:
            raise ValueError(f"{doi!a} is not a DOI, such as 10.1145/3292500.3330701")
        address = build_work_address(self._settings.crossref, found)
        try:
            return self._fetch(
                address,
                partial(parse_crossref, source=address),
                self._settings.paper_kept_seconds,
                self._settings.pause_seconds,
            )
        except FetchError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            unknown = Rejected(1, f"Crossref has no work {found}; check the DOI", "unknown-id")
            return build_parsed_source(address, [unknown])

    def fetch_paper_page(self, arxiv: str) -> ParsedSource:
        """Fetch a paper by its arXiv id from Daily Papers; there is none of an unknown one.

        Raises ValueError for a text that is no arXiv id.
        """
        found = parse_arxiv(arxiv)
        if found is None:
            raise ValueError(f"{arxiv!a} is not an arXiv id, such as 2410.08115")
        address = f"{self._settings.paper_pages}/{found.id}"
        parse = partial(parse_paper_page, source=address, asked=found.id)
        try:
            return self._fetch(
                address,
                parse,
                self._settings.growing_kept_seconds,
                self._settings.daily_papers_pause_seconds,
            )
        except FetchError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            self._cache.write(address, b"null")
            return parse(b"null")

    def fetch_works(self, names: Sequence[str]) -> ParsedSource:
        """Fetch works of arXiv ids and DOIs from OpenAlex, in batches; it may know none."""
        dois = [
            f"{ARXIV_DOI}{arxiv.id}" if (arxiv := parse_arxiv(name)) else parse_doi(name)
            for name in names
        ]
        parsed_sources: list[ParsedSource] = []
        first = 1
        for address, batch in build_works_queries(self._settings.openalex, [*filter(None, dois)]):
            parsed = self._fetch(
                address,
                partial(parse_openalex, source=self._settings.openalex, asked=batch, first=first),
                self._settings.growing_kept_seconds,
                self._settings.pause_seconds,
            )
            parsed_sources.append(parsed)
            first += parsed.pieces
        return merge_parsed_sources(self._settings.openalex, parsed_sources)

    def _fetch(
        self, address: str, parse: Callable[[bytes], ParsedSource], kept: float, pause: float
    ) -> ParsedSource:
        def read(body: bytes) -> ParsedSource:
            parsed = parse(body)
            for problem in parsed.rejected:
                if problem.code == UNREADABLE:
                    raise UnreadableError(problem.message)
            return parsed

        body = self._cache.read(address, self._clock.wall() - kept)
        if body is not None:
            try:
                return read(body)
            except UnreadableError:
                pass
        body, parsed = self._client.get(address, read, pause=pause)
        self._cache.write(address, body)
        return parsed
