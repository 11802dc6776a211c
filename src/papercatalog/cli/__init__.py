"""The commands, one module each: arguments, progress and printing."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module
from pathlib import Path

import click

from papercatalog import __version__

atexit.register(gc.freeze)
"""Skip the garbage collection at exit, which takes long with many objects."""

COMMANDS = (
    *("add", "build", "check", "enrich", "export", "import", "merge", "new", "preview", "rename"),
    *("review", "schema", "search", "serve", "topics"),
)
"""Each command is a function in the module of its name; `import` is ``import_`` in both."""


class Commands(click.Group):
    """Imports a command's module only when the command runs: all modules together load slowly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command by its name; None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        name = "import_" if cmd_name == "import" else cmd_name
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        return command


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
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

    A catalog is a folder: raw digests are in seeds/, a page for each paper in docs/papers/, a page
    for each topic in docs/topics/. The usual steps:

    \b
        papercatalog new my-papers    make a new catalog
        papercatalog import seeds     make pages of new papers in the digests
        papercatalog check            report every problem
        papercatalog build            make the website in site/
        papercatalog serve            look at it while you edit
    """
    context.obj = root
