"""The commands: arguments, progress and printing. What they do lies in the modules they call."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module
from pathlib import Path

import click

from papercatalog import __version__

atexit.register(gc.freeze)
"""At the end nobody looks for garbage among all that is there: it goes with the process."""

COMMANDS = (
    *("add", "build", "check", "enrich", "export", "import", "merge", "new", "preview", "rename"),
    *("review", "schema", "search", "serve", "topics"),
)
"""The commands. Each is a function in the module of its name; `import`'s ends in an underscore."""
READING = frozenset({"add", "check", "enrich", "export", "import", "rename", "review", "topics"})
"""The commands that read all pages."""


class Commands(click.Group):
    """Loads a command's module when it is asked for: what others import would delay each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return sorted(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is wanted; if it reads all pages, those are looked up meanwhile."""
        if args[0] in READING and not {"-h", "--help"} & set(args):
            from papercatalog.cli.prefetch import look_up_early

            look_up_early(ctx, ctx.params["root"])
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command by its name."""
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

    Raw digests lie in seeds/, a page for each paper in docs/papers/, a page for each topic in
    docs/topics/. The usual round:

    \b
        papercatalog import seeds     make pages of what is new in the digests
        papercatalog check            name every problem in the catalog
        papercatalog build            make the website in site/
        papercatalog serve            look at it while you edit
    """
    context.obj = root
