"""Fetches days and papers from services, with settings from the environment."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.model.problems import Problem
from papercatalog.runtime.printing import say
from papercatalog.runtime.progress import show_progress
from papercatalog.sources.fetching.services import Fetcher, FetchError, FetchSettings
from papercatalog.sources.filling import fill_records
from papercatalog.sources.record import ParsedSource, Record

CACHE = Path(".cache/papercatalog/answers")
"""The folder of cached answers, relative to the catalog; safe to delete."""
DAY_PAGE = "https://huggingface.co/papers/date/{day}"
"""The address of a day's page, as papers name it under ``digests``."""
NOT_FETCHED = "not-fetched"
"""The problem code for a service that gave no usable answer."""
PREFIX = "PAPERCATALOG_"
"""The prefix of environment variables that set ``FetchSettings``: ``PAPERCATALOG_CONTACT``."""


def make_fetcher(root: CatalogFolder) -> Fetcher:
    """Make a fetcher with the environment's settings; answers are cached in the catalog."""
    settings = FetchSettings(cache=root / CACHE)
    given: dict[str, Any] = {}
    for field in fields(FetchSettings):
        text = os.environ.get(name := PREFIX + field.name.upper())
        if text:
            kind = Path if field.name == "cache" else type(getattr(settings, field.name))
            try:
                given[field.name] = kind(text)
            except ValueError:
                message = f"{name} is {text!a}; set it to a number or unset it"
                raise click.ClickException(message) from None
    return Fetcher(replace(settings, **given))


def fetch_days(fetcher: Fetcher, days: Iterable[dt.date]) -> Iterator[ParsedSource]:
    """Fetch each day until one fails; a fault becomes a problem of its day.

    A day that lists no papers is named on standard error.
    """
    for day in days:
        address = DAY_PAGE.format(day=day.isoformat())
        parsed = replace(attempt(address, partial(fetcher.fetch_day, day)), source=address)
        if not parsed.records and not parsed.rejected:
            say(f"{day} lists no papers", err=True)
        yield parsed
        if any(problem.code == NOT_FETCHED for problem in parsed.rejected):
            return


def fetch_papers(fetcher: Fetcher, names: Sequence[str]) -> Iterator[ParsedSource]:
    """Fetch papers by arXiv id, in batches, and by DOI; a fault becomes a problem."""
    arxiv = [found.id for name in names if (found := parse_arxiv(name))]
    if arxiv:
        yield attempt("arXiv", partial(fetcher.fetch_arxiv, arxiv))
    for name in names:
        doi = parse_doi(name)
        if doi and not parse_arxiv(name):
            yield attempt(doi, partial(fetcher.fetch_doi, doi))


class Filler:
    """Asks further services for facts that fetched records lack.

    What the record says has priority, then arXiv, Crossref, Daily Papers and OpenAlex, in this
    order. A service that fails is not asked again by this filler.
    """

    def __init__(self, fetcher: Fetcher, *, required: bool = False) -> None:
        self._fetcher = fetcher
        self._required = required
        """Whether a service that fails is a problem; if not, it is a remark."""
        self._failed: set[str] = set()

    def fill_day(self, day: ParsedSource) -> Iterator[ParsedSource]:
        """Fill in the records of a day of Daily Papers from arXiv, Crossref and OpenAlex."""
        services = (
            ("arXiv", self._ask_arxiv),
            ("Crossref", self._ask_crossref),
            ("OpenAlex", self._ask_openalex),
        )
        yield from self._fill([day], services)

    def fill_papers(
        self, parsed_sources: Iterable[ParsedSource], complete: Collection[str] = ()
    ) -> Iterator[ParsedSource]:
        """Fill in records of arXiv and Crossref from Crossref, Daily Papers and OpenAlex.

        Args:
            parsed_sources: The sources of the records.
            complete: arXiv ids of papers for which Daily Papers is not asked.
        """
        ask = partial(self._ask_paper_pages, complete)
        services = (
            ("Crossref", self._ask_crossref),
            ("Daily Papers", ask),
            ("OpenAlex", self._ask_openalex),
        )
        yield from self._fill([*parsed_sources], services)

    def _fill(
        self,
        parsed_sources: Sequence[ParsedSource],
        services: Iterable[tuple[str, Callable[[Sequence[Record]], Iterator[ParsedSource]]]],
    ) -> Iterator[ParsedSource]:
        notes: list[ParsedSource] = []
        for name, ask in services:
            records = [record for parsed in parsed_sources for record in parsed.records]
            answers: list[ParsedSource] = []
            for answer in ask(records) if name not in self._failed else ():
                answers.append(answer)
                if any(problem.code == NOT_FETCHED for problem in answer.rejected):
                    self._failed.add(name)
                    break
            parsed_sources = fill_records(parsed_sources, name, answers)
            notes += answers
        yield from parsed_sources
        yield from map(self._note, notes)

    def _note(self, answer: ParsedSource) -> ParsedSource:
        """Keep of an answer what could not be read; its records are parts of others now."""
        failed = tuple(
            problem for problem in answer.rejected if self._required and problem.code == NOT_FETCHED
        )
        others = tuple(problem for problem in answer.rejected if problem not in failed)
        return ParsedSource(answer.source, rejected=failed, remarks=(*answer.remarks, *others))

    def _ask_arxiv(self, records: Sequence[Record]) -> Iterator[ParsedSource]:
        ids = [record.arxiv for record in records if record.arxiv]
        if ids:
            yield attempt("arXiv", partial(self._fetcher.fetch_arxiv, ids))

    def _ask_crossref(self, records: Sequence[Record]) -> Iterator[ParsedSource]:
        """Ask for papers of arXiv that a publisher has given a DOI, and whose venue is unknown."""
        for record in records:
            if record.arxiv and record.doi and not record.facts.get("venue"):
                yield attempt(record.doi, partial(self._fetcher.fetch_doi, record.doi))

    def _ask_paper_pages(
        self, complete: Collection[str], records: Sequence[Record]
    ) -> Iterator[ParsedSource]:
        ids = [
            record.arxiv
            for record in records
            if record.arxiv and record.arxiv not in complete and "/" not in record.arxiv
        ]
        for arxiv in show_progress(ids, "asking Daily Papers", len(ids)):
            yield attempt("Daily Papers", partial(self._fetcher.fetch_paper_page, arxiv))

    def _ask_openalex(self, records: Sequence[Record]) -> Iterator[ParsedSource]:
        names = [name for record in records for name in (record.arxiv, record.doi) if name]
        if names:
            yield attempt("OpenAlex", partial(self._fetcher.fetch_works, names))


def attempt(source: str, fetch: Callable[[], ParsedSource]) -> ParsedSource:
    """Fetch; if that fails, give a source with one problem: why, and what to do."""
    try:
        return fetch()
    except FetchError as error:
        message = f"{error}; run the command again: what was fetched before is kept"
        return ParsedSource(source, rejected=(Problem(source, 0, "", NOT_FETCHED, message),))
