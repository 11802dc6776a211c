"""Small MkDocs projects, as people have them, built in this process."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from made_catalog import CURATED, write_catalog

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

MATERIAL = "theme:\n  name: material\n  font: false\n"
PLAIN = f"site_name: Lanterns\n{MATERIAL}plugins: [papercatalog]\n"
"""A configuration with the plugin alone."""


@dataclass(frozen=True)
class Built:
    """A site, and the warnings and errors that MkDocs printed."""

    site: Path
    warnings: list[str]
    told: list[str]
    """What MkDocs printed beside that."""

    def read(self, path: str) -> str:
        """Read a file of the site."""
        return (self.site / path).read_text("utf-8")


def write_project(root: Path, config: str = PLAIN, files: Mapping[str, str] | None = None) -> Path:
    """Write a project with three papers and three topics, and files of its own by path."""
    write_catalog(root, *(paper.model_copy(update={"digests": ()}) for paper in CURATED))
    for path, text in {"mkdocs.yml": config, **(files or {})}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def build_project(
    root: Path, caplog: pytest.LogCaptureFixture, config: str = "mkdocs.yml", *, live: bool = False
) -> Built:
    """Build a project as ``mkdocs build`` does, or as ``mkdocs serve`` does at its start."""
    caplog.clear()
    loaded = load_config(str(root / config))
    with caplog.at_level(logging.INFO, "mkdocs"):
        loaded.plugins.on_startup(command="serve" if live else "build", dirty=False)
        build(loaded)
        loaded.plugins.on_shutdown()
    said: tuple[list[str], list[str]] = ([], [])
    for record in caplog.records:
        said[record.levelno <= logging.INFO].append(record.getMessage())
    return Built(Path(loaded.site_dir), *said)
