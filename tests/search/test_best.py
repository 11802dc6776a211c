"""The papers that upper bounds prove to be the best are those that the whole search finds."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest

from corpus import index_documents
from made_index import (
    document,
    random_queries,
    run_node,
    write_files,
)
from papercatalog.search.codec import decode_file, encode_file
from papercatalog.search.constants import AS_WRITTEN_FACTOR, MAX_ABSTRACT_IMPACT, TOPIC_IMPACT
from papercatalog.search.index import encoding
from papercatalog.search.index.document import Document, SearchTopic
from papercatalog.search.index.impacts import AUTHOR_IMPACT, title_impacts
from papercatalog.search.index.manifest_writer import encode_manifest
from papercatalog.search.manifest import decode_manifest

pytest_plugins = ["search_fixtures"]


def test_best_papers_are_those_of_the_whole_search(
    folder_with_tails: Path, papers: list[Document]
) -> None:
    rng = random.Random(3)
    asked = [[text] for text, _, _ in random_queries(papers, 100, seed=3)]
    for paper in rng.choices(papers, k=400):
        words = paper.title.split()
        start, size = rng.randrange(len(words)), rng.randint(1, 4)
        asked.append([" ".join(words[start : start + size]).lower()])
    asked += [["language* model "], ["model* learning"], ["text* re"]]
    proven = 0
    answers = run_node("best.mjs", folder_with_tails, lines=asked)
    for query, answer in zip(asked, answers, strict=True):
        assert isinstance(answer, list)
        best, first, read = answer
        assert read == 0, query
        if best:
            assert best == first, query
            proven += 1
    assert proven > 60


def long_title(*words: str) -> str:
    """A title of so many words that they have the lowest impact."""
    return " ".join([*words, *(f"filler{at}" for at in range(25))])


@pytest.fixture(scope="module")
def rivals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with files of tails where papers without a word in the title rank first."""
    of_betas = [
        document(f"b{at}", long_title("alpha", "x1", "x2", "x3", "betas")) for at in range(8)
    ]
    shelf = [
        *of_betas,
        document("rival", long_title("alpha"), topics=("beta",)),
        *(document(f"t{at}", "Alpha", "Alpha.") for at in range(7)),
        *(document(f"a{at}", f"Nothing {at}", "Alpha.") for at in range(900)),
        *(document(f"n{at}", f"Other {at}", "Beta.") for at in range(20)),
        *(document(f"q{at}", long_title("quark")) for at in range(10)),
        *(document(f"k{at}", "Quarkonium") for at in range(8)),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "TAIL_FILE_POSTINGS", 1)
        files = dict(index_documents(shelf, [SearchTopic("beta", "Beta")]))
    return write_files(files, tmp_path_factory.mktemp("rivals"))


@pytest.mark.parametrize("damage", ["terms", "papers"])
def test_damaged_lists_prove_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(encoding, "TAIL_FILE_POSTINGS", 1)
    title = "Gamma attention attending attends alpha"
    shelf = [
        *(document(f"a{number}", title) for number in range(30)),
        document("b", "Other", title),
    ]
    files = dict(index_documents(shelf, []))
    assert any(path.startswith("search/rest/") for path in files)
    (path,) = (path for path in files if path.startswith("search/terms/"))
    if damage == "terms":
        swapped = decode_file(files[path]).replace(b"attending\nattends", b"attends\nattending")
        files[path] = encode_file(swapped)
    else:
        manifest = decode_manifest(files["search/manifest.bin"])
        fewer = dataclasses.replace(manifest, papers=25)
        files["search/manifest.bin"] = encode_manifest(fewer)
    write_files(files, tmp_path)
    asked = [["attending gamma"]]
    [answer] = run_node("best.mjs", tmp_path, lines=asked)
    assert isinstance(answer, list)
    best, first, _ = answer
    assert best is None
    assert bool(first["hits"]) == (damage == "terms")


@pytest.mark.parametrize(
    ("query", "proves"), [("alpha", True), ("alpha beta", False), ("author:alpha", False),
                          ("quark", False)],
)  # fmt: skip
def test_titles_prove_nothing_if_other_papers_may_rank_higher(
    rivals: Path, query: str, proves: bool
) -> None:
    [answer] = run_node("best.mjs", rivals, lines=[[query]])
    assert isinstance(answer, list)
    best, first, _ = answer
    assert best == (first if proves else None)


def test_a_word_in_the_title_has_twice_the_impact_of_any_other() -> None:
    least = title_impacts(np.array([1, 10, 1000])).min()
    assert least >= AS_WRITTEN_FACTOR * TOPIC_IMPACT
    assert max(AUTHOR_IMPACT, MAX_ABSTRACT_IMPACT) < TOPIC_IMPACT
