"""Where things stand on the site's pages, and that they stay there while a page loads."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from serving import served

pytestmark = pytest.mark.browser

MAX_SHIFT = 0.02
"""The most that a page may jump, as the sum of its layout shifts; 0.1 counts as good."""
WATCH = """
    window.shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries()))
        .observe({ type: "layout-shift", buffered: true });
"""
SOURCES = (
    "shifts.map(({ value, sources }) => [value, ...sources.map((one) => one.node?.className)])"
)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


DAY = "dates/2025/07/29/"
KEEP = "density => localStorage.setItem('papercatalog.density', density)"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "search/",
        "search/?q=diffusion+video",
        "search/?q=author:zhang",
        "search/?topic=efficiency",
        "search/?q=qqqqqqqq",
        "search/?q=difusion",
        "contribute/",
    ],
)
def test_nothing_jumps(page: Page, address: str, width: int, path: str) -> None:
    open_slowly(page, width, f"{address}{path}")
    for _ in range(3):  # by a script: what follows an input does not count
        page.evaluate("scrollBy(0, 400)")
        page.wait_for_timeout(100)
        page.wait_for_load_state("networkidle")
    expect_no_jump(page)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("path", "density"),
    [
        ("", "pc-titles"),
        ("", "pc-abstracts"),
        (DAY, "pc-titles"),
        (f"{DAY}?topic=reasoning", "pc-titles"),
        (f"{DAY}?code=1&sort=title", "pc-gists"),
        (f"{DAY}?words=attention", "pc-abstracts"),
        ("topics/robotics/", "pc-abstracts"),
        ("dates/2025/07/", "pc-gists"),
    ],
)
def test_lists_do_not_jump(page: Page, address: str, width: int, path: str, density: str) -> None:
    page.goto(f"{address}404.html")
    page.evaluate(KEEP, density)
    open_slowly(page, width, f"{address}{path}")
    expect(page.locator(".pc-papers > li:not([hidden]) a").first).to_be_visible()
    expect(page.locator("footer")).to_be_visible()
    expect(page.locator("html")).to_have_class(re.compile(density))
    expect_no_jump(page)


@pytest.mark.parametrize("query", ["", "?topic=reasoning"])
def test_a_list_is_shown_though_its_script_does_not_come(
    page: Page, address: str, query: str
) -> None:
    page.goto(f"{address}404.html")
    page.evaluate(KEEP, "pc-abstracts")
    page.route("**/lists/rows.js", lambda route: route.abort())
    page.goto(f"{address}{DAY}{query}")
    last = page.locator(".pc-papers > li").last
    expect(last).not_to_be_visible()
    expect(last).to_be_visible(timeout=20_000)


def open_slowly(page: Page, width: int, url: str) -> None:
    """Open a page whose files come late, so that what is put in later is painted by itself."""

    def answer_late(route: Route) -> None:
        time.sleep(0.03)
        route.continue_()

    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(WATCH)
    page.route("**/*", answer_late)
    page.goto(url, wait_until="networkidle")


def expect_no_jump(page: Page) -> None:
    assert page.evaluate("PerformanceObserver.supportedEntryTypes.includes('layout-shift')")
    page.wait_for_timeout(200)  # the observer tells of a shift some frames later
    total = page.evaluate("shifts.reduce((sum, { value }) => sum + value, 0)")
    assert total < MAX_SHIFT, page.evaluate(SOURCES)


def test_a_jump_would_be_seen(page: Page, address: str) -> None:
    page.add_init_script(WATCH)
    page.goto(f"{address}search/", wait_until="networkidle")
    page.evaluate("document.querySelector('h1').style.marginTop = '300px'")
    page.wait_for_timeout(500)  # the observer tells of a shift some frames later
    assert page.evaluate("shifts.reduce((sum, one) => sum + one.value, 0)") > MAX_SHIFT


def test_the_first_result_is_in_sight_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}search/?q=diffusion+video")
    first = page.locator(".pc-result").first
    expect(first).to_be_visible()
    box = first.bounding_box()
    assert box and box["y"] <= 450


def test_the_search_field_shows_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    field = page.locator("[data-search-form] input")
    outline = "field => getComputedStyle(field).outlineStyle"
    assert field.evaluate(outline) == "none"
    field.focus()
    assert field.evaluate(outline) == "solid"


@pytest.mark.parametrize("path", ["", "search/", "guide/"])
def test_the_search_box_keeps_its_size_beside_a_long_name(
    page: Page, address: str, path: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}{path}")
    page.evaluate(
        """() => document.querySelectorAll('.md-header__topic').forEach((name) => {
            const text = name.querySelector('.md-ellipsis') ?? name;
            text.textContent = 'The catalog of all papers that were ever written';
        })"""
    )
    box = page.get_by_role("combobox", name="Search papers").bounding_box()
    assert box and box["width"] >= 120 and box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 360
