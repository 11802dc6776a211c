"""Files and varints are decoded as they were encoded; names are unique."""

from __future__ import annotations

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.search import codec
from papercatalog.search.codec import Cursor, IndexFormatError, decode_file, encode_file, put_varint


def test_long_columns_get_the_shortest_encoding() -> None:
    chance = random.Random(1)
    runs = bytes(20_000)
    mixed = bytes(int(chance.expovariate(1)) for _ in range(20_000))
    sizes = [len(encode_file(b"", [column])) for column in (runs, mixed)]
    by_runs, by_codes = (
        [len(_deflated(column, strategy)) for column in (runs, mixed)]
        for strategy in (zlib.Z_RLE, zlib.Z_HUFFMAN_ONLY)
    )
    assert by_runs[0] < by_codes[0] and by_codes[1] < by_runs[1]
    assert sizes[0] <= by_runs[0] + 20 and sizes[1] <= by_codes[1] + 20


def _deflated(column: bytes, strategy: int) -> bytes:
    compressor = zlib.compressobj(1, zlib.DEFLATED, -15, 9, strategy)
    return compressor.compress(column) + compressor.flush()


@given(st.integers(0, 2**34))
def test_varints(number: int) -> None:
    out = bytearray()
    put_varint(out, number)
    if number < 2**32:
        assert Cursor(bytes(out)).varint() == number
    else:
        with pytest.raises(IndexFormatError, match="too large"):
            Cursor(bytes(out)).varint()
    assert decode_file(encode_file(bytes(out))) == out


def test_different_contents_get_different_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "hash_name", lambda digest: digest.hex()[:2])
    names = codec.FileNames()
    contents = [b"%d" % number for number in range(100)]
    first = [names.add(content) for content in contents]
    assert len({name for name, _ in first}) == len(contents)
    assert all(is_new for _, is_new in first)
    assert [names.add(content) for content in contents] == [(name, False) for name, _ in first]
