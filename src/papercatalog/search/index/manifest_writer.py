"""Encodes the manifest of an index; ``search.manifest`` decodes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import takewhile

from papercatalog.search.codec import encode_file, put_string, sort_key
from papercatalog.search.constants import NAMED_FOLDERS, SHARDED_FOLDERS
from papercatalog.search.index.arrays import int_array
from papercatalog.search.index.encoding import encode_varints
from papercatalog.search.manifest import Manifest


def encode_manifest(manifest: Manifest) -> bytes:
    """Encode a manifest as a file."""
    head = {
        "papers": manifest.papers,
        "months": manifest.months,
        "topics": manifest.topics,
        "sizes": manifest.sizes,
        "files": {folder: len(manifest.names[folder]) for folder in NAMED_FOLDERS},
    }
    text = bytearray()
    put_string(text, json.dumps(head, ensure_ascii=False, separators=(",", ":")))
    columns = []
    for folder in SHARDED_FOLDERS:
        shared, suffixes = _front_code(manifest.starts[folder])
        put_string(text, "\n".join(suffixes))
        columns.append(encode_varints(int_array(shared)))
    columns += (bytes.fromhex("".join(manifest.names[folder])) for folder in NAMED_FOLDERS)
    return encode_file(bytes(text), columns)


def _front_code(strings: Iterable[str]) -> tuple[list[int], list[str]]:
    """Front-code sorted strings.

    Returns:
        How many UTF-16 code units each string shares with the one before, and its other characters.
    """
    shared, suffixes, before = [], [], ""
    for string in strings:
        pairs = zip(before, string, strict=False)
        size = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        shared.append(len(sort_key(string[:size])))
        suffixes.append(string[size:])
        before = string
    return shared, suffixes
