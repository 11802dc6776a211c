"""Plans changes of existing pages, such as renaming and merging; `write_changes` carries them out.

Only the lines that must change do: comments, order and line ends of a page stay. A change of
several files is made as a whole or not at all: while it is made, a journal holds the texts before
and after it, and `undo_interrupted` takes back a change that did not end.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from papercatalog.curation.record_to_paper import as_fact, missing_facts
from papercatalog.model.catalog import Catalog
from papercatalog.model.ids import is_id
from papercatalog.model.page import edit_page
from papercatalog.model.paper import Paper
from papercatalog.runtime.files import Root, write_bytes

JOURNAL = Path(".cache/papercatalog.changes")
"""Where the journal of the change that goes on lies, relative to the catalog: JSON, by each file's
path its text before and after, null where there is no file."""


class EditError(ValueError):
    """A change that cannot be made; its message says why and what to do."""


@dataclass(frozen=True, slots=True)
class FileChanges:
    """Files to write and to remove; paths are relative to the catalog's root."""

    written: Mapping[str, str] = field(default_factory=dict)
    """Each file's whole new text, by its path."""
    removed: tuple[str, ...] = ()


def write_changes(root: Root, changes: FileChanges) -> None:
    """Write every file, then remove the others; all of it or nothing.

    Raises:
        OSError: A file cannot be written; what was written before it is taken back.
    """
    paths = {**changes.written, **dict.fromkeys(changes.removed)}
    before = {path: read_page(root, path) if (root / path).exists() else None for path in paths}
    journal = {path: [before[path], after] for path, after in paths.items()}
    write_bytes(root / JOURNAL, json.dumps(journal).encode())
    try:
        for path, after in sorted(paths.items(), key=lambda item: (item[1] is None, item[0])):
            _write(root / path, after)
        (root / JOURNAL).unlink()
    except OSError:
        undo_interrupted(root)
        raise


def undo_interrupted(root: Root) -> int:
    """Take back the change that did not end, if there is one; gives the number of its files.

    A file that is not as the change left it stays: somebody has edited it since.
    """
    try:
        journal = json.loads((root / JOURNAL).read_bytes())
    except FileNotFoundError:
        return 0
    except ValueError:  # somebody has damaged it: it is written as a whole
        (root / JOURNAL).unlink()
        return 0
    for path, (before, after) in journal.items():
        current = read_page(root, path) if (root / path).exists() else None
        if current == after:
            _write(root / path, before)
    (root / JOURNAL).unlink()
    return len(journal)


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        write_bytes(path, text.encode())


def read_page(root: Root, path: str) -> str:
    """Read a file of the catalog; line ends stay as they are."""
    return (root / path).read_bytes().decode("utf-8")


def plan_rename(root: Root, catalog: Catalog, old: str, new: str) -> FileChanges:
    """Move a paper's page to another id; the old id becomes an alias, which redirects.

    Raises:
        EditError: The old id is unknown, or the new one is taken or cannot be an address.
    """
    paper = _paper(catalog, old)
    if not is_id(new):
        message = "use lower-case letters and digits with '-', '.' or '_' between them"
        raise EditError(f"{new!a} cannot be an id; {message}")
    for other in catalog.papers:
        if new == other.id or (new in other.aliases and other is not paper):
            raise EditError(f"'{new}' is already the id of docs/{other.path}; choose another")
    aliases = [alias for alias in paper.aliases if alias != new]
    text = edit_page(read_page(root, _path(paper)), {"aliases": [*aliases, old]})
    moved = paper.model_copy(update={"id": new})
    return FileChanges({_path(moved): text}, (_path(paper),))


def plan_merge(root: Root, catalog: Catalog, page_id: str, other_id: str) -> FileChanges:
    """Merge the other page into the first: it gains missing facts, and the other id as an alias.

    Raises:
        EditError: An id is unknown, or both are the same.
    """
    page, other = _paper(catalog, page_id), _paper(catalog, other_id)
    if page is other:
        raise EditError(f"cannot merge '{page_id}' with itself; name two pages")
    facts = {key: as_fact(value) for key, value in missing_facts(page, other).items()}
    facts["aliases"] = list(dict.fromkeys([*page.aliases, other.id, *other.aliases]))
    text = edit_page(read_page(root, _path(page)), facts)
    return FileChanges({_path(page): text}, (_path(other),))


def _paper(catalog: Catalog, page_id: str) -> Paper:
    paper = catalog.by_id.get(page_id)
    if paper is None:
        raise EditError(
            f"there is no paper {page_id!a}; an id is the name of a file in docs/papers without .md"
        )
    return paper


def _path(paper: Paper) -> str:
    return f"docs/{paper.path}"
