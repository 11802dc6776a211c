"""``papercatalog build``, ``serve`` and ``export``: the site, by MkDocs or for another renderer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import click

from papercatalog.cache import Cache
from papercatalog.cli.loading import describe, load_or_stop
from papercatalog.export import export_tree
from papercatalog.problems import CatalogError
from papercatalog.progress import timed
from papercatalog.stamp import compute_stamp, drop_stamp, is_up_to_date, keep_stamp

QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""Keeps the theme from printing advice on other software into every build."""


@click.command()
@click.option("--force", is_flag=True, help="Build even where nothing has changed.")
@click.option("--timings", is_flag=True, help="Print each step's seconds as JSON on stderr.")
@click.pass_obj
def build(root: Path, force: bool, timings: bool) -> None:
    """Check the catalog and build the website in site/.

    Nothing is built where nothing has changed since the last time; else what has changed is.
    SOURCE_DATE_EPOCH is honoured; the same catalog gives the same bytes.
    """
    started = time.monotonic()
    steps: dict[str, float] = {}
    stamp = compute_stamp(root)
    cache = Cache(root)
    with timed(steps, "loading"):
        catalog = load_or_stop(root, cache)
    cache.close()
    if not force and is_up_to_date(root, stamp):
        click.echo(f"{describe(catalog)} in {root / 'site'}, nothing has changed since its build")
    else:
        require_config(root)
        from papercatalog.plugin.run import build_site  # takes a while, and only a build needs it

        drop_stamp(root)
        steps |= build_site(root, catalog)
        keep_stamp(root, stamp)
        seconds = time.monotonic() - started
        click.echo(f"{describe(catalog)} in {root / 'site'}, built in {seconds:.1f} s")
    click.echo("to look at it: make serve, or papercatalog serve")
    if timings:
        click.echo(
            json.dumps({name: round(seconds, 3) for name, seconds in steps.items()}), err=True
        )


@click.command()
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


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve it.")
@click.pass_obj
def serve(root: Path, address: str) -> None:
    """Serve the website and rebuild it as papers, topics or digests change."""
    run_mkdocs(root, "serve", "--dev-addr", address)


def require_config(root: Path) -> None:
    """Stop where the catalog has no settings."""
    if not (root / "mkdocs.yml").is_file():
        raise click.ClickException(f"there is no mkdocs.yml in {root.resolve()}; use -C DIR")


def run_mkdocs(root: Path, *arguments: str) -> None:
    """Run MkDocs on the catalog in a process of its own; its exit code is ours."""
    require_config(root)
    command = [sys.executable, "-m", "mkdocs", arguments[0], *arguments[1:]]
    done = subprocess.run(command, cwd=root, env={**os.environ, **QUIET}, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.returncode)
