"""The vocabulary of topics, its problems, and the topics suggested for a text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papercatalog.model.catalog import Catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.topic_suggestions import (
    MAX_OCCURRENCES,
    MAX_SUGGESTIONS,
    MIN_SCORE,
    MIN_SHARE,
    PHRASE_WEIGHT,
    TITLE_WEIGHT,
    WORD_WEIGHT,
    suggest_topics,
)
from papercatalog.model.topics import (
    Topic,
    Vocabulary,
    drop_invalid_parents,
    parse_topic,
    validate_vocabulary,
)
from topic_quality import (
    Measure,
    Sample,
    Tally,
    curated_samples,
    load_samples,
    measure,
    render_report,
)

PAGE = """---
title: Quantization
parent: efficiency
terms:
- quantization
- 4-bit
---
Fewer bits.

And why.
"""

SMALL = Vocabulary(
    (
        Topic("efficiency", "Efficiency", None, ("efficiency", "compression")),
        Topic("models", "Models", None, ("language model", "LLM", "segmentation of text")),
        Topic("multimodal", "Multimodal", None, ("vision-language model", "caption")),
        Topic("pruning", "Pruning", "efficiency", ("pruning", "sparsity")),
        Topic("quantization", "Quantization", "efficiency", ("quantization", "4-bit", "1.58-bit")),
        Topic("training", "Training", None, ("pre-training", "optimizer", "study")),
        Topic("vision", "Vision", None, ("image classification", "segmentation")),
    )
)


def suggested(title: str, abstract: str = "") -> list[str]:
    return [suggestion.slug for suggestion in suggest_topics(SMALL, title, abstract)]


def codes(text: str, slug: str = "quantization") -> list[tuple[str, int, str]]:
    _, problems = parse_topic(text, slug, f"docs/topics/{slug}.md")
    return [(problem.code, problem.line, problem.field) for problem in problems]


# Pages


def test_a_page_becomes_a_topic() -> None:
    topic, problems = parse_topic(PAGE, "quantization", "docs/topics/quantization.md")
    assert problems == ()
    assert topic == Topic(
        "quantization",
        "Quantization",
        "efficiency",
        ("quantization", "4-bit"),
        "Fewer bits.\n\nAnd why.",
    )
    assert topic.lines == {"title": 2, "parent": 3, "terms": 4}
    assert topic.path == "docs/topics/quantization.md"


def test_a_title_is_one_line() -> None:
    text = PAGE.replace("title: Quantization", "title: ' Fewer\n\n  bits '")
    topic, problems = parse_topic(text, "q", "q.md")
    assert problems == ()
    assert topic is not None
    assert topic.title == "Fewer bits"


def test_a_topic_at_the_top_has_no_parent() -> None:
    topic, problems = parse_topic(PAGE.replace("parent: efficiency\n", ""), "q", "q.md")
    assert problems == ()
    assert topic is not None
    assert topic.parent is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Quantization\n", "", [("missing-key", 1, "title")]),
        ("title: Quantization", "title: ''", [("bad-value", 2, "title")]),
        ("title: Quantization", "title: [one, two]", [("bad-value", 2, "title")]),
        ("title: Quantization", "name: Quantization\ntitle: Q", [("unknown-key", 2, "name")]),
        ("parent: efficiency", "parent: Efficient learning", [("bad-value", 3, "parent")]),
        ("parent: efficiency", "parent: [efficiency]", [("bad-value", 3, "parent")]),
        ("parent: efficiency", "parent:", [("bad-value", 3, "parent")]),
        ("terms:\n- quantization\n- 4-bit\n", "", [("missing-key", 1, "terms")]),
        ("terms:\n- quantization\n- 4-bit\n", "terms: 4-bit\n", [("bad-value", 4, "terms")]),
        ("- quantization\n", "- '!!'\n", [("bad-value", 4, "terms")]),
        ("- quantization\n", "- [quantization]\n", [("bad-value", 4, "terms")]),
        ("- quantization\n", "- one-two-three-four five-six-seven\n", [("bad-value", 4, "terms")]),
        ("Fewer bits.\n\nAnd why.\n", "", [("no-introduction", 7, "body")]),
        ("---\ntitle", "title", [("no-front-matter", 1, "")]),
    ],
)
def test_a_faulty_page_is_a_topic_still(
    old: str, new: str, expected: list[tuple[str, int, str]]
) -> None:
    assert old in PAGE
    text = PAGE.replace(old, new)
    found = codes(text)
    assert [(code, field) for code, _, field in found] == [
        (code, field) for code, _, field in expected
    ]
    if expected[0][0] != "no-introduction":
        assert found == expected
    topic, _ = parse_topic(text, "quantization", "q.md")
    assert topic is not None
    assert topic.slug == "quantization"
    assert topic.title


def test_a_term_of_countless_spellings_is_refused() -> None:
    topic, problems = parse_topic(PAGE.replace("4-bit", "a-b " * 60), "q", "q.md")
    assert [problem.code for problem in problems] == ["bad-value"]
    assert topic is not None
    assert topic.terms == ("quantization",)
    assert validate_vocabulary(Vocabulary((topic,)))[0].code == "unknown-parent"


def test_all_problems_of_a_page_are_named_at_once() -> None:
    text = "---\nname: x\nparent: A b\n---\n"
    assert [code for code, _, _ in codes(text)] == [
        "unknown-key",
        "missing-key",
        "bad-value",
        "missing-key",
        "no-introduction",
    ]


@pytest.mark.parametrize("slug", ["index", "Quantization", "a b", "a--b", "-a", ""])
def test_a_name_that_cannot_be_a_topic(slug: str) -> None:
    topic, (problem,) = parse_topic(PAGE, slug, "page.md")
    assert topic is None
    assert problem.code == "bad-id"


# The tree


def test_the_tree() -> None:
    assert [topic.slug for topic in SMALL.roots] == [
        "efficiency",
        "models",
        "multimodal",
        "training",
        "vision",
    ]
    assert [topic.slug for topic in SMALL.children("efficiency")] == ["pruning", "quantization"]
    assert SMALL.children("pruning") == ()
    assert SMALL.family("pruning") == ("pruning", "efficiency")
    assert SMALL.family("efficiency") == ("efficiency",)
    assert SMALL.family("unheard-of") == ()
    assert SMALL.by_slug["vision"].title == "Vision"


def test_topics_stand_by_title_then_slug() -> None:
    vocabulary = Vocabulary((Topic("c", "b"), Topic("b", "B"), Topic("d", "a")))
    assert [topic.slug for topic in vocabulary.roots] == ["d", "b", "c"]


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        ((Topic("a", "A", "bees"), Topic("bee", "B")), [("a", "unknown-parent")]),
        ((Topic("a", "A", "a"),), [("a", "topic-cycle")]),
        (
            (Topic("a", "A", "b"), Topic("b", "B", "a")),
            [("a", "topic-cycle"), ("b", "topic-cycle")],
        ),
        ((Topic("a", "A"), Topic("b", "B", "a"), Topic("c", "C", "b")), [("c", "too-deep")]),
        (
            (Topic("a", "A", terms=("4-bit",)), Topic("b", "B", terms=("4bits",))),
            [("b", "duplicate-term")],
        ),
        ((Topic("a", "A", terms=("LoRA", "LoRAs")),), [("a", "duplicate-term")]),
        ((Topic("a", "A", terms=("bit",)), Topic("b", "B", "a", terms=("4-bit",))), []),
    ],
)
def test_problems_between_topics(
    topics: tuple[Topic, ...], expected: list[tuple[str, str]]
) -> None:
    problems = validate_vocabulary(Vocabulary(topics))
    assert [(Path(problem.path).stem, problem.code) for problem in problems] == expected


def test_problems_between_topics_say_where_and_what_to_do() -> None:
    topics = (
        Topic("efficiency", "E", terms=("low-bit",)),
        Topic("q", "Q", "eficiency", ("low bit",), lines={"parent": 3, "terms": 4}),
    )
    assert [str(problem) for problem in validate_vocabulary(Vocabulary(topics))] == [
        "docs/topics/q.md:3: parent: unknown topic 'eficiency'; did you mean 'efficiency'?"
        " [unknown-parent]",
        "docs/topics/q.md:4: terms: 'low bit' is found as 'low-bit' of 'efficiency' already;"
        " keep one of them [duplicate-term]",
    ]


# Suggestions


def test_a_suggestion_gives_its_reasons() -> None:
    abstract = "We study QUANTIZATION of a large language model; quantizations with 4 bits."
    found = suggest_topics(SMALL, "Image classification with 4-bit weights", abstract)
    assert [str(suggestion) for suggestion in found] == [
        'quantization: "4-bit" in the title; "quantization", "4-bit" in the abstract',
        'vision: "image classification" in the title',
    ]
    assert found[0].score == TITLE_WEIGHT + 2 * WORD_WEIGHT + PHRASE_WEIGHT


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Pre-training", ["training"]),
        ("pretraining", ["training"]),
        ("PRE TRAINING", ["training"]),
        ("Pre\u2011Training!", ["training"]),
        ("Optimizers", ["training"]),
        ("Studies of (apples).", ["training"]),
        ("optimizer-free", ["training"]),
        ("Optimizerish", []),
        ("Training before", []),
        ("1.58 bits", ["quantization"]),
        ("58-bit", []),
        ("", []),
        ("\u200b…!", []),
    ],
)
def test_how_terms_match(title: str, expected: list[str]) -> None:
    assert suggested(title) == expected


def test_the_longest_term_is_found_alone() -> None:
    assert suggested("A vision-language model") == ["multimodal"]
    assert suggested("A language model") == ["models"]
    assert suggested("Segmentation") == ["vision"]
    assert suggested("Segmentation of texts") == ["models"]
    assert suggested("Vision language, model, language models") == ["models", "multimodal"]


def test_a_term_counts_once_in_the_title() -> None:
    (found,) = suggest_topics(SMALL, "LLM or LLMs", "")
    assert found.score == TITLE_WEIGHT
    (found,) = suggest_topics(SMALL, "LLM or language model", "")
    assert found.score == 2 * TITLE_WEIGHT


def test_the_title_weighs_more_than_the_abstract() -> None:
    assert suggested("Segmentation", "The optimizer and the optimizer, a study.") == ["vision"]
    weak = "Image classification, segmentation and image classification."
    assert suggested("On LLMs", weak) == ["models", "vision"]


def test_a_term_counts_a_few_times_only() -> None:
    (found,) = suggest_topics(SMALL, "", "image classification " * 20)
    assert found.score == PHRASE_WEIGHT * MAX_OCCURRENCES
    assert suggested("", "segmentation " * 20) == []


def test_a_paper_is_left_without_a_topic_rather_than_guessed() -> None:
    assert suggested("Apples", "One optimizer and one caption, studied once.") == []
    assert suggest_topics(Vocabulary(()), "Quantization", "quantization") == ()


def test_a_weak_topic_beside_a_strong_one_is_left_out() -> None:
    weak = "Segmentation, image classification, image classification."
    strong = "Quantization in 4-bit and 1.58-bit"
    assert suggested("", weak) == ["vision"]
    assert suggested(strong, weak) == ["quantization"]
    assert MIN_SCORE <= 2 * PHRASE_WEIGHT + WORD_WEIGHT < MIN_SHARE * 3 * TITLE_WEIGHT


def test_a_topic_gives_way_to_those_below_it() -> None:
    assert suggested("Efficiency") == ["efficiency"]
    assert suggested("Efficiency by pruning") == ["pruning"]


def test_a_specific_topic_stands_before_a_general_one() -> None:
    assert suggested("An LLM after pruning") == ["pruning", "models"]
    assert suggested("Captions, segmentation and LLMs") == ["models", "multimodal", "vision"]
    assert suggested("LLMs, language models and pruning") == ["models", "pruning"]


def test_at_most_four_topics_are_suggested() -> None:
    title = "Pruning, quantization, LLM, caption, optimizer and segmentation"
    assert suggested(title) == ["pruning", "quantization", "models", "multimodal"]
    assert len(suggested(title)) == MAX_SUGGESTIONS


words = st.sampled_from(
    [
        "LLM",
        "language",
        "model",
        "large",
        "vision",
        "-",
        "4",
        "bit",
        "pruning",
        "x",
        "é",
        "  ",
        "\n",
    ]
)
texts = st.lists(words, max_size=12).map(" ".join) | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_properties_of_suggestions(title: str, abstract: str) -> None:
    found = suggest_topics(SMALL, title, abstract)
    slugs = [suggestion.slug for suggestion in found]
    assert len(slugs) == len(set(slugs)) <= MAX_SUGGESTIONS
    assert all(suggestion.score >= MIN_SCORE and suggestion.reasons for suggestion in found)
    parents = {SMALL.by_slug[slug].parent for slug in slugs}
    assert parents.isdisjoint(slugs)
    terms = {f'"{term}"' for topic in SMALL.topics for term in topic.terms}
    for suggestion in found:
        for reason in suggestion.reasons:
            assert set(re.findall('"[^"]*"', reason)) <= terms
    assert found == suggest_topics(SMALL, title.lower(), abstract.lower())
    assert found == suggest_topics(Vocabulary(SMALL.topics[::-1]), title, abstract)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["a", "index", "a-b"]))
def test_any_text_is_a_topic_or_problems(text: str, slug: str) -> None:
    topic, problems = parse_topic(text, slug, "page.md")
    assert problems or (topic is not None and topic.title and topic.terms and topic.introduction)


# The project's own vocabulary


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    return load_catalog(root)


def test_the_vocabulary_is_sound(root: Path, catalog: Catalog) -> None:
    vocabulary = catalog.vocabulary
    assert 30 <= len(vocabulary.topics) <= 45
    assert validate_vocabulary(vocabulary) == ()
    assert not (root / "docs/topics/index.md").exists()
    for topic in vocabulary.topics:
        sentences = re.findall(r"[.?](?:\s|$)", topic.introduction)
        assert 3 <= len(sentences) <= 6, topic.slug
        assert len(topic.terms) >= 12, topic.slug


def test_the_suggestions_agree_with_the_curated_topics(catalog: Catalog) -> None:
    result = measure(catalog.vocabulary, curated_samples(catalog))
    assert result.labelled >= 110
    assert result.micro.precision >= 0.75
    assert result.micro.recall >= 0.75
    assert result.first / result.labelled >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Bring a large pot of water to the boil, add salt, and cook the noodles until tender.",
        "The committee met on Tuesday to discuss the new swimming pool and its opening hours.",
        "<script>alert(1)</script> {{ config }} ../../etc/passwd",
    ],
)
def test_other_texts_are_left_without_a_topic(catalog: Catalog, text: str) -> None:
    assert suggest_topics(catalog.vocabulary, text, text) == ()


# The measure


def test_the_measure() -> None:
    samples = [
        Sample("Pruning an LLM", "", ("pruning", "vision")),
        Sample("Segmentation", "", ("vision",)),
        Sample("Nothing", "", ("vision",)),
        Sample("Optimizer", "", ()),
    ]
    result = measure(SMALL, samples)
    assert (result.papers, result.labelled, result.none, result.first) == (4, 3, 1, 2)
    assert result.suggested == 4
    assert result.tallies["pruning"] == Tally(right=1)
    assert result.tallies["models"] == Tally(wrong=1)
    assert result.tallies["vision"] == Tally(right=1, missed=2)
    assert result.micro == Tally(right=2, wrong=1, missed=2)
    assert (result.micro.precision, result.micro.recall) == (2 / 3, 1 / 2)
    assert result.micro.f1 == pytest.approx(4 / 7)
    report = render_report(result)
    assert re.search(r"^vision +3 +1.000 +0.333 +0.500$", report, re.M)
    assert re.search(r"^macro +2 +1.000 +0.667 +0.750$", report, re.M)
    assert re.search(r"^micro +3 +0.667 +0.500 +0.571$", report, re.M)
    assert "first topic the same: 66.7%" in report
    assert "left without a topic: 25.0%" in report


def test_the_measure_of_nothing() -> None:
    assert "papers: 0, of them curated: 0" in render_report(Measure())


def test_samples_from_json_lines(tmp_path: Path) -> None:
    papers = [
        {"title": "One", "abstract": "A\u2028b", "topics": ["vision", "unheard-of"]},
        {"title": "Two", "abstract": "c"},
    ]
    file = tmp_path / "papers.jsonl"
    lines = (json.dumps(paper, ensure_ascii=False) for paper in papers)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    assert list(load_samples(file, SMALL)) == [
        Sample("One", "A\u2028b", ("vision",)),
        Sample("Two", "c", ()),
    ]


def test_topics_with_an_invalid_parent_stand_on_their_own() -> None:
    topics = (
        *(Topic("a", "A", "b"), Topic("b", "B", "a"), Topic("c", "C", "nowhere")),
        *(Topic("d", "D", "c"), Topic("e", "E"), Topic("f", "F", "e"), Topic("g", "G", "f")),
    )
    mended = drop_invalid_parents(Vocabulary(topics))
    assert {topic.slug: topic.parent for topic in mended.topics if topic.parent} == {"f": "e"}
    assert [topic.slug for topic in mended.roots] == ["a", "b", "c", "d", "e", "g"]
