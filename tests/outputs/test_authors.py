"""Authors' pages, lists by letter, links from papers, and the files that find people by name."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import pytest

from html_pages import Html, parse_html, resolve
from made_catalog import make_paper
from made_context import make_context
from papercatalog.model.author_files import AuthorFile
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import authors, build_artifacts, papers, sitemap
from papercatalog.outputs.artifacts import FileArtifact, PageArtifact
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.outputs.paper_lists import list_authors, list_papers

SITE = SiteInfo("Seas", "https://example.org/", edit_base="https://example.org/edit/docs/")
VOCABULARY = Vocabulary((Topic("agents", "Agents"), Topic("light", "Light & air")))
HOSTILE = '<img src=x onerror=alert(1)> "Bo" & Co'
FILE = AuthorFile(
    "ada-li",
    ("Ada Li", "A. Li"),
    "0000-0002-1825-0097",
    "https://example.org/?a=1&b=2",
    text="Sails on **seas**.",
)


def paper(number: int, *names: str, **facts: object) -> Paper:
    values = {
        "authors": names,
        "date": dt.date(2020 + number % 3, 5, 1 + number),
        "topics": ("agents",),
        "abstract": f"Made up {number}.",
        **facts,
    }
    return make_paper(f"p{number}", f"Paper {number} & more", **values)


PAPERS = [
    *(paper(number, "Ada Li", "Bo Wang", HOSTILE) for number in range(4)),
    paper(4, "ADA LI", "Chen Rossi", topics=("light", "agents")),
    paper(5, "A. Li", "Bo Wang"),
    paper(6, *(f"Member{number} Of" for number in range(664))),
    paper(7, *(f"Member{number} Of" for number in range(12))),
]


def context_of(
    listed: Sequence[Paper] = PAPERS, *files: AuthorFile, author_pages: int = 5
) -> Context:
    catalog = build_catalog(listed, VOCABULARY, author_files=files)
    return make_context(catalog, replace(SITE, author_pages=author_pages), related={})


def made(context: Context) -> dict[str, PageArtifact | FileArtifact]:
    found = list(authors.build(context))
    assert all(isinstance(one, PageArtifact | FileArtifact) for one in found)
    return {one.path: one for one in found}  # type: ignore[union-attr, misc]


@cache
def curated() -> Mapping[str, PageArtifact | FileArtifact]:
    return made(context_of(PAPERS, FILE, author_pages=4))


def html(artifact: PageArtifact | FileArtifact) -> Html:
    assert isinstance(artifact, PageArtifact)
    return parse_html(artifact.make().body)


def links(artifact: PageArtifact | FileArtifact) -> list[tuple[str, str]]:
    """Give each link of a page, resolved where it stays in the site, and its text."""
    assert isinstance(artifact, PageArtifact)
    return [
        (link if "://" in link else resolve(artifact.url, link) + query(link), text)
        for link, text in html(artifact).links
    ]


def query(link: str) -> str:
    return "?" + link.partition("?")[2] if "?" in link else ""


def test_a_person_of_enough_papers_has_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authors, "EVERYBODY", 0)
    pages = {path for path in made(context_of()) if path.endswith(".md")}
    assert pages == {"authors/index.md", "authors/ada-li.md", "authors/bo-wang.md"}
    pages = {path for path in made(context_of(author_pages=6)) if path.endswith(".md")}
    assert pages == {"authors/index.md"}


def test_a_page_tells_what_is_known_of_a_person() -> None:
    page = curated()["authors/ada-li.md"]
    found = html(page)
    assert found.headings == ["Ada Li"]
    assert "Also A. Li, ADA LI" in found.text
    assert "Sails on seas." in found.text
    there = links(page)
    assert ("https://orcid.org/0000-0002-1825-0097", "ORCID 0000-0002-1825-0097") in there
    assert ("https://example.org/?a=1&b=2", "Homepage") in there
    assert ("https://example.org/edit/docs/authors/ada-li.md", "Edit this page") in there
    assert ("search/?author=Ada+Li", "Search Ada Li") in there
    assert ("search/?author=A.+Li", "Search A. Li") in there
    assert page.make().description == "6 papers by Ada Li."  # type: ignore[union-attr]


def test_a_page_lists_papers_newest_first() -> None:
    page = curated()["authors/ada-li.md"]
    body = page.make().body  # type: ignore[union-attr]
    order = [part.partition("<")[0].strip() for part in body.split("<h2>")[1:]]
    assert order == ["6 papers", "Topics", "Co-authors"]
    papers_of = [url for url, text in links(page) if text.startswith("Paper ")]
    days = {one.url: one.date for one in PAPERS}
    assert [days[url] for url in papers_of] == sorted(
        (days[url] for url in papers_of), reverse=True
    )
    assert len(papers_of) == 6
    assert "</h3> 6 May 202" in body


def test_a_page_counts_topics_and_co_authors() -> None:
    page = curated()["authors/ada-li.md"]
    there = dict(links(page))
    assert there["topics/agents/"] == "Agents"
    assert there["topics/light/"] == "Light & air"
    assert there["authors/bo-wang/"] == "Bo Wang"
    assert there["search/?author=Chen+Rossi"] == "Chen Rossi"
    body = page.make().body  # type: ignore[union-attr]
    assert ">Agents</a> 6<li>" in body
    assert '<a href="../bo-wang/">Bo Wang</a> 5<li>' in body
    assert "Ada Li</a>" not in body.split("Co-authors")[1]


def test_strangers_names_are_never_markup() -> None:
    for path, artifact in curated().items():
        if isinstance(artifact, PageArtifact):
            assert "<img" not in artifact.make().body, path
    assert HOSTILE in [text for _, text in links(curated()["authors/ada-li.md"])]
    (person,) = [path for path in curated() if "onerror" in path]
    assert html(curated()[person]).headings == [HOSTILE]


def test_a_papers_authors_lead_to_pages_or_a_search() -> None:
    context = context_of(PAPERS, FILE)
    pages = {one.path: one for one in papers.build(context)}
    there = links(pages[PAPERS[4].path])
    assert ("authors/ada-li/", "ADA LI") in there
    assert ("search/?author=Chen+Rossi", "Chen Rossi") in there
    assert ("authors/ada-li/", "A. Li") in links(pages[PAPERS[5].path])


@pytest.mark.parametrize(("place", "before", "more"), [(6, 10, 654), (7, 12, 0)])
def test_many_authors_unfold(place: int, before: int, more: int) -> None:
    page = {one.path: one for one in papers.build(context_of())}[PAPERS[place].path]
    body = page.make().body
    head, _, rest = body.partition("<details>")
    assert head.count("?author=") == before
    assert rest.count("?author=") == more
    assert (f"<summary>and {more} more</summary>" in body) == bool(more)
    assert [text for _, text in links(page) if text in PAPERS[place].authors] == [
        *PAPERS[place].authors
    ]


def crowd(count: int) -> Context:
    names = [
        f"Given{number} {chr(97 + number % 20)}{chr(97 + number // 20 % 25)}"
        for number in range(count)
    ]
    listed = [
        paper(number, *names[number * 50 : number * 50 + 50])
        for number in range((count + 49) // 50)
    ]
    return context_of(
        [one.model_copy(update={"date": dt.date(2020, 5, 1)}) for one in listed], author_pages=1
    )


def test_a_short_list_stands_on_one_page() -> None:
    found = made(crowd(40))
    assert [path for path in found if path.endswith("index.md")] == ["authors/index.md"]
    people = [url for url, text in links(found["authors/index.md"]) if text.startswith("Given")]
    assert len(people) == 40


def test_a_long_list_has_pages_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authors, "LONG_LETTER", 20)
    context = crowd(401)
    found = made(context)
    index = links(found["authors/index.md"])
    letters = [url for url, text in index if len(text) == 1]
    assert letters == [f"authors/{chr(97 + number)}/" for number in range(20)]
    assert len([text for _, text in index if text.startswith("Given")]) == authors.MOST
    pairs = [url for url, text in links(found["authors/a/index.md"]) if len(text) == 2]
    assert len(pairs) == 21
    people = [
        url
        for path, artifact in found.items()
        if path.count("/") == 2
        for url, text in links(artifact)
        if text.startswith("Given")
    ]
    assert sorted(people) == sorted(person.url for person in context.people.values())
    pages = {one.url for one in found.values() if isinstance(one, PageArtifact)}
    assert pages == {"authors/", *authors.list_urls(context)}
    assert {*letters, *pairs} < pages


def test_names_that_begin_with_no_letter_have_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authors, "SHORT", 1)
    found = made(context_of([paper(1, "4 Seas", "李明", "Óscar Ángel")], author_pages=1))
    there = dict(links(found["authors/index.md"]))
    assert (there["authors/a/"], there["authors/l/"]) == ("A", "L")
    assert "authors/s/" in there
    assert html(found["authors/l/index.md"]).headings == ["Authors, L"]


def test_a_catalog_without_such_authors_says_so() -> None:
    found = made(context_of([]))
    assert list(found) == ["authors/index.md"]
    assert "No paper names its authors yet." in html(found["authors/index.md"]).text


def test_files_of_names_have_everybody_by_each_word() -> None:
    files = {
        path: json.loads(one.content)
        for path, one in curated().items()
        if isinstance(one, FileArtifact)
    }
    assert ["Ada Li", 6] in files["authors/names-l.json"]
    assert ["A. Li", 6, "ada-li"] in files["authors/names-a.json"]
    assert ["Bo Wang", 5] in files["authors/names-b.json"]
    assert ["Bo Wang", 5] in files["authors/names-w.json"]


def test_a_small_catalog_lists_everybody_and_leads_to_searches() -> None:
    found = made(context_of([paper(1, "Ada Li", "Bo Wang"), paper(2, "Ada Li")], author_pages=2))
    page = found["authors/index.md"]
    assert "2 people." in html(page).text
    assert {(url, text) for url, text in links(page) if text in ("Ada Li", "Bo Wang")} == {
        ("authors/ada-li/", "Ada Li"),
        ("search/?author=Bo+Wang", "Bo Wang"),
    }
    names = found["authors/names-w.json"]
    assert isinstance(names, FileArtifact)
    assert json.loads(names.content) == [["Bo Wang", 1, ""]]


def test_a_large_catalog_lists_those_with_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authors, "EVERYBODY", 1)
    found = made(context_of([paper(1, "Ada Li", "Bo Wang"), paper(2, "Ada Li")], author_pages=2))
    page = found["authors/index.md"]
    assert "1 person with 2 papers or more." in html(page).text
    assert "Bo Wang" not in html(page).text
    assert "authors/names-w.json" not in found


def test_people_have_lists_of_papers() -> None:
    context = context_of(PAPERS, FILE)
    (ada, bo) = list_authors(context)
    assert (ada.url, ada.title, len(ada.papers), ada.grows) == (
        "authors/ada-li/",
        "Ada Li",
        6,
        True,
    )
    assert bo in list_papers(context)


def test_the_sitemap_names_people() -> None:
    (_, pages, *_) = sitemap.build(context_of())
    assert isinstance(pages, FileArtifact)
    assert b"<loc>https://example.org/authors/ada-li/</loc>" in pages.content
    assert b"<loc>https://example.org/authors/</loc>" in pages.content


def changed_keys(before: Context, after: Context) -> set[str]:
    """Give the paths of the pages whose keys differ."""

    def keys(context: Context) -> dict[str, bytes]:
        found = (one for one in build_artifacts(context) if isinstance(one, PageArtifact))
        return {one.path: one.key() for one in found}

    old, new = keys(before), keys(after)
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def test_a_person_who_gets_a_page_changes_the_pages_that_name_them() -> None:
    changed = changed_keys(context_of(PAPERS), context_of(PAPERS, FILE, author_pages=5))
    assert changed == {
        *("dates/2022/05/06.md", "topics/agents.md", "index.md", "stats/index.md"),
        "authors/index.md",
        "authors/l/index.md",
        "authors/ada-li.md",
        "authors/bo-wang.md",
        PAPERS[5].path,
    }


def test_what_a_curator_says_changes_the_page() -> None:
    for other in (
        replace(FILE, text="Else."),
        replace(FILE, orcid=""),
        replace(FILE, homepage=""),
    ):
        changed = changed_keys(context_of(PAPERS, FILE), context_of(PAPERS, other))
        assert changed == {"authors/ada-li.md"}


def test_a_catalog_with_other_papers_keeps_what_curators_say() -> None:
    catalog: Catalog = context_of(PAPERS, FILE).catalog
    assert catalog.with_papers(PAPERS[:2]).authors.people(5)[FILE.path].name == "Ada Li"
