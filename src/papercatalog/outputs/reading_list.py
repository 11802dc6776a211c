"""The page of the reading list, which lives in each reader's browser."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.outputs.artifacts import Artifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.contribute import count_digits
from papercatalog.outputs.templates import make_page


def build(context: Context) -> Iterator[Artifact]:
    """Build ``reading-list/index.md``; the script in ``theme/assets/lists`` fills it."""
    yield make_page(
        context,
        "reading_list",
        "reading-list/index.md",
        context.words.text("reading.title"),
        context.words.text("reading.description", site=context.site.name),
        digits=count_digits(context.catalog),
    )
