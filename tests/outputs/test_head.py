"""The metadata of pages, as Zotero, Google Scholar and link previews read it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from markupsafe import escape

from html_pages import Html, parse_html
from made_catalog import make_paper
from made_context import make_context
from page_metadata import (
    find_scholar_problems,
    get_property,
    list_metadata,
    read_as_zotero,
    read_json_ld,
)
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.name_parts import split_name
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import build_artifacts
from papercatalog.outputs.artifacts import PageArtifact, ungroup
from papercatalog.outputs.context import SiteInfo
from papercatalog.outputs.drawing import HEIGHT, WIDTH
from papercatalog.text import plain_title
from repository import ROOT

SITE = SiteInfo(
    'A <small> "catalog" & more', "https://example.org/small/", "Papers that were made up."
)
HOSTILE = (
    '</script><script>alert("1")</script>',
    "\"><img src=x onerror=alert(1)> & 'more' &amp; \u2028 lines",
    "<!-- ]]> {{ title }} {% raw %}",
    "Learning $\\ell_1$ norms in $O(n^2)$ and \\emph{more}",
)
TOPICS = Vocabulary((Topic("light", "Light & <dark>"), Topic("lamps", "Lamps", parent="light")))
SENTENCE_END = re.compile(r"[.!?。！？][\"'”’)\]]*$")


def load(page: PageArtifact) -> tuple[str, Html]:
    """Give a page's head as a shell has it, and how it is read."""
    content = page.make()
    html = (
        f"<title>{escape(page.title)} - {escape(SITE.name)}</title>"
        f'<meta name="description" property="og:description" content="'
        f'{escape(content.description)}">{content.head}'
    )
    return html, parse_html(html)


@cache
def repository() -> tuple[Catalog, dict[str, PageArtifact]]:
    catalog = load_catalog(ROOT)
    return catalog, make_pages(catalog)


def make_pages(catalog: Catalog, site: SiteInfo = SITE) -> dict[str, PageArtifact]:
    context = make_context(catalog, site, {})
    made = build_artifacts(context, without={"search-files"})
    return {page.path: page for page in made if isinstance(page, PageArtifact)}


def make_paper_page(site: SiteInfo = SITE, **facts: Any) -> tuple[str, Html]:
    paper = make_paper("made", **facts)
    return load(make_pages(build_catalog([paper], TOPICS), site)[paper.path])


def test_zotero_saves_every_paper_of_the_repository_whole() -> None:
    catalog, pages = repository()
    types = set()
    for paper in catalog.papers:
        item = read_as_zotero(load(pages[paper.path])[1])
        assert item.fields["title"] == plain_title(paper.title)
        assert item.fields["url"] == f"{SITE.url}{paper.url}"
        if not paper.authors:
            assert item.type == "webpage"
            continue
        types.add(item.type)
        assert (item.type == "preprint") == (not paper.venue and bool(paper.arxiv)), paper.id
        for name, creator in zip(paper.authors, item.creators, strict=True):
            last, first, _ = split_name(name)
            assert creator == (last, first) if first else f"{creator[1]} {creator[0]}".strip()
        assert item.fields.get("DOI") == paper.doi
        if paper.published:
            assert item.fields["date"] == f"{paper.published:%Y/%m/%d}"
        assert bool(item.pdf) == bool(paper.arxiv or paper.links.pdf)
        if paper.venue:
            assert paper.venue in item.fields.values()
    assert types >= {"preprint", "conferencePaper", "journalArticle"}


def test_scholar_finds_nothing_wrong_in_the_repository() -> None:
    catalog, pages = repository()
    found = {
        paper.id: find_scholar_problems(load(pages[paper.path])[1]) for paper in catalog.papers
    }
    without = {paper.id for paper in catalog.papers if not paper.authors}
    assert len(without) < 10
    assert {page: problems for page, problems in found.items() if problems} == {
        page: ["no tags"] for page in without
    }


