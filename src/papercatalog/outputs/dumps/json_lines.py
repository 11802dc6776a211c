"""Writes papers as JSON Lines, one object a line.

Source: https://jsonlines.org/
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from papercatalog.model.catalog import Catalog
from papercatalog.model.exported import build_row
from papercatalog.model.paper import Paper


def render_json_lines(_catalog: Catalog, papers: Sequence[Paper]) -> bytes:
    """Write papers, each as `build_row` gives it."""
    return b"".join(map(_render_line, papers))


def _render_line(paper: Paper) -> bytes:
    return json.dumps(build_row(paper), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
