"""Writes citations as CSL-JSON, which Zotero, pandoc and other citation processors read."""

from __future__ import annotations

import json

from papercatalog.outputs.citations.item import Item


def render_csl(item: Item) -> str:
    """Write an item on one line, without a line end: entries of a list have a comma between."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))
