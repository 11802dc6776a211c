"""Feeds, as feed readers read them: Atom by feedparser, JSON Feed by the rules of its schema."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest

from html_pages import parse_html, resolve
from made_catalog import make_paper
from made_context import make_context
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.fields import Links
from papercatalog.model.loading import load_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import build_artifacts, feeds
from papercatalog.outputs.artifacts import FileArtifact, LazyFile, PageArtifact, ungroup
from papercatalog.outputs.context import SiteInfo
from papercatalog.outputs.feeds.atom import render_atom
from papercatalog.outputs.feeds.feed import (
    AUTHOR_DAYS,
    AUTHOR_NEWEST,
    NEWEST,
    make_feed,
    take_recent,
)
from papercatalog.outputs.feeds.json_feed import render_json_feed
from papercatalog.outputs.paper_lists import PaperList
from papercatalog.text import plain_title
from repository import ROOT, SMALL

SITE = SiteInfo(name="A <small> & {{ catalog }}", url="https://example.org/small/", language="fr")
VOCABULARY = Vocabulary(
    (
        Topic("light", "Light & <shade>", terms=("light",), introduction="Much."),
        Topic("sea", "Sea", terms=("sea",), introduction="None yet."),
    )
)
FILES = ("feed.xml", "feed.json")
SCHEMA = json.loads((Path(__file__).parent / "fixtures" / "json_feed.schema.json").read_text())
HOSTILE = make_paper(
    "hostile",
    "A",
    authors=("O'Neil <x>", 'Ada "A" & B'),
    topics=("light",),
    links=Links(code="https://example.org/code?a=1&b=%22", pdf="https://example.org/p.pdf?a&b"),
).model_copy(  # pages may not hold all of these signs, and feeds are sound even so
    update={
        "title": 'A "<b>" & ]]> \x00\x1b\ufffe title, \u202eעברית',
        "abstract": "]]> and <script>alert(1)</script> & \x0b\ufffe $`n^2`$ of $5, \u202eعربي.",
    }
)


def make_feeds(catalog: Catalog, site: SiteInfo = SITE) -> dict[str, bytes]:
    """Build the feeds of a catalog; gives their contents by path."""
    files = ungroup(feeds.build(make_context(catalog, site, {})))
    return {file.path: file.content for file in files if isinstance(file, FileArtifact)}


@cache
def small_feeds() -> dict[str, bytes]:
    return make_feeds(load_catalog(SMALL))


def read_atom(content: bytes) -> Any:
    """Read Atom as a feed reader does; it must be well-formed."""
    found = feedparser.parse(content)
    assert found.bozo == 0, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def read_json(content: bytes) -> Any:
    """Read JSON Feed; it must keep the rules of its version."""
    found = json.loads(content)
    jsonschema.validate(found, SCHEMA)
    return found


def make_papers(count: int, day: dt.date, **facts: Any) -> list[Paper]:
    return [
        make_paper(f"p-{day}-{number:03}", f"Paper {number} of {day}", date=day, **facts)
        for number in range(count)
    ]


@pytest.mark.parametrize("folder", ["", "topics/vision/", "topics/language/"])
def test_both_formats_say_the_same_of_the_papers_of_a_page(folder: str) -> None:
    catalog = load_catalog(SMALL)
    listed = catalog.by_topic[folder.split("/")[1]] if folder else catalog.papers
    atom = read_atom(small_feeds()[f"{folder}feed.xml"])
    feed = read_json(small_feeds()[f"{folder}feed.json"])
    address = f"{SITE.url}{folder}"
    assert atom.feed.id == atom.feed.link == feed["home_page_url"] == address
    assert atom.feed.title == feed["title"]
    assert atom.feed.title.endswith(SITE.name)
    assert atom.feed.language == feed["language"] == "fr"
    own = [(link.type, link.href) for link in atom.feed.links if link.rel == "self"]
    assert own == [("application/atom+xml", f"{address}feed.xml")]
    assert feed["feed_url"] == f"{address}feed.json"
    assert (atom.feed.icon, feed["icon"]) == (f"{SITE.url}icons/32.png", f"{SITE.url}icons/512.png")
    assert atom.feed.updated == max(entry.updated for entry in atom.entries)
    for entry, item, paper in zip(atom.entries, feed["items"], listed, strict=True):
        page = f"{SITE.url}{paper.url}"
        day = f"{paper.date}T00:00:00Z"
        titles = [catalog.vocabulary.by_slug[slug].title for slug in paper.topics]
        assert entry.id == entry.link == item["id"] == item["url"] == page
        assert entry.title == item["title"] == plain_title(paper.title)
        assert entry.published == entry.updated == item["date_published"] == day
        assert [tag.label for tag in entry.get("tags", ())] == item.get("tags", []) == titles
        assert [tag.scheme + tag.term + "/" for tag in entry.get("tags", ())] == [
            f"{SITE.url}topics/{slug}/" for slug in paper.topics
        ]
        names = [author["name"] for author in item.get("authors", ())]
        assert names == list(paper.authors)
        assert [author.name for author in entry.get("authors", ())] == names


def test_a_paper_comes_with_its_whole_abstract_once_and_leads_to_its_files() -> None:
    abstract = "First **bold** [words](https://example.org/a).\n\nWe propose last words."
    paper = make_paper("2410.08110", abstract=abstract, arxiv="2410.08110", doi="10.1000/a")
    with_code = HOSTILE
    made = make_feeds(build_catalog([paper, with_code], VOCABULARY))
    (plain, hostile), items = read_atom(made["feed.xml"]).entries, read_json(made["feed.json"])
    pdf, arxiv = "https://arxiv.org/pdf/2410.08110", "https://arxiv.org/abs/2410.08110"
    assert [(one.type, one.language) for one in plain.content] == [("text/html", "fr")]
    assert plain.summary == items["items"][0]["summary"] == "We propose last words."
    content = parse_html(plain.content[0].value)
    assert content.text.startswith("First bold words.\nWe propose last words.")
    assert [link for link, _ in content.links] == [
        "https://example.org/a", f"{SITE.url}{paper.url}", pdf, arxiv, "https://doi.org/10.1000/a"
    ]  # fmt: skip
    related = [(link.type, link.href) for link in plain.links if link.rel == "related"]
    assert related == [("application/pdf", pdf)]
    assert items["items"][0]["external_url"] == arxiv
    assert "content_text" not in items["items"][0]
    found = [(link.title, link.href) for link in hostile.links if link.rel == "related"]
    assert found == [("PDF", with_code.links.pdf), ("Code", with_code.links.code)]
    assert [link for link, _ in parse_html(hostile.content[0].value).links] == [
        f"{SITE.url}{with_code.url}", with_code.links.pdf, with_code.links.code
    ]  # fmt: skip


def test_a_feed_is_well_formed_whatever_stands_in_a_paper() -> None:
    made = make_feeds(build_catalog([HOSTILE], VOCABULARY))
    for folder in ("", "topics/light/"):
        content = made[f"{folder}feed.xml"]
        ElementTree.fromstring(content)
        (entry,) = read_atom(content).entries
        (item,) = read_json(made[f"{folder}feed.json"])["items"]
        assert entry.title == 'A "<b>" & ]]>  title, \u202eעברית' == item["title"]
        assert [author.name for author in entry.authors] == list(HOSTILE.authors)
        assert entry.tags[0].label == item["tags"][0] == "Light & <shade>"
        raw = ElementTree.fromstring(content).findtext(".//{*}content", "")
        assert raw == item["content_html"]
        page = parse_html(raw)
        assert "]]> and <script>alert(1)</script> &" in page.text
        assert "of $5, \u202eعربي." in page.text
        assert {tag for tag, _ in page.elements} & {"script", "img", "b"} == set()


def test_formulas_are_mathml_with_plain_text_for_readers_that_strip_it() -> None:
    made = make_feeds(build_catalog([HOSTILE], VOCABULARY))
    (entry,) = read_atom(made["feed.xml"]).entries
    (item,) = read_json(made["feed.json"])["items"]
    assert "<msup><mi>n</mi><mn>2</mn></msup>" in entry.content[0].value
    assert "<msup><mi>n</mi><mn>2</mn></msup>" in item["content_html"]
    assert "n² of $5" in entry.summary
    assert "n² of $5" in item["content_text"]


@pytest.mark.parametrize(("newest", "expected"), [(110, 110), (3, NEWEST)])
def test_a_feed_holds_fifty_papers_and_never_less_than_the_newest_day(
    newest: int, expected: int
) -> None:
    day = dt.date(2025, 7, 29)
    papers = make_papers(newest, day) + make_papers(60, day - dt.timedelta(days=1))
    catalog = build_catalog(papers, VOCABULARY)
    made = make_feeds(catalog)
    ids = [f"{SITE.url}{paper.url}" for paper in catalog.papers[:expected]]
    assert [entry.id for entry in read_atom(made["feed.xml"]).entries] == ids
    assert [item["id"] for item in read_json(made["feed.json"])["items"]] == ids


def test_a_topic_without_papers_was_updated_with_the_catalog() -> None:
    made = make_feeds(build_catalog([HOSTILE], VOCABULARY))
    empty = read_atom(made["topics/sea/feed.xml"])
    assert empty.entries == [] == read_json(made["topics/sea/feed.json"])["items"]
    assert empty.feed.updated == f"{HOSTILE.date}T00:00:00Z"


def test_a_site_without_an_address_or_without_papers_has_no_feeds() -> None:
    assert make_feeds(load_catalog(SMALL), replace(SITE, url="")) == {}
    assert make_feeds(build_catalog([], VOCABULARY)) == {}


def test_an_authors_feed_names_the_papers_of_a_month_without_their_abstracts() -> None:
    day = dt.date(2025, 7, 29)
    names = tuple(f"Author <{number}>" for number in range(1, 13))
    facts = {"authors": names, "topics": ("light", "sea")}
    papers = [
        *make_papers(60, day, **facts),
        *make_papers(2, day - dt.timedelta(days=AUTHOR_DAYS - 1), **facts),
        *make_papers(2, day - dt.timedelta(days=AUTHOR_DAYS), **facts),
    ]
    context = make_context(build_catalog(papers, VOCABULARY), SITE, {})
    listed = PaperList("authors/author-1/", "Author <1>", context.catalog.papers)
    feed = make_feed(context, listed, of_author=True)
    atom = read_atom(render_atom(context, feed))
    items = read_json(render_json_feed(context, feed))
    note = (
        "Author <1>, Author <2>, Author <3>, Author <4>, Author <5>, 7 more · Light & <shade>, Sea"
    )
    assert len(atom.entries) == len(items["items"]) == 62
    assert atom.feed.title == items["title"] == f"Author <1>, {SITE.name}"
    assert atom.feed.author == items["authors"][0]["name"] == "Author <1>"
    assert {(entry.content[0].type, entry.content[0].value) for entry in atom.entries} == {
        ("text/plain", note)
    }
    assert {item["content_text"] for item in items["items"]} == {note}
    assert atom.entries[-1].published == atom.entries[-1].updated == "2025-06-30T00:00:00Z"


def test_every_author_with_a_page_has_feeds() -> None:
    catalog = load_catalog(SMALL)
    made = make_feeds(catalog, replace(SITE, author_pages=1))
    people = catalog.authors.people(1).values()
    assert len(people) > 2
    for person in people:
        atom, feed = (made[f"{person.url}{file}"] for file in FILES)
        ids = [f"{SITE.url}{paper.url}" for paper in person.papers]
        assert [entry.id for entry in read_atom(atom).entries] == ids
        assert [item["url"] for item in read_json(feed)["items"]] == ids
        assert read_json(feed)["authors"] == [{"name": person.name}]
    fewer = make_feeds(catalog, replace(SITE, author_pages=5))
    described = {person.url for person in catalog.authors.people(5).values()}
    assert {path.rpartition("/")[0] + "/" for path in fewer if "authors/" in path} == described


def test_an_authors_feed_has_some_papers_however_old() -> None:
    papers = [make_papers(1, dt.date(2025 - year, 7, 29))[0] for year in range(6)]
    assert take_recent(papers) == papers[:AUTHOR_NEWEST]
    assert take_recent(papers[:1]) == papers[:1]
    assert take_recent([]) == []


def keys_of(catalog: Catalog, site: SiteInfo = SITE) -> dict[str, bytes]:
    made = feeds.build(make_context(catalog, site, {}))
    return {file.path: file.key() for file in made if isinstance(file, LazyFile)}


def test_a_feed_has_another_key_where_it_would_differ() -> None:
    day = dt.date(2025, 7, 29)
    papers = make_papers(60, day, topics=("light",)) + make_papers(1, dt.date(2024, 1, 1))
    before = keys_of(build_catalog(papers, VOCABULARY))
    edited = [papers[0].model_copy(update={"abstract": "Anew."}), *papers[1:]]
    older = [*papers[:-1], papers[-1].model_copy(update={"abstract": "Anew."})]
    later = [*papers, make_papers(1, day + dt.timedelta(days=1))[0]]
    for now, touched in (
        (keys_of(build_catalog(edited, VOCABULARY)), {"", "topics/light/"}),
        (keys_of(build_catalog(older, VOCABULARY)), set()),
        (keys_of(build_catalog(later, VOCABULARY)), {"", "topics/sea/"}),
        (keys_of(build_catalog(papers, VOCABULARY), replace(SITE, name="B")), None),
        (keys_of(build_catalog(papers, VOCABULARY), replace(SITE, url="https://b.org/")), None),
        (keys_of(build_catalog(papers, Vocabulary(VOCABULARY.topics[::-1]))), None),
    ):
        changed = {path for path in before if now[path] != before[path]}
        folders = {"", "topics/light/", "topics/sea/"} if touched is None else touched
        assert changed == {f"{folder}{name}" for folder in folders for name in FILES}


def test_the_first_catalogs_feed_has_every_paper_of_its_first_day() -> None:
    catalog = load_catalog(ROOT)
    made = make_feeds(catalog)
    newest = catalog.by_day[catalog.papers[0].date]
    entries = read_atom(made["feed.xml"]).entries
    assert len(entries) == len(read_json(made["feed.json"])["items"]) >= len(newest) > NEWEST
    assert len({entry.id for entry in entries}) == len(entries)


def alternates(page: PageArtifact) -> list[tuple[str, str, str]]:
    """Type, title and address in the site of each feed that a page's head names."""
    found = parse_html(page.make().head).elements
    assert all(values["rel"] == "alternate" for tag, values in found if tag == "link")
    return [
        (values["type"], values["title"], resolve(page.url, values["href"]))
        for tag, values in found
        if tag == "link"
    ]


