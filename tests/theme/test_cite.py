"""The block "Cite" of papers' pages, and the rows of files beside lists' headings, in Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from papercatalog.model.loading import load_catalog
from papercatalog.outputs.citations import FORMATS, build_item, render_bibtex, render_sentence
from repository import ROOT
from serving import watched_page

pytestmark = pytest.mark.browser

PAPER = max(load_catalog(ROOT).papers, key=lambda paper: (bool(paper.doi), len(paper.authors)))
ITEM = build_item(PAPER)
BLOCK = "[data-cite]"
TEXTS = {
    "RIS": (FORMATS["ris"].render([ITEM]), "ris"),
    "CSL-JSON": (json.dumps([ITEM], indent=2, ensure_ascii=False) + "\n", "json"),
    "Plain text": (f"{render_sentence(ITEM)}\n", "txt"),
    "BibTeX": (render_bibtex(ITEM), "bib"),
}
"""What each button shows, and the ending of the file's name."""


@pytest.fixture
def page(browser: Browser, site_address: str) -> Iterator[Page]:
    """The paper's page; errors of scripts fail the test."""
    with watched_page(browser, permissions=["clipboard-read", "clipboard-write"]) as opened:
        opened.goto(f"{site_address}{PAPER.url}")
        yield opened


def test_without_scripts_bibtex_can_be_read_and_nothing_else_is_offered(
    browser: Browser, site_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}{PAPER.url}")
    text = page.locator(f"{BLOCK} pre").text_content()
    assert text == render_bibtex(ITEM).rstrip("\n") or text == render_bibtex(ITEM)
    expect(page.locator(f"{BLOCK} button")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("label", TEXTS)
def test_each_format_is_shown_copied_and_saved(page: Page, label: str) -> None:
    text, ending = TEXTS[label]
    button = page.locator(BLOCK).get_by_role("button", name=label)
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"{BLOCK} [aria-pressed=true]")).to_have_count(1)
    assert (page.locator(f"{BLOCK} pre").text_content() or "").strip() == text.strip()
    page.locator(BLOCK).get_by_role("button", name="Copy").press("Space")
    expect(page.locator(f"{BLOCK} [role=status]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").strip() == text.strip()
    with page.expect_download() as started:
        page.locator(BLOCK).get_by_role("button", name="Download").click()
    assert started.value.suggested_filename == f"{PAPER.id}.{ending}"
    assert Path(started.value.path()).read_text("utf-8").strip() == text.strip()


def test_where_pages_may_not_copy_the_text_is_selected(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error()); }")
    page.locator(BLOCK).get_by_role("button", name="Copy").click()
    expect(page.locator(f"{BLOCK} [role=status]")).to_contain_text("copy it yourself")
    assert page.evaluate("getSelection().toString()").strip() == render_bibtex(ITEM).strip()


def test_a_long_line_makes_no_page_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    for label in TEXTS:
        page.locator(BLOCK).get_by_role("button", name=label).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def fulfill(content: object, route: Route) -> None:
    route.fulfill(json=content)


def test_a_list_of_a_large_catalog_is_made_of_the_files_of_years(
    page: Page, site_address: str
) -> None:
    """The row of a small catalog is made that of a large one, with the numbers of two papers."""
    page.route("**/numbers.json", lambda route: route.fulfill(json={"2025": "1-2", "2024": "0"}))
    for year in (2024, 2025):
        items = [{**ITEM, "id": f"{year}-{number}"} for number in range(3)]
        page.route(f"**/data/papers-{year}.json", partial(fulfill, items))
    page.goto(f"{site_address}topics/agents/")
    page.evaluate(
        """() => {
          const row = document.querySelector(".pc-tools");
          row.setAttribute("data-export", "");
          const link = row.querySelector("a");
          link.href = "../../data/#bib";
          link.removeAttribute("download");
        }"""
    )
    with page.expect_download() as started:
        page.locator(".pc-tools a").first.click()
    assert started.value.suggested_filename == "agents.bib"
    expected = [{**ITEM, "id": name} for name in ("2025-1", "2025-2", "2024-0")]
    assert Path(started.value.path()).read_text("utf-8") == FORMATS["bibtex"].render(expected)
    expect(page.locator(".pc-tools [role=status]")).to_have_text("3 papers saved as agents.bib.")
    with page.expect_response("**/topics/agents/feed.json"):
        page.locator(".pc-tools").get_by_role("link", name="JSON", exact=True).last.click()
