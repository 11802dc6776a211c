"""The manifest: what is known of an index before its first file. ``manifest.js`` is its twin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from papercatalog.search.codec import Cursor, IndexFormatError, pack, put_text, sort_key, unpack
from papercatalog.search.index.arrays import numbers_of
from papercatalog.search.index.encoding import encode_varints

CUT = ("terms", "words", "endings")
"""The folders whose files hold a range of keys each."""
FOLDERS = (*CUT, "cards", "authors")
"""The folders whose files the manifest names; the others are named by those in ``terms``."""

_NAME = 4
"""Bytes of a name."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How much an index holds, and the names of its files."""

    papers: int
    months: Sequence[tuple[str, int]]
    """Papers of each month."""
    topics: Sequence[tuple[str, str, str]]
    """Slug, title and the slug of the topic above."""
    sizes: Mapping[str, int]
    """How many papers are in a block of ``cards`` and of ``authors``; how many of the former
    ``blocks`` share a name."""
    starts: Mapping[str, Sequence[str]]
    """Of each folder that is cut by keys, where each file begins; read, by `sort_key`."""
    names: Mapping[str, Sequence[str]]
    """Of each folder the names of its files, eight hexadecimal digits each."""

    def dump(self) -> bytes:
        """The file."""
        known = {
            "papers": self.papers,
            "months": self.months,
            "topics": self.topics,
            "sizes": self.sizes,
            "files": {folder: len(self.names[folder]) for folder in FOLDERS},
        }
        text = bytearray()
        put_text(text, json.dumps(known, ensure_ascii=False, separators=(",", ":")))
        columns = []
        for folder in CUT:
            shared, rests = _front_code(self.starts[folder])
            put_text(text, "\n".join(rests))
            columns.append(encode_varints(numbers_of(shared)))
        columns += (bytes.fromhex("".join(self.names[folder])) for folder in FOLDERS)
        return pack(bytes(text), columns)

    @classmethod
    def load(cls, data: bytes) -> Manifest:
        """Read the file. Raises IndexFormatError."""
        cursor = Cursor(unpack(data))
        try:
            known = json.loads(cursor.text())
        except ValueError as error:
            raise IndexFormatError(f"a damaged manifest of the search index: {error}") from error
        files = known["files"]
        rests = {folder: cursor.text().split("\n") for folder in CUT}
        starts: dict[str, list[str]] = {}
        for folder in CUT:
            start, starts[folder] = "", []
            if len(rests[folder]) != max(1, files[folder]):
                raise IndexFormatError("the manifest does not say where each file begins")
            for rest in rests[folder][: files[folder]]:
                start = start[: cursor.number()] + sort_key(rest)
                starts[folder].append(start)
        names = {}
        for folder in FOLDERS:
            together = cursor.bytes(_NAME * files[folder]).hex()
            names[folder] = [
                together[at : at + 2 * _NAME] for at in range(0, len(together), 2 * _NAME)
            ]
        cursor.finish()
        return cls(
            papers=known["papers"],
            months=[(month, count) for month, count in known["months"]],
            topics=[(slug, title, above) for slug, title, above in known["topics"]],
            sizes=known["sizes"],
            starts=starts,
            names=names,
        )


def _front_code(starts: Iterable[str]) -> tuple[list[int], list[str]]:
    """How many UTF-16 code units each string shares with the one before, and what follows them."""
    shared, rests, before = [], [], ""
    for start in starts:
        both = zip(before, start, strict=False)
        size = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], both))
        shared.append(len(sort_key(start[:size])))
        rests.append(start[size:])
        before = start
    return shared, rests
