"""Pages: what is written reads the same, and an edit touches only the lines it must."""

from __future__ import annotations

from pathlib import Path

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.model.author_files import parse_author
from papercatalog.model.front_matter import parse_front_matter
from papercatalog.model.page import Fact, edit_page, parse_page, render_fact, render_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError
from papercatalog.model.topics import parse_topic
from repository import ROOT
from strategies import IDS, LINES, PAPERS

PAGES = sorted((ROOT / "docs" / "papers").rglob("*.md"))
GOLDEN = sorted((Path(__file__).parent / "fixtures" / "pages").glob("*.md"))

FACTS = st.fixed_dictionaries(
    {},
    optional={
        "title": LINES,
        "topics": st.lists(IDS, max_size=3, unique=True),
        "authors": st.lists(LINES, max_size=3),
        "venue": LINES,
        "votes": st.integers(0, 99).map(str),
        "digests": st.lists(LINES, min_size=1, max_size=3, unique=True),
    },
)
WRITTEN_BY_HAND = """---
# A page that a person keeps.
title: >-
  A title
  on two lines

topics:
- agents
- training   # block lists are fine
# what follows was looked up
date: '2025-07-29'
links:
  code: https://example.org/code
---

Text.

---
More text.
"""


def read(page: str) -> Paper:
    return parse_page(page, "docs/papers/2025/x.md")


@pytest.mark.parametrize(
    "escaped",
    [r"a\0b", r"a\x1b[2J", r"\u202egnp.exe", r"a\u2067", r"a\u2069", r"a\u202b b\u2069", r"\x7f"],
)
@pytest.mark.parametrize("key", ["title", "venue", "authors", "keywords"])
def test_a_sign_that_disturbs_the_text_after_it_is_refused(key: str, escaped: str) -> None:
    value = f'["{escaped}"]' if key in ("authors", "keywords") else f'"{escaped}"'
    facts = {"title": "A", "date": "2025-07-29", "topics": "[agents]", key: value}
    page = "\n".join(
        ["---", *(f"{name}: {text}" for name, text in facts.items()), "---", "", "A.", ""]
    )
    with pytest.raises(CatalogError) as raised:
        read(page)
    (problem,) = raised.value.problems
    assert (problem.field.partition(".")[0], problem.code) == (key, "bad-value")
    assert "holds an invisible sign that disturbs text, U+" in problem.message


def test_titles_from_right_to_left_are_read_as_they_are() -> None:
    title = "\u2067\u05de\u05d5\u05d3\u05dc (GPT)\u2069: \u202b\u0639\u202c \u200f\u05d0\u200e"
    page = (
        f'---\ntitle: "{title}"\ndate: 2025-07-29\ntopics: [agents]\n---\n\nA \u2067\u05d0\u2069.\n'
    )
    assert read(page).title == title
    for abstract in ("a \u2067b", "a \u2067b\n\nc\u2069", "a \u202eb\u202c", "a\x0cb\x00"):
        with pytest.raises(CatalogError, match="abstract: holds an invisible sign"):
            read(page.replace("A \u2067\u05d0\u2069.", abstract))


def test_pages_of_topics_and_authors_refuse_such_signs_too() -> None:
    for title, body in (("a\\u202eb", "About."), ("A", "a\u2067b")):
        page = f'---\ntitle: "{title}"\nterms: [a term]\n---\n\n{body}\n'
        _, (problem,) = parse_topic(page, "light", "docs/topics/light.md")
        assert problem.code == "bad-value"
        assert "holds an invisible sign" in problem.message
        page = f'---\nnames: ["{title}"]\n---\n\n{body}\n'
        author, (problem,) = parse_author(page, "ada-li", "docs/authors/ada-li.md")
        assert author is None
        assert "holds an invisible sign" in problem.message


@given(PAPERS)
def test_every_paper_reads_as_it_was_written(paper: Paper) -> None:
    page = render_page(paper)
    assert parse_page(page, f"docs/{paper.path}") == paper
    assert render_page(parse_page(page, f"docs/{paper.path}")) == page


@given(PAPERS)
def test_windows_line_ends_and_marks_make_no_difference(paper: Paper) -> None:
    page = "\ufeff" + render_page(paper).replace("\n", "\r\n")
    assert parse_page(page, f"docs/{paper.path}") == paper


@given(PAPERS)
def test_other_readers_of_yaml_read_the_same(paper: Paper) -> None:
    facts = frontmatter.loads(render_page(paper)).metadata
    assert facts["title"] == paper.title
    assert facts["date"] == paper.date
    assert facts.get("published") == paper.published
    assert facts.get("arxiv") == paper.arxiv
    assert facts.get("doi") == paper.doi
    assert facts.get("votes") == paper.votes
    assert facts.get("links", {}) == paper.links.model_dump(exclude_none=True)
    assert facts.get("venue") == paper.venue
    for key in ("topics", "authors", "keywords", "digests", "aliases"):
        assert facts.get(key, []) == list(getattr(paper, key))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_pages(path: Path) -> None:
    text = path.read_bytes().decode()
    record = yaml.safe_load(path.with_suffix(".yml").read_bytes())
    assert render_page(Paper(**record)) == text
    assert parse_page(text, path.name) == Paper(**record)


