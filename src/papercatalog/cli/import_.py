"""``papercatalog import``: makes pages of digests, other files and fetched days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import click

from papercatalog.cli.common import changes_catalog, load_or_stop
from papercatalog.cli.import_runner import import_options, parse_same, run_import
from papercatalog.cli.source_files import DAY, PATH, read_files
from papercatalog.curation.import_plan import Choices
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.runtime.progress import show_progress
from papercatalog.sources.record import ParsedSource


@click.command("import")
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--day", "days", type=DAY, metavar="DAY", multiple=True, help="Fetch this day; may be repeated."
)
@click.option("--since", type=DAY, metavar="DAY", help="Fetch every day from this one on.")
@click.option(
    "--until", type=DAY, metavar="DAY", help="The last day to fetch.  [default: today in UTC]"
)
@click.option("--year", type=click.IntRange(1990, 9999), help="The year of dates that lack one.")
@click.option("--date", type=DAY, metavar="DAY", help="The day of papers whose source names none.")
@import_options
@click.pass_obj
@changes_catalog
def import_(
    root: CatalogFolder,
    paths: tuple[Path, ...],
    days: tuple[dt.date, ...],
    since: dt.date | None,
    until: dt.date | None,
    year: int | None,
    date: dt.date | None,
    join: tuple[str, ...],
    keep: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a page of every paper that has none yet.

    PATHS are digests (.txt), days of Daily Papers or CSL (.json), tables (.csv), bibliographies
    (.bib, .ris), dumps of any size (.jsonl, .jsonl.gz, .parquet), or folders of them. Without
    PATHS and days to fetch, the folder seeds/ is read. A page that exists is never overwritten:
    it only gains facts it lacks. The last two lines count everything that was read. The exit code
    is 1 if anything was rejected.

    A paper that may have a page already, but not surely, is uncertain: it is left out and shown
    beside that page. To decide, run the same import again with --join or --keep.

    \b
        papercatalog import
        papercatalog import seeds/2025-07-29.txt --dry-run
        papercatalog import notes.txt --year 2025
        papercatalog import --day 2025-07-29
        papercatalog import --join a-new-title=2410.08115 --keep another-title
    """
    catalog = load_or_stop(root)
    wanted = set(days)
    if since:
        wanted.update(days_between(since, until or dt.datetime.now(dt.UTC).date()))
    elif until:
        raise click.UsageError("--until needs --since, the first day to fetch")

    def read() -> Iterable[ParsedSource]:
        parsed_sources: Iterable[ParsedSource] = ()
        if paths or not wanted:
            parsed_sources = read_files(root, paths or (root / "seeds",), year)
        if not wanted:
            return parsed_sources
        from papercatalog.cli.services import Filler, fetch_days, make_fetcher  # slow to load

        fetcher = make_fetcher(root)
        filler = Filler(fetcher)
        days = show_progress(fetch_days(fetcher, sorted(wanted)), "fetching days", len(wanted))
        filled = (parsed for day in days for parsed in filler.fill_day(day))
        return chain(parsed_sources, filled)

    choices = Choices(date=date, same=parse_same(join), different=frozenset(keep))
    run_import(root, catalog, read, choices, dry_run=dry_run, as_json=as_json)


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Give every day from the first to the last."""
    return (first + dt.timedelta(number) for number in range((last - first).days + 1))
