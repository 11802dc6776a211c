"""Finds other plugins and hooks that take part in single pages."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from papercatalog.outputs.artifacts import TEMPLATE
from papercatalog.plugin.home import is_home

PAGE_EVENTS = (
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)
"""The events by which a plugin or hook takes part in every single page."""

DATES = ("git_revision_date", "git_creation_date", "revision_date", "creation_date")
"""How the names of dates begin that plugins add to a page."""


def find_page_listeners(config: MkDocsConfig, own: object) -> list[str]:
    """Name the plugins and hooks that take part in single pages."""
    found = set()
    for event in PAGE_EVENTS:
        for method in config.plugins.events[event]:
            owner = getattr(method, "__self__", None)
            if owner is not own:
                found.add(type(owner).__module__ if owner else method.__module__)
    return sorted(found)


def drop_dates(page: Page, config: MkDocsConfig) -> None:
    """Take from a page the dates that plugins give it, unless a file of ``docs`` has changed then.

    For a page without a file, ``git-revision-date-localized`` and others give the build's time.
    """
    if not Path(config.docs_dir, page.file.src_uri).is_file():
        for key in [key for key in page.meta if key.startswith(DATES)]:
            del page.meta[key]


def keep_preview(page: Page) -> None:
    """Keep Material's plugin ``social`` off a page of ours, which has a link preview of its own."""
    if page.meta.get("template", TEMPLATE if is_home(page.file) else "") == TEMPLATE:
        page.meta.setdefault("social", {"cards": False})