def test_json_ld_says_what_the_page_says() -> None:
    catalog, pages = repository()
    for paper in catalog.papers:
        found = read_json_ld(load(pages[paper.path])[0])
        assert found["@context"] == "https://schema.org"
        assert found["@type"] == "ScholarlyArticle"
        assert found["headline"] == plain_title(paper.title)
        assert [one["name"] for one in found.get("author", [])] == list(paper.authors)
        assert found.get("datePublished") == (paper.published and str(paper.published))
        assert all(found.values())


def test_every_page_has_its_head_and_a_description_of_whole_sentences() -> None:
    catalog, pages = repository()
    assert len(pages) > len(catalog.papers) + len(catalog.vocabulary.topics)
    cut: list[str] = []
    for path, page in pages.items():
        found = load(page)[1]
        assert get_property(found, "og:title") == page.title, path
        kind = "article" if path.startswith("papers/") else "website"
        assert get_property(found, "og:type") == kind
        assert get_property(found, "og:url") == f"{SITE.url}{page.url}"
        assert get_property(found, "og:image").startswith(f"{SITE.url}pictures/")
        if kind == "website":
            assert get_property(found, "og:image:width") == str(WIDTH)
            assert get_property(found, "og:image:height") == str(HEIGHT)
        assert get_property(found, "og:image:alt")
        description = get_property(found, "og:description")
        if not SENTENCE_END.search(description):
            cut.append(path)
            assert description.endswith("…"), f"{path}: {description}"
            assert not re.search(r"[.!?] [A-Z]", description), f"{path}: {description}"
            assert len(description) > 200, f"{path}: {description}"
        assert 12 < len(description) <= 320, f"{path}: {description}"
        assert "$" not in page.title + description
    assert len(cut) <= 3  # gists longer than 320 characters


def test_titles_say_what_a_page_is() -> None:
    titles = [page.title for page in repository()[1].values()]
    assert len(titles) == len(set(titles))
    assert {"Papers listed on 29 July 2025", "Papers listed in July 2025"} <= set(titles)
    assert "Papers listed in 2025" in titles


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_texts_stay_texts(title: str) -> None:
    name = title.partition(" ")[0]
    html, found = make_paper_page(
        title=title, authors=(title, name), venue=title, keywords=(title,), abstract=title
    )
    assert {tag for tag, _ in found.elements} == {"title", "meta", "link", "script"}
    assert len([tag for tag, _ in found.elements if tag == "script"]) == 1
    title = " ".join(title.split())
    assert get_property(found, "og:title") == plain_title(title)
    assert read_as_zotero(found).fields["title"] == plain_title(title)
    data = read_json_ld(html)
    assert data["headline"] == plain_title(title)
    assert [author["name"] for author in data["author"]] == [title, name]
    assert data["isPartOf"]["name"] == title


def test_formulas_in_titles_are_readable() -> None:
    _, found = make_paper_page(title=HOSTILE[-1], authors=("Ada Example",))
    assert read_as_zotero(found).fields["title"].startswith("Learning ℓ₁ norms in O(n²) and")


def test_a_paper_without_authors_is_a_web_page() -> None:
    html, found = make_paper_page(arxiv="2507.00002", doi="10.1000/x")
    assert not [name for name, _, _ in list_metadata(found) if name.startswith("citation")]
    assert read_as_zotero(found).type == "webpage"
    assert read_json_ld(html)["sameAs"] == [
        "https://arxiv.org/abs/2507.00002",
        "https://doi.org/10.1000/x",
    ]


