"""The files of an index depend on its papers alone, and few change with a new one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus import index_documents
from made_index import (
    TOPICS,
    document,
    index_of,
    run_node,
    write_files,
)
from papercatalog.search.codec import decode_file
from papercatalog.search.index import shards, writer
from papercatalog.search.index.document import Document

pytest_plugins = ["search_fixtures"]


def test_the_order_of_papers_does_not_matter(
    files: dict[str, bytes], papers: list[Document]
) -> None:
    assert dict(index_documents(papers[::-1], TOPICS[::-1])) == files


@pytest.mark.parametrize("blocks", [1, 3, 32])
def test_cards_are_found_whatever_number_of_blocks_shares_a_name(
    papers: list[Document], blocks: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "NAMED_CARD_BLOCKS", blocks)
    files = dict(index_documents(papers, TOPICS))
    index = index_of(files)
    write_files(files, tmp_path)
    cards = run_node("cards.mjs", tmp_path)
    titles = [paper.title for paper in sorted(papers, key=lambda paper: (paper.date, paper.id))]
    assert [index.card(at).title for at in range(len(papers))] == titles
    assert cards == [*titles, 1]


def test_a_new_paper_leaves_most_files_alone(
    files: dict[str, bytes], papers: list[Document]
) -> None:
    new = document("z", "Sparse Attention", "We study attention.", date=dt.date(2026, 1, 1))
    after = dict(index_documents([*papers, new], TOPICS))
    assert len(files.keys() - after.keys()) < len(files) / 3
    assert all(
        after[path] == files[path]
        for path in after.keys() & files.keys()
        if "/manifest" not in path
    )


def test_the_most_frequent_title_pattern_is_the_first() -> None:
    titles = ["Attention", "Attentions", "Attentions", "Attentions"]
    shelf = [document(f"a{number}", title) for number, title in enumerate(titles)]
    files = dict(index_documents(shelf, []))
    (path,) = (path for path in files if path.startswith("search/terms/"))
    only_one = b"\1\1"
    words_in_title = bytes([2 * 1 + 1, 2 * 0 + 1])
    patterns_of_stem_and_of_day = b"\2\0"
    group = patterns_of_stem_and_of_day + only_one + words_in_title
    gaps, impacts = bytes(4), bytes([55] * 4)
    numbers = bytes([1, 0, 0, 0])
    assert group + gaps + impacts + numbers in decode_file(files[path])


def test_the_index_does_not_depend_on_how_much_is_sorted_at_once(
    files: dict[str, bytes], papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "MIN_SORTED", 100)
    assert dict(index_documents(papers, TOPICS)) == files


def test_votes_are_capped() -> None:
    shelf = [document("a", "One", votes=40_000), document("b", "Two", votes=7)]
    index = index_of(dict(index_documents(shelf, [])))
    assert [votes.impact for votes in index.posting_lists("^votes")["^votes"]] == [32_767, 7]
