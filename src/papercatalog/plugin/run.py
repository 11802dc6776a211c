"""Builds the site in this process, as ``mkdocs build --strict`` does in one of its own."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from mkdocs.commands.build import build
from mkdocs.config import load_config

from papercatalog.build.session import Session
from papercatalog.build.size_report import SiteSize
from papercatalog.plugin import PaperCatalogPlugin
from papercatalog.runtime.files import Root

NOT_LISTED = "{} does not list papercatalog in its plugins; add it there, outside of groups"

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's advice on other software


def build_site(root: Root, session: Session) -> SiteSize:
    """Build the site of a session's catalog with MkDocs; gives how large the site is.

    Raises:
        click.ClickException: Something was worth a warning (MkDocs' ``Abort``), or the
            configuration does not list the plugin.
    """
    with _warnings_shown(), closing(session):
        config = load_config(str(root / "mkdocs.yml"), strict=True)
        plugin = config.plugins.get("papercatalog")
        if not isinstance(plugin, PaperCatalogPlugin):
            raise click.ClickException(NOT_LISTED.format(Path(root / "mkdocs.yml").name))
        plugin.session = session
        started = time.monotonic() - sum(session.steps.values())
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
        session.steps["theme"] = time.monotonic() - started - sum(session.steps.values())
        return session.measure()


@contextmanager
def _warnings_shown() -> Iterator[None]:
    """Show MkDocs' warnings and errors on standard error."""
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    level, handlers = logger.level, list(logger.handlers)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.handlers[:] = handlers