@pytest.mark.parametrize(
    ("facts", "kind", "name", "value"),
    [
        ({"venue": "ICML 2024"}, "conferencePaper", "conferenceName", "ICML 2024"),
        ({"venue": "Nature 5"}, "journalArticle", "publicationTitle", "Nature 5"),
        ({"venue": "PhD thesis, X"}, "thesis", "university", "PhD thesis, X"),
        ({"arxiv": "2507.00002"}, "preprint", "date", "2025/07"),
        ({"doi": "10.1000/x"}, "journalArticle", "DOI", "10.1000/x"),
        ({"published": dt.date(2024, 2, 9)}, "journalArticle", "date", "2024/02/09"),
    ],
)
def test_zotero_saves_what_is_known(
    facts: dict[str, Any], kind: str, name: str, value: str
) -> None:
    _, found = make_paper_page(authors=("Ada van der Example", "Ada van der Example"), **facts)
    item = read_as_zotero(found)
    assert (item.type, item.fields[name]) == (kind, value)
    assert item.creators[0] == ("van der Example", "Ada")
    assert not find_scholar_problems(found)


def test_keywords_become_tags_and_a_pdf_is_attached() -> None:
    pdf = "https://example.org/a.pdf?b=1&c=2"
    _, found = make_paper_page(
        authors=("Ada Example",), keywords=("speech", "sound, loud"), links={"pdf": pdf}
    )
    item = read_as_zotero(found)
    assert item.tags == ["speech", "sound, loud"]
    assert item.pdf == pdf


def test_a_picture_is_that_of_the_topic_at_the_top() -> None:
    for topics, name, alt in (
        (("lamps",), "light", "Light & <dark>"),
        (("light", "lamps"), "light", "Light & <dark>"),
        ((), "index", SITE.name),
    ):
        _, found = make_paper_page(topics=topics)
        assert get_property(found, "og:image") == f"{SITE.url}pictures/{name}.png"
        assert get_property(found, "og:image:alt") == alt


def test_every_picture_that_a_page_names_is_built() -> None:
    catalog, pages = repository()
    made = build_artifacts(make_context(catalog, SITE, {}), without={"search-files"})
    files = {f"{SITE.url}{one.path}" for one in ungroup(made) if one.path.endswith(".png")}
    named = {get_property(load(page)[1], "og:image") for page in pages.values()}
    assert named <= files
    assert len(named) > 10


def test_a_site_without_an_address_names_none() -> None:
    pages = make_pages(
        build_catalog([make_paper("a", topics=("lamps",))], TOPICS), replace(SITE, url="")
    )
    for page in pages.values():
        html, found = load(page)
        assert not get_property(found, "og:url") + get_property(found, "og:image")
        assert get_property(found, "og:title") == page.title
        assert "example.org/small" not in html


def test_a_papers_head_is_short() -> None:
    papers = [
        make_paper(
            f"2507.{number:05}",
            "A title of some seventy characters, which is about what papers have",
            arxiv=f"2507.{number:05}",
            authors=tuple(f"Author{place} Surname" for place in range(6)),
        )
        for number in range(3)
    ]
    pages = make_pages(build_catalog(papers, TOPICS))
    for paper in papers:
        assert len(pages[paper.path].make().head.encode()) < 1900


def test_links_of_a_paper_are_never_dead() -> None:
    for paper in (
        Paper(**{**dict(make_paper("a")), "links": {}}),
        make_paper("b", links={"code": "https://example.org/code"}),
        make_paper("c", links={"paper": "https://example.org/paper"}),
        make_paper("d", arxiv="2507.00002", links={"paper": "https://example.org/paper"}),
    ):
        body = make_pages(build_catalog([paper], TOPICS))[paper.path].make().body
        buttons = re.search(r'<ul class="pc-links">(.*?)</ul>', body)
        found = parse_html(buttons[1]).links if buttons else []
        expected = {
            "a": [],
            "b": [("https://example.org/code", "Code")],
            "c": [("https://example.org/paper", "Paper")],
            "d": [
                ("https://arxiv.org/pdf/2507.00002", "PDF"),
                ("https://arxiv.org/abs/2507.00002", "arXiv"),
            ],
        }
        assert found == expected[paper.id]
