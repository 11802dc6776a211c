"""Builds the site in this process, as ``mkdocs build --strict`` does in one of its own."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from papercatalog.build.part import Part
from papercatalog.build.prepare import Prepared
from papercatalog.build.size_report import Extent, measure
from papercatalog.plugin import PaperCatalogPlugin

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's advice on other software


def build_site(
    root: Path, prepared: Prepared, part: Part | None = None
) -> tuple[Extent, Mapping[str, float]]:
    """Build the site of what was prepared, or a part.

    Gives how large it is and each step's seconds. Raises MkDocs' `Abort`, a click exception, where
    something was worth a warning.
    """
    with _told(), closing(prepared.companion):
        config = load_config(str(root / "mkdocs.yml"), strict=True)
        plugin = config.plugins["papercatalog"]
        assert isinstance(plugin, PaperCatalogPlugin)  # noqa: S101
        plugin.prepared, plugin.part = prepared, part
        started = time.monotonic()
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    others = time.monotonic() - started - sum(plugin.steps.values())
    extent = measure(Path(config.site_dir), plugin.sizes)
    return extent, {**plugin.steps, "theme": others}


@contextmanager
def _told() -> Iterator[None]:
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
