"""The commands: arguments, progress and printing. What they do lies in the modules they call."""

from __future__ import annotations

from pathlib import Path

import click

from papercatalog import __version__
from papercatalog.cli import (
    adding,
    checking,
    curating,
    importing,
    previewing,
    reviewing,
    searching,
    site,
    starting,
    topics,
)


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


for command in (
    importing.import_command,
    adding.add,
    checking.check,
    checking.schema_command,
    curating.enrich,
    curating.rename,
    reviewing.review,
    topics.topics,
    searching.search_command,
    previewing.preview,
    site.build,
    site.serve,
    site.export,
    starting.new,
):
    main.add_command(command)
