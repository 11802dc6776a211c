"""The files of lists' citations, and the links to them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from html_pages import parse_html, resolve
from made_catalog import make_paper
from made_context import make_context
from papercatalog.model.catalog import build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import build_artifacts, list_tools
from papercatalog.outputs.artifacts import FileArtifact, LazyFile, PageArtifact, ungroup
from papercatalog.outputs.citations import FORMATS, build_item
from papercatalog.outputs.context import SiteInfo
from papercatalog.outputs.exports import build, write_ranges
from papercatalog.outputs.paper_lists import list_papers

SITE = SiteInfo("A Catalog")
VOCABULARY = Vocabulary((Topic("agents", "Agents"), Topic("light", "Light"), Topic("none", "None")))
DAYS = (dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 1, 2))


def make_papers() -> list[Paper]:
    """Papers of three days in an order that is none of theirs, of two topics."""
    return [
        make_paper(
            f"p-{number * 7 % 30:02}",
            f"Paper {number}",
            date=DAYS[number % 3],
            topics=("agents",) if number % 4 else ("light",),
            authors=("Ann Author",) * (number % 2),
        )
        for number in range(30)
    ]


CONTEXT = make_context(build_catalog(make_papers(), VOCABULARY), SITE)


def build_site() -> dict[str, PageArtifact | FileArtifact]:
    return {made.path: made for made in ungroup(build_artifacts(CONTEXT, without={"search-files"}))}


def text_of(site: dict[str, PageArtifact | FileArtifact], path: str) -> str:
    made = site[path]
    assert isinstance(made, FileArtifact)
    return made.content.decode()


def ids_of(text: str) -> list[str]:
    return [item["id"] for item in json.loads(text)]


@pytest.fixture
def by_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_tools, "MAX_WHOLE", 29)


def test_each_list_has_its_papers_in_each_format() -> None:
    site = build_site()
    lists = [listed for listed in list_papers(CONTEXT) if listed.papers]
    assert {listed.url for listed in lists} >= {"", "topics/agents/", "dates/2025/01/02/"}
    assert len(lists) == len({listed.url for listed in lists})
    for listed in lists:
        papers = [*listed.papers]
        if not listed.url:
            papers.sort(key=lambda paper: (paper.date, paper.id))
        stem = f"{listed.url or 'data/'}papers"
        for made in FORMATS.values():
            expected = made.render([build_item(paper) for paper in papers])
            assert text_of(site, f"{stem}.{made.ending}") == expected
    assert not [path for path in site if path.startswith("topics/none/")]
    assert not [path for path in site if "numbers" in path]


@pytest.mark.usefixtures("by_year")
def test_beyond_a_size_files_are_by_year_and_lists_have_numbers() -> None:
    site = build_site()
    files = {path for path in site if path.endswith((".bib", ".ris", ".json")) and "data" in path}
    assert files == {
        f"data/papers-{year}.{made.ending}" for year in (2024, 2025) for made in FORMATS.values()
    }
    assert not [path for path in site if path.endswith(".bib") and "data/" not in path]
    of_years = {year: ids_of(text_of(site, f"data/papers-{year}.json")) for year in (2024, 2025)}
    assert sum(map(len, of_years.values())) == 30
    for listed in list_papers(CONTEXT):
        if listed.url and listed.papers:
            numbers = json.loads(text_of(site, f"{listed.url}numbers.json"))
            found = [
                of_years[int(year)][number]
                for year, ranges in numbers.items()
                for number in read_ranges(ranges)
            ]
            assert found == [paper.id for paper in listed.papers]
            assert [*numbers] == sorted(numbers, reverse=True)


@pytest.mark.usefixtures("by_year")
def test_years_files_number_papers_as_search_does() -> None:
    """The index sorts papers by date, then by id."""
    site = build_site()
    found = ids_of(text_of(site, "data/papers-2024.json"))
    found += ids_of(text_of(site, "data/papers-2025.json"))
    assert found == [paper.id for paper in sorted(make_papers(), key=lambda p: (p.date, p.id))]


def read_ranges(text: str) -> list[int]:
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def test_ranges_are_short() -> None:
    assert write_ranges([*range(10, 41), 7]) == "10-40,7"
    assert read_ranges("10-40,7") == [*range(10, 41), 7]


LISTS = ("index.md", "topics/agents.md", "dates/2025/01/02.md")


def links_of(site: dict[str, PageArtifact | FileArtifact], path: str) -> list[tuple[str, Any]]:
    made = site[path]
    assert isinstance(made, PageArtifact)
    elements = parse_html(made.make().body).elements
    at = next(n for n, (_, values) in enumerate(elements) if values.get("class") == "pc-tools")
    links = [values for tag, values in elements[at:] if tag == "a"][:3]
    return [(resolve(made.url, values["href"]), values.get("download")) for values in links]


@pytest.mark.parametrize(
    ("path", "stem", "name"),
    [
        ("index.md", "data/", "papers"),
        ("topics/agents.md", "topics/agents/", "agents"),
        ("dates/2025/01/02.md", "dates/2025/01/02/", "2025-01-02"),
    ],
)
def test_a_list_links_to_its_files(path: str, stem: str, name: str) -> None:
    site = build_site()
    endings = [made.ending for made in FORMATS.values()]
    assert links_of(site, path) == [
        (f"{stem}papers.{ending}", f"{name}.{ending}") for ending in endings
    ]
    assert {address for address, _ in links_of(site, path)} <= site.keys()


@pytest.mark.usefixtures("by_year")
@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_a_large_catalog_links_to_the_files_of_all_papers(path: str) -> None:
    site = build_site()
    assert {address for address, _ in links_of(site, path)} == {"data/"}
    page = site["data/index.md"]
    assert isinstance(page, PageArtifact)
    found = {resolve("data/", link) for link, _ in parse_html(page.make().body).links}
    assert found >= {f"data/papers-{year}.bib" for year in (2024, 2025)}
    assert found <= site.keys()


def test_a_file_has_another_key_where_one_of_its_papers_changes() -> None:
    papers = make_papers()
    changed = [papers[0].model_copy(update={"title": "Anew"}), *papers[1:]]
    keys = [
        {
            made.path: made.key()
            for made in build(make_context(build_catalog(every, VOCABULARY), SITE))
            if isinstance(made, LazyFile)
        }
        for every in (papers, changed)
    ]
    differ = {path for path in keys[0] if keys[0][path] != keys[1][path]}
    stems = {path.rpartition(".")[0] for path in differ}
    assert stems == {
        "data/papers",
        "data/papers.jsonl",
        "topics/light/papers",
        "dates/2024/12/31/papers",
    }


def test_an_empty_catalog_has_no_files() -> None:
    context = make_context(build_catalog([], VOCABULARY), SITE)
    assert [made.path for made in ungroup(build(context))] == ["data/index.md"]


@pytest.mark.usefixtures("by_year")
def test_a_script_makes_the_files_of_lists_that_have_numbers_and_of_no_other() -> None:
    site = build_site()
    lists = [listed for listed in list_papers(CONTEXT) if listed.papers]
    for listed in lists:
        page = site[
            f"{listed.url}index.md" if f"{listed.url}index.md" in site else f"{listed.url[:-1]}.md"
        ]
        assert isinstance(page, PageArtifact)
        assert ("data-export" in page.make().body) == (f"{listed.url}numbers.json" in site)
