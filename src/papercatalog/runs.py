"""Runs of papers as the cache keeps what was read of them."""

from __future__ import annotations

import json
from dataclasses import dataclass

KIND = "run"
"""What the cache calls them."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some papers, as they were read."""

    keys: list[str]
    """The key of each, in hexadecimal."""
    texts: list[list[str] | None]
    """The abstract of each as HTML and as plain text; None for one without markup."""
    words: bytes
    """Their summary."""

    def dump(self) -> bytes:
        """Write it as bytes: a line of JSON, then the summary."""
        head = json.dumps([self.keys, self.texts], ensure_ascii=False, separators=(",", ":"))
        return b"%b\n%b" % (head.encode(), self.words)

    @classmethod
    def load(cls, data: bytes) -> Run:
        """Read what ``dump`` wrote."""
        head, _, words = data.partition(b"\n")
        keys, texts = json.loads(head)
        return cls(keys, texts, words)
