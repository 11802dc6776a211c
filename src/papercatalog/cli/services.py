"""Fetches days and papers from services, with settings from the environment."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.model.problems import Problem
from papercatalog.runtime.printing import say
from papercatalog.sources.fetching.services import Fetcher, FetchError, FetchSettings
from papercatalog.sources.record import ParsedSource

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


def attempt(source: str, fetch: Callable[[], ParsedSource]) -> ParsedSource:
    """Fetch; if that fails, give a source with one problem: why, and what to do."""
    try:
        return fetch()
    except FetchError as error:
        message = f"{error}; run the command again: what was fetched before is kept"
        return ParsedSource(source, rejected=(Problem(source, 0, "", NOT_FETCHED, message),))
