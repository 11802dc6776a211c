"""Papers as the cache keeps them: JSON of valid papers, read back without validating it again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import cache
from sys import intern
from typing import Any

from pydantic_core import from_json

from papercatalog.model.field_types import Kind
from papercatalog.model.fields import FIELDS, Links
from papercatalog.model.paper import Paper
from papercatalog.runtime.hashing import hash_key


def dump_paper(paper: Paper) -> bytes:
    """Write a paper, its key and its title's key for `load_paper`."""
    facts = paper.dump()
    return f'["{hash_key(facts).hex()}",{json.dumps(paper.title_key)},{facts}]'.encode()


def load_paper(data: bytes) -> Paper:
    """Read what `dump_paper` wrote; values that papers have in common are in memory once."""
    facts: dict[str, Any]
    key, title_key, facts = from_json(data)
    for name in facts.keys() & _READERS.keys():
        facts[name] = _READERS[name](facts[name])
    paper = Paper.model_construct(set(facts), **{**_DEFAULTS, **facts})
    paper.__dict__.update(key=bytes.fromhex(key), title_key=title_key)
    return paper


_DEFAULTS = {name: field.default for name, field in Paper.model_fields.items()}
"""Given with the facts, since pydantic would copy each default that is missing."""
_READERS: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(
        (field.path for field in FIELDS if field.kind is Kind.DAY), cache(dt.date.fromisoformat)
    ),
    **dict.fromkeys(
        (name for name, field in Paper.model_fields.items() if field.default == ()),
        lambda of: tuple(map(intern, of)),
    ),
    "links": lambda links: Links.model_construct(**links),
}
"""How the values of fields are read that JSON has no type for."""
