"""Finds files that must not be published as part of a catalog: symbolic links and strays.

A pull request can add any file. Pages in the catalog's folders are validated; a link would publish
a file from elsewhere, and a file of another kind would be published without any check.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from papercatalog.model.problems import Problem
from papercatalog.runtime.files import list_files, list_links

PAGE_FOLDERS = ("papers", "topics", "authors")
"""The folders below ``docs`` that hold pages of the catalog and nothing else."""


def find_misplaced_files(root: Path) -> Iterator[Problem]:
    """Report symbolic links in ``docs`` and ``seeds``, and other files in folders of pages.

    The codes are ``symbolic-link`` and ``not-a-page``.
    """
    for path in list_links(root, ("docs", "seeds")):
        message = "is a symbolic link; put the file itself in its place"
        yield Problem(path, 0, "", "symbolic-link", message)
    for folder in PAGE_FOLDERS:
        for path in list_files(root, f"docs/{folder}", ""):
            if not path.endswith(".md") and not path.rpartition("/")[2].startswith("."):
                message = f"is no page; docs/{folder} holds .md files alone, so move it elsewhere"
                yield Problem(path, 0, "", "not-a-page", message)