def pages_of(catalog: Catalog, site: SiteInfo = SITE) -> dict[str, PageArtifact]:
    made = build_artifacts(make_context(catalog, site, {}))
    return {one.path: one for one in made if isinstance(one, PageArtifact)}


def test_pages_name_their_own_feeds_or_else_those_of_all_papers() -> None:
    pages = pages_of(load_catalog(SMALL))
    for path, folder, title in (
        ("index.md", "", SITE.name),
        ("topics/vision.md", "topics/vision/", f"Vision, {SITE.name}"),
        ("dates/2025/07/29.md", "", SITE.name),
        ("papers/2025/2410.08110.md", "", SITE.name),
    ):
        assert alternates(pages[path]) == [
            ("application/atom+xml", title, f"{folder}feed.xml"),
            ("application/feed+json", title, f"{folder}feed.json"),
        ], path
        feed = read_atom(small_feeds()[f"{folder}feed.xml"]).feed
        assert feed.title == title


@pytest.mark.parametrize(
    ("papers", "site"), [([HOSTILE], replace(SITE, url="")), ([], SITE)], ids=["address", "papers"]
)
def test_no_page_names_a_feed_that_is_not_there(papers: list[Paper], site: SiteInfo) -> None:
    pages = pages_of(build_catalog(papers, VOCABULARY), site)
    assert not [page for page in pages.values() if alternates(page)]
    assert not [page for page in pages.values() if "feed." in page.make().body]


