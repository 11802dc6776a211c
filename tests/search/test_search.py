from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_index import (
    TOPICS,
    answers_in_node,
    index_of,
    plain,
    random_queries,
    run_node,
    write_files,
)
from papercatalog.search.analysis import analyse_chunk, split_chunks, stem
from papercatalog.search.codec import Cursor, IndexFormatError, decode_file, encode_file, put_varint
from papercatalog.search.constants import EXACT_FACTOR, MAX_ABSTRACT_IMPACT, TOPIC_IMPACT
from papercatalog.search.engine import search
from papercatalog.search.index import encoding, shards, writer
from papercatalog.search.index.document import Document, SearchTopic
from papercatalog.search.index.impacts import AUTHOR_IMPACT, title_impacts
from papercatalog.search.index.manifest_writer import encode_manifest
from papercatalog.search.index.writer import index_documents
from papercatalog.search.manifest import decode_manifest
from papercatalog.search.postings import Posting
from papercatalog.search.query import Clause
from papercatalog.search.reader import SearchIndex
from papercatalog.search.spelling import edit_distance

pytest_plugins = ["search_fixtures"]
DAY = dt.date(2025, 7, 29)


def paper(name: str, title: str, abstract: str = "", **facts: object) -> Document:
    made = Document(name, f"papers/2025/{name}/", title, (), (), abstract, DAY)
    return dataclasses.replace(made, **facts)  # type: ignore[arg-type]


