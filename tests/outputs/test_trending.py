"""Trending papers: their order, their periods, and where there are none."""

from __future__ import annotations

import datetime as dt

import pytest

from html_pages import parse_html, resolve
from made_catalog import make_paper
from made_context import make_context
from papercatalog.model.catalog import build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import dates, home, sitemap, trending
from papercatalog.outputs.artifacts import FileArtifact, PageArtifact
from papercatalog.outputs.context import Context, SiteInfo

SITE = SiteInfo("A Catalog", "https://example.org/")
VOCABULARY = Vocabulary((Topic("light", "Light"),))
DAY = dt.date(2025, 7, 31)


def invent(page_id: str, age: int, votes: int | None, title: str = "Lanterns") -> Paper:
    return make_paper(page_id, title, date=DAY - dt.timedelta(days=age), votes=votes)


# Means of votes within three days: of age 0 and 2 (10 + 20 + 0) / 3 = 10, of age 10 (90 + 30) / 2 =
# 60, of age 100 (8 + 2) / 2 = 5, of age 1000 one paper's own votes. "unknown" counts in no mean.
PAPERS = (
    invent("new", 0, 10),  # 1.0
    invent("second", 2, 20),  # 2.0
    invent("zero", 2, 0),
    invent("unknown", 1, None),
    invent("much", 10, 90),  # 1.5
    invent("less", 11, 30),  # 0.5
    invent("small", 100, 8),  # 1.6
    invent("least", 100, 2),  # 0.4
    invent("alone", 1000, 500),  # 1.0, and more votes than "new"
)


def context_of(*papers: Paper, vocabulary: Vocabulary = VOCABULARY) -> Context:
    return make_context(build_catalog(papers, vocabulary), SITE)


def pages_of(context: Context) -> dict[str, PageArtifact]:
    made = list(trending.build(context))
    return {page.url: page for page in made if isinstance(page, PageArtifact)}


def ids_of(page: PageArtifact) -> list[str]:
    links = (resolve(page.url, address) for address, _ in parse_html(page.make().body).links)
    papers = dict.fromkeys(link for link in links if link.startswith("papers/"))
    return [address.split("/")[2] for address in papers]


def test_votes_count_against_those_of_papers_of_the_same_days() -> None:
    pages = pages_of(context_of(*PAPERS))
    assert {url: ids_of(page) for url, page in pages.items()} == {
        "trending/": ["second", "new"],
        "trending/month/": ["second", "much", "new", "less"],
        "trending/year/": ["second", "small", "much", "new", "less", "least"],
        "trending/all/": ["second", "small", "much", "alone", "new", "less", "least"],
    }
    body = pages["trending/month/"].make().body
    assert "4 papers with votes, listed from 2 July 2025 to 31 July 2025." in body
    assert "at most 3 days before or after it" in body


def test_a_period_begins_so_many_days_before_the_newest_and_ends_with_it() -> None:
    ages = (0, 6, 7, 29, 30, 364, 365)
    pages = pages_of(context_of(*(invent(f"age-{age}", age, 1) for age in ages)))
    assert {url: len(ids_of(page)) for url, page in pages.items()} == {
        "trending/": 2,
        "trending/month/": 4,
        "trending/year/": 6,
        "trending/all/": 7,
    }


def test_a_page_shows_25_papers_and_says_of_how_many() -> None:
    papers = [invent(f"p{place:02}", 0, place) for place in range(40)]
    (page,) = pages_of(context_of(*papers)).values()
    assert ids_of(page) == [f"p{place}" for place in range(39, 14, -1)]
    assert "39 papers with votes" in page.make().body
    assert "the first 25" in page.make().body
    assert 'aria-label="Period"' not in page.make().body


def test_a_week_without_votes_says_so() -> None:
    pages = pages_of(context_of(invent("new", 0, None), invent("old", 20, 5)))
    assert ids_of(pages["trending/"]) == []
    assert "No paper listed from 25 July 2025 to 31 July 2025 has votes." in (
        pages["trending/"].make().body
    )
    assert ids_of(pages["trending/month/"]) == ["old"]


@pytest.mark.parametrize("papers", [(), (invent("new", 0, None), invent("zero", 1, 0))])
def test_without_votes_there_is_no_page_and_no_link(papers: tuple[Paper, ...]) -> None:
    context = context_of(*papers)
    assert not pages_of(context)
    assert "trending/" not in sitemap_of(context)
    for page in (*home.build(context), *dates.build(context)):
        assert isinstance(page, PageArtifact)
        assert "trending/" not in page.make().body


def test_readers_and_search_engines_find_the_pages() -> None:
    context = context_of(*PAPERS)
    (page,) = home.build(context)
    assert isinstance(page, PageArtifact)
    assert 'href="./trending/"' in page.make().body
    for url in pages_of(context):
        assert f"<loc>https://example.org/{url}</loc>" in sitemap_of(context)


def sitemap_of(context: Context) -> str:
    (found,) = (one for one in sitemap.build(context) if one.path == "sitemap-pages.xml")  # type: ignore[union-attr]
    assert isinstance(found, FileArtifact)
    return found.content.decode()


def test_keys_change_exactly_with_what_the_pages_show() -> None:
    def keys(*papers: Paper) -> list[bytes]:
        return [page.key() for page in pages_of(context_of(*papers)).values()]

    before = keys(*PAPERS)
    assert keys(*reversed(PAPERS)) == before
    older = keys(*PAPERS, invent("more", 1001, 400))
    assert [new == old for new, old in zip(older, before, strict=True)] == [True, True, True, False]
    voted = keys(*PAPERS[1:], PAPERS[0].model_copy(update={"votes": 11}))
    assert not set(voted) & set(before)


def test_titles_are_escaped() -> None:
    hostile = invent("bad", 0, 3, "<script>alert(1)</script> & <b>")
    (page,) = pages_of(context_of(hostile)).values()
    body = page.make().body
    assert "<script" not in body
    assert "&lt;script&gt;" in body
