"""Plans changes of pages that are there, renaming and merging; `write_revision` carries them out.

Pages are read as they stand, and only the lines that must change do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from papercatalog.curation.record_to_paper import as_fact, missing_facts
from papercatalog.model.catalog import Catalog
from papercatalog.model.ids import is_id
from papercatalog.model.page import edit_page
from papercatalog.model.paper import Paper
from papercatalog.runtime.files import write_bytes


class RevisionError(ValueError):
    """A change that cannot be made; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Revision:
    """Files to write and to remove; paths are relative to the catalog's root."""

    written: Mapping[str, str] = field(default_factory=dict)
    """Each file's whole new text."""
    removed: tuple[str, ...] = ()


def write_revision(root: Path, revision: Revision) -> None:
    """Write every file, then remove the others: an interrupted change loses nothing."""
    for path, text in sorted(revision.written.items()):
        write_bytes(root / path, text.encode())
    for path in revision.removed:
        (root / path).unlink(missing_ok=True)


def read_page(root: Path, path: str) -> str:
    """Read a file of the catalog with its line ends as they are."""
    return (root / path).read_bytes().decode("utf-8")


def plan_rename(root: Path, catalog: Catalog, old: str, new: str) -> Revision:
    """Move a paper's page to another id; the old one becomes an alias, which redirects."""
    paper = _paper(catalog, old)
    if not is_id(new):
        message = "use lower-case letters and digits, joined by '-', '.' or '_'"
        raise RevisionError(f"{new!a} cannot be an id; {message}")
    for other in catalog.papers:
        if new == other.id or (new in other.aliases and other is not paper):
            raise RevisionError(f"'{new}' is docs/{other.path} already; choose another id")
    aliases = [alias for alias in paper.aliases if alias != new]
    text = edit_page(read_page(root, _path(paper)), {"aliases": [*aliases, old]})
    moved = paper.model_copy(update={"id": new})
    return Revision({_path(moved): text}, (_path(paper),))


def plan_merge(root: Path, catalog: Catalog, page_id: str, other_id: str) -> Revision:
    """Make one page of two: the first gains what it lacks, the other becomes an alias of it."""
    page, other = _paper(catalog, page_id), _paper(catalog, other_id)
    if page is other:
        raise RevisionError(f"'{page_id}' is one page already; name two")
    facts = {key: as_fact(value) for key, value in missing_facts(page, other).items()}
    facts["aliases"] = list(dict.fromkeys([*page.aliases, other.id, *other.aliases]))
    text = edit_page(read_page(root, _path(page)), facts)
    return Revision({_path(page): text}, (_path(other),))


def _paper(catalog: Catalog, page_id: str) -> Paper:
    paper = catalog.by_id.get(page_id)
    if paper is None:
        raise RevisionError(f"there is no paper {page_id!a}; its id is its file's name without .md")
    return paper


def _path(paper: Paper) -> str:
    return f"docs/{paper.path}"
