"""Helpers of several commands: loading the catalog, checking its folder, printing safely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from papercatalog.runtime.printing import say

# Modules that take long to load are imported by the functions that need them.
if TYPE_CHECKING:
    from papercatalog.model.catalog import Catalog
    from papercatalog.model.catalog_folder import CatalogFolder
    from papercatalog.model.problems import Problem
    from papercatalog.runtime.cache import Cache

DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
NOTHING_WRITTEN = "nothing was written (--dry-run)"


def changes_catalog(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command hold the catalog's lock while it runs, unless it is a dry run.

    The command's first argument is the catalog's folder. Files that a killed command left half
    written are removed first, and a change of several files that it did not end is taken back.
    """

    @wraps(command)
    def locked(root: CatalogFolder, *arguments: Any, **options: Any) -> None:
        if options.get("dry_run") or not (root / "docs").is_dir():
            command(root, *arguments, **options)
            return
        from papercatalog.curation.edits import undo_interrupted
        from papercatalog.runtime.files import remove_partial_files
        from papercatalog.runtime.locks import hold_lock

        with ExitStack() as stack:
            try:
                stack.enter_context(hold_lock(root))
            except BlockingIOError:
                message = "another command is changing this catalog; wait until it has ended"
                raise click.ClickException(message) from None
            remove_partial_files(root / "docs")
            if files := undo_interrupted(root):
                say(
                    f"took back a change that was interrupted: {count_noun(files, 'file')}",
                    err=True,
                )
            command(root, *arguments, **options)

    return locked


def load_or_stop(root: CatalogFolder, cache: Cache | None = None) -> Catalog:
    """Load the catalog, or print every problem and stop with exit code 1.

    It stops, too, while a change of several pages is half made.
    """
    stop_at_half_change(root)
    from papercatalog.model.loading import inspect_catalog
    from papercatalog.runtime.cache import Cache

    if cache is None:
        with closing(Cache.of_built(root)) as opened:
            return load_or_stop(root, opened)
    catalog, problems = inspect_catalog(root, cache)
    stop_at(problems)
    return catalog


def stop_at_half_change(root: CatalogFolder) -> None:
    """Stop if a command is changing several pages, or was interrupted while it did."""
    from papercatalog.curation.edits import JOURNAL

    if (root / JOURNAL).exists():
        raise click.ClickException(
            "a change of several pages has not ended, so the catalog is half changed; wait for the "
            "command that makes it, or, if it was interrupted, run it again"
        )


def stop_at(problems: Sequence[Problem]) -> None:
    """Print every problem and stop with exit code 1, if there is one."""
    for problem in problems:
        say(problem, err=True)
    if problems:
        count = count_noun(len(problems), "problem")
        raise click.ClickException(f"the catalog has {count}; correct them first")


def require_catalog(root: CatalogFolder) -> None:
    """Stop if the folder has neither ``mkdocs.yml`` nor ``docs``."""
    if not (root / "docs").is_dir():
        require_config(root)


def require_config(root: CatalogFolder) -> None:
    """Stop if the folder has no ``mkdocs.yml``."""
    file = root / "mkdocs.yml"
    if not file.is_file():
        remedy = "name the catalog's folder with -C, or make one with 'papercatalog new'"
        message = f"{file.parent.resolve()} is no catalog: it has no {file.name}; {remedy}"
        raise click.ClickException(message)


def describe(catalog: Catalog) -> str:
    """Count the catalog's papers, topics and days: ``110 papers, 40 topics, 1 day``."""
    counts = (
        (len(catalog.papers), "paper"),
        (len(catalog.vocabulary.topics), "topic"),
        (len(catalog.by_day), "day"),
    )
    return ", ".join(count_noun(number, noun) for number, noun in counts)


def count_noun(number: int, noun: str) -> str:
    """Write a number and a noun.

    >>> count_noun(1, "paper"), count_noun(1200, "paper")
    ('1 paper', '1,200 papers')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def find_topics(catalog: Catalog, names: Iterable[str]) -> tuple[str, ...]:
    """Give the slugs of topics that are named by slug or title; unknown names are left out."""
    slugs = {topic.title.casefold(): topic.slug for topic in catalog.vocabulary.topics}
    slugs |= {topic.slug: topic.slug for topic in catalog.vocabulary.topics}
    found = (slugs.get(name.strip().casefold()) for name in names)
    return tuple(dict.fromkeys(slug for slug in found if slug))


def require_topic(catalog: Catalog, name: str) -> str:
    """Give the slug of the topic of a slug or a title, or stop with a suggestion."""
    if found := find_topics(catalog, [name]):
        return found[0]
    from papercatalog.model.problems import suggest

    topics = catalog.vocabulary.topics
    names = [*(topic.slug for topic in topics), *(topic.title for topic in topics)]
    hint = suggest(name, names, "papercatalog topics lists all")
    raise click.ClickException(f"there is no topic {name!a}; {hint}")
