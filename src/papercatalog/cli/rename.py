"""``papercatalog rename``: a paper's page under another id."""

from __future__ import annotations

from pathlib import Path

import click

from papercatalog.cli.common import load_or_stop
from papercatalog.cli.edits import DRY_RUN, carry_out, plan_or_stop
from papercatalog.curation.edits import plan_rename


@click.command()
@click.argument("old")
@click.argument("new")
@DRY_RUN
@click.pass_obj
def rename(root: Path, old: str, new: str, dry_run: bool) -> None:
    """Move paper OLD's page to the id NEW; the old address redirects to the new one.

    \b
        papercatalog rename optima-optimizing-effectiveness 2410.08115
    """
    catalog = load_or_stop(root)
    carry_out(root, plan_or_stop(lambda: plan_rename(root, catalog, old, new)), dry_run)
