from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_index import TOPICS
from papercatalog.search.codec import VERSION, IndexFormatError, pack, unpack
from papercatalog.search.index import token_table
from papercatalog.search.index.document import Document
from papercatalog.search.index.segment import Summary
from papercatalog.search.index.segment_builder import summarise
from papercatalog.search.index.writer import build_index

pytest_plugins = ["search_fixtures"]


@pytest.fixture(scope="module")
def summary(papers: list[Document]) -> Summary:
    return summarise(papers[:30], TOPICS)


@pytest.mark.parametrize("seed", range(4))
def test_any_split_gives_the_same_index(
    files: dict[str, bytes], papers: list[Document], seed: int
) -> None:
    rng = random.Random(seed)
    mixed = rng.sample(papers, len(papers))
    cuts = [0, *sorted(rng.choices(range(len(papers)), k=rng.randint(0, 6))), len(papers)]
    parts = [mixed[cuts[at] : cuts[at + 1]] for at in range(len(cuts) - 1)]
    dumps = [summarise(part, TOPICS).dump() for part in parts]
    assert dict(build_index(map(Summary.load, dumps), TOPICS)) == files


def test_a_dump_is_read_as_it_was(papers: list[Document], summary: Summary) -> None:
    for one in (summary, summarise([], TOPICS), summarise(papers[:1], TOPICS)):
        read = Summary.load(one.dump())
        assert replace(read, postings=one.postings) == one
        for mine, theirs in zip(one.postings.columns(), read.postings.columns(), strict=True):
            assert mine.dtype == theirs.dtype
            assert np.array_equal(mine, theirs)


def test_what_was_read_before_changes_nothing(
    papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    some, others = papers[:20], papers[20:40]
    first = summarise(some, TOPICS).dump()
    summarise(others, TOPICS)
    assert summarise(some, TOPICS).dump() == first
    monkeypatch.setattr(token_table, "MOST_TOKENS", 30)
    summarise(others, TOPICS)
    assert summarise(some, TOPICS).dump() == first


def test_a_lexicon_that_has_too_many_tokens_forgets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def read_token(token: str) -> token_table.Reading:
        read.append(token)
        return token_table.read_token(token)

    monkeypatch.setattr(token_table, "MOST_TOKENS", 3)
    known = token_table.Lexicon(read_token)
    known.number([["sparse", "attention"], ["attention", "maps"]])
    known.number([["maps", "kernels"]])
    assert read == ["sparse", "attention", "maps", "kernels"]
    assert known.number([["maps"]]).tolist() == [0]
    assert known.keys == ["maps"]
    assert read[4:] == ["maps"]


def test_another_version_is_refused(summary: Summary) -> None:
    data = summary.dump()
    with pytest.raises(IndexFormatError, match="another version"):
        Summary.load(data[:3] + bytes([VERSION + 1]) + data[4:])


@given(st.data())
def test_a_shorter_dump_is_refused(summary: Summary, data: st.DataObject) -> None:
    whole = summary.dump()
    with pytest.raises(IndexFormatError):
        Summary.load(whole[: data.draw(st.integers(0, len(whole) - 1))])
    payload = unpack(whole)
    with pytest.raises(IndexFormatError):
        Summary.load(pack(payload[: data.draw(st.integers(0, len(payload) - 1))]))


def test_a_word_that_says_nothing_is_refused(summary: Summary) -> None:
    heads = summary.postings.head.copy()
    heads[3] = 1
    damaged = replace(summary, postings=replace(summary.postings, head=heads))
    with pytest.raises(IndexFormatError):
        Summary.load(damaged.dump())


@pytest.mark.parametrize("column", ["paper", "key", "count", "head"])
def test_numbers_out_of_range_are_refused(summary: Summary, column: str) -> None:
    values = getattr(summary.postings, column).copy()
    values[3] = np.iinfo(values.dtype).max
    damaged = replace(summary, postings=replace(summary.postings, **{column: values}))
    with pytest.raises(IndexFormatError):
        Summary.load(damaged.dump())
