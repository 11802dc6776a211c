"""What is derived from a catalog: pages, calendar, neighbours, redirects and the sitemap."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import frontmatter
import pytest
from jinja2 import Template

from html_pages import Html, parse_html, resolve
from made_context import make_context
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import OUTPUTS, build_artifacts, papers, search, templates
from papercatalog.outputs.artifacts import (
    FileArtifact,
    PageArtifact,
    render_markdown,
    ungroup,
)
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.text import plain_title
from papercatalog.words import Words
from repository import SMALL

SITE = SiteInfo(
    name="A <small> & {{ catalog }}",
    url="https://example.org/small/",
    description="Made & 'up' <b>\"</b>",
    edit_base="https://example.org/edit/docs/",
    pages=("", "about/"),
)
VOCABULARY = Vocabulary((Topic("busy", "Busy", terms=("busy",), introduction="Much."),))


@cache
def artifacts() -> dict[str, PageArtifact | FileArtifact]:
    made = ungroup(build_artifacts(make_context(load_catalog(SMALL), SITE)))
    return {artifact.path: artifact for artifact in made}


def page(path: str) -> PageArtifact:
    artifact = artifacts()[path]
    assert isinstance(artifact, PageArtifact)
    return artifact


def html(path: str) -> Html:
    return parse_html(page(path).make().body)


def file(path: str) -> str:
    artifact = artifacts()[path]
    assert isinstance(artifact, FileArtifact)
    return artifact.content.decode()


def targets(path: str) -> list[str]:
    """Give the addresses in the site that a page's body links to."""
    found = html(path)
    address = page(path).url
    return [resolve(address, link) for link, _ in found.links if "://" not in link]


def invent(count: int, start: dt.date, step: int) -> list[Paper]:
    """Make papers up, a day after another ``step`` days later."""
    return [
        Paper(
            id=f"paper-{number:04}",
            title=f"Fabricated paper {number}",
            date=start + dt.timedelta(days=number * step),
            topics=("busy",),
            abstract=f"Made up, number {number}.",
        )
        for number in range(count)
    ]


def pages_of(catalog: Catalog) -> dict[str, PageArtifact]:
    return {
        artifact.path: artifact
        for artifact in build_artifacts(make_context(catalog, SITE))
        if isinstance(artifact, PageArtifact)
    }


def test_what_the_small_catalog_becomes() -> None:
    pages = {path for path, made in artifacts().items() if isinstance(made, PageArtifact)}
    assert pages >= {
        "index.md",
        "topics/index.md",
        "topics/language.md",
        "topics/translation.md",
        "topics/vision.md",
        "papers/2024/a-fabricated-paper-of-the-year-before.md",
        "papers/2024/a-fabricated-paper-without-a-topic.md",
        "papers/2025/2410.08110.md",
        "papers/2025/injected-image.md",
        "papers/2025/injected-script.md",
        "papers/2025/injected-template.md",
        "dates/index.md",
        "dates/2024/index.md",
        "dates/2024/02/index.md",
        "dates/2024/02/29.md",
        "dates/2024/12/index.md",
        "dates/2024/12/31.md",
        "dates/2025/index.md",
        "dates/2025/07/index.md",
        "dates/2025/07/28.md",
        "dates/2025/07/29.md",
    }
    assert "papers/2025/former-name/index.html" in artifacts()


def test_no_two_artifacts_have_one_path() -> None:
    paths = [
        artifact.path
        for artifact in ungroup(build_artifacts(make_context(load_catalog(SMALL), SITE)))
    ]
    assert len(paths) == len(set(paths))


def made(catalog: Catalog, *, without: Container[str] = ()) -> list[tuple[str, bytes]]:
    """Give each artifact's path and content, in their order."""
    return [
        (
            artifact.path,
            artifact.content
            if isinstance(artifact, FileArtifact)
            else render_markdown(artifact).encode(),
        )
        for artifact in ungroup(build_artifacts(make_context(catalog, SITE), without=without))
    ]


def test_items_of_lists_are_the_same_where_few_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = load_catalog(SMALL)
    monkeypatch.setattr(templates, "MAX_ROWS", 2)
    monkeypatch.setattr(templates, "_rows", {})
    assert made(catalog) == made(load_catalog(SMALL))
    assert len(templates._rows) <= 2


