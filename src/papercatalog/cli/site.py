"""``papercatalog merge``, ``serve`` and ``export``: the site put together, shown, or given away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click

from papercatalog.cli.config import require_config
from papercatalog.cli.loading import describe, load_or_stop
from papercatalog.export import export_tree
from papercatalog.parts import PartsError, merge_parts
from papercatalog.problems import CatalogError
from papercatalog.search.wire import IndexFormatError

QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""Keeps the theme from printing advice on other software into every build."""


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
