"""The bytes of the index's files: containers, varints, strings, content-defined cuts, file names.

``codec.js`` reads them in the browser; ``docs/guide/search.md`` has the layout byte by byte.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence

from papercatalog.search.constants import MAGIC, NAME_BYTES, VERSION

FOLDER = "search"
"""The folder of the index, below the site."""

_HEADER = MAGIC.encode() + bytes([VERSION])
_ZLIB_HEADER = b"\x78\x9c"
"""The header of a zlib stream with a window of 32 kB (RFC 1950)."""
_LAST_BLOCK = b"\x03\x00"
"""An empty block that ends a DEFLATE stream (RFC 1951)."""
_SMALL_BLOCKS = 5
"""zlib's memory level for blocks of 2,048 symbols: they fit columns whose parts differ in kind."""
_LONG_COLUMN = 10_000
"""Try several encodings for columns of at least this many bytes: for shorter ones they differ by
a few bytes only."""


class IndexFormatError(ValueError):
    """A file of the index is damaged, or has a version that this code does not read."""


def encode_file(text: bytes, columns: Sequence[bytes] = (), level: int = 7) -> bytes:
    """Encode a file: ``PCS``, a byte with the version, then the payload as a zlib stream.

    Args:
        text: The first part of the payload.
        columns: The other parts, of varints or bytes. Each has a Huffman code of its own.
            Repeated strings in them are chance and not worth a reference, except for runs; in
            long columns not even runs may be worth one.
        level: zlib's level for the text, 1 to 9. Levels above 7 shrink the index by 0.2 % in three
            times the time.
    """
    blocks = [_deflate(text, level, zlib.Z_DEFAULT_STRATEGY)]
    for column in columns:
        blocks.append(_deflate(column, 1, zlib.Z_RLE))
        if len(column) >= _LONG_COLUMN:
            levels = (_SMALL_BLOCKS, 9)
            tries = (_deflate(column, 1, zlib.Z_HUFFMAN_ONLY, memory) for memory in levels)
            blocks[-1] = min(blocks[-1], *tries, key=len)
    checksum = zlib.adler32(b"".join([text, *columns])).to_bytes(4, "big")
    return b"".join([_HEADER, _ZLIB_HEADER, *blocks, _LAST_BLOCK, checksum])


def _deflate(part: bytes, level: int, strategy: int, memory: int = _SMALL_BLOCKS) -> bytes:
    """Compress a part into DEFLATE blocks that end at a byte; none is the stream's last."""
    if not part:
        return b""
    compressor = zlib.compressobj(level, zlib.DEFLATED, -15, memory, strategy)
    return compressor.compress(part) + compressor.flush(zlib.Z_SYNC_FLUSH)


def decode_file(data: bytes) -> bytes:
    """Return the payload of a file, checked by its Adler-32. Raises IndexFormatError."""
    if data[: len(MAGIC)] != _HEADER[: len(MAGIC)]:
        raise IndexFormatError("not a file of a search index")
    if data[: len(_HEADER)] != _HEADER:
        raise IndexFormatError("a search index of another version; build the site again")
    try:
        return zlib.decompress(data[len(_HEADER) :])
    except zlib.error as error:
        raise IndexFormatError(f"a damaged file of the search index: {error}") from error


def put_varint(out: bytearray, number: int) -> None:
    """Append a number >= 0 as a varint: seven bits a byte, the lowest first (LEB128)."""
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def put_string(out: bytearray, text: str) -> None:
    """Append a string: its length in bytes as a varint, then UTF-8."""
    encoded = text.encode("utf-8")
    put_varint(out, len(encoded))
    out += encoded


class Cursor:
    """Reads varints and strings from a payload, one after the other."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data = data
        self.at = at

    def varint(self) -> int:
        """Read a varint. Raises IndexFormatError at the payload's end, and from 2 ** 32 on."""
        value = shift = 0
        while True:
            if self.at >= len(self.data) or shift > 28:
                raise IndexFormatError("a file of the search index ends too early")
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if value >> 32:
                raise IndexFormatError("a number in the search index is too large")
            if byte < 128:
                return value
            shift += 7

    def string(self) -> str:
        """Read a string. Raises IndexFormatError at the payload's end."""
        return self.bytes(self.varint()).decode("utf-8", "replace")

    def bytes(self, count: int) -> bytes:
        """Read this many bytes. Raises IndexFormatError at the payload's end."""
        end = self.at + count
        if end > len(self.data):
            raise IndexFormatError("a file of the search index ends too early")
        found = self.data[self.at : end]
        self.at = end
        return found

    def finish(self) -> None:
        """Raise IndexFormatError unless the payload ends here."""
        if self.at != len(self.data):
            raise IndexFormatError("a file of the search index is longer than it says")


def sort_key(text: str) -> str:
    """Return a key that orders strings as JavaScript does: by UTF-16 code units, each one
    character of the key.
    """
    if text.isascii() or max(text) < "\U00010000":
        return text
    units = text.encode("utf-16-be")
    return "".join(map(chr, struct.unpack(f">{len(units) // 2}H", units)))


def cut_shards(sizes: Iterable[tuple[str, int]], target: int) -> Iterator[int]:
    """Cut a sorted list of (string, size in bytes) into shards; yield the index after each.

    A shard of at least ``target`` bytes ends at a string whose CRC-32 is divisible by 16, and at
    twice that size in any case. Cuts depend on the strings near them (content-defined chunking),
    so that a new paper changes the shards of its words and leaves the other cuts where they are.
    """
    shard_size = count = 0
    for text, size in sizes:
        count += 1
        shard_size += size
        is_cut = zlib.crc32(text.encode("utf-8")) % 16 == 0
        if (shard_size >= target and is_cut) or shard_size >= 2 * target:
            yield count
            shard_size = 0
    if shard_size:
        yield count


def file_path(folder: str, name: str) -> str:
    """Return the path of a file of the index, below the site."""
    return f"{FOLDER}/{folder}/{name}.bin"


def hash_name(digest: bytes) -> str:
    """Return the name of a file whose content has this SHA-256."""
    return digest.hex()[: 2 * NAME_BYTES]


class FileNames:
    """Names the files of a folder by hashes of their content, no two contents alike."""

    def __init__(self) -> None:
        self._digests: dict[str, bytes] = {}

    def add(self, content: bytes) -> tuple[str, bool]:
        """Return a content's name, and whether the content is new."""
        digest = hashlib.sha256(content).digest()
        name, salt = hash_name(digest), b""
        while self._digests.get(name, digest) != digest:
            salt += b"\0"
            name = hash_name(hashlib.sha256(salt + content).digest())
        is_new = name not in self._digests
        self._digests[name] = digest
        return name, is_new
