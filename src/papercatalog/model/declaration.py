"""How a field of a paper is declared; `fields` declares them.

Derived from the declarations: `Record` and the columns and keys that readers look up, merging,
the JSON Schema, the form and the issue form, the order of keys on a page, the links on a paper's
page, ``papercatalog preview``, and the guide's tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Flag, auto
from typing import Any, Literal, get_args

from pydantic import BaseModel
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

from papercatalog.model.field_types import Kind

Format = Literal["table", "bibtex", "ris", "csl", "crossref", "arxiv", "daily_papers", "openalex"]
"""The formats whose keys are declared; a table is CSV, JSON Lines or Parquet."""


class Use(Flag):
    """What is done with a field."""

    FORM = auto()
    """The site's form asks for it."""
    ISSUE_FORM = auto()
    """The repository's issue form asks for it."""
    SHOWN = auto()
    """The paper's page shows it."""
    SEARCHED = auto()
    """Search finds, filters or sorts by it."""
    SOUGHT = auto()
    """``papercatalog enrich`` asks services for papers that lack it."""


NOWHERE = Use(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperField:
    """The declaration of one field."""

    label: str
    """The field's name for people: in the forms, on the site and in previews."""
    meaning: str
    """One sentence for the JSON Schema and the guide."""
    examples: tuple[str, ...] = ()
    keys: Mapping[Format, tuple[str, ...]] | None = None
    """The keys and columns that hold the fact, by format; the first that is not empty counts.
    Columns of tables are in lower case. None where no source has the fact."""
    separators: str = ""
    """Characters between the values of a list that is written as one text, beside line ends."""
    hint: str = ""
    """What the form says below the label."""
    uses: Use = NOWHERE
    path: str = ""
    """The key on a page, ``votes`` or ``links.code``; `list_fields` sets this and what follows."""
    kind: Kind = Kind.LINE
    required: bool = False

    @property
    def name(self) -> str:
        """The last part of the path, by which records and forms know the field: ``code``."""
        return self.path.rpartition(".")[2]

    @property
    def group(self) -> str:
        """The key that holds the field's key: ``links``; empty at the top level."""
        return self.path.rpartition(".")[0]


def list_fields(model: type[BaseModel], group: str = "") -> Iterator[PaperField]:
    """Yield the declared fields of a model, in order; a group's fields stand in its place."""
    for name, info in model.model_fields.items():
        declared = find_declaration(info)
        if declared is None:
            continue
        path = f"{group}.{name}" if group else name
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from list_fields(info.annotation, path)
        else:
            yield replace(declared, path=path, kind=_kind_of(info), required=info.is_required())


def find_declaration(info: FieldInfo) -> PaperField | None:
    """Give the declaration in a field's annotation; None for one without, such as ``abstract``."""
    return next((part for part in info.metadata if isinstance(part, PaperField)), None)


def _kind_of(info: FieldInfo) -> Kind:
    """Find the kind in a field's type, or in the type that is not None of ``Type | None``."""
    parts = [*info.metadata]
    for option in get_args(info.annotation):
        parts += getattr(option, "__metadata__", ())
    return next(part for part in parts if isinstance(part, Kind))


def describe_fields(schema: JsonDict, model: type[BaseModel]) -> None:
    """Add the declarations to a model's JSON Schema, and take out null, which no page writes.

    ``x-quoted`` and ``x-separators`` are for the form: whether a page quotes the value, and the
    characters between the values of a list.
    """
    properties: Any = schema["properties"]
    for name, value in properties.items():
        info = model.model_fields[name]
        declared = find_declaration(info)
        value.pop("default", None)
        for option in value.pop("anyOf", []):
            if option != {"type": "null"}:
                value.update(option)
        if declared is None:
            continue
        value |= {"title": declared.label, "description": declared.meaning}
        if declared.examples:
            value["examples"] = list(declared.examples)
        if "$ref" in value:
            continue
        kind = _kind_of(info)
        if kind.is_quoted:
            value["x-quoted"] = True
        if kind.is_list:
            value["x-separators"] = f"\r\n{declared.separators}"
