"""``papercatalog schema``: the JSON Schema of a page's front matter."""

from __future__ import annotations

import json

import click

from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.loading import inspect_catalog
from papercatalog.outputs.contribute import build_schema
from papercatalog.runtime.printing import locate

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@click.command("schema")
@click.pass_obj
def schema(root: CatalogFolder) -> None:
    """Print the JSON Schema of a paper's front matter, for editors.

    It allows the topics of this catalog. The guide's page "Curating" says how to set up an editor.

    \b
        papercatalog schema > paper.schema.json
    """
    catalog, _ = inspect_catalog(root)
    described = {"$schema": DRAFT, **build_schema(catalog)}
    click.echo(locate(json.dumps(described, indent=2, ensure_ascii=False)))
