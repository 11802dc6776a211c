"""The services that commands ask: settings from the environment, days, arXiv ids and DOIs."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from papercatalog.model.problems import Problem
from papercatalog.sources.fetching.services import Fetcher, FetchError, FetchSettings
from papercatalog.sources.record import ParsedSource

CACHE = Path(".cache/papercatalog/answers")
"""Where answers are kept, relative to the catalog; safe to delete."""
DAY_PAGE = "https://huggingface.co/papers/date/{day}"
"""The page of a day, by which papers name it."""
NOT_FETCHED = "not-fetched"
"""The code of the problem that a service gave no usable answer."""
PREFIX = "PAPERCATALOG_"
"""What a setting's environment variable starts with: ``PAPERCATALOG_READ_SECONDS``."""


def make_fetcher(root: Path) -> Fetcher:
    """Make a fetcher with the settings that the environment gives, and the catalog's cache."""
    settings = FetchSettings(cache=root / CACHE)
    given: dict[str, Any] = {}
    for field in fields(FetchSettings):
        text = os.environ.get(name := PREFIX + field.name.upper())
        if text:
            kind = Path if field.name == "cache" else type(getattr(settings, field.name))
            try:
                given[field.name] = kind(text)
            except ValueError:
                raise click.ClickException(f"{name} is {text!a}, which is no number") from None
    return Fetcher(replace(settings, **given))


def fetch_days(fetcher: Fetcher, days: Iterable[dt.date]) -> Iterator[ParsedSource]:
    """Fetch each day; at the first that fails the rest is left for the next run.

    A day that lists nothing says so. A fault becomes a problem of its day.
    """
    for day in days:
        address = DAY_PAGE.format(day=day.isoformat())
        parsed = replace(attempt(address, partial(fetcher.fetch_day, day)), source=address)
        if not parsed.records and not parsed.rejected:
            click.echo(f"{day} lists no papers", err=True)
        yield parsed
        if any(problem.code == NOT_FETCHED for problem in parsed.rejected):
            return


def attempt(source: str, fetch: Callable[[], ParsedSource]) -> ParsedSource:
    """Fetch, or give a source whose one problem says why not and what to do."""
    try:
        return fetch()
    except FetchError as error:
        message = f"{error}; what was fetched before is imported, run the command again"
        return ParsedSource(source, rejected=(Problem(source, 0, "", NOT_FETCHED, message),))
