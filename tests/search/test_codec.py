"""Varints and files come back as they were encoded, in the shortest way."""

from __future__ import annotations

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    squeeze = zlib.compressobj(1, zlib.DEFLATED, -15, 9, strategy)
    return squeeze.compress(column) + squeeze.flush()


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
