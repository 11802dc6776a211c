"""The commands: arguments, progress and printing. What they do lies in the modules they call."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from papercatalog import __version__
from papercatalog.account import render_account, render_account_json
from papercatalog.catalog import Catalog, inspect_catalog, load_catalog
from papercatalog.curate import plan_import, write_plan
from papercatalog.export import export_tree
from papercatalog.problems import CatalogError
from papercatalog.progress import show_progress
from papercatalog.sources.digest import parse_digest
from papercatalog.sources.record import Reading
from papercatalog.stamp import compute_stamp, drop_stamp, is_up_to_date, keep_stamp

PATH = click.Path(exists=True, path_type=Path)
QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""Keeps the theme from printing advice on other software into every build."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.option(
    "-C",
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The catalog's folder, the one that holds mkdocs.yml.  [default: this folder]",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Keep a catalog of research papers and build its website.

    Raw digests lie in seeds/, a page for each paper in docs/papers/, a page for each topic in
    docs/topics/. The usual round:

    \b
        papercatalog import seeds     make pages of what is new in the digests
        papercatalog check            name every problem in the catalog
        papercatalog build            make the website in site/
        papercatalog serve            look at it while you edit
    """
    context.obj = root


@main.command("import")
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


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON list.")
@click.pass_obj
def check(root: Path, as_json: bool) -> None:
    """Name every problem in the catalog at once: what, where, and what to do.

    The exit code is 1 where there is one.
    """
    catalog, problems = inspect_catalog(root)
    if as_json:
        rows = [
            {name: getattr(problem, name) for name in problem.__dataclass_fields__}
            for problem in problems
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(problem)
        click.echo(f"{describe(catalog)}: {len(problems)} problems", err=bool(problems))
    if problems:
        raise SystemExit(1)


@main.command()
@click.option("--force", is_flag=True, help="Build even where nothing has changed.")
@click.pass_obj
def build(root: Path, force: bool) -> None:
    """Check the catalog and build the website in site/.

    Nothing is built where nothing has changed since the last time. SOURCE_DATE_EPOCH is
    honoured; the same catalog gives the same bytes.
    """
    started = time.monotonic()
    catalog = load_or_stop(root)
    stamp = compute_stamp(root)
    if not force and is_up_to_date(root, stamp):
        click.echo(f"{describe(catalog)} in {root / 'site'}, nothing has changed since its build")
    else:
        drop_stamp(root)
        run_mkdocs(root, "build", "--strict")
        keep_stamp(root, stamp)
        seconds = time.monotonic() - started
        click.echo(f"{describe(catalog)} in {root / 'site'}, built in {seconds:.1f} s")
    click.echo("to look at it: make serve, or papercatalog serve")


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(root: Path, folder: Path) -> None:
    """Write the site's pages to FOLDER as a plain tree for another renderer.

    The tree holds Markdown, static files, templates and a mkdocs.yml without our plugin.
    MkDocs, ProperDocs and Zensical build it. FOLDER must be empty or an earlier export.
    """
    catalog = load_or_stop(root)
    try:
        files = export_tree(root, catalog, folder)
    except CatalogError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{describe(catalog)}: {files:,} files in {folder}")
    click.echo("to build them: mkdocs build, properdocs build or zensical build, in that folder")


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve it.")
@click.pass_obj
def serve(root: Path, address: str) -> None:
    """Serve the website and rebuild it as papers, topics or digests change."""
    run_mkdocs(root, "serve", "--dev-addr", address)


def load_or_stop(root: Path) -> Catalog:
    """Load the catalog; print every problem and stop with exit code 1 where there is one."""
    try:
        return load_catalog(root)
    except CatalogError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise click.ClickException(f"{len(error.problems)} problems in the catalog") from None


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


def describe(catalog: Catalog) -> str:
    """Count what the catalog holds."""
    return (
        f"{len(catalog.entries):,} papers, {len(catalog.vocabulary.topics):,} topics, "
        f"{len(catalog.by_day):,} days"
    )


def run_mkdocs(root: Path, *arguments: str) -> None:
    """Run MkDocs on the catalog in a process of its own; its exit code is ours."""
    if not (root / "mkdocs.yml").is_file():
        raise click.ClickException(f"there is no mkdocs.yml in {root.resolve()}; use -C DIR")
    command = [sys.executable, "-m", "mkdocs", arguments[0], *arguments[1:]]
    done = subprocess.run(command, cwd=root, env={**os.environ, **QUIET}, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.returncode)
