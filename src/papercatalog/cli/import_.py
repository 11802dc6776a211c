"""``papercatalog import``: from digests, other files and fetched days to pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import click

from papercatalog.cli.common import load_or_stop
from papercatalog.cli.import_run import carry_out, parse_joins
from papercatalog.cli.source_files import DAY, PATH, read_files
from papercatalog.curation.import_plan import (
    Choices,
)
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
@click.option("--year", type=click.IntRange(1990, 9999), help="The year of dates without one.")
@click.option("--date", type=DAY, metavar="DAY", help="The day of papers whose source names none.")
@click.option("--join", metavar="ID=ID", multiple=True, help="An undecided paper is that page's.")
@click.option("--keep", metavar="ID", multiple=True, help="An undecided paper is one of its own.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.pass_obj
def import_(
    root: Path,
    paths: tuple[Path, ...],
    days: tuple[dt.datetime, ...],
    since: dt.datetime | None,
    until: dt.datetime | None,
    year: int | None,
    date: dt.datetime | None,
    join: tuple[str, ...],
    keep: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make pages of the papers in digests that have none yet.

    PATHS are digests (.txt), days of Daily Papers, CSL (.json), tables (.csv), bibliographies
    (.bib, .ris), dumps of any size (.jsonl, .jsonl.gz, .parquet), or folders of them; without
    any, seeds/ is read, unless days are to be fetched. A page that is there is never overwritten:
    at most it gains a fact it lacks. The last lines account for all that was read. The exit code
    is 1 where something was rejected.

    A paper that is likely to be there already, but not surely, is left out and shown beside the
    page it may be. Run the same import again with --join or --keep to decide.

    \b
        papercatalog import
        papercatalog import seeds/2025-07-29.txt --dry-run
        papercatalog import notes.txt --year 2025
        papercatalog import --day 2025-07-29
        papercatalog import --join a-new-title=2410.08115 --keep another-title
    """
    catalog = load_or_stop(root)
    wanted = {day.date() for day in days}
    if since:
        last = until or dt.datetime.now(dt.UTC)
        wanted.update(days_between(since.date(), last.date()))
    elif until:
        raise click.UsageError("--until needs --since")
    parsed_sources: Iterable[ParsedSource] = ()
    if paths or not wanted:
        parsed_sources = read_files(root, paths or (root / "seeds",), year)
    if wanted:
        from papercatalog.cli.services import fetch_days, make_fetcher  # takes a while to load

        fetched = fetch_days(make_fetcher(root), sorted(wanted))
        parsed_sources = chain(parsed_sources, show_progress(fetched, "fetching days", len(wanted)))
    choices = Choices(
        date=date.date() if date else None, join=parse_joins(join), keep=frozenset(keep)
    )
    carry_out(root, catalog, parsed_sources, choices, dry_run=dry_run, as_json=as_json)


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Give every day from the first to the last."""
    return (first + dt.timedelta(number) for number in range((last - first).days + 1))