def test_the_same_catalog_gives_the_same_artifacts() -> None:
    catalog = load_catalog(SMALL)
    turned = catalog.with_papers(reversed(catalog.papers))
    assert made(turned) == made(catalog)


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_can_be_left_out(name: str) -> None:
    catalog = load_catalog(SMALL)
    assert set(made(catalog, without={name})) < set(made(catalog))


def test_an_empty_catalog_has_a_home_page_all_the_same() -> None:
    paths = {path for path, _ in made(build_catalog((), Vocabulary(())))}
    assert {"index.md", "topics/index.md", "dates/index.md", "sitemap.xml"} <= paths


@pytest.mark.parametrize("path", sorted(p for p in artifacts() if p.endswith(".md")))
def test_strangers_text_never_becomes_markup(path: str) -> None:
    found = html(path)
    assert "<img" not in page(path).make().body
    for tag, attributes in found.elements:
        if attributes.get("src", "").endswith("/assets/search/names.js"):
            continue
        assert tag not in ("script", "img", "iframe", "b", "style"), tag
        assert not [name for name in attributes if name.startswith("on")]
    assert not [link for link, _ in found.links if link.startswith("javascript")]


def test_hostile_titles_stand_as_typed_everywhere() -> None:
    title = "<img src=x onerror=alert(1)> A fabricated title that is markup"
    assert html("papers/2025/injected-image.md").headings == [title]
    for path in ("index.md", "topics/vision.md", "dates/2025/07/29.md", "dates/2025/07/index.md"):
        assert title in [text for _, text in html(path).links], path
    topic = "Language & <b>speech</b>"
    assert html("topics/language.md").headings == [topic]
    for path in ("topics/index.md", "topics/translation.md", "papers/2025/injected-script.md"):
        assert topic in [text for _, text in html(path).links], path
    assert html("index.md").headings == [SITE.description]


@pytest.mark.parametrize("path", sorted(p for p in artifacts() if p.endswith(".md")))
def test_themes_may_print_front_matter_as_it_is(path: str) -> None:
    post = frontmatter.loads(render_markdown(page(path)))
    assert parse_html(f"<title>{post['title']}</title>").title == page(path).title.strip()
    assert "<" not in str(post["title"]) + str(post["description"])
    assert '"' not in str(post["title"]) + str(post["description"])
    assert post.content.strip() == page(path).make().body.strip()


def test_every_paper_is_on_its_page_its_topics_and_its_day() -> None:
    catalog = load_catalog(SMALL)
    for paper in catalog.papers:
        assert html(paper.path).headings == [plain_title(paper.title)]
        listed = [f"dates/{paper.date:%Y/%m/%d}.md", f"dates/{paper.date:%Y/%m}/index.md"]
        for slug in paper.topics:
            listed += [f"topics/{above}.md" for above in catalog.vocabulary.family(slug)]
        for path in listed:
            assert paper.url in targets(path), path


def test_a_paper_page_says_all_that_is_known() -> None:
    found = html("papers/2025/2410.08110.md")
    for words in ("Ada Example", "Ben Óskarsson", "28 July 2025", "10 October 2024", "42"):
        assert words in found.text
    links = dict(found.links)
    assert "Ada Example, Ben Óskarsson, Ada Example" in found.text
    assert "Findings of <i>Nothing</i> & Co · Published 10 October 2024 · Listed" in found.text
    assert "Listed 28 July 2025 · 42 votes" in found.text
    assert "Keywords: speech, <img src=x onerror=alert(1)>" in found.text
    assert ("https://example.org/paper?a=1&b=2", "Paper") not in found.links
    assert ("https://example.org/paper.pdf", "PDF") in found.links
    assert ("https://arxiv.org/abs/2410.08110", "arXiv") in found.links
    assert ("https://doi.org/10.1000/made-up", "DOI") in found.links
    assert "https://example.org/edit/docs/papers/2025/2410.08110.md" in links
    code = html("papers/2025/injected-template.md")
    assert ("https://example.org/code?a=1&b=2", "Code") in code.links
    assert ("https://example.org/project", "Project") in code.links


def test_a_paper_page_leaves_out_what_is_not_known() -> None:
    text = html("papers/2024/a-fabricated-paper-without-a-topic.md").text
    for words in ("Published", "votes", "arXiv", "DOI", "Code", "Venue", "Keywords", "PDF"):
        assert words not in text


def test_formulas_are_mathml_and_money_is_text() -> None:
    found = html("papers/2025/injected-script.md")
    assert [tag for tag, _ in found.elements].count("math") == 1
    assert "$5 of money" in found.text


