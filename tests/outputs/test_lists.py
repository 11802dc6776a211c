"""Rows of papers, the order of lists, their jump lists, the home page and what is rising."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from made_context import make_context
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import dates, home, topics
from papercatalog.outputs import papers as papers_pages
from papercatalog.outputs.artifacts import PageArtifact
from papercatalog.outputs.context import SiteInfo
from papercatalog.outputs.trends import find_rising

SITE = SiteInfo(name="Made up", author_pages=2)
DAY = dt.date(2025, 7, 29)
VOCABULARY = Vocabulary(
    (
        Topic("agents", "Agents", introduction="Short."),
        Topic("vision", "Vision", introduction="One sentence is here. " * 20),
        Topic("videos", "Videos", parent="vision"),
    )
)


def invent(name: str, day: dt.date = DAY, **facts: Any) -> Paper:
    values = {"title": f"Paper {name}", "abstract": f"Old. We propose {name}, a new method. End."}
    return Paper(id=name, date=day, **{**values, **facts})


def make(papers: Sequence[Paper], path: str, site: SiteInfo = SITE) -> str:
    context = make_context(build_catalog(papers, VOCABULARY), site, related={})
    for output in (dates, home, topics, papers_pages):
        for page in output.build(context):
            if isinstance(page, PageArtifact) and page.path == path:
                return page.make().body
    raise AssertionError(path)


def rows(body: str) -> list[str]:
    return body.split('<li class="pc-row"')[1:]


def text_of(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


DAY_PATH = "dates/2025/07/29.md"


def test_a_row_says_what_is_known() -> None:
    papers = [
        invent(
            "all",
            authors=("Ada A", "Ben B", "Cy C", "Di D", "Eve E"),
            topics=("agents", "videos"),
            votes=1200,
            arxiv="2501.01234",
            links={"code": "https://example.org/code?a=1&b=2"},
        ),
        invent("other", authors=("Ben B", "Di D")),
    ]
    full, bare = rows(make(papers, DAY_PATH))
    attributes = full[: full.index(">")]
    assert attributes == ' data-votes="1200" data-code'
    assert 'Ada A, <a href="../../../../authors/ben-b/">Ben B</a>, Cy C and 2 more' in full
    facts = full[full.index('class="pc-facts"') : full.index('class="pc-gist"')]
    assert text_of(f"<{facts}") == "1,200 votes · code · PDF · Agents · Videos <p"
    assert 'href="https://example.org/code?a=1&amp;b=2"' in full
    assert 'href="https://arxiv.org/pdf/2501.01234"' in full
    assert "We propose all, a new method." in full
    assert "pc-facts" not in bare
    assert bare.startswith("><h2>")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "A0"), (3, "A0, A1, A2"), (4, "A0, A1, A2, A3"), (5, "A0, A1, A2 and 2 more")],
)
def test_a_row_names_three_authors(number: int, expected: str) -> None:
    paper = invent("one", authors=tuple(f"A{place}" for place in range(number)))
    [row] = rows(make([paper], DAY_PATH, replace(SITE, author_pages=9)))
    assert f'<p class="pc-authors">{expected}<p' in row


def test_a_row_links_authors_as_soon_as_they_have_a_page() -> None:
    one = invent("one", authors=("Ada A",))
    two = invent("two", DAY - dt.timedelta(days=1), authors=("Ada A",))
    keys = []
    for papers in ([one], [one, two]):
        context = make_context(build_catalog(papers, VOCABULARY), SITE, related={})
        day = next(page for page in dates.build(context) if page_path(page) == DAY_PATH)
        assert isinstance(day, PageArtifact)
        assert ("authors/ada-a/" in day.make().body) == (len(papers) == 2)
        keys.append(day.key())
    assert keys[0] != keys[1]


def page_path(page: object) -> str:
    return page.path if isinstance(page, PageArtifact) else ""


def test_a_day_is_ordered_by_votes_where_there_are_votes() -> None:
    votes = {"a": None, "b": 0, "c": 7, "d": None, "e": 30, "f": 7}
    papers = [invent(name, votes=number) for name, number in votes.items()]
    found = re.findall(r"papers/2025/(.)/", "".join(rows(make(papers, DAY_PATH))))
    assert found == ["e", "c", "f", "b", "a", "d"]


def test_formulas_and_other_scripts_in_a_row() -> None:
    papers = [
        invent(
            "1",
            title="On $\\ell_1$ norms",
            abstract="We propose $`x^2`$ for all of the many norms.",
        ),
        invent(
            "2",
            title="\u05e9\u05dc\u05d5\u05dd LLM",
            abstract="\u3053\u308c\u306f\u65b0\u3057\u3044\u3002",
        ),
    ]
    first, second = rows(make(papers, DAY_PATH))
    assert ">On \u2113\u2081 norms</a>" in first
    assert "We propose x\u00b2 for all" in first
    assert '/" dir="auto">\u05e9' in second
    assert '<p class="pc-gist" lang="ja">\u3053' in second


def test_a_papers_page_says_which_way_its_text_runs() -> None:
    hebrew = invent("1", title="\u05e9\u05dc\u05d5\u05dd LLM", abstract="\u05e9\u05dc\u05d5\u05dd.")
    quoting = invent("2", abstract=f"Plain words {'and more ' * 8} then \u05e9\u05dc\u05d5\u05dd.")
    body = make([hebrew, quoting], hebrew.path)
    assert '<h1 dir="auto">' in body
    assert '<div class="pc-abstract" dir="auto">' in body
    assert 'dir="auto"' not in make([quoting], quoting.path)


def test_only_a_long_citation_scrolls_in_its_box() -> None:
    few, many = (
        invent(str(number), authors=tuple(f"A {place}" for place in range(number)))
        for number in (20, 21)
    )
    assert '<pre class="pc-cite">' in make([few], few.path)
    assert '<pre class="pc-cite" tabindex="0">' in make([many], many.path)


def test_a_long_day_has_links_to_the_first_paper_of_each_topic() -> None:
    slugs = [("agents",)] * 3 + [("vision", "agents")] + [("videos",)] * 16
    papers = [invent(f"{place:02}", topics=found) for place, found in enumerate(slugs)]
    body = make(papers, DAY_PATH)
    links = re.findall(r'<a href="#([^"]*)">(.*?)</a>', body)
    assert [(name, text_of(label)) for name, label in links] == [
        ("topics/videos/", "Videos 16"),
        ("topics/agents/", "Agents 4"),
        ("topics/vision/", "Vision 1"),
    ]
    marks = {
        found: place
        for place, row in enumerate(rows(body))
        for found in re.findall(r'id="topics/(\w*)/"', row)
    }
    assert marks == {"agents": 0, "vision": 3, "videos": 4}
    assert body.count("id=") == 3
    assert "#topics/" not in make(papers[:19], DAY_PATH)


def test_the_links_of_a_long_day_are_to_its_largest_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "JUMPS", 1)
    slugs = [("agents",), ("vision",), *[("vision",)] * 18]
    body = make(
        [invent(f"{place:02}", topics=found) for place, found in enumerate(slugs)], DAY_PATH
    )
    assert re.findall(r'"#topics/(\w*)/"', body) == ["vision"]


def test_a_topic_begins_with_its_papers() -> None:
    papers = [invent(str(place), topics=("vision",)) for place in range(3)]
    body = make(papers, "topics/vision.md", replace(SITE, edit_base="https://example.org/edit/"))
    places = [
        body.index(part)
        for part in ("<h1>", "<summary>One sentence", "search/?topic=vision", "pc-row", "Edit this")
    ]
    assert places == sorted(places)
    assert "<details" not in make(papers, "topics/agents.md")


def test_a_topic_with_few_papers_says_what_to_do() -> None:
    papers = [invent("1", topics=("videos",)), invent("2", topics=("vision",))]
    one = text_of(make(papers, "topics/videos.md"))
    assert "This is the topic's only paper so far. Vision has more." in one
    assert "Search in this topic" not in one
    assert "No paper has this topic yet." in text_of(make(papers, "topics/agents.md"))
    assert "has more" not in text_of(make(papers[:1], "topics/videos.md"))


@pytest.mark.parametrize(
    ("path", "word"),
    [(DAY_PATH, "day"), ("dates/2025/07/index.md", "month"), ("dates/2025/index.md", "year")],
)
def test_a_page_without_neighbours_says_so(path: str, word: str) -> None:
    alone = make([invent("1")], path)
    assert f"No other {word} has papers yet." in alone
    assert "pc-steps" not in alone
    older = invent("2", DAY.replace(year=2024, day=1))
    assert f"No other {word}" not in make([invent("1"), older], path)


def test_the_home_page_begins_with_what_it_is_and_the_newest_papers() -> None:
    papers = [invent(f"{place:02}", topics=("vision",)) for place in range(1_030)]
    body = make(papers, "index.md", replace(SITE, description="Papers <b> of all kinds."))
    assert ">Papers &lt;b&gt; of all kinds.</h1>" in body
    assert len(rows(body)) == 12
    assert "1,030 papers of the day" in text_of(body)
    assert "Vision 1,030" in text_of(body)
    assert "1030" not in re.sub(r"<[^>]*>", "", body)
    assert body.index("pc-row") < body.index('id="pc-topics"') < body.index("pc-month")
    assert "Rising" not in body


def test_an_empty_home_page_says_what_to_do() -> None:
    body = text_of(make([], "index.md"))
    assert "No paper is here yet. Add the first one" in body
    assert "0 papers" not in body


def grow(shares: dict[str, tuple[int, int]], days: int = 200) -> Catalog:
    """Make 100 papers of the last 30 days and a paper of each day before, some of the topics."""
    papers = []
    for place in range(100):
        found = [slug for slug, (now, _) in shares.items() if place < now]
        day = DAY - dt.timedelta(days=place % 30)
        papers.append(invent(f"new-{place}", day, topics=tuple(found)))
    for place in range(days):
        found = [slug for slug, (_, before) in shares.items() if place % 100 < before]
        day = DAY - dt.timedelta(days=30 + place)
        papers.append(invent(f"old-{place}", day, topics=tuple(found)))
    return build_catalog(papers, VOCABULARY)


@pytest.mark.parametrize(
    ("shares", "rising"),
    [
        ({"agents": (30, 10), "vision": (10, 10)}, ["agents"]),
        ({"agents": (30, 10), "vision": (60, 20)}, ["vision", "agents"]),
        ({"agents": (9, 0)}, []),  # too few papers
        ({"agents": (14, 10)}, []),  # chance would do
        ({"agents": (10, 30)}, []),
        ({}, []),
    ],
)
def test_a_topic_rises_where_its_share_grows(
    shares: dict[str, tuple[int, int]], rising: list[str]
) -> None:
    assert [rise.topic.slug for rise in find_rising(grow(shares))] == rising


def test_a_young_catalog_has_nothing_that_rises() -> None:
    shares = {"agents": (50, 0)}
    assert find_rising(grow(shares, days=91))
    assert not find_rising(grow(shares, days=90))
    assert not find_rising(build_catalog([], VOCABULARY))


def test_the_home_page_names_what_is_rising() -> None:
    body = make(grow({"agents": (30, 10)}).papers, "index.md")
    assert "Agents 30%, before 10%" in text_of(body)
