"""``papercatalog import``: from sources to pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from papercatalog.account import render_account, render_account_json
from papercatalog.cli.loading import load_or_stop
from papercatalog.curate import plan_import, write_plan
from papercatalog.progress import show_progress
from papercatalog.sources.digest import parse_digest
from papercatalog.sources.record import Reading

PATH = click.Path(exists=True, path_type=Path)


@click.command("import")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--year", type=click.IntRange(1990, 9999), help="The year of dates without one.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.pass_obj
def import_command(
    root: Path, paths: tuple[Path, ...], year: int | None, dry_run: bool, as_json: bool
) -> None:
    """Make pages of the papers in digests that have none yet.

    PATHS are digests or folders of them; without any, seeds/ is read. A page that is there is
    never overwritten: at most it gains a fact it lacks. The last lines account for all that was
    read. The exit code is 1 where something was rejected.

    \b
        papercatalog import
        papercatalog import seeds/2025-07-29.txt --dry-run
        papercatalog import notes.txt --year 2025
    """
    catalog = load_or_stop(root)
    readings = read_digests(root, paths or (root / "seeds",), year)
    plan = plan_import(catalog, readings)
    account = plan.account
    records = sum(len(reading.records) for reading in readings)
    if not account.is_balanced(records) or not all(map(Reading.balanced, readings)):
        raise click.ClickException(
            "the account does not add up, so nothing was written; please report this digest: "
            + "; ".join(render_account(account))
        )
    if not dry_run:
        write_plan(root, plan)
    if as_json:
        click.echo(json.dumps(render_account_json(account), indent=2, ensure_ascii=False))
    else:
        for line in render_account(account):
            click.echo(line)
        if dry_run:
            click.echo("nothing was written (--dry-run)")
    if account.problems:
        raise SystemExit(1)


def read_digests(root: Path, paths: Sequence[Path], year: int | None) -> list[Reading]:
    """Read every digest, sorted by path; a folder stands for the ``.txt`` files in it."""
    files = [
        file
        for path in paths
        for file in (sorted(path.glob("**/*.txt")) if path.is_dir() else [path])
    ]
    if not files:
        raise click.ClickException("there is no digest: put text files into seeds/ or name one")
    return [
        parse_digest(file.read_bytes(), name_source(root, file), year=year)
        for file in show_progress(files, "reading digests", len(files))
    ]


def name_source(root: Path, file: Path) -> str:
    """Name a file as pages do: by its path in the catalog, or by its bare path outside of it."""
    resolved = file.resolve()
    if resolved.is_relative_to(root.resolve()):
        return resolved.relative_to(root.resolve()).as_posix()
    return file.as_posix()
