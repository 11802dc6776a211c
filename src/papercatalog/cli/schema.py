"""``papercatalog schema``: what a page may say, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from papercatalog.model.loading import inspect_catalog
from papercatalog.outputs.contribute import build_schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@click.command("schema")
@click.pass_obj
def schema(root: Path) -> None:
    """Print the JSON Schema of a paper's front matter, for editors.

    Its topics are those of the catalog. The guide says how to set an editor up.

    \b
        papercatalog schema > paper.schema.json
    """
    catalog, _ = inspect_catalog(root)
    described = {"$schema": DRAFT, **build_schema(catalog)}
    click.echo(json.dumps(described, indent=2, ensure_ascii=False))
