"""What exports with all facts write and imports read alike: a mark, tags, and lists as text.

An entry with the mark is a page as it is: its abstract is Markdown, and nothing needs repair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from papercatalog.model.paper import Paper

PAGE_MARK = "papercatalog"
"""The name of the mark: a field in BibTeX, a key of ``custom`` in CSL-JSON, a column of a dump."""
PAGE_FORMAT = 1
"""The mark's value: which facts there are and how they are written."""
RIS_TAGS = {
    "listed": "C1",
    "topics": "C2",
    "code": "C3",
    "project": "C4",
    "votes": "C5",
    "digests": "C6",
    "aliases": "C8",
    "pdf": "L1",
    PAGE_MARK: "C7",
}
"""The tags of RIS for facts that it has none for; C1 to C8 are for users' own fields. C7 holds the
mark's name and its value."""

_SEMICOLON = re.compile(r"(\\*)(;|$)")
_SEPARATOR = re.compile(r"(\\*);")


def build_row(paper: Paper) -> dict[str, Any]:
    """Give a paper as a row of a dump, for JSON: the mark, then the keys of its page.

    ``id`` and ``abstract`` are among them; what a paper does not have is left out. Days are texts,
    such as ``2025-07-29``.
    """
    return {PAGE_MARK: PAGE_FORMAT, **paper.model_dump(mode="json", exclude_defaults=True)}


def join_list(values: Sequence[str]) -> str:
    r"""Join values with semicolons, also one with a comma, so that readers split at semicolons.

    A semicolon in a value has a backslash before it, and backslashes before one are doubled.

    >>> join_list(["agents", "learning, deep"]), join_list(["learning, deep"])
    ('agents; learning, deep', 'learning, deep;')
    >>> join_list(["a;b", "c"])
    'a\\;b; c'
    """
    text = "; ".join(_SEMICOLON.sub(_escape, value) for value in values)
    return f"{text};" if "," in text and len(values) == 1 else text


def split_list(text: str) -> list[str]:
    r"""Split what `join_list` has joined.

    >>> split_list(r"a\;b; c;")
    ['a;b', 'c']
    """
    values, value, end = [], "", 0
    for found in _SEPARATOR.finditer(text):
        slashes = len(found[1])
        value += text[end : found.start()] + "\\" * (slashes // 2)
        end = found.end()
        if slashes % 2:
            value += ";"
        else:
            values.append(value.strip())
            value = ""
    rest = text[end:]
    slashes = len(rest) - len(rest.rstrip("\\"))
    value = (value + rest[: len(rest) - slashes // 2 - slashes % 2]).strip()
    return [*values, *([value] if value else [])]


def _escape(found: re.Match[str]) -> str:
    slashes, sign = found.groups()
    return slashes * 2 + (f"\\{sign}" if sign else "")
