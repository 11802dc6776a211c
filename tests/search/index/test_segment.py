from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_index import TOPICS
from papercatalog.search.codec import IndexFormatError, decode_file, encode_file
from papercatalog.search.constants import VERSION
from papercatalog.search.index import token_table
from papercatalog.search.index.document import Document
from papercatalog.search.index.segment import Segment
from papercatalog.search.index.segment_builder import build_segment
from papercatalog.search.index.writer import build_index

pytest_plugins = ["search_fixtures"]


@pytest.fixture(scope="module")
def segment(papers: list[Document]) -> Segment:
    return build_segment(papers[:30], TOPICS)


@pytest.mark.parametrize("seed", range(4))
def test_any_split_gives_the_same_index(
    files: dict[str, bytes], papers: list[Document], seed: int
) -> None:
    rng = random.Random(seed)
    mixed = rng.sample(papers, len(papers))
    cuts = [0, *sorted(rng.choices(range(len(papers)), k=rng.randint(0, 6))), len(papers)]
    parts = [mixed[cuts[at] : cuts[at + 1]] for at in range(len(cuts) - 1)]
    dumps = [build_segment(part, TOPICS).dump() for part in parts]
    assert dict(build_index(map(Segment.load, dumps), TOPICS)) == files


def test_a_dump_is_loaded_unchanged(papers: list[Document], segment: Segment) -> None:
    for one in (segment, build_segment([], TOPICS), build_segment(papers[:1], TOPICS)):
        read = Segment.load(one.dump())
        assert replace(read, postings=one.postings) == one
        for mine, theirs in zip(one.postings.columns(), read.postings.columns(), strict=True):
            assert mine.dtype == theirs.dtype
            assert np.array_equal(mine, theirs)


def test_earlier_papers_do_not_change_a_segment(
    papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    some, others = papers[:20], papers[20:40]
    first = build_segment(some, TOPICS).dump()
    build_segment(others, TOPICS)
    assert build_segment(some, TOPICS).dump() == first
    monkeypatch.setattr(token_table, "MAX_TOKENS", 30)
    build_segment(others, TOPICS)
    assert build_segment(some, TOPICS).dump() == first


def test_a_table_with_too_many_tokens_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    analysed: list[str] = []

    def analyse(token: str) -> token_table.TokenAnalysis:
        analysed.append(token)
        return token_table.analyse_token(token)

    monkeypatch.setattr(token_table, "MAX_TOKENS", 3)
    table = token_table.TokenTable(analyse)
    table.number_tokens([["sparse", "attention"], ["attention", "maps"]])
    table.number_tokens([["maps", "kernels"]])
    assert analysed == ["sparse", "attention", "maps", "kernels"]
    assert table.number_tokens([["maps"]]).tolist() == [0]
    assert table.terms == ["maps"]
    assert analysed[4:] == ["maps"]


def test_another_version_is_refused(segment: Segment) -> None:
    data = segment.dump()
    with pytest.raises(IndexFormatError, match="another version"):
        Segment.load(data[:3] + bytes([VERSION + 1]) + data[4:])


@given(st.data())
def test_a_shorter_dump_is_refused(segment: Segment, data: st.DataObject) -> None:
    whole = segment.dump()
    with pytest.raises(IndexFormatError):
        Segment.load(whole[: data.draw(st.integers(0, len(whole) - 1))])
    payload = decode_file(whole)
    with pytest.raises(IndexFormatError):
        Segment.load(encode_file(payload[: data.draw(st.integers(0, len(payload) - 1))]))


def test_an_impact_of_zero_is_refused(segment: Segment) -> None:
    impacts = segment.postings.impact_and_title.copy()
    impacts[3] = 1
    damaged = replace(segment, postings=replace(segment.postings, impact_and_title=impacts))
    with pytest.raises(IndexFormatError):
        Segment.load(damaged.dump())


@pytest.mark.parametrize("column", ["paper", "term", "count", "impact_and_title"])
def test_numbers_out_of_range_are_refused(segment: Segment, column: str) -> None:
    values = getattr(segment.postings, column).copy()
    values[3] = np.iinfo(values.dtype).max
    damaged = replace(segment, postings=replace(segment.postings, **{column: values}))
    with pytest.raises(IndexFormatError):
        Segment.load(damaged.dump())
