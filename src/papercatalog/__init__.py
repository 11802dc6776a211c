"""A static site generator for a curated catalog of research papers.

`load_catalog` reads a catalog for programs of your own; the guide's page "Data" shows how.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from papercatalog.model.catalog import Catalog

__all__ = ["load_catalog"]
__version__ = "0.5.0"


def load_catalog(folder: str | os.PathLike[str] = ".") -> Catalog:
    """Read the catalog in a folder, the one that holds ``mkdocs.yml``.

    Nothing is written or fetched. Papers are sorted by day, newest first; within a day by votes,
    then by id.

    Raises:
        papercatalog.model.problems.CatalogError: Pages have problems; its ``problems`` name each
            with its file and line, and so does its text. Or ``mkdocs.yml`` cannot be read.
        FileNotFoundError: There is no ``docs`` in the folder.
    """
    from papercatalog.model import loading
    from papercatalog.model.catalog_folder import load_catalog_folder

    root = load_catalog_folder(Path(folder))
    if not (root / "docs").is_dir():
        raise FileNotFoundError(f"{folder} is no catalog: it has no folder {root.docs.name}")
    return loading.load_catalog(root)
