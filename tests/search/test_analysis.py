from __future__ import annotations

import random
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.stemmer import PorterStemmer

from made_index import HERE, run_node
from papercatalog.model.names import fold
from papercatalog.search.analysis import analyse_chunk, split_atoms, split_chunks, stem
from papercatalog.search.index.document import Document

pytest_plugins = ["search_fixtures"]
ENDINGS = HERE / "endings.txt"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("State-Space models", ["state", "space", "statespace-", "models"]),
        ("GPT-4o", ["gpt", "4o", "gpt4o-"]),
        ("Llama 3 8B", ["llama", "3", "8b"]),
        ("W4A8, C++ and C#", ["w4a8", "c++", "c#"]),
        ("naïve Schrödinger", ["naive", "schrodinger"]),
        ("the model's", ["model"]),
        ("GPT-3.5.", ["gpt", "3.5", "gpt3.5-"]),
        ("state-of-the-art", ["state", "art", "stateoftheart-"]),
        ("x_y/z", ["x", "y", "z"]),
        ("a" * 60, ["a" * 40]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [word for chunk in split_chunks(text) for word, _ in analyse_chunk(chunk).words] == words


def test_stop_words_count_in_positions() -> None:
    assert analyse_chunk("state-of-the-art").words[:2] == (("state", 0), ("art", 3))
    assert analyse_chunk("state-of-the-art").width == 4


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(split_atoms(chunk) for chunk in split_chunks(text))


def in_python(text: str) -> list[object]:
    return [
        [chunk, [[stem(word), at] for word, at in analysed.words], analysed.width]
        for chunk in split_chunks(text)
        for analysed in [analyse_chunk(chunk)]
    ]


def test_the_browser_analyses_texts_alike(papers: list[Document]) -> None:
    texts = [text for paper in papers for text in (paper.title, paper.abstract, *paper.authors)]
    assert run_node("stems.mjs", lines=texts) == [*map(in_python, texts)]


@given(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=9),
    st.sampled_from(ENDINGS.read_text(encoding="utf-8").split()),
)
def test_words_are_stemmed_as_by_lunr(start: str, ending: str) -> None:
    for word in (start, start + ending):
        assert stem(word) == str(PorterStemmer().stem(word))


def test_the_browser_stems_any_word_alike() -> None:
    rng = random.Random(1)
    endings = ENDINGS.read_text(encoding="utf-8").split()
    made = []
    for _ in range(6000):
        start = "".join(rng.choices("aeioubcdlmrstwxyz3", k=rng.randint(0, 6)))
        made.append(start + "".join(rng.choices(endings, k=rng.randint(1, 2))))
    assert run_node("stems.mjs", lines=made) == [*map(in_python, made)]


def test_the_browser_knows_the_same_letters() -> None:
    """Characters unknown to this Python's Unicode are left out: a browser may know them."""
    known = [
        chr(code)
        for code in range(sys.maxunicode)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
    ]
    texts = ["".join(f"a{sign} " for sign in known[at : at + 500]) for at in range(0, 70_000, 500)]
    found = run_node("stems.mjs", lines=texts)
    for text, theirs in zip(texts, found, strict=True):
        assert in_python(text) == theirs