def test_a_page_without_papers_names_feeds_as_soon_as_there_are_some() -> None:
    before, now = (
        pages_of(build_catalog(papers, VOCABULARY))["topics/sea.md"] for papers in ([], [HOSTILE])
    )
    assert (len(alternates(before)), len(alternates(now))) == (0, 2)
    assert before.key() != now.key()


def test_lists_that_grow_show_their_feeds_and_lead_to_how_to_follow_them() -> None:
    pages = pages_of(load_catalog(SMALL), replace(SITE, author_pages=1))
    for path, folder in (
        ("index.md", ""),
        ("topics/vision.md", "topics/vision/"),
        ("authors/ada-example.md", "authors/ada-example/"),
    ):
        page = pages[path]
        links = [resolve(page.url, link) for link, _ in parse_html(page.make().body).links]
        shown = [f"{folder}feed.xml", f"{folder}feed.json"]
        assert [link for link in links if "feed." in link] == shown
        assert "subscribe/" in links
        assert [address for _, _, address in alternates(page)] == shown
    assert "feed." not in pages["dates/2025/07/29.md"].make().body
    empty = pages_of(build_catalog([HOSTILE], VOCABULARY))["topics/sea.md"].make().body
    assert ("feed.xml", "Atom") in parse_html(empty).links
