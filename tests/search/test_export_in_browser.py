"""The search page exports all that a query finds in the results' order."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from made_index import TOPICS
from papercatalog.search.index.document import Document
from search_site import write, write_site
from serving import served, watched_page

pytest_plugins = ["search_fixtures"]
pytestmark = pytest.mark.browser

TOOLS = "[data-search-export]"


def to_item(paper: Document) -> dict[str, object]:
    return {
        "id": paper.id,
        "type": "article",
        "title": paper.title,
        "author": [{"literal": name} for name in paper.authors],
        "issued": {"date-parts": [[2025, 7]]},
    }


@pytest.fixture(scope="module", params=[False, True], ids=["whole", "by-year"])
def address(
    request: pytest.FixtureRequest,
    papers: list[Document],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    shelf = [
        dataclasses.replace(paper, date=dt.date(2022 + at % 3, 1 + at % 12, 1))
        for at, paper in enumerate(papers)
    ]
    write_site(folder, shelf, TOPICS, by_year=request.param)
    shelf.sort(key=lambda paper: (paper.date, paper.id))
    parts = groupby(shelf, key=lambda paper: f"-{paper.date.year}" if request.param else "")
    for part, found in parts:
        content = json.dumps([to_item(paper) for paper in found]).encode()
        write(folder / f"data/papers{part}.json", content)
    with served(folder) as site:
        yield site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose script errors fail the test."""
    with watched_page(browser, viewport={"width": 1200, "height": 800}) as opened:
        yield opened


@pytest.mark.parametrize("query", ["q=model", "topic=topic-1&sort=date", "q=attention&year=2023"])
def test_all_results_are_exported_in_their_order(page: Page, address: str, query: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}search/?{query}")
    expect(page.locator(TOOLS)).to_be_visible()
    assert not any("/cite/" in one or "/data/" in one for one in asked)
    with page.expect_download() as started:
        page.locator(f"{TOOLS} button").first.click()
    assert started.value.suggested_filename == "found.bib"
    text = Path(started.value.path()).read_text("utf-8")
    keys = re.findall(r"^@misc\{(.*),$", text, re.MULTILINE)
    count = page.locator("[data-search-page] [data-search-status]").inner_text().split()[0]
    assert len(keys) == int(count.replace(",", ""))
    expect(page.locator(f"{TOOLS} [role=status]")).to_contain_text(f"{count} papers saved")
    links = page.locator(".pc-result h2 a").evaluate_all("all => all.map(a => a.pathname)")
    assert [link.split("/")[-2] for link in links] == keys[: len(links)]
    assert links


def test_a_file_that_cannot_be_loaded_is_told_and_loaded_again(page: Page, address: str) -> None:
    page.route("**/data/*.json", lambda route: route.abort())
    page.goto(f"{address}search/?q=model")
    status = page.locator(f"{TOOLS} [role=status]")
    page.locator(f"{TOOLS} button").first.click()
    expect(status).to_contain_text("could not be loaded: the server did not answer.")
    page.unroute("**/data/*.json")
    with page.expect_download():
        page.locator(f"{TOOLS} button").first.click()
    expect(status).to_contain_text("saved as found.bib")


def test_files_that_lack_a_paper_are_told(page: Page, address: str) -> None:
    page.route("**/data/*.json", lambda route: route.fulfill(json=[]))
    page.goto(f"{address}search/?q=model")
    page.locator(f"{TOOLS} button").first.click()
    expect(page.locator(f"{TOOLS} [role=status]")).to_contain_text("load this page again")


def test_nothing_found_offers_no_export(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=qqqqqqqq")
    expect(page.locator("[data-search-page] [data-search-status]")).to_have_text("No paper found.")
    expect(page.locator(TOOLS)).to_be_hidden()
