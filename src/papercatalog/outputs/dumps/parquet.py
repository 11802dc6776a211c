"""Writes papers as Parquet; needs pyarrow.

The columns follow from the declared fields: days are ``date32``, lists are lists of texts, and the
links are one struct.

Source: https://parquet.apache.org/docs/file-format/
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from papercatalog.model.catalog import Catalog
from papercatalog.model.declaration import PaperField
from papercatalog.model.exported import PAGE_FORMAT, PAGE_MARK
from papercatalog.model.field_types import Kind
from papercatalog.model.fields import FIELDS
from papercatalog.model.paper import Paper


class MissingLibraryError(Exception):
    """A format needs a library that is not installed; the message says which."""


def render_parquet(_catalog: Catalog, papers: Sequence[Paper]) -> bytes:
    """Write papers as one table.

    Raises:
        MissingLibraryError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        message = "Parquet needs pyarrow: pip install 'papercatalog[parquet]'"
        raise MissingLibraryError(message) from None
    text = pyarrow.string()
    columns: dict[str, Any] = {PAGE_MARK: pyarrow.int8(), "id": text}
    groups: dict[str, list[Any]] = {}
    for field in FIELDS:
        kind = _type_of(pyarrow, field)
        if field.group:
            groups.setdefault(field.group, []).append(pyarrow.field(field.name, kind))
            columns[field.group] = pyarrow.struct(groups[field.group])
        else:
            columns[field.name] = kind
    columns["abstract"] = text
    table = pyarrow.Table.from_pylist(
        [{PAGE_MARK: PAGE_FORMAT, **paper.model_dump()} for paper in papers],
        schema=pyarrow.schema(list(columns.items())),
    )
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _type_of(pyarrow: Any, field: PaperField) -> Any:
    match field.kind:
        case Kind.DAY:
            return pyarrow.date32()
        case Kind.COUNT:
            return pyarrow.int64()
        case Kind.NAMES | Kind.TEXTS | Kind.PATHS | Kind.PAGE_IDS:
            return pyarrow.list_(pyarrow.string())
    return pyarrow.string()
