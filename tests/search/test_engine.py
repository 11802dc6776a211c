"""Queries find the papers that they should, in Python and in the browser."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from corpus import index_documents
from made_index import (
    answers_in_node,
    document,
    index_of,
    plain,
    random_queries,
    run_node,
    write_files,
)
from papercatalog.search.analysis import analyse_chunk, split_chunks, stem
from papercatalog.search.engine import search
from papercatalog.search.index.document import Document, SearchTopic
from papercatalog.search.query import Clause, parse_query
from papercatalog.search.reader import SearchIndex

pytest_plugins = ["search_fixtures"]


SHELF = [
    document(
        "a", "Sparse Attention for Language Models", "We study attention.", authors=("Wei Chen",)
    ),
    document("b", "Dense Retrieval", "Sparse attention is not a model of language.", votes=9),
    document(
        "c", "State-Space Models", "A state space model by GPT-4o in C++.", topics=("agents",)
    ),
    document(
        "d", "Agents that Write", "Language agents attend to tools.", code=True, topics=("tools",)
    ),
    document("e", "Chain of Thought", "Thought of a chain.", arxiv="2507.00001", doi="10.1/ABC"),
    document("f", "Quantizing Diffusion", "Quantized weights.", date=dt.date(2024, 2, 1)),
]


SHELF_TOPICS = [SearchTopic("agents", "Agents"), SearchTopic("tools", "Tool Use", "agents")]


@pytest.fixture(scope="module")
def shelf() -> SearchIndex:
    return index_of(dict(index_documents(SHELF, SHELF_TOPICS)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sparse attention", "ab"),
        ("attention sparse -retrieval", "a"),
        ("title:attention", "a"),
        ('"language models"', "a"),
        ('"model of language"', "b"),
        ('"chain of thought"', "e"),
        ("author:chen", "a"),
        ("author:wei attention", "a"),
        ('author:"Wei Chen"', "a"),
        ('author:"WEI. Chén"', "a"),
        ('author:"Wei Chens"', ""),
        ("topic:agents", "dc"),
        ("topic:tools", "d"),
        ("topic:unheard", ""),
        ("year:2024", "f"),
        ("year:2024-02", "f"),
        ("year:2024-03", ""),
        ("year:2024-02-01", "f"),
        ("year:2024-02-02", ""),
        ("models -year:2025-07-29", ""),
        ("models year:2025 -title:sparse", "cb"),
        ("quantize", "f"),
        ("gpt-4o", "c"),
        ("gpt4o", "c"),
        ("c++", "c"),
        ("statespace", "c"),
        ("2507.00001", "e"),
        ("https://arxiv.org/abs/2507.00001v3", "e"),
        ("doi:10.1/abc", ""),
        ("atention", "ab"),
        ("quantizde", "f"),
        ("thuoght", "e"),
        ("diffus*", "f"),
        ("the of", ""),
        ("zzzz", ""),
        ("", ""),
        ("-", ""),
    ],
)
def test_finds(shelf: SearchIndex, query: str, found: str) -> None:
    hits = search(shelf, query).hits
    assert "".join(shelf.card(hit.paper).url[-2] for hit in hits) == found


def test_corrections_are_reported(shelf: SearchIndex) -> None:
    assert search(shelf, "atention").corrections == (("atention", "attention"),)
    assert search(shelf, "attention").corrections == ()


def test_completions_while_typing(shelf: SearchIndex) -> None:
    found = search(shelf, "sparse atte", typing=True)
    assert found.completions == (), "no word of four papers begins so"
    assert shelf.card(found.hits[0].paper).title == SHELF[0].title
    more = [document(str(number), "More Attention") for number in range(4)]
    wider = index_of(dict(index_documents([*SHELF, *more], SHELF_TOPICS)))
    assert search(wider, "atte", typing=True).completions == ("attention",)


def test_a_word_before_the_last_is_not_completed(shelf: SearchIndex) -> None:
    found = search(shelf, "atten* sparse ", typing=True)
    assert found.hits
    assert found.completions == ()


def test_fewer_words_are_tolerated(shelf: SearchIndex) -> None:
    found = search(shelf, "sparse attention diffusion")
    assert [hit.matched for hit in found.hits] == [2, 2]


def test_sorts(shelf: SearchIndex) -> None:
    by_votes = search(shelf, "language", sort="votes").hits
    assert shelf.card(by_votes[0].paper).title == "Dense Retrieval"
    by_date = search(shelf, "sparse attention quantized", sort="date").hits
    assert [hit.paper for hit in by_date] == sorted((hit.paper for hit in by_date), reverse=True)


def test_filters(shelf: SearchIndex) -> None:
    found = search(shelf, "", filters=[Clause("code", "code")]).hits
    assert [shelf.card(hit.paper).title for hit in found] == ["Agents that Write"]
    found = search(shelf, "language", filters=[Clause("year", "2025-07")]).hits
    assert len(found) == 3


def test_an_author_who_is_chosen_is_whole_where_the_name_begins(tmp_path: Path) -> None:
    names = ["Wei Li", "Jia-Wei Li", "Jia Wei Li", "W. Li", "Li", "Ada Wei", "An Li", "Bo An Li"]
    papers = [document(name, "A Title", authors=("Ada Lee", name)) for name in names]
    papers.append(document("apart", "A Title", authors=("Bo Wei", "Li Na")))
    files = dict(index_documents(papers, []))
    index = index_of(files)

    def find(*filters: Clause, text: str = "") -> set[str]:
        return {index.card(hit.paper).url for hit in search(index, text, filters=filters).hits}

    (typed,) = parse_query('author:"wei li"').clauses
    assert find(typed) == {f"papers/2025/{name}/" for name in names[:3]}
    chosen = dataclasses.replace(typed, starts_name=True)
    assert find(chosen) == {"papers/2025/Wei Li/"}
    assert find(chosen, text='author:"Ada Lee"') == {"papers/2025/Wei Li/"}
    (begins_with_a_stop_word,) = parse_query('author:"An Li"').clauses
    assert find(dataclasses.replace(begins_with_a_stop_word, starts_name=True)) == {
        "papers/2025/An Li/"
    }
    (answer,) = run_node("answers.mjs", write_files(files, tmp_path), lines=[
        ("", "relevance", False, '?author="Wei" Li'),
    ])  # fmt: skip
    assert answer == plain(search(index, "", filters=[chosen]))


def test_an_empty_catalog_can_be_searched() -> None:
    index = index_of(dict(index_documents([], [])))
    for query in ("word", '"a phrase"', "topic:x", "wrod", "2507.00001", "wo*", "-word"):
        assert search(index, query).hits == ()


def test_hostile_papers_are_text() -> None:
    title = '<img src=x onerror=alert(1)> \u0000 "\n</script>'
    index = index_of(dict(index_documents([document("x", title, title, authors=(title,))], [])))
    hit = search(index, "onerror").hits[0]
    assert index.card(hit.paper).title == title


def test_single_words_are_found_in_all_papers_that_contain_them(
    index: SearchIndex, papers: list[Document]
) -> None:
    stems = [
        {
            stem(word.rstrip("-"))
            for text in (p.title, p.abstract)
            for chunk in split_chunks(text)
            for word, _ in analyse_chunk(chunk).words
        }
        | {
            word.rstrip("-")
            for name in p.authors
            for chunk in split_chunks(name)
            for word, _ in analyse_chunk(chunk).words
        }
        for p in papers
    ]  # fmt: skip
    for word in ("model", "training", "attention", "video", "zero", "3d"):
        expected = {at for at, has in enumerate(stems) if stem(word) in has}
        assert {hit.paper for hit in search(index, word).hits} == expected


def test_phrases_are_found_in_all_papers_that_contain_them(
    index: SearchIndex, papers: list[Document]
) -> None:
    for phrase in ("language models", "state of the art", "attention", "fine-tuning"):
        words = [word for chunk in split_chunks(phrase) for word in re.findall(r"\w+", chunk)]
        expected = set()
        for at, one in enumerate(papers):
            for text in (one.title, one.abstract):
                read = [
                    atom for chunk in split_chunks(text) for atom in re.findall(r"[^-'’]+", chunk)
                ]
                for start in range(len(read) - len(words) + 1):
                    run = read[start : start + len(words)]
                    if all(
                        stem(x) == stem(y) or y in ("of", "the")
                        for x, y in zip(run, words, strict=True)
                    ):
                        expected.add(at)
        assert {hit.paper for hit in search(index, f'"{phrase}"').hits} == expected


def test_the_browser_answers_alike(
    folder: Path, index: SearchIndex, papers: list[Document]
) -> None:
    asked = random_queries(papers, 1500)
    for query, theirs in zip(asked, answers_in_node(folder, asked), strict=True):
        text, sort, typing = query
        assert plain(search(index, text, sort=sort, typing=typing)) == theirs, query


def test_files_of_tails_change_no_answer(
    folder_with_tails: Path,
    files_with_tails: dict[str, bytes],
    files: dict[str, bytes],
    index: SearchIndex,
    papers: list[Document],
) -> None:
    assert any(path.startswith("search/rest/") for path in files_with_tails)
    assert not any(path.startswith("search/rest/") for path in files)
    apart = index_of(files_with_tails)
    asked = random_queries(papers, 300, seed=2)
    for query, theirs in zip(asked, answers_in_node(folder_with_tails, asked), strict=True):
        text, sort, typing = query
        ours = search(apart, text, sort=sort, typing=typing)
        assert ours == search(index, text, sort=sort, typing=typing), query
        assert plain(ours) == theirs, query


def test_the_end_of_a_very_long_title_is_found_alike(tmp_path: Path) -> None:
    titles = [" ".join(f"w{at}" for at in range(size)) for size in (20, 200, 400)]
    files = dict(
        index_documents([document(f"p{at}", title) for at, title in enumerate(titles)], [])
    )
    asked = [(query, "relevance", False) for query in ("w198 w199", "w300 w1", "w10 w13")]
    theirs = answers_in_node(write_files(files, tmp_path), asked)
    assert [plain(search(index_of(files), text)) for text, _, _ in asked] == theirs
