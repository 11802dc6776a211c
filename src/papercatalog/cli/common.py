"""What several commands need: the catalog, or a message and an exit code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from papercatalog.cli.prefetch import take_pages
from papercatalog.model.catalog import Catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.page_files import PageFile
from papercatalog.model.problems import CatalogError
from papercatalog.runtime.cache import Cache


def load_or_stop(
    root: Path, cache: Cache | None = None, pages: Iterable[PageFile] | None = None
) -> Catalog:
    """Load the catalog; print every problem and stop with exit code 1 where there is one."""
    try:
        return load_catalog(root, cache or Cache.of_built(root), pages or take_pages())
    except CatalogError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise click.ClickException(f"{len(error.problems)} problems in the catalog") from None


def describe(catalog: Catalog) -> str:
    """Count what the catalog holds."""
    counts = (
        (len(catalog.papers), "paper"),
        (len(catalog.vocabulary.topics), "topic"),
        (len(catalog.by_day), "day"),
    )
    return ", ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in counts)