def test_neighbours_are_those_of_the_day() -> None:
    assert "papers/2025/injected-template/" in targets("papers/2025/injected-image.md")
    assert "papers/2025/injected-image/" in targets("papers/2025/injected-template.md")
    alone = html("papers/2024/a-fabricated-paper-of-the-year-before.md")
    assert not [values for _, values in alone.elements if values.get("rel") in ("prev", "next")]


def test_days_months_and_years_lead_to_the_ones_beside_them() -> None:
    assert "dates/2025/07/28/" in targets("dates/2025/07/29.md")
    assert "dates/2025/07/29/" in targets("dates/2025/07/28.md")
    assert "dates/2024/12/31/" in targets("dates/2025/07/28.md")
    assert "dates/2024/12/" in targets("dates/2025/07/index.md")
    assert "dates/2024/" in targets("dates/2025/index.md")
    assert "dates/2025/" in targets("dates/2024/index.md")


def test_related_papers_share_words_and_are_others() -> None:
    body = page("papers/2025/injected-template.md").make().body
    related = [link for link, _ in parse_html(body.split('id="related"')[1]).links]
    assert "../2410.08110/" in related
    assert "../injected-template/" not in related


def test_a_calendar_shows_each_day_of_its_month_once() -> None:
    body = page("dates/2024/02/index.md").make().body
    table = body[body.index("<table") : body.index("</table>")]
    days = re.findall(r"<td[^>]*>(?:<a [^>]*>)?(\d+)", table)
    assert days == [str(day) for day in range(1, 30)]
    assert len(re.findall(r"<td", table)) % 7 == 0
    assert table.split("<tbody>")[1].split("</tr>")[0].count("<td></td>") == 3
    assert table.count("<a ") == 1
    assert "29 February 2024, 1 paper" in table


def test_the_busiest_day_is_the_darkest() -> None:
    busy = invent(8, dt.date(2025, 7, 1), 0)
    quiet = [paper.model_copy(update={"date": dt.date(2025, 7, 2)}) for paper in busy[:2]]
    renamed = [paper.model_copy(update={"id": f"other-{paper.id}"}) for paper in quiet]
    pages = pages_of(build_catalog([*busy, *renamed], VOCABULARY))
    levels = re.findall(r'<td class="pc-level-(\d)', pages["dates/2025/07/index.md"].make().body)
    assert levels == ["4", "1"]


def test_short_topics_are_one_page() -> None:
    pages = pages_of(build_catalog(invent(75, dt.date(2025, 1, 1), 0), VOCABULARY))
    assert [path for path in pages if path.startswith("topics/busy")] == ["topics/busy.md"]
    assert pages["topics/busy.md"].make().body.count("<h2>") == 75


def test_all_papers_of_a_long_topic_are_on_pages_of_its_years() -> None:
    this_year = invent(204, dt.date(2025, 1, 1), 1)
    last_year = [
        paper.model_copy(update={"id": f"old-{paper.id}", "date": paper.date.replace(year=2024)})
        for paper in this_year[:40]
    ]
    catalog = build_catalog([*this_year, *last_year], VOCABULARY)
    pages = {path: made for path, made in pages_of(catalog).items() if "topics/busy" in path}
    full = [f"topics/busy/2025/{number}.md" for number in (1, 2, 3)]
    assert set(pages) == {
        *("topics/busy.md", "topics/busy/2024/index.md", "topics/busy/2025/index.md"),
        *full,
    }
    shown = {path: of_papers(made) for path, made in pages.items()}
    newest = [paper.url for paper in catalog.papers]
    assert shown["topics/busy.md"] == newest[:50]
    assert shown["topics/busy/2025/index.md"] == newest[:54]
    assert [shown[path] for path in reversed(full)] == [
        newest[54:104],
        newest[104:154],
        newest[154:204],
    ]
    assert shown["topics/busy/2024/index.md"] == newest[204:]
    assert pages[full[0]].title == "Busy, 1 January to 19 February 2025"
    path, steps = [], pages["topics/busy/2025/index.md"]
    while steps.url not in path:
        path.append(steps.url)
        before = [link for link in links(steps) if link.startswith("topics/busy/2025/")]
        older = [url for url in before if url not in path]
        steps = next((made for made in pages.values() if made.url in older), steps)
    assert path == ["topics/busy/2025/", *(f"topics/busy/2025/{number}/" for number in (3, 2, 1))]


