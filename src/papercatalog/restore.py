"""Papers as the cache keeps them: JSON of valid papers, read back without validating it again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from sys import intern
from typing import Any, TypeVar

from pydantic import BaseModel

from papercatalog.cache import hash_key
from papercatalog.entry import Entry, Links

T = TypeVar("T", bound=BaseModel)


def restore_entry(text: str | bytes) -> Entry:
    """Read what `Entry.dump` wrote; what papers have in common is in memory once."""
    given: dict[str, Any] = json.loads(text)
    for key in given.keys() & _RESTORED.keys():
        given[key] = _RESTORED[key](given[key])
    return _restore(Entry, {**_FACTS, **given, "key": hash_key(text)}, given)


def _restore(model: type[T], values: dict[str, Any], given: Iterable[str]) -> T:
    made = model.__new__(model)
    known = tuple(given)
    state: dict[str, Any] = {"__pydantic_extra__": None, "__pydantic_private__": None}
    state["__pydantic_fields_set__"] = _given.setdefault(known, set(known))
    made.__setstate__({"__dict__": values, **state})
    return made


_given: dict[tuple[str, ...], set[str]] = {}
_FACTS = {name: field.default for name, field in Entry.model_fields.items()}
_LINKS = {name: field.default for name, field in Links.model_fields.items()}
"""What a field is where it was left out, in the order in which a paper is written."""
_RESTORED: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(("date", "published"), cache(dt.date.fromisoformat)),
    **dict.fromkeys(("topics", "authors", "digests", "aliases"), lambda of: tuple(map(intern, of))),
    "links": lambda links: _restore(Links, _LINKS | links, links),
}
