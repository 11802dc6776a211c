"""``papercatalog export``: the website as a plain tree for another renderer."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from papercatalog.build.export import export_tree
from papercatalog.build.session import Session
from papercatalog.cli.common import describe, stop_at
from papercatalog.model.problems import CatalogError


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(root: Path, folder: Path) -> None:
    """Write the site as a plain tree for another renderer.

    FOLDER gets Markdown, static files, templates and a mkdocs.yml without our plugin. It must be
    empty or an earlier export. MkDocs, ProperDocs and Zensical can build it.

    \b
        papercatalog export build/tree
    """
    with closing(Session(root)) as session:
        catalog = session.load()
        stop_at(session.problems)
        try:
            files = export_tree(root, session, folder)
        except CatalogError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{describe(catalog)}: {files:,} files in {folder}")
    click.echo("to build them: mkdocs build, properdocs build or zensical build, in that folder")
