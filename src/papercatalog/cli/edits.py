"""What commands that change pages share: planning, writing, naming the files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from papercatalog.curation.edits import Revision, RevisionError, write_revision
from papercatalog.model.problems import CatalogError

_T = TypeVar("_T")
DRY_RUN = click.option(
    "--dry-run", is_flag=True, help="Name the files that would change and write nothing."
)


def plan_or_stop(plan: Callable[[], _T]) -> _T:
    """Plan a change; stop with the reason where it cannot be made."""
    try:
        return plan()
    except RevisionError as error:
        raise click.ClickException(str(error)) from None
    except CatalogError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise click.ClickException("the vocabulary would not be sound; nothing changed") from None


def carry_out(root: Path, revision: Revision, dry_run: bool) -> None:
    """Write a change, unless it is a rehearsal, and name its files."""
    if not dry_run:
        write_revision(root, revision)
    for path in sorted(revision.written):
        click.echo(f"{'would write' if dry_run else 'wrote'} {path}")
    for path in revision.removed:
        click.echo(f"{'would remove' if dry_run else 'removed'} {path}")
    if dry_run:
        click.echo("nothing was written (--dry-run)")
