"""The pages, feeds and exports of saved searches: what the site's search finds, kept up to date."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace

from html_pages import parse_html, resolve
from made_catalog import LANTERNS, OCEANS, make_paper
from made_context import make_context
from papercatalog.model.catalog import build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.searches import SavedSearch
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import build_artifacts
from papercatalog.outputs.artifacts import FileArtifact, PageArtifact, ungroup
from papercatalog.outputs.context import Context, SiteInfo

SITE = SiteInfo("A Catalog", "https://example.org/")
VOCABULARY = Vocabulary((Topic("light", "Light"),))
PAPERS = (
    make_paper("a", "Paper Lanterns", date=dt.date(2025, 1, 1), topics=("light",)),
    make_paper("b", "Moons of Tides", date=dt.date(2025, 1, 2), abstract=OCEANS),
    make_paper("c", "Letters", date=dt.date(2025, 1, 3), abstract=OCEANS),
    make_paper("d", "A Candle", date=dt.date(2025, 1, 4), abstract="A candle and a moon. " * 3),
)
TIDES = SavedSearch("tides", "Moon <b>", "moon -lantern", "On *tides*.")
NOTHING = SavedSearch("none", "Nothing", "moon lantern sailor zebra")


def context_of(
    searches: Sequence[SavedSearch], papers: Sequence[Paper] = PAPERS, site: SiteInfo = SITE
) -> Context:
    return make_context(build_catalog(papers, VOCABULARY, searches=searches), site)


def build_site(context: Context) -> dict[str, PageArtifact | FileArtifact]:
    made = ungroup(build_artifacts(context, without={"search-files", "pictures"}))
    return {one.path: one for one in made}


def body_of(site: dict[str, PageArtifact | FileArtifact], path: str) -> str:
    page = site[path]
    assert isinstance(page, PageArtifact)
    return page.make().body


def papers_of(body: str, here: str) -> list[str]:
    links = [resolve(here, address) for address, _ in parse_html(body).links]
    return list(dict.fromkeys(link for link in links if link.startswith("papers/")))


def test_a_page_has_what_the_search_finds_best_first() -> None:
    context = context_of([TIDES])
    body = body_of(build_site(context), "searches/tides.md")
    found = [paper.url for paper in context.search(TIDES.query)]
    assert set(found) == {PAPERS[1].url, PAPERS[2].url, PAPERS[3].url}
    assert found[0] == PAPERS[1].url
    assert papers_of(body, "searches/tides/") == found
    assert "Moon &lt;b&gt;" in body
    assert "On <em>tides</em>." in body
    assert "search/?q=moon+-lantern" in body
    assert "3 papers" in body


def test_only_papers_with_every_word_count_and_no_word_is_corrected() -> None:
    context = context_of([])
    assert context.search("moon lantern") == []
    assert context.search("moom") == []
    assert [paper.id for paper in context.search('"candle and a stopwatch"')] == ["a"]
    assert [paper.id for paper in context.search("topic:light")] == ["a"]
    assert {paper.id for paper in context.search("year:2025-01")} <= {"a", "b", "c", "d"}
    assert LANTERNS.startswith("Lanterns")


def test_a_search_has_feeds_and_exports_newest_first() -> None:
    site = build_site(context_of([TIDES]))
    feed = site["searches/tides/feed.json"]
    cited = site["searches/tides/papers.json"]
    assert isinstance(feed, FileArtifact)
    assert isinstance(cited, FileArtifact)
    addresses = [item["url"] for item in json.loads(feed.content)["items"]]
    assert addresses == [SITE.url + PAPERS[n].url for n in (3, 2, 1)]
    assert [item["id"] for item in json.loads(cited.content)] == ["d", "c", "b"]
    assert {"searches/tides/feed.xml", "searches/tides/papers.bib"} <= site.keys()


def test_readers_find_searches_from_other_pages() -> None:
    site = build_site(context_of([TIDES, NOTHING]))
    for path in ("searches/index.md", "topics/index.md", "subscribe/index.md"):
        here = path.removesuffix("index.md")
        links = {resolve(here, address) for address, _ in parse_html(body_of(site, path)).links}
        assert {"searches/tides/", "searches/none/"} <= links
    sitemap = site["sitemap-pages.xml"]
    assert isinstance(sitemap, FileArtifact)
    assert b"<loc>https://example.org/searches/tides/</loc>" in sitemap.content


def test_a_search_that_finds_nothing_says_so() -> None:
    site = build_site(context_of([NOTHING]))
    body = body_of(site, "searches/none.md")
    assert "No paper has all of these words yet." in body
    assert "searches/none/papers.bib" not in site


def test_a_catalog_without_searches_says_how_to_save_one() -> None:
    site = build_site(context_of([]))
    assert "docs/searches" in body_of(site, "searches/index.md")
    assert "searches/" not in body_of(site, "topics/index.md")


def test_a_page_has_another_key_where_the_search_finds_others() -> None:
    more = make_paper("e", "Another Moon", date=dt.date(2025, 1, 5), abstract=OCEANS)
    other = make_paper("f", "Nothing of It", date=dt.date(2025, 1, 5))
    keys = [
        page.key()
        for context in (
            context_of([TIDES]),
            context_of([TIDES], (*PAPERS, more)),
            context_of([replace(TIDES, text="Other.")]),
            context_of([TIDES], (*PAPERS, other)),
        )
        if isinstance(page := build_site(context)["searches/tides.md"], PageArtifact)
    ]
    assert len(set(keys[:3])) == 3
    assert keys[3] == keys[0]
