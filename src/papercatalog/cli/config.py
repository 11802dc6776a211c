"""What commands need that build or serve a site."""

from __future__ import annotations

from pathlib import Path

import click


def require_config(root: Path) -> None:
    """Stop where the catalog has no settings."""
    if not (root / "mkdocs.yml").is_file():
        raise click.ClickException(f"there is no mkdocs.yml in {root.resolve()}; use -C DIR")
