"""Authors in Chromium: people are found by typing, and many names leave room for the abstract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from made_catalog import build_site, make_paper
from serving import served

pytestmark = pytest.mark.browser

CROWD = tuple(f"Given{number} Łużny{number}" for number in range(664))
CONFIG = """site_name: A
theme: {name: material, font: false}
plugins:
  - papercatalog: {author_pages: 2}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("authors")
    one = make_paper("one", "One", authors=CROWD, abstract="A first one.")
    two = make_paper("two", "Two", authors=(*CROWD[:400], "Ada Li"), abstract="A second one.")
    with served(build_site(folder, CONFIG, one, two)) as site:
        yield site


def test_people_are_found_by_what_is_typed(page: Page, address: str) -> None:
    page.goto(f"{address}authors/")
    find = page.get_by_role("searchbox", name="Find an author by name")
    status = page.locator(".pc-find [role=status]")
    found = page.locator(".pc-find li a")
    find.fill("LUZNY39 giv")
    expect(status).to_have_text("11 people:")
    expect(found.first).to_have_text("Given39 Łużny39")
    find.fill("given")
    expect(status).to_have_text("664 people; those with the most papers:")
    expect(found).to_have_count(20)
    find.fill("nobody")
    expect(status).to_have_text("Nobody of this name has a page. Enter searches all papers.")
    expect(found).to_have_count(0)
    find.fill("given399")
    found.first.click()
    expect(page).to_have_url(f"{address}authors/given399-luzny399/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Given399 Łużny399")


def test_enter_searches_all_papers(page: Page, address: str) -> None:
    page.goto(f"{address}authors/")
    find = page.get_by_role("searchbox", name="Find an author by name")
    find.fill("ada li")
    find.press("Enter")
    expect(page).to_have_url(f"{address}search/?author=ada+li")
    expect(page.locator(".pc-result__facts")).to_contain_text("Ada Li")


def test_names_that_cannot_be_loaded_are_no_dead_end(page: Page, address: str) -> None:
    page.route("**/names-*.json", lambda route: route.abort())
    page.goto(f"{address}authors/")
    page.get_by_role("searchbox", name="Find an author by name").fill("given")
    expect(page.locator(".pc-find [role=status]")).to_have_text(
        "The names could not be loaded. Enter searches all papers."
    )


def test_a_list_can_be_gone_through_by_letter_without_scripts(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}authors/")
    page.get_by_role("main").get_by_role("link", name="L", exact=True).click()
    expect(page).to_have_url(f"{address}authors/l/")
    page.get_by_role("link", name="Given7 Łużny7", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Given7 Łużny7")
    context.close()


def test_the_abstract_starts_high_below_many_authors(page: Page, address: str) -> None:
    page.goto(f"{address}papers/2025/one/")
    abstract = page.get_by_role("heading", name="Abstract")
    last = page.get_by_text(CROWD[-1], exact=True)
    before = abstract.bounding_box()
    assert before
    assert before["y"] < 700
    expect(last).not_to_be_visible()
    page.get_by_text("and 654 more").click()
    expect(last).to_be_visible()
    after = abstract.bounding_box()
    assert after
    assert after["y"] > before["y"] + 1000


def test_names_can_be_unfolded_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}papers/2025/one/")
    page.locator("summary", has_text="and 654 more").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(CROWD[-1], exact=True)).to_be_visible()
