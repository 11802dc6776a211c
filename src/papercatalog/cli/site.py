"""``papercatalog build``, ``serve`` and ``export``: the site, by MkDocs or for another renderer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click

from papercatalog.cache import Cache
from papercatalog.cli.loading import describe, load_or_stop
from papercatalog.export import export_tree
from papercatalog.limits import describe_extent, find_excess
from papercatalog.parallel import no_collection
from papercatalog.parts import Part, PartsError, merge_parts
from papercatalog.prepare import prepare
from papercatalog.problems import CatalogError
from papercatalog.progress import timed
from papercatalog.search import IndexFormatError
from papercatalog.stamp import compute_stamp, drop_stamp, is_up_to_date, keep_stamp

QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""Keeps the theme from printing advice on other software into every build."""


class PartType(click.ParamType):  # type: ignore[type-arg]
    """A part of a site, such as 2/8."""

    name = "K/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Part:
        """Read the part."""
        try:
            return Part.parse(str(value))
        except ValueError:
            self.fail(f"'{value}' is no part; write 2/8 for the second of eight", param, ctx)


@click.command()
@click.option("--force", is_flag=True, help="Build even where nothing has changed.")
@click.option("--part", type=PartType(), help="Build one part of so many, for `merge`.")
@click.option("--timings", is_flag=True, help="Print each step's seconds as JSON on stderr.")
@click.pass_obj
def build(root: Path, force: bool, part: Part | None, timings: bool) -> None:
    """Check the catalog and build the website in site/.

    Nothing is built where nothing has changed since the last time; else what has changed is.
    SOURCE_DATE_EPOCH is honoured; the same catalog gives the same bytes.

    A catalog that is too large for one machine is built in parts, each on one of its own, and the
    parts' sites are put together:

    \b
        papercatalog build --part 1/2       on one machine
        papercatalog build --part 2/2       on another
        papercatalog merge site PART PART   where both sites have been copied to
    """
    started = time.monotonic()
    steps: dict[str, float] = {}
    stamp = f"{compute_stamp(root)} {part}" if part else compute_stamp(root)
    cache = Cache(root)
    with timed(steps, "loading"):
        catalog = load_or_stop(root, cache)
    cache.close()
    if not force and is_up_to_date(root, stamp):
        click.echo(f"{describe(catalog)} in {root / 'site'}, nothing has changed since its build")
    else:
        require_config(root)
        drop_stamp(root)
        with no_collection():
            with timed(steps, "reading"):
                prepared = prepare(root, catalog, indexed=part is None)
            from papercatalog.plugin.run import build_site  # takes a while, related papers too

            extent, spent = build_site(root, prepared, part)
            steps |= spent
        keep_stamp(root, stamp)
        seconds = time.monotonic() - started
        click.echo(describe_extent(extent, 0 if part else len(catalog.entries)))
        if excess := find_excess(extent):
            click.echo(f"warning: {excess}", err=True)
        click.echo(f"{describe(catalog)} in {root / 'site'}, built in {seconds:.1f} s")
    click.echo("to look at it: make serve, or papercatalog serve")
    if timings:
        click.echo(
            json.dumps({name: round(seconds, 3) for name, seconds in steps.items()}), err=True
        )


@click.command()
@click.argument("site", type=click.Path(file_okay=False, path_type=Path))
@click.argument(
    "parts",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def merge(site: Path, parts: tuple[Path, ...]) -> None:
    """Put the PARTS of a website together in SITE, a new or empty folder.

    Each part is the site/ that `build --part` made of the same catalog. The whole is the same, byte
    for byte, as a build without parts gives.
    """
    if site.exists() and any(site.iterdir()):
        raise click.ClickException(f"{site} is not empty; name a new folder")
    try:
        files = merge_parts(parts, site)
    except (PartsError, IndexFormatError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{len(parts)} parts: {files:,} files in {site}")


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
    require_config(root)
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    with subprocess.Popen(command, cwd=root, env={**os.environ, **QUIET}) as server:  # noqa: S603
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        code = server.wait()
    if code:
        raise SystemExit(code)


def require_config(root: Path) -> None:
    """Stop where the catalog has no settings."""
    if not (root / "mkdocs.yml").is_file():
        raise click.ClickException(f"there is no mkdocs.yml in {root.resolve()}; use -C DIR")
