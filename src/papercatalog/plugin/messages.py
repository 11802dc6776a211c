"""What a build says through MkDocs' log, and what it keeps MkDocs from saying."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.utils import CountHandler

from papercatalog.build.page_shell import PLACEHOLDER
from papercatalog.build.session import Session
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.problems import Problem
from papercatalog.runtime.printing import printable

log = get_plugin_logger("papercatalog.plugin")


def report_problems(session: Session, folder: CatalogFolder) -> None:
    """Log each problem of the catalog as a warning, and what of the digests has no page yet."""
    for problem in session.problems:
        log.warning("%s", printable(str(folder.locate_problem(problem))))
    for line in session.describe_pending():
        log.info("%s", printable(folder.locate(line)))


def report_replaced(files: Iterable[File], folder: CatalogFolder) -> None:
    """Log each file in whose place the site has a page or file of ours."""
    for file in files:
        message = "is left out: the catalog has a page or file at its address; give it another name"
        problem = Problem(f"docs/{file.src_uri}", 0, "", "reserved-file", message)
        log.warning("%s", printable(str(folder.locate_problem(problem))))


def warn_of_withheld(files: Iterable[File], folder: CatalogFolder) -> None:
    """Warn of each page of ours that MkDocs' settings withhold."""
    for file in files:
        message = (
            "exclude_docs or draft_docs names it, but pages of the catalog are published all the"
            " same; move it to another folder"
        )
        log.warning("%s: %s", printable(folder.locate(f"docs/{file.src_uri}")), message)


def has_warned() -> bool:
    """Whether MkDocs has counted a warning of this build, for which a strict build fails."""
    counters = logging.getLogger("mkdocs").handlers
    return any(one.get_counts() for one in counters if isinstance(one, CountHandler))


def hide_placeholders() -> None:
    """Keep MkDocs from saying that a placeholder page is not written."""
    logging.getLogger("mkdocs.commands.build").addFilter(_names_no_placeholder)


def _names_no_placeholder(record: logging.LogRecord) -> bool:
    return PLACEHOLDER not in record.getMessage()


def warn_of_changed_text(path: str) -> None:
    """Warn of the first page whose inline scripts the security policy will not allow."""
    message = (
        "another plugin has changed the page's text, so none of its inline scripts may run, on this"
        " page and others; list papercatalog before that plugin"
    )
    log.warning("%s: %s", printable(path), message)


def warn_of_search_box(path: str) -> None:
    """Warn of a page in whose header a project's template has no search box."""
    message = (
        "the page has no search box: let templates in custom_dir extend base.html and keep its"
        " block header; keep the label for __drawer in a header of your own; remove"
        " partials/search.html"
    )
    log.warning("%s: %s", printable(path), message)
