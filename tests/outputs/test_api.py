"""The catalog as JSON for programs, the page that explains it, and ``llms.txt``."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from html_pages import parse_html, resolve
from made_catalog import LANTERNS, make_paper
from made_context import make_context
from papercatalog.model.catalog import build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import api, build_artifacts, list_tools
from papercatalog.outputs.artifacts import FileArtifact, LazyFile, PageArtifact, ungroup
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.sources.formats import read_source
from serving import served

SITE = SiteInfo("A Catalog", "https://example.org/c/", "Papers *of* light.", author_pages=2)
VOCABULARY = Vocabulary((Topic("agents", "Agents [1]"), Topic("web", "Web", parent="agents")))


def make_papers(number: int) -> list[Paper]:
    return [
        make_paper(
            f"p-{n:03}",
            f"Paper {n}",
            date=dt.date(2025, 1, 1) + dt.timedelta(days=n // 3),
            topics=("web",) if n % 2 else (),
            authors=("Ann Author", "Bo Writer")[: n % 3],
            links={"code": f"https://example.org/{n}"} if n % 4 else {},
            votes=n or None,
        )
        for n in range(number)
    ]


def context_of(papers: list[Paper], site: SiteInfo = SITE) -> Context:
    return make_context(build_catalog(papers, VOCABULARY), site)


def build_files(context: Context) -> dict[str, bytes]:
    made = ungroup(build_artifacts(context, without={"search-files", "pictures"}))
    return {one.path: one.content for one in made if isinstance(one, FileArtifact)}


def read(files: Mapping[str, bytes], path: str) -> Any:
    return json.loads(files[path])


def follow(files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """Read every paper as the page "Data" tells, by the addresses alone."""
    address = read(files, "api/index.json")["files"].get("first")
    while address:
        page = read(files, address.removeprefix(SITE.url))
        yield from page["papers"]
        address = page.get("next")


def test_all_papers_are_found_by_the_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 4)
    papers = make_papers(10)
    files = build_files(context_of(papers))
    found = [*follow(files)]
    assert [paper["id"] for paper in found] == [paper.id for paper in papers]
    assert [paper["url"] for paper in found] == [SITE.url + paper.url for paper in papers]
    for record, paper in zip(found, papers, strict=True):
        del record["url"]
        assert Paper.model_validate(record) == paper
    index = read(files, "api/index.json")
    assert index["papers"] == 10
    assert index["newest"] == "2025-01-04"
    assert {address.removeprefix(SITE.url) for address in index["files"].values()} <= files.keys()


def test_a_full_file_stays_when_papers_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE", 4)
    before, after = (build_files(context_of(make_papers(number))) for number in (9, 12))
    assert before["api/papers/1.json"] == after["api/papers/1.json"]
    assert "next" not in read(before, "api/papers/3.json")
    assert len(read(after, "api/papers/3.json")["papers"]) == 4


def test_a_file_has_another_key_where_its_content_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api, "PAGE", 4)
    papers = make_papers(8)
    changed = [papers[0].model_copy(update={"title": "Anew"}), *papers[1:]]
    elsewhere = replace(SITE, url="https://example.com/")
    contexts = [
        context_of(papers),
        context_of(changed),
        context_of(make_papers(9)),
        context_of(papers, elsewhere),
    ]
    made = [[one for one in api.build(each) if isinstance(one, LazyFile)] for each in contexts]
    pairs = [[*zip(made[0], other, strict=False)] for other in made]
    assert [[one.key() == other.key() for one, other in each] for each in pairs] == [
        [True, True],
        [False, True],
        [True, False],
        [False, False],
    ]
    for first, second in pairs[2]:
        assert (first.key() == second.key()) == (first.make() == second.make())


@pytest.mark.parametrize("most", [3, 100])
def test_every_file_of_papers_is_as_the_schema_says(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(list_tools, "MAX_WHOLE", most)
    files = build_files(context_of(make_papers(10)))
    schema = read(files, "api/schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    page = read(files, "api/papers/1.json")
    jsonschema.validate(page, schema)
    assert ("abstract" in page["papers"][0]) == (most == 100)
    page["papers"][0]["votes"] = "many"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(page, schema)


def test_topics_authors_and_days() -> None:
    papers = make_papers(6)
    files = build_files(context_of(papers))
    topics = read(files, "api/topics.json")["topics"]
    assert topics == [
        {
            "slug": "agents",
            "title": "Agents [1]",
            "papers": 3,
            "url": f"{SITE.url}topics/agents/",
        },
        {
            "slug": "web",
            "title": "Web",
            "parent": "agents",
            "papers": 3,
            "url": f"{SITE.url}topics/web/",
        },
    ]
    authors = read(files, "api/authors.json")["authors"]
    assert [(author["name"], author["papers"]) for author in authors] == [
        ("Ann Author", 4),
        ("Bo Writer", 2),
    ]
    days = read(files, "api/changes.json")["days"]
    assert [(day["date"], day["papers"]) for day in days] == [
        ("2025-01-02", ["p-003", "p-004", "p-005"]),
        ("2025-01-01", ["p-000", "p-001", "p-002"]),
    ]
    assert {f"{day['url'].removeprefix(SITE.url)}papers.bib" for day in days} <= files.keys()


def test_an_empty_catalog_has_an_index() -> None:
    files = build_files(context_of([]))
    index = read(files, "api/index.json")
    assert index["papers"] == 0
    assert {"first", "last"}.isdisjoint(index["files"])
    assert [*follow(files)] == []
    assert not [path for path in files if path.startswith(("api/papers/", "data/papers"))]


def test_the_dump_comes_back_as_the_catalogs_papers() -> None:
    papers = make_papers(7)
    content = build_files(context_of(papers))["data/papers.jsonl.gz"]
    assert [record.page for record in read_source("x.jsonl.gz", content).records] == papers
    assert content == build_files(context_of(papers))["data/papers.jsonl.gz"]


def data_page(context: Context) -> PageArtifact:
    made = build_artifacts(context, without={"search-files", "pictures"})
    return next(
        one for one in made if isinstance(one, PageArtifact) and one.path == "data/index.md"
    )


@pytest.mark.parametrize("number", [0, 7])
def test_the_page_links_to_files_that_are_there(number: int) -> None:
    context = context_of(make_papers(number))
    files = build_files(context)
    page = parse_html(data_page(context).make().body)
    found = {resolve("data/", link) for link, _ in page.links}
    assert found <= files.keys()
    assert {path for path in files if path.startswith("data/papers")} <= found
    assert "api/schema.json" in found


@pytest.mark.parametrize("number", [0, 7])
def test_the_examples_of_the_page_run(tmp_path: Path, number: int) -> None:
    papers = make_papers(number)
    with served(tmp_path) as address:
        context = context_of(papers, replace(SITE, url=address))
        for path, content in build_files(context).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
        body = data_page(context).make().body
        programs = re.findall(r"<pre><code[^>]*>(.*?)</code>", body, flags=re.DOTALL)
        printed = [
            subprocess.run(
                [sys.executable, "-c", unescape(program)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.splitlines()
            for program in programs
        ]
    assert printed == [
        [f"{paper.date} {paper.title} {address}{paper.url}" for paper in papers],
        ["2025-01-03 p-006"] if papers else [],
    ]


def test_llms_txt_is_as_the_format_wants() -> None:
    lines = build_files(context_of(make_papers(3)))["llms.txt"].decode().splitlines()
    assert lines[0] == "# A Catalog"
    assert lines[2] == r"> Papers \*of\* light."
    items = [line for line in lines if line.startswith("-")]
    assert all(re.fullmatch(r"- \[.+\]\(https://example\.org/c/\S+\): .+", line) for line in items)
    assert rf"- [Agents \[1\]]({SITE.url}topics/agents/): papers: 1" in items
    assert LANTERNS not in "\n".join(lines)
