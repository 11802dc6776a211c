"""The gists of papers: lists, descriptions and feeds show the same sentence."""

from __future__ import annotations

from papercatalog.model.paper import Paper
from papercatalog.outputs.context import Context
from papercatalog.text import choose_gist

MAX_GISTS = 16_000
"""Gists that a process keeps at most. To choose one takes as long as to render a row."""

_gists: dict[bytes, str] = {}


def find_gist(context: Context, paper: Paper) -> str:
    """Give the most telling sentence of a paper's abstract, as plain text; keeps recent ones."""
    gist = _gists.get(paper.key)
    if gist is None:
        if len(_gists) >= MAX_GISTS:
            _gists.clear()
        plain = context.render(paper.abstract).plain
        gist = _gists[paper.key] = choose_gist(plain, paper.title)
    return gist
