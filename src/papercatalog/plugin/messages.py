"""What a build says, and what it keeps MkDocs from saying."""

from __future__ import annotations

import logging

from mkdocs.plugins import get_plugin_logger

from papercatalog.build.page_shell import SPECIMEN
from papercatalog.build.prepare import Prepared

log = get_plugin_logger("papercatalog.plugin")


def tell(prepared: Prepared) -> None:
    """Say what is wrong with the catalog, each as a warning, and what is new in the digests."""
    for problem in prepared.problems:
        log.warning("%s", problem)
    if prepared.pending:
        new = prepared.pending
        log.info("%d papers of seeds/ have no page yet; they are shown all the same", new)


def is_worth_telling(record: logging.LogRecord) -> bool:
    """Keep MkDocs from telling that a specimen is not written."""
    return SPECIMEN not in record.getMessage()
