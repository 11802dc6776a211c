"""Pages are looked up by a process of its own while the modules of a command are loaded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import click

from papercatalog.model.page_files import Lookup, PageFile
from papercatalog.runtime.processes import Beside

_KEY = "papercatalog.pages"


def look_up_early(context: click.Context, root: Path) -> None:
    """Begin to look up all pages."""
    pages = context.meta[_KEY] = Beside(*Lookup(root).works)
    context.call_on_close(pages.close)


def take_pages() -> Iterable[PageFile] | None:
    """Wait, once, for the pages that are being looked up; None where there are none."""
    context = click.get_current_context(silent=True)
    pages: Beside[list[PageFile]] | None = context.meta.pop(_KEY, None) if context else None
    return chain.from_iterable(pages.results()) if pages else None
