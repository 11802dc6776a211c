"""Plans and writes changes of files, for `rename` and `topics`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from papercatalog.cli.common import NOTHING_WRITTEN
from papercatalog.curation.edits import EditError, FileChanges, write_changes
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.problems import CatalogError
from papercatalog.runtime.printing import say

_T = TypeVar("_T")


def plan_or_stop(plan: Callable[[], _T]) -> _T:
    """Call the planning function, or stop with its reason and exit code 1."""
    try:
        return plan()
    except EditError as error:
        raise click.ClickException(str(error)) from None
    except CatalogError as error:
        for problem in error.problems:
            say(problem, err=True)
        message = "the topics would have the problems above; nothing was written"
        raise click.ClickException(message) from None


def apply_changes(root: CatalogFolder, changes: FileChanges, dry_run: bool) -> None:
    """Write the changes unless it is a dry run, and name each file."""
    if not dry_run:
        write_changes(root, changes)
    for path in sorted(changes.written):
        say(f"{'would write' if dry_run else 'wrote'} {path}")
    for path in changes.removed:
        say(f"{'would remove' if dry_run else 'removed'} {path}")
    if dry_run:
        say(NOTHING_WRITTEN)
