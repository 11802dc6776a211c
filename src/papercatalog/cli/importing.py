"""``papercatalog import``: from digests, other files and fetched days to pages."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import click

from papercatalog.catalog import Catalog
from papercatalog.cli.loading import load_or_stop
from papercatalog.cli.printable import printable
from papercatalog.cli.side_by_side import render_side_by_side
from papercatalog.curation.account import render_account, render_account_json
from papercatalog.curation.curate import (
    Choices,
    Plan,
    Undecided,
    plan_import,
    write_joins,
    write_new,
)
from papercatalog.problems import Problem
from papercatalog.progress import show_progress
from papercatalog.sources.dump import count_rows, is_dump, read_dump
from papercatalog.sources.formats import read_source
from papercatalog.sources.record import Reading
from papercatalog.sources.suffixes import find_sources

PATH = click.Path(exists=True, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


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
def import_command(
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
    readings: Iterable[Reading] = ()
    if paths or not wanted:
        readings = read_files(root, paths or (root / "seeds",), year)
    if wanted:
        from papercatalog.cli.fetching import fetch_days, make_fetcher  # takes a while to load

        fetched = fetch_days(make_fetcher(root), sorted(wanted))
        readings = chain(readings, show_progress(fetched, "fetching days", len(wanted)))
    choices = Choices(
        date=date.date() if date else None, join=parse_joins(join), keep=frozenset(keep)
    )
    carry_out(root, catalog, readings, choices, dry_run=dry_run, as_json=as_json)


def carry_out(
    root: Path,
    catalog: Catalog,
    readings: Iterable[Reading],
    choices: Choices,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Plan an import, write it unless it is a rehearsal, and print the account.

    Each reading is let go once its papers are planned. Stops with exit code 1, after all was
    written, where something was rejected.
    """
    records = 0
    balanced = True
    remarks: list[Problem] = []

    def watched() -> Iterator[Reading]:
        nonlocal records, balanced
        for reading in readings:
            records += len(reading.records)
            balanced &= reading.balanced()
            remarks.extend(reading.remarks)
            yield reading

    plan = plan_import(catalog, watched(), choices)
    account = plan.account
    if not (balanced and account.is_balanced(records)):
        raise click.ClickException(
            "the account does not add up, so nothing was written; please report this digest: "
            + "; ".join(render_account(account))
        )
    check_choices(plan, catalog, choices)
    if not dry_run:
        write_new(root, show_progress(plan.new, "writing pages", len(plan.new)))
        write_joins(root, plan.joined)
    if as_json:
        report = render_account_json(account)
        report["undecided"] = [render_undecided_json(case) for case in plan.undecided]
        report["remarks"] = [str(remark) for remark in remarks]
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for remark in remarks:
            click.echo(printable(str(remark)), err=True)
        for case in plan.undecided:
            for line in render_undecided(case):
                click.echo(line)
        for line in render_account(account):
            click.echo(printable(line))
        if dry_run:
            click.echo("nothing was written (--dry-run)")
    if account.problems:
        raise SystemExit(1)


def parse_joins(pairs: Sequence[str]) -> dict[str, str]:
    """Read ``ID=ID``: the undecided paper's, then the page's."""
    joins = {}
    for pair in pairs:
        paper, equals, page = pair.partition("=")
        if not (paper and equals and page):
            raise click.UsageError(f"write --join PAPER=PAGE, two ids, instead of {pair!a}")
        joins[paper] = page
    return joins


def check_choices(plan: Plan, catalog: Catalog, choices: Choices) -> None:
    """Stop where a decision names a paper or a page that is not there."""
    for paper in sorted({*choices.join, *choices.keep} - plan.ids):
        raise click.ClickException(f"there is no paper {paper!a} in what was read")
    for page in sorted(set(choices.join.values()) - catalog.by_id.keys()):
        raise click.ClickException(f"there is no page {page!a} in the catalog")


def render_undecided(case: Undecided) -> Iterator[str]:
    """Show an undecided paper beside the page that it may be, and how to decide."""
    source, line = case.place
    yield f"undecided: {case.reason}"
    yield from render_side_by_side(
        case.entry, case.page, f"{source}:{line}", f"docs/{case.page.path}"
    )
    paper, page = case.entry.id, case.page.id
    yield f"the same paper: --join {paper}={page}; another one: --keep {paper}"
    yield ""


def render_undecided_json(case: Undecided) -> dict[str, object]:
    """Give an undecided paper as plain data."""
    return {
        "id": case.entry.id,
        "page": case.page.id,
        "reason": case.reason,
        "source": case.place[0],
        "line": case.place[1],
        "papers": [entry.model_dump(mode="json") for entry in (case.entry, case.page)],
    }


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Give every day from the first to the last."""
    return (first + dt.timedelta(number) for number in range((last - first).days + 1))


def read_files(root: Path, paths: Sequence[Path], year: int | None) -> Iterator[Reading]:
    """Read every file, sorted by path; a folder stands for all in it that can be read.

    A dump comes in parts, as it is read; any other file as a whole.
    """
    files = [file for path in paths for file in ([path] if path.is_file() else find_sources(path))]
    if not files:
        raise click.ClickException("there is no digest: put text files into seeds/ or name one")
    total = 0
    for file in files:
        total += count_pieces(file) if is_dump(file.name) else 1

    def read() -> Iterator[Reading]:
        for file in files:
            name = name_source(root, file)
            if is_dump(name):
                with file.open("rb") as dump:
                    yield from read_dump(name, dump)
            else:
                yield read_source(name, file.read_bytes(), year=year)

    return show_progress(
        read(), "reading", total, lambda part: part.paragraphs if is_dump(part.source) else 1
    )


def count_pieces(file: Path) -> int:
    """Count the rows of a dump."""
    with file.open("rb") as dump:
        return count_rows(file.name, dump)


def name_source(root: Path, file: Path) -> str:
    """Name a file by its path in the catalog, or by its whole path outside of it."""
    resolved = file.resolve()
    if resolved.is_relative_to(root.resolve()):
        return resolved.relative_to(root.resolve()).as_posix()
    return resolved.as_posix()
