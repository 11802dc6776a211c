"""Finds other plugins and hooks that take part in single pages."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

PAGE_EVENTS = (
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)
"""The events by which a plugin or hook takes part in every single page."""


def find_page_listeners(config: MkDocsConfig, own: object) -> list[str]:
    """Name the plugins and hooks that take part in single pages."""
    found = set()
    for event in PAGE_EVENTS:
        for method in config.plugins.events[event]:
            owner = getattr(method, "__self__", None)
            if owner is not own:
                found.add(type(owner).__module__ if owner else method.__module__)
    return sorted(found)