SHELF = [
    paper(
        "a", "Sparse Attention for Language Models", "We study attention.", authors=("Wei Chen",)
    ),
    paper("b", "Dense Retrieval", "Sparse attention is not a model of language.", votes=9),
    paper("c", "State-Space Models", "A state space model by GPT-4o in C++.", topics=("agents",)),
    paper(
        "d", "Agents that Write", "Language agents attend to tools.", code=True, topics=("tools",)
    ),
    paper("e", "Chain of Thought", "Thought of a chain.", arxiv="2507.00001", doi="10.1/ABC"),
    paper("f", "Quantizing Diffusion", "Quantized weights.", date=dt.date(2024, 2, 1)),
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
        ("topic:agents", "dc"),
        ("topic:tools", "d"),
        ("topic:unheard", ""),
        ("year:2024", "f"),
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


def test_the_word_taken_for_a_misspelt_one_is_named(shelf: SearchIndex) -> None:
    assert search(shelf, "atention").corrections == (("atention", "attention"),)
    assert search(shelf, "attention").corrections == ()


def test_completions_while_typing(shelf: SearchIndex) -> None:
    found = search(shelf, "sparse atte", typing=True)
    assert found.completions == ("attention", "attend")
    assert shelf.card(found.hits[0].paper).title == SHELF[0].title


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


def test_filters_beside_the_query(shelf: SearchIndex) -> None:
    found = search(shelf, "", filters=[Clause("code", "code")]).hits
    assert [shelf.card(hit.paper).title for hit in found] == ["Agents that Write"]
    found = search(shelf, "language", filters=[Clause("year", "2025-07")]).hits
    assert len(found) == 3


def test_an_empty_catalog_has_a_search() -> None:
    index = index_of(dict(index_documents([], [])))
    for query in ("word", '"a phrase"', "topic:x", "wrod", "2507.00001", "wo*", "-word"):
        assert search(index, query).hits == ()


def test_hostile_papers_are_text() -> None:
    title = '<img src=x onerror=alert(1)> \u0000 "\n</script>'
    index = index_of(dict(index_documents([paper("x", title, title, authors=(title,))], [])))
    hit = search(index, "onerror").hits[0]
    assert index.card(hit.paper).title == title


def test_single_words_are_found_as_by_reading(index: SearchIndex, papers: list[Document]) -> None:
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


def test_phrases_are_found_as_by_reading(index: SearchIndex, papers: list[Document]) -> None:
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


def test_lists_in_two_files_answer_alike(
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


def test_the_best_are_those_that_the_whole_search_finds(
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


def test_the_end_of_a_very_long_title_is_found_alike(tmp_path: Path) -> None:
    titles = [" ".join(f"w{at}" for at in range(size)) for size in (20, 200, 400)]
    files = dict(index_documents([paper(f"p{at}", title) for at, title in enumerate(titles)], []))
    asked = [(query, "relevance", False) for query in ("w198 w199", "w300 w1", "w10 w13")]
    theirs = answers_in_node(write_files(files, tmp_path), asked)
    assert [plain(search(index_of(files), text)) for text, _, _ in asked] == theirs


def long_title(*words: str) -> str:
    """A title of so many words that they count least."""
    return " ".join([*words, *(f"filler{at}" for at in range(25))])


@pytest.fixture(scope="module")
def rivals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index, all lists in two files, where papers without a word in the title come first."""
    of_betas = [paper(f"b{at}", long_title("alpha", "x1", "x2", "x3", "betas")) for at in range(8)]
    shelf = [
        *of_betas,
        paper("rival", long_title("alpha"), topics=("beta",)),
        *(paper(f"t{at}", "Alpha", "Alpha.") for at in range(7)),
        *(paper(f"a{at}", f"Nothing {at}", "Alpha.") for at in range(900)),
        *(paper(f"n{at}", f"Other {at}", "Beta.") for at in range(20)),
        *(paper(f"q{at}", long_title("quark")) for at in range(10)),
        *(paper(f"k{at}", "Quarkonium") for at in range(8)),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "TAIL_FILE_POSTINGS", 1)
        files = dict(index_documents(shelf, [SearchTopic("beta", "Beta")]))
    return write_files(files, tmp_path_factory.mktemp("rivals"))


@pytest.mark.parametrize("damage", ["keys", "papers"])
def test_lists_that_make_no_sense_prove_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(encoding, "TAIL_FILE_POSTINGS", 1)
    title = "Gamma attention attending attends alpha"
    shelf = [*(paper(f"a{number}", title) for number in range(30)), paper("b", "Other", title)]
    files = dict(index_documents(shelf, []))
    assert any(path.startswith("search/rest/") for path in files)
    (path,) = (path for path in files if path.startswith("search/terms/"))
    if damage == "keys":
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
    assert bool(first["hits"]) == (damage == "keys")


@pytest.mark.parametrize(
    ("query", "proves"), [("alpha", True), ("alpha beta", False), ("author:alpha", False),
                          ("quark", False)],
)  # fmt: skip
def test_titles_prove_nothing_where_other_papers_may_be_better(
    rivals: Path, query: str, proves: bool
) -> None:
    [answer] = run_node("best.mjs", rivals, lines=[[query]])
    assert isinstance(answer, list)
    best, first, _ = answer
    assert best == (first if proves else None)


def test_a_form_elsewhere_never_counts_more_than_the_one_in_the_title() -> None:
    least = title_impacts(np.array([1, 10, 1000])).min()
    assert least >= EXACT_FACTOR * TOPIC_IMPACT
    assert max(AUTHOR_IMPACT, MAX_ABSTRACT_IMPACT) < TOPIC_IMPACT


def test_the_order_of_papers_does_not_matter(
    files: dict[str, bytes], papers: list[Document]
) -> None:
    assert dict(index_documents(papers[::-1], TOPICS[::-1])) == files


@pytest.mark.parametrize("blocks", [1, 3, 32])
def test_cards_are_found_however_many_blocks_share_a_name(
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
    new = paper("z", "Sparse Attention", "We study attention.", date=dt.date(2026, 1, 1))
    after = dict(index_documents([*papers, new], TOPICS))
    assert len(files.keys() - after.keys()) < len(files) / 3
    assert all(
        after[path] == files[path]
        for path in after.keys() & files.keys()
        if "/manifest" not in path
    )


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
def test_a_shard_that_makes_no_sense_is_refused(
    files_with_tails: dict[str, bytes], payload: bytes, tmp_path: Path
) -> None:
    spoilt = {
        path: encode_file(payload) for path in files_with_tails if path.startswith("search/terms/")
    }
    files = {**files_with_tails, **spoilt}
    with pytest.raises(IndexFormatError):
        index_of(files).posting_lists("attent")
    assert refused_in_node(files, tmp_path, "attent") == [True, True]


PLACES_AND_REST = b"\0\0"
KEYS = b"\x14attention\nattentions"
COUNTS = b"\2\0" + b"\0\0"
"""A paper has a word of the stem in its title; none has one elsewhere alone."""
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
def test_patterns_name_words_and_titles_patterns_that_are_there(
    pattern: bytes, number: int, is_refused: bool, tmp_path: Path
) -> None:
    place = b"\3"
    files = dict(index_documents([paper(f"a{number}", "Attention") for number in range(9)], []))
    shard = PLACES_AND_REST + KEYS + COUNTS + pattern + TITLE + bytes([number]) + place
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


def test_the_most_frequent_pattern_is_the_first() -> None:
    titles = ["Attention", "Attentions", "Attentions", "Attentions"]
    shelf = [paper(f"a{number}", title) for number, title in enumerate(titles)]
    files = dict(index_documents(shelf, []))
    (path,) = (path for path in files if path.startswith("search/terms/"))
    only_one = b"\1\1"
    words_in_title = bytes([2 * 1 + 1, 2 * 0 + 1])
    group = b"\2" + only_one + words_in_title
    gaps, impacts = bytes(4), bytes([55] * 4)
    numbers = bytes([1, 0, 0, 0])
    assert group + gaps + impacts + numbers in decode_file(files[path])


def test_long_columns_take_the_shortest_way() -> None:
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
def test_a_shard_whose_keys_are_not_in_order_is_refused(
    part: bytes, spoilt: bytes, asked: str | None, tmp_path: Path
) -> None:
    """A browser looks for a stem by bisection and at its keys alone, if any is ``asked`` for."""
    files = dict(index_documents([paper("a", "Gamma attention attending attends alpha")], []))
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


def test_a_rest_that_makes_no_sense_is_refused_each_time(
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


def test_the_index_does_not_depend_on_how_much_is_sorted_at_once(
    files: dict[str, bytes], papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "MIN_SORTED", 100)
    assert dict(index_documents(papers, TOPICS)) == files


def test_very_many_votes_are_taken_for_fewer() -> None:
    shelf = [paper("a", "One", votes=40_000), paper("b", "Two", votes=7)]
    index = index_of(dict(index_documents(shelf, [])))
    assert [votes.impact for votes in index.posting_lists("^votes")["^votes"]] == [32_767, 7]


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


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance(one: str, other: str) -> None:
    def plainly(i: int, j: int) -> int:
        if min(i, j) == 0:
            return max(i, j)
        best = min(
            plainly(i - 1, j) + 1,
            plainly(i, j - 1) + 1,
            plainly(i - 1, j - 1) + (one[i - 1] != other[j - 1]),
        )
        if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
            best = min(best, plainly(i - 2, j - 2) + 1)
        return best

    assert edit_distance(one, other, 2) == min(3, plainly(len(one), len(other)))
