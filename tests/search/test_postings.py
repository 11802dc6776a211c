"""Posting lists are decoded in Python and in the browser; damaged ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import index_documents
from made_index import (
    document,
    index_of,
    run_node,
    write_files,
)
from papercatalog.search.codec import IndexFormatError, decode_file, encode_file
from papercatalog.search.engine import search
from papercatalog.search.postings import Posting
from papercatalog.search.reader import SearchIndex

pytest_plugins = ["search_fixtures"]


@pytest.mark.parametrize(
    "damage", [b"", b"PCS", b"PCS\x01abc", b"<!doctype html>", b"PCS\x04abc", b"PCS\x05abc"]
)
def test_damaged_files_are_refused(files: dict[str, bytes], damage: bytes) -> None:
    with pytest.raises(IndexFormatError):
        SearchIndex({**files, "search/manifest.bin": damage}.__getitem__)


@pytest.mark.parametrize("part", ["terms", "rest", "places", "words", "endings", "cards"])
@pytest.mark.parametrize("older", [True, False])
def test_damaged_and_older_files_of_each_kind_are_refused(
    files_with_tails: dict[str, bytes], part: str, older: bool
) -> None:
    def spoil(content: bytes) -> bytes:
        return content[:3] + b"\x03" + content[4:] if older else content[:-2]

    spoilt = {
        path: spoil(content) if path.startswith(f"search/{part}/") else content
        for path, content in files_with_tails.items()
    }
    assert spoilt != files_with_tails
    index = index_of(spoilt)
    with pytest.raises(IndexFormatError, match="another version" if older else "damaged"):
        search(index, '"sparse attention" atention')
        index.card(0)


@pytest.mark.parametrize("part", ["terms", "rest"])
@given(payload=st.binary(max_size=200))
def test_any_bytes_of_a_shard_are_read_or_refused(
    files_with_tails: dict[str, bytes], part: str, payload: bytes
) -> None:
    spoilt = {
        path: encode_file(payload)
        for path in files_with_tails
        if path.startswith(f"search/{part}/")
    }
    index = index_of({**files_with_tails, **spoilt})
    try:
        index.posting_lists("attent")
    except (IndexFormatError, UnicodeDecodeError, KeyError) as error:
        assert str(error)


def refused_in_node(files: dict[str, bytes], root: Path, stem: str) -> list[object]:
    return run_node("refused.mjs", write_files(files, root), stem)


@pytest.mark.parametrize(
    "payload", [b"\0" * 6, b"\0\0\0\1\0\0", b"\0\0\1a\0\0\0", b"\0\0\1a\1\0\xff\xff\xff\xff\x7f"]
)
def test_a_shard_that_contradicts_itself_is_refused(
    files_with_tails: dict[str, bytes], payload: bytes, tmp_path: Path
) -> None:
    spoilt = {
        path: encode_file(payload) for path in files_with_tails if path.startswith("search/terms/")
    }
    files = {**files_with_tails, **spoilt}
    with pytest.raises(IndexFormatError):
        index_of(files).posting_lists("attent")
    assert refused_in_node(files, tmp_path, "attent") == [True, True]


FILES = b"\0\0"


TERMS = b"\x14attention\nattentions"


COUNTS = b"\2\0" + b"\0\0"
"""One paper has a word of the stem in its title; no other paper has one."""


PATTERN = b"\1\2" + b"\1\2"
"""One pattern of two words: ``attention`` in the title, ``attentions`` elsewhere."""


TITLE = b"\5\x3c"
"""Paper 5, and an impact of 60."""


@pytest.mark.parametrize(
    ("pattern", "number", "is_refused"),
    [
        (PATTERN, 0, False),
        (PATTERN, 1, True),
        (b"\1\2" + b"\1\4", 0, True),
        (b"\1\2" + b"\1\1", 0, True),
        (b"\1\2" + b"\3\1", 0, True),
    ],
    ids=["as it is", "no such pattern", "no such word", "a word twice", "words out of order"],
)
def test_title_patterns_must_name_words_of_their_stem(
    pattern: bytes, number: int, is_refused: bool, tmp_path: Path
) -> None:
    place = b"\3"
    files = dict(index_documents([document(f"a{number}", "Attention") for number in range(9)], []))
    shard = FILES + TERMS + COUNTS + pattern + TITLE + bytes([number]) + place
    spoilt = {path: encode_file(shard) for path in files if path.startswith("search/terms/")}
    index = index_of({**files, **spoilt})
    if is_refused:
        with pytest.raises(IndexFormatError, match="not there"):
            index.posting_lists("attent")
    else:
        found = index.posting_lists("attent")
        assert found == {"attention": [Posting(5, 60, 3)], "attentions": [Posting(5, 1, -1)]}
    refused = refused_in_node({**files, **spoilt}, tmp_path, "attent")
    assert refused == [is_refused, is_refused]


@pytest.mark.parametrize(
    ("part", "spoilt", "asked"),
    [
        (
            b"alpha\nattending\nattends\nattention\ngamma",
            b"gamma\nattending\nattends\nattention\nalpha",
            None,
        ),
        (b"attending\nattends", b"attends\nattending", "attend"),
        (b"attending\n", b"attention\n", "attent"),
        (b"attends\n", b"attendz\n", "attend"),
    ],
    ids=["stems swapped", "words swapped", "twice", "of another stem"],
)
def test_a_shard_whose_terms_are_not_in_order_is_refused(
    part: bytes, spoilt: bytes, asked: str | None, tmp_path: Path
) -> None:
    """A browser checks only the terms of the stem that is ``asked`` for, if any."""
    files = dict(index_documents([document("a", "Gamma attention attending attends alpha")], []))
    (path,) = (path for path in files if path.startswith("search/terms/"))
    payload = decode_file(files[path])
    assert part in payload
    assert index_of(files).posting_lists("attent").keys() == {"attention"}
    assert index_of(files).posting_lists("attend").keys() == {"attending", "attends"}
    files[path] = encode_file(payload.replace(part, spoilt))
    with pytest.raises(IndexFormatError, match="not in order"):
        index_of(files).posting_lists("attent")
    if asked:
        assert refused_in_node(files, tmp_path, asked) == [True, True]


def test_a_tail_that_is_too_long_is_refused_each_time(
    files_with_tails: dict[str, bytes], tmp_path: Path
) -> None:
    longer = {
        path: encode_file(decode_file(content) + b"\0")
        for path, content in files_with_tails.items()
        if path.startswith("search/rest/")
    }
    files = {**files_with_tails, **longer}
    index = index_of(files)
    for _ in range(2):
        with pytest.raises(IndexFormatError):
            index.posting_lists("attent")
    assert refused_in_node(files, tmp_path, "attent") == [True, True]


@given(st.data())
def test_a_changed_shard_is_read_or_refused(
    files_with_tails: dict[str, bytes], data: st.DataObject
) -> None:
    def change(content: bytes) -> bytes:
        payload = bytearray(decode_file(content))
        at = data.draw(st.integers(0, len(payload) - 1))
        payload[at] = data.draw(st.integers(0, 255))
        return encode_file(bytes(payload[: data.draw(st.integers(at + 1, len(payload)))]))

    index = index_of(files_with_tails)
    shard = index.manifest.names["terms"][0]
    path = f"search/terms/{shard}.bin"
    changed = index_of({**files_with_tails, path: change(files_with_tails[path])})
    try:
        changed.posting_lists("0")
    except (IndexFormatError, UnicodeDecodeError, KeyError) as error:
        assert str(error)