def test_there_are_golden_pages() -> None:
    assert len(GOLDEN) >= 3


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_of_the_catalog_round_trips(path: Path) -> None:
    text = path.read_bytes().decode()
    assert render_page(parse_page(text, path.name)) == text
    assert edit_page(text, {}) == text


def test_keys_that_only_pages_in_memory_have_are_unknown_in_front_matter() -> None:
    with pytest.raises(CatalogError) as caught:
        read("---\ntitle: A\ndate: 2025-07-29\nid: y\nabstract: no\n---\nText.\n")
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [
        (4, "unknown-key"),
        (5, "unknown-key"),
    ]


@given(PAPERS, FACTS, st.sampled_from(["\n", "\r\n"]))
def test_an_edit_sets_its_facts_and_leaves_every_other_line(
    paper: Paper, facts: dict[str, Fact], end: str
) -> None:
    page = render_page(paper).replace("\n", end)
    edited = edit_page(page, facts)
    assert parse_page(edited, f"docs/{paper.path}").abstract == paper.abstract
    values = parse_front_matter(edited, "x.md").values
    assert {key: values[key] for key in facts} == facts
    assert edit_page(edited, facts) == edited
    untouched = [line for line in page.split(end) if not line.startswith(tuple(starts(facts)))]
    rest = [line for line in edited.split(end) if not line.startswith(tuple(starts(facts)))]
    assert rest == untouched
    assert edited.count("\r\n") == (edited.count("\n") if end == "\r\n" else 0)


def starts(facts: dict[str, Fact]) -> list[str]:
    return [f"{key}: " for key in facts]


LINE_ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
BY_HAND = st.permutations(
    [
        ("# kept", ""),
        ("title: plain", "more"),
        ("authors:", "- One", "- Two"),
        ('venue: "quoted', "more", '  and more"'),
        ("topics: [agents,", "more]"),
        ("votes: 3",),
        ("keywords: ['a',", "# no remark", "'b']"),
        ("arxiv: >-", "2410.08110"),
        ("links:", "code: https://example.org/a", "# kept too"),
    ]
)


@given(BY_HAND, st.data(), FACTS)
def test_an_edit_of_any_line_ends_leaves_every_other_key(
    groups: list[tuple[str, ...]], data: st.DataObject, facts: dict[str, Fact]
) -> None:
    lines = [
        "---",
        *(line for first, *rest in groups for line in (first, *(f"  {r}" for r in rest))),
    ]
    page = "".join(line + data.draw(LINE_ENDS) for line in [*lines, "---", "Text."])
    before = parse_front_matter(page, "x.md")
    after = parse_front_matter(edit_page(page, facts), "x.md")
    assert after.values == {**before.values, **facts}
    assert (after.body, edit_page(page, {})) == (before.body, page)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_edit_of_a_page_written_by_hand(end: str) -> None:
    edited = edit_page(
        WRITTEN_BY_HAND.replace("\n", end),
        {"topics": ["data"], "arxiv": "2410.08110", "digests": ["seeds/a.txt"]},
    )
    expected = WRITTEN_BY_HAND.replace(
        "topics:\n- agents\n- training   # block lists are fine\n", "topics: [data]\n"
    ).replace("links:\n", 'arxiv: "2410.08110"\nlinks:\n')
    expected = expected.replace("/code\n---\n", "/code\ndigests: [seeds/a.txt]\n---\n")
    assert edited == expected.replace("\n", end)


@pytest.mark.parametrize(
    ("key", "fact", "line"),
    [
        ("title", "no", 'title: "no"\n'),
        ("date", "2025-07-29", "date: 2025-07-29\n"),
        ("topics", ["agents", "no"], 'topics: [agents, "no"]\n'),
        ("authors", ["Ada Example"], 'authors: ["Ada Example"]\n'),
        ("arxiv", "2410.08110", 'arxiv: "2410.08110"\n'),
        ("venue", "Nowhere", 'venue: "Nowhere"\n'),
        ("keywords", ["one", "two b"], 'keywords: ["one", "two b"]\n'),
        ("links", {"code": "https://example.org/a"}, "links: {code: https://example.org/a}\n"),
        ("links", {"code": "https://a.org/{b},c"}, 'links: {code: "https://a.org/{b},c"}\n'),
        ("votes", "7", "votes: 7\n"),
        ("votes", "07", 'votes: "07"\n'),
    ],
)
def test_lines_of_front_matter(key: str, fact: Fact, line: str) -> None:
    assert render_fact(key, fact) == line


def test_a_page_without_front_matter_cannot_be_edited() -> None:
    with pytest.raises(CatalogError):
        edit_page("Text.\n", {"votes": "1"})


@given(PAPERS)
def test_lines_of_problems_are_lines_of_the_page(paper: Paper) -> None:
    page = render_page(paper)
    lines = page.split("\n")
    front = parse_front_matter(page, "x.md")
    for key, line in front.lines.items():
        assert lines[line - 1].startswith(f"{key}:")
    assert lines[front.end - 1] == "---"
    assert front.body.startswith(lines[front.body_line - 1].strip())
