"""``papercatalog rename``: moves a paper's page to another id."""

from __future__ import annotations

import click

from papercatalog.cli.common import DRY_RUN, changes_catalog, load_or_stop, require_catalog
from papercatalog.cli.file_changes import apply_changes, plan_or_stop
from papercatalog.curation.edits import plan_rename
from papercatalog.model.catalog_folder import CatalogFolder


@click.command()
@click.argument("old")
@click.argument("new")
@DRY_RUN
@click.pass_obj
@changes_catalog
def rename(root: CatalogFolder, old: str, new: str, dry_run: bool) -> None:
    """Move paper OLD's page to the id NEW.

    An id is the name of a file in docs/papers without .md. The old id becomes an alias in the
    page: imports still find the page by it, and the old address redirects to the new one.

    \b
        papercatalog rename optima-optimizing-effectiveness 2410.08115
    """
    require_catalog(root)
    catalog = load_or_stop(root)
    apply_changes(root, plan_or_stop(lambda: plan_rename(root, catalog, old, new)), dry_run)
