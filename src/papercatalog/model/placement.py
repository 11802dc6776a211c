"""Finds files that must not be published as part of a catalog: links, strays, false scripts.

A pull request can add any file. Pages in the catalog's folders are validated; a link would publish
a file from elsewhere, and a file of another kind would be published without any check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from papercatalog.model.problems import Problem
from papercatalog.runtime.files import Root, list_files, list_links

PAGE_FOLDERS = ("papers", "topics", "authors", "searches")
"""The folders below ``docs`` that hold pages of the catalog and nothing else."""

_OURS = re.compile(
    r"docs/assets/(?:(?:papercatalog|topics)\.css|(?:search|cite|lists|contribute)/.*"
    r"|javascripts/(?:bundle\.|workers/).*|stylesheets/(?:main|palette)\..*)",
    re.DOTALL,
)
"""Scripts and styles of the site: a file of the same name in ``docs`` would take their place."""
_PART_OF_CATALOG = re.compile(
    r"docs/papers/[^/]+/[^/]+\.md|docs/(?:topics|authors|searches)/[^/]+\.md|seeds/.+", re.DOTALL
)


def list_other_files(paths: Iterable[str]) -> list[str]:
    """List, sorted, those of some files that are no paper, topic, author, search or digest.

    >>> list_other_files(["docs/x.md", "docs/papers/2025/a.md", "seeds/2025-07-29.txt"])
    ['docs/x.md']
    """
    return sorted(path for path in paths if not _PART_OF_CATALOG.fullmatch(path))


def find_misplaced_files(root: Root) -> Iterator[Problem]:
    """Report symbolic links, other files in folders of pages, and files in place of our scripts.

    The codes are ``symbolic-link``, ``not-a-page`` and ``reserved-file``.
    """
    for path in list_links(root, ("docs", "seeds")):
        message = "is a symbolic link; put the file itself in its place"
        yield Problem(path, 0, "", "symbolic-link", message)
    for folder in PAGE_FOLDERS:
        for path in list_files(root, f"docs/{folder}", ""):
            if not path.endswith(".md") and not path.rpartition("/")[2].startswith("."):
                message = f"is no page; docs/{folder} holds .md files alone, so move it elsewhere"
                yield Problem(path, 0, "", "not-a-page", message)
    for path in list_files(root, "docs/assets", ""):
        if _OURS.fullmatch(path):
            message = "takes the place of a script or style of the site; give it another name"
            yield Problem(path, 0, "", "reserved-file", message)