def test_new_papers_leave_full_pages_of_a_topic_as_they_are() -> None:
    before = invent(176, dt.date(2025, 1, 1), 1)
    after = invent(200, dt.date(2025, 1, 1), 1)
    made, grown = (pages_of(build_catalog(papers, VOCABULARY)) for papers in (before, after))
    for number in (1, 2):
        path = f"topics/busy/2025/{number}.md"
        assert of_papers(made[path]) == of_papers(grown[path])
    assert made["topics/busy/2025/1.md"].key() == grown["topics/busy/2025/1.md"].key()


def of_papers(made: PageArtifact) -> list[str]:
    return [link for link in links(made) if link.startswith("papers/")]


def test_the_sitemap_names_the_pages_of_years_and_months() -> None:
    catalog = build_catalog(invent(204, dt.date(2025, 1, 1), 1), VOCABULARY)
    made = {page.path: page for page in ungroup(build_artifacts(make_context(catalog, SITE)))}
    listed = made["sitemap-pages.xml"]
    assert isinstance(listed, FileArtifact)
    text = listed.content.decode()
    pages = {
        page.url
        for page in made.values()
        if isinstance(page, PageArtifact) and not page.path.startswith("papers/")
    }
    assert {"topics/busy/2025/1/", "topics/busy/2025/", "dates/2025/", "dates/2025/01/"} <= pages
    assert not [url for url in pages if f"<loc>{SITE.url}{url}</loc>" not in text]


def links(made: PageArtifact) -> list[str]:
    found = parse_html(made.make().body).links
    return [resolve(made.url, link) for link, _ in found if "://" not in link]


def test_every_link_leads_to_an_artifact() -> None:
    places = {
        artifact.url if isinstance(artifact, PageArtifact) else path
        for path, artifact in artifacts().items()
    }
    places.add("guide/contributing/")
    for path in artifacts():
        if path.endswith(".md"):
            assert set(targets(path)) <= places, path


def test_a_former_name_redirects() -> None:
    found = parse_html(file("papers/2025/former-name/index.html"))
    assert found.canonical == "https://example.org/small/papers/2025/2410.08110/"
    refresh = next(values for _, values in found.elements if values.get("http-equiv") == "refresh")
    assert refresh["content"] == "0; url=../../../papers/2025/2410.08110/"
    assert resolve("papers/2025/former-name/", found.links[0][0]) == "papers/2025/2410.08110/"


def test_the_sitemap_names_every_page_with_the_day_it_was_listed() -> None:
    names = re.findall(r"<loc>https://example.org/small/([^<]*)</loc>", file("sitemap.xml"))
    places = [
        place
        for name in names
        for place in re.findall(r"<loc>https://example.org/small/([^<]*)</loc>", file(name))
    ]
    papers = [paper.url for paper in load_catalog(SMALL).papers]
    assert set(papers) | {"", "about/", "topics/vision/", "dates/2024/02/29/"} <= set(places)
    assert len(places) == len(set(places))
    assert (
        "<loc>https://example.org/small/papers/2025/2410.08110/</loc><lastmod>2025-07-28</lastmod>"
        in file("sitemap-2025.xml")
    )


def test_a_site_without_an_address_has_no_sitemap() -> None:
    artifacts = ungroup(build_artifacts(make_context(load_catalog(SMALL), replace(SITE, url=""))))
    assert not [artifact for artifact in artifacts if "sitemap" in artifact.path]


@pytest.mark.parametrize("url", ["", SITE.url])
def test_the_search_page_says_whether_there_are_feeds(url: str) -> None:
    page = next(search.build(make_context(load_catalog(SMALL), replace(SITE, url=url))))
    assert isinstance(page, PageArtifact)
    assert ("data-search-feeds" in page.make().body) == bool(url)


def list_pages(context: Context) -> dict[str, tuple[bytes, object]]:
    """The key of each paper's page, and what the page says, by the paper's id."""
    return {
        Path(page.path).stem: (page.key(), (page.path, page.title, page.make()))
        for page in papers.build(context)
    }


def relate(
    papers: Sequence[Paper], vocabulary: Vocabulary = VOCABULARY, site: SiteInfo = SITE, **of: str
) -> Context:
    """A context in which some papers have one that is related, by their ids' ends."""
    related = {f"paper-00{end[1:]}": (f"paper-00{other}",) for end, other in of.items()}
    return make_context(build_catalog(papers, vocabulary), site, related)


