"""The commands, one module each: arguments, progress and printing."""

from __future__ import annotations

import atexit
import errno
import gc
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from papercatalog import __version__
from papercatalog.model.catalog_folder import load_catalog_folder
from papercatalog.model.problems import CatalogError
from papercatalog.runtime.printing import locate, printable

atexit.register(gc.freeze)
"""Skip the garbage collection at exit, which takes long with many objects."""

MAX_EPOCH = 253_402_300_799
"""The last second of the year 9999, after which Python has no days."""

COMMANDS = (
    *("add", "build", "check", "enrich", "export", "import", "merge", "new", "newsletter"),
    *("preview", "rename", "review", "schema", "search", "serve", "topics"),
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

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the system refuses ends it with one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except click.UsageError:
            raise
        except click.ClickException as error:
            message = error.message
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            message = describe_error(error)
        raise click.ClickException(printable(locate(message)))


def describe_error(error: OSError) -> str:
    """Say what the system refused, of which file, and what to do."""
    names = [os.fsdecode(name) for name in (error.filename, error.filename2) if name is not None]
    reason = error.strerror or str(error) or type(error).__name__
    remedy = REMEDIES.get(error.errno or 0, "")
    return ": ".join(filter(None, [" and ".join(names), reason])) + (
        f"; {remedy}" if remedy else ""
    )


REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "free some space, then run the command again"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "check who may read and write it"),
    errno.EROFS: "the disk is read-only: work on a copy, or mount it for writing",
    errno.EIO: "the disk may be damaged: check it, then run the command again",
    errno.ELOOP: "links lead in a circle: remove one of them",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EMFILE: "raise the limit of open files (ulimit -n)",
    errno.ENOTDIR: "a file is where a folder should be: move it away",
    errno.EISDIR: "a folder is where a file should be: move it away",
}
"""What to do about errors of the system, by their number."""


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
@click.option(
    "-f",
    "--config-file",
    "config",
    default="",
    metavar="FILE",
    help="The configuration, relative to that folder.  [default: mkdocs.yml]",
)
@click.pass_context
def main(context: click.Context, root: Path, config: str) -> None:
    """Keep a catalog of research papers and build its website.

    A catalog is a folder: raw digests are in seeds/, a page for each paper in docs/papers/, a page
    for each topic in docs/topics/, or where its configuration puts them. The usual steps:

    \b
        papercatalog new my-papers    make a new catalog
        papercatalog import seeds     make pages of new papers in the digests
        papercatalog check            report every problem
        papercatalog build            make the website in site/
        papercatalog serve            look at it while you edit
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if not epoch.isdecimal() or int(epoch) > MAX_EPOCH:
        message = "is no number of seconds since 1970; correct it or unset it"
        raise click.ClickException(f"the variable SOURCE_DATE_EPOCH, {epoch!a}, {message}")
    try:
        context.obj = load_catalog_folder(root, config)
    except CatalogError as error:
        raise click.ClickException(printable(str(error))) from None
