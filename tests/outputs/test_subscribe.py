"""The page that lists the feeds, and the list of topics that feed readers import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from html_pages import Html, parse_html, resolve
from made_context import make_context
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import feeds, sitemap, subscribe
from papercatalog.outputs.artifacts import FileArtifact, LazyFile, PageArtifact, ungroup
from papercatalog.outputs.context import SiteInfo
from repository import ROOT, SMALL

SITE = SiteInfo(name="A <small> & 'made' \"up\" catalog", url="https://example.org/small/")


def make_page(catalog: Catalog, site: SiteInfo = SITE) -> tuple[Html, dict[str, bytes]]:
    """Build the page and the files beside it, by path."""
    page, *files = ungroup(subscribe.build(make_context(catalog, site, {})))
    assert isinstance(page, PageArtifact)
    assert page.url == "subscribe/"
    contents = {file.path: file.content for file in files if isinstance(file, FileArtifact)}
    return parse_html(page.make().body), contents


def test_every_feed_is_listed_once_in_both_formats() -> None:
    page, _ = make_page(load_catalog(SMALL))
    listed = [resolve("subscribe/", link) for link, _ in page.links if "/feed." in link]
    made = feeds.build(make_context(load_catalog(SMALL), SITE, {}))
    paths = [file.path for file in made if isinstance(file, LazyFile)]
    assert sorted(listed) == sorted(path for path in paths if not path.startswith("authors/"))
    assert f"{SITE.url}feed.xml" in page.text
    assert {values["type"] for tag, values in page.elements if "type" in values} == {
        "application/atom+xml",
        "application/feed+json",
    }


def test_authors_are_named_where_there_are_some() -> None:
    catalog = load_catalog(SMALL)
    page, _ = make_page(catalog, replace(SITE, author_pages=1))
    number = len(catalog.authors.people(1))
    assert f"{number} authors with a page of their own" in page.text
    assert "authors/" in [resolve("subscribe/", link) for link, _ in page.links]
    page, _ = make_page(build_catalog(catalog.papers[-1:], catalog.vocabulary))
    assert "authors/" not in [resolve("subscribe/", link) for link, _ in page.links]


def test_topics_stand_in_their_tree_with_their_papers() -> None:
    catalog = load_catalog(ROOT)
    page, _ = make_page(catalog)
    topics = [
        resolve("subscribe/", link).split("/")[1]
        for link, _ in page.links
        if "topics/" in link and link.endswith("/")
    ]
    vocabulary = catalog.vocabulary
    assert topics == [
        topic.slug for root in vocabulary.roots for topic in (root, *vocabulary.children(root.slug))
    ]
    agents = vocabulary.by_slug["agents"]
    assert f"{agents.title} {len(catalog.by_topic['agents'])} Atom · JSON" in page.text


def outlines(content: bytes) -> Iterator[ElementTree.Element]:
    root = ElementTree.fromstring(content)
    assert root.tag == "opml"
    assert root.get("version") == "2.0"
    assert [part.tag for part in root] == ["head", "body"]
    assert root.findtext("head/title")
    yield from root.iter("outline")


def test_the_list_of_topics_names_each_feed_once_in_folders() -> None:
    hostile = 'Light & <shade> "\x00'
    vocabulary = Vocabulary(
        (
            Topic("light", hostile, terms=("light",)),
            Topic("dusk", "Dusk", "light", ("dusk",)),
            Topic("sea", "Sea", terms=("sea",)),
        )
    )
    catalog = build_catalog(load_catalog(SMALL).papers[-1:], vocabulary)
    catalog = build_catalog(
        [paper.model_copy(update={"topics": ()}) for paper in catalog.papers], vocabulary
    )
    _, files = make_page(catalog)
    found = list(outlines(files["subscribe/topics.opml"]))
    folder, light, dusk, sea = found
    assert list(folder) == [light, dusk]
    assert set(folder.attrib) == {"text", "title"}
    for outline, slug, title in (
        (light, "light", 'Light & <shade> "'),
        (dusk, "dusk", "Dusk"),
        (sea, "sea", "Sea"),
    ):
        assert outline.attrib == {
            "type": "rss",
            "text": title,
            "title": title,
            "xmlUrl": f"{SITE.url}topics/{slug}/feed.xml",
            "htmlUrl": f"{SITE.url}topics/{slug}/",
        }


@pytest.mark.parametrize(
    ("catalog", "site", "words"),
    [
        (load_catalog(SMALL), replace(SITE, url=""), "does not know its own address"),
        (build_catalog([], Vocabulary(())), SITE, "begin with the first paper"),
    ],
)
def test_a_site_without_feeds_says_so(catalog: Catalog, site: SiteInfo, words: str) -> None:
    page, files = make_page(catalog, site)
    assert files == {}
    assert page.links == []
    assert words in " ".join(page.text.split())


def test_the_sitemap_names_the_page() -> None:
    made = list(sitemap.build(make_context(load_catalog(SMALL), SITE, {})))
    pages = next(one for one in made if isinstance(one, FileArtifact) and "pages" in one.path)
    assert f"<loc>{SITE.url}subscribe/</loc>".encode() in pages.content


def test_mail_is_offered_only_where_a_service_takes_it() -> None:
    catalog = load_catalog(SMALL)
    page, _ = make_page(catalog)
    assert not [tag for tag, _ in page.elements if tag in ("form", "input")]
    address = "https://lists.example.org/new?list=1&from=site"
    page, _ = make_page(catalog, replace(SITE, mail_form=address, mail_field="EMAIL"))
    (form,) = [values for tag, values in page.elements if tag == "form"]
    (field,) = [values for tag, values in page.elements if tag == "input"]
    assert (form["action"], form["method"]) == (address, "post")
    assert (field["type"], field["name"]) == ("email", "EMAIL")
    assert "goes to lists.example.org, the service" in " ".join(page.text.split())
    alone, _ = make_page(build_catalog([], Vocabulary(())), replace(SITE, mail_form=address))
    assert [tag for tag, _ in alone.elements if tag == "form"]
