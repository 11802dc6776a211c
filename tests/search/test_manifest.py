"""Manifests are decoded as they were encoded, in Python and in the browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_index import run_node, write_files
from papercatalog.search.codec import IndexFormatError, decode_file, encode_file, sort_key
from papercatalog.search.constants import NAMED_FOLDERS, SHARDED_FOLDERS
from papercatalog.search.index.manifest_writer import encode_manifest
from papercatalog.search.manifest import Manifest, decode_manifest

STARTS = ["", "a", "abc", "abd", "über", "übung", "𝒜b", "𝒜c", "𝒞", "\U0001f600\U0001f601"]
EMPTY = Manifest(
    0, [], [], {}, dict.fromkeys(SHARDED_FOLDERS, ()), dict.fromkeys(NAMED_FOLDERS, ())
)


def with_starts(starts: list[str]) -> Manifest:
    """A manifest of a file for each start in each folder."""
    names = [f"{number:08x}" for number in range(len(starts))]
    return replace(
        EMPTY,
        papers=7,
        months=[("2025-07", 7)],
        topics=[("agents", "Agents", "")],
        sizes={"cards": 8, "blocks": 32, "authors": 1024},
        starts=dict.fromkeys(SHARDED_FOLDERS, starts),
        names=dict.fromkeys(NAMED_FOLDERS, names),
    )


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_a_manifest_is_decoded_as_it_was_encoded(starts: list[str]) -> None:
    manifest = with_starts(starts)
    known = {folder: list(map(sort_key, starts)) for folder in SHARDED_FOLDERS}
    assert decode_manifest(encode_manifest(manifest)) == replace(manifest, starts=known)


@pytest.mark.parametrize("starts", [STARTS, []])
def test_the_browser_decodes_it_alike(starts: list[str], tmp_path: Path) -> None:
    manifest = with_starts(starts)
    write_files({"search/manifest.bin": encode_manifest(manifest)}, tmp_path)
    assert run_node("manifest.mjs", tmp_path) == [[manifest.starts, manifest.names]]


def test_shared_prefixes_are_written_once() -> None:
    words = [f"{'incomprehensib'}{number:04}" for number in range(1000)]
    assert (
        len(decode_file(encode_manifest(with_starts(words))))
        < len("\n".join(words)) * len(SHARDED_FOLDERS) * 3 / 4
    )


@pytest.mark.parametrize("end", [-1, 5, 40])
def test_a_manifest_that_ends_early_is_refused(end: int) -> None:
    payload = decode_file(encode_manifest(with_starts(STARTS)))
    with pytest.raises(IndexFormatError):
        decode_manifest(encode_file(payload[:end]))
    with pytest.raises(IndexFormatError, match="longer"):
        decode_manifest(encode_file(payload + b"\0"))