def edited(papers: Sequence[Paper], at: int, **facts: object) -> list[Paper]:
    return [*papers[:at], papers[at].model_copy(update=facts), *papers[at + 1 :]]


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (lambda every: edited(every, 4, abstract="Anew."), [3, 4, 5]),
        (lambda every: edited(every, 0, title="Anew"), [0, 1]),
        (lambda every: edited(every, 2, title="Anew, and related to another"), [1, 2, 3, 6]),
        (lambda every: every[:7], [6]),
        (lambda every: every, []),
    ],
)
def test_a_page_has_another_key_where_it_would_differ(
    change: Callable[[list[Paper]], list[Paper]], touched: list[int]
) -> None:
    """A neighbour's abstract is in a page's key though the page does not show it."""
    every = invent(8, dt.date(2025, 7, 29), 0)
    before = list_pages(relate(every, _06="02"))
    now = list_pages(relate(change(every), _06="02"))
    both = [page for page in before if page in now]
    differ = [int(page[-1]) for page in both if now[page][0] != before[page][0]]
    assert differ == touched
    assert {int(page[-1]) for page in both if now[page][1] != before[page][1]} <= set(touched)


def test_a_page_follows_related_papers_topics_and_the_repository() -> None:
    every = invent(3, dt.date(2025, 7, 29), 0)
    before = list_pages(relate(every, _00="01"))
    other = list_pages(relate(every, _00="02"))
    assert [before[name][0] == other[name][0] for name in before] == [False, True, True]
    assert [before[name][1] == other[name][1] for name in before] == [False, True, True]
    moved = relate(every, site=replace(SITE, edit_base="https://example.org/other/"), _00="01")
    renamed = relate(every, Vocabulary((replace(VOCABULARY.topics[0], title="B"),)), _00="01")
    for now in map(list_pages, (moved, renamed)):
        assert all(now[name][0] != before[name][0] for name in before)
        assert all(now[name][1] != before[name][1] for name in before)


@pytest.mark.parametrize(
    "text", ["{{ catalog.papers|length }}", "{{ site.name }}", "{{ title.nothing }}"]
)
def test_a_template_that_uses_what_it_is_not_given_is_an_error(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would show what no key hashes: such a page would not be made anew when that changes."""

    def compile_text(words: Words, source: str) -> Template:
        return templates._make_environment(words).from_string(source)

    monkeypatch.setattr(templates, "_load", compile_text)
    context = relate([])
    page = templates.make_page(context, f"one\n{text}", "x.md", "A title", "", total=2)
    with pytest.raises(
        templates.TemplateError, match=r":2: .*; it may use render, render_row, root, t, "
    ):
        page.make()


def test_no_sign_of_a_title_becomes_a_way_to_the_root() -> None:
    hostile = (
        load_catalog(SMALL)
        .papers[0]
        .model_copy(
            update={"id": "hostile", "title": "a\0b", "topics": ("busy",), "doi": "10.1000/(a#b>c)"}
        )
    )
    made = ungroup(build_artifacts(make_context(build_catalog([hostile], VOCABULARY), SITE)))
    pages = [page.make() for page in made if isinstance(page, PageArtifact)]
    bodies = [content.body for content in pages if "hostile" in content.body]
    assert len(bodies) > 3
    for body in bodies:
        assert not re.search(r"a(?:\.\./)+b", body)
        for link, _ in parse_html(body).links:
            assert "doi.org" not in link or link == "https://doi.org/10.1000/(a%23b%3Ec)"
    assert "https://doi.org/10.1000/(a%23b%3Ec)" in "".join(bodies)


def test_a_page_and_its_key_gather_the_data_once(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered = []

    def gather(name: str) -> dict[str, str]:
        gathered.append(name)
        return {"name": name}

    monkeypatch.setattr(templates, "_render", lambda *values: values[-1]["name"])
    context = make_context(build_catalog((), Vocabulary(())), SiteInfo("A"))
    pages = [
        templates.make_lazy_page(context, "x", f"{name}.md", "X", str, partial(gather, name), str)
        for name in "ab"
    ]
    made = [(page.make().body, page.key()) for page in pages]
    assert [body for body, _ in made] == gathered == ["a", "b"]
    assert made[0][1] != made[1][1]
