"""Papers as the cache keeps them: JSON of valid papers, read back without validating it again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from sys import intern
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic_core import from_json

from papercatalog.model.field_types import Kind
from papercatalog.model.fields import FIELDS, Links
from papercatalog.model.paper import Paper
from papercatalog.runtime.hashing import hash_key

T = TypeVar("T", bound=BaseModel)


def dump_paper(paper: Paper) -> bytes:
    """Write a paper and what follows from it, for `load_paper`."""
    facts = paper.dump()
    return f'["{hash_key(facts).hex()}",{json.dumps(paper.title_key)},{facts}]'.encode()


def load_paper(kept: bytes) -> Paper:
    """Read what `dump_paper` wrote; what papers have in common is in memory once."""
    given: dict[str, Any]
    key, title_key, given = from_json(kept)
    for name in given.keys() & _RESTORED.keys():
        given[name] = _RESTORED[name](given[name])
    derived = {"key": bytes.fromhex(key), "title_key": title_key}
    return _restore(Paper, {**_FACTS, **given, **derived}, given)


def _restore(model: type[T], values: dict[str, Any], given: Iterable[str]) -> T:
    made = model.__new__(model)
    known = tuple(given)
    state: dict[str, Any] = {"__pydantic_extra__": None, "__pydantic_private__": None}
    state["__pydantic_fields_set__"] = _given.setdefault(known, set(known))
    made.__setstate__({"__dict__": values, **state})
    return made


_given: dict[tuple[str, ...], set[str]] = {}
_FACTS = {name: field.default for name, field in Paper.model_fields.items()}
_LINKS = {name: field.default for name, field in Links.model_fields.items()}
"""What a field is where it was left out, in the order in which a paper is written."""
_RESTORED: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys((f.path for f in FIELDS if f.kind is Kind.DAY), cache(dt.date.fromisoformat)),
    **dict.fromkeys(
        (name for name, default in _FACTS.items() if default == ()),
        lambda of: tuple(map(intern, of)),
    ),
    "links": lambda links: _restore(Links, _LINKS | links, links),
}
