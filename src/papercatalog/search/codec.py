"""The bytes of the index: varints, checked containers, content-defined cuts, names by content.

``wire.js`` is its twin; ``docs/guide/search.md`` has the layout byte by byte.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence

FOLDER = "search"
"""Where the index lies, below the site."""
VERSION = 5
"""Readers refuse every other version."""

_MAGIC = b"PCS"
_ZLIB = b"\x78\x9c"
"""The head of a zlib stream with a window of 32 kB."""
_LAST = b"\x03\x00"
"""An empty block that ends a DEFLATE stream."""
_SMALL = 5
"""zlib's memory level for blocks of 2,048 symbols: parts are of different kinds within."""
_LONG = 10_000
"""Bytes of a column from which on it is worth more than one try."""


class IndexFormatError(ValueError):
    """A file of the index is damaged, or of a version that this code does not read."""


def pack(text: bytes, columns: Sequence[bytes] = (), level: int = 7) -> bytes:
    """A file: ``PCS``, the version in one byte, then the payload as a zlib stream (RFC 1950).

    The payload is a text, then columns of numbers, each with a code of its own. Repetitions in
    those are chance, but for runs, and not worth their mention; in long columns runs may be chance
    as well, and one code may do for more of a column. ``level`` is zlib's for the text, 1 to 9;
    above 7 the index shrinks by 0.2 % in three times the time.
    """
    blocks = [_deflate(text, level, zlib.Z_DEFAULT_STRATEGY)]
    for column in columns:
        blocks.append(_deflate(column, 1, zlib.Z_RLE))
        if len(column) >= _LONG:
            tries = (_deflate(column, 1, zlib.Z_HUFFMAN_ONLY, memory) for memory in (_SMALL, 9))
            blocks[-1] = min(blocks[-1], *tries, key=len)
    checksum = zlib.adler32(b"".join([text, *columns])).to_bytes(4, "big")
    return b"".join([_MAGIC, bytes([VERSION]), _ZLIB, *blocks, _LAST, checksum])


def _deflate(part: bytes, level: int, strategy: int, memory: int = _SMALL) -> bytes:
    """A part as DEFLATE blocks (RFC 1951) that end at a byte, none of them the stream's last."""
    if not part:
        return b""
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15, memory, strategy)
    return squeeze.compress(part) + squeeze.flush(zlib.Z_SYNC_FLUSH)


def unpack(data: bytes) -> bytes:
    """The payload of a file; its Adler-32 has been checked. Raises IndexFormatError."""
    if data[:3] != _MAGIC:
        raise IndexFormatError("not a file of a search index")
    if data[3:4] != bytes([VERSION]):
        raise IndexFormatError("a search index of another version; build the site again")
    try:
        return zlib.decompress(data[4:])
    except zlib.error as error:
        raise IndexFormatError(f"a damaged file of the search index: {error}") from error


def put(out: bytearray, number: int) -> None:
    """Append a number >= 0 as a varint: seven bits a byte, the lowest first (LEB128)."""
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


class Cursor:
    """Reads varints and strings from a payload, one after the other."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data = data
        self.at = at

    def number(self) -> int:
        """The next varint. Raises IndexFormatError at the payload's end, and from 2 ** 32 on."""
        value = shift = 0
        while True:
            if self.at >= len(self.data) or shift > 28:
                raise IndexFormatError("a search index's file ends too early")
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if value >> 32:
                raise IndexFormatError("a number of the search index is too large")
            if byte < 128:
                return value
            shift += 7

    def finish(self) -> None:
        """Raises IndexFormatError unless this is the payload's end."""
        if self.at != len(self.data):
            raise IndexFormatError("a file of the search index is longer than it says")

    def text(self) -> str:
        """The next string: its length in bytes as a varint, then UTF-8."""
        return self.bytes(self.number()).decode("utf-8", "replace")

    def bytes(self, count: int) -> bytes:
        """So many bytes."""
        end = self.at + count
        if end > len(self.data):
            raise IndexFormatError("a search index's file ends too early")
        found = self.data[self.at : end]
        self.at = end
        return found


def put_text(out: bytearray, text: str) -> None:
    """Append a string: its length in bytes as a varint, then UTF-8."""
    encoded = text.encode("utf-8")
    put(out, len(encoded))
    out += encoded


def sort_key(text: str) -> str:
    """Orders strings as JavaScript compares them: by UTF-16 code units, here each a character."""
    if text.isascii() or max(text) < "\U00010000":
        return text
    units = text.encode("utf-16-be")
    return "".join(map(chr, struct.unpack(f">{len(units) // 2}H", units)))


def cut(sizes: Iterable[tuple[str, int]], target: int) -> Iterator[int]:
    """Where to cut a sorted list of (key, size in bytes) into shards: the index after each shard.

    A shard ends at a key whose checksum says so, so that a paper more changes the shards its words
    are in and leaves the cuts of the others where they were.
    """
    size = count = 0
    for key, weight in sizes:
        count += 1
        size += weight
        marked = zlib.crc32(key.encode("utf-8")) % 16 == 0
        if (size >= target and marked) or size >= 2 * target:
            yield count
            size = 0
    if size:
        yield count


def path_of(folder: str, name: str) -> str:
    """The path of a file of the index, below the site."""
    return f"{FOLDER}/{folder}/{name}.bin"


class Names:
    """Names files by a hash of their content, no two alike."""

    def __init__(self) -> None:
        self._hashes: dict[str, bytes] = {}
        """The SHA-256 of each name's content."""

    def name(self, content: bytes) -> tuple[str, bool]:
        """Give eight hexadecimal digits of a content's SHA-256, and whether the content is new.

        Where another content has these digits already, the content is hashed with zero bytes
        before it until the digits are its own.
        """
        whole = hashlib.sha256(content).digest()
        name, salt = whole.hex()[:8], b""
        while self._hashes.get(name, whole) != whole:
            salt += b"\0"
            name = hashlib.sha256(salt + content).hexdigest()[:8]
        is_new = name not in self._hashes
        self._hashes[name] = whole
        return name, is_new
