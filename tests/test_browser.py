"""The site in Chromium: ways through it, search, colours, narrow screens, and whom it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from html_pages import load_pages
from page_kinds import KINDS, PAPER
from papercatalog.model.loading import load_catalog
from serving import served, watched_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site's address; it lies below the folder that its own configuration names."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "papercatalog").symlink_to(site)
    (folder / "404.html").symlink_to(site / "404.html")
    with served(folder) as host:
        yield f"{host}papercatalog/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A new page that fails its test on a console error and on a request to anybody else."""
    complaints: list[str] = []
    host = address.split("/")[2]

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" and "404 (" not in said.text:
            complaints.append(f"console: {said.text}")

    def note(request: Request) -> None:
        if not re.match(rf"(?:https?://{host}/|data:|blob:)", request.url):
            complaints.append(f"request: {request.url}")

    with watched_page(browser) as opened:
        opened.on("console", hear)
        opened.on("request", note)
        yield opened
    assert not complaints, "\n".join(complaints)


def search(page: Page, words: str) -> Locator:
    """Type into the header's search box; give the papers that are offered."""
    page.get_by_role("combobox", name="Search papers").fill(words)
    return page.locator("#search-list").get_by_role("option")


def test_from_home_to_a_topic_a_paper_and_its_day(page: Page, address: str) -> None:
    page.goto(address)
    main = page.get_by_role("main")
    main.locator("a[href$='topics/efficiency/']").first.click()
    expect(page).to_have_url(f"{address}topics/efficiency/")
    first = main.locator(".pc-papers h2 a").first
    title = first.inner_text()
    first.click()
    expect(main.get_by_role("heading", level=1)).to_have_text(title)
    main.get_by_role("link", name="29 July 2025").first.click()
    expect(page).to_have_url(f"{address}dates/2025/07/29/")
    expect(main.locator(".pc-papers h2")).to_have_count(110)
    expect(main.get_by_role("link", name=title, exact=True)).to_be_visible()


def test_search_for_sparse_attention(page: Page, address: str) -> None:
    page.goto(address)
    found = search(page, "sparse attention")
    expect(found.first).to_contain_text(re.compile("sparse attention", re.IGNORECASE))
    found.first.click()
    expect(page).to_have_url(re.compile(re.escape(address) + r"papers/2025/"))


def test_every_title_is_found_by_search(page: Page, address: str, root: Path) -> None:
    page.goto(address)
    for paper in load_catalog(root).papers:
        expect(search(page, paper.title).filter(has_text=paper.title).first).to_be_visible()


def test_colours_can_be_chosen_and_are_kept(page: Page, address: str) -> None:
    page.goto(address)
    body = page.locator("body")

    def background() -> str:
        return str(body.evaluate("element => getComputedStyle(element).backgroundColor"))

    seen = {body.get_attribute("data-md-color-scheme"): background()}
    for _ in range(3):
        page.locator("label[for^=__palette]:visible").click()
        page.wait_for_timeout(200)
        seen[body.get_attribute("data-md-color-scheme")] = background()
    assert set(seen) == {"default", "slate"}
    assert seen["default"] != seen["slate"]
    while body.get_attribute("data-md-color-scheme") != "slate":
        page.locator("label[for^=__palette]:visible").click()
        page.wait_for_timeout(200)
    page.goto(f"{address}topics/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_never_scrolls_sideways(page: Page, address: str, kind: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + kind)
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], kind
    assert page.locator("h1").first.is_visible()


def test_every_kind_of_page_is_looked_at(site: Path) -> None:
    def kind(address: str) -> str:
        first, *rest = re.sub(r"\d+(?=/)", "#", address).split("/")[:-1] or [""]
        names = [part if part in ("#", "decisions") else "*" for part in rest]
        return "/".join([first if first in FOLDERS else "*" if first else "", *names])

    assert {kind(address) for address in load_pages(site) if address != "404.html"} <= {
        *map(kind, KINDS),
        *("guide/decisions", "guide/decisions/*"),
    }


FOLDERS = {
    "papers",
    "topics",
    "authors",
    "dates",
    "guide",
    "contribute",
    "subscribe",
    "search",
    "data",
    "decisions",
}


@pytest.mark.parametrize(
    ("kind", "own"),
    [("", ""), ("topics/agents/", "topics/agents/"), ("dates/2025/07/29/", ""), (KINDS[7], "")],
)
def test_a_page_leads_readers_and_their_programs_to_its_feeds(
    page: Page, address: str, kind: str, own: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{kind}", wait_until="networkidle")
    assert [url for url in asked if url.endswith(".xml")] == [], "the theme asks for a sitemap"
    found = page.evaluate(
        """() => [...document.head.querySelectorAll('link[rel~="alternate"][type]')]
            .map((link) => [link.type, link.href])"""
    )
    assert found == [
        ["application/atom+xml", f"{address}{own}feed.xml"],
        ["application/feed+json", f"{address}{own}feed.json"],
    ]
    for _, feed in found:
        assert page.request.get(feed).ok
    if own == kind:
        page.get_by_role("link", name="About feeds").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Follow new papers")
        row = page.locator(".pc-feeds li", has=page.locator(f'a[href="../{own}feed.xml"]')).last
        expect(row).to_be_visible()


def test_the_keyboard_shows_where_it_is(page: Page, address: str) -> None:
    page.goto(f"{address}topics/agents/")
    shown = """() => {
        const style = getComputedStyle(document.activeElement);
        return [document.activeElement.tagName, style.outlineStyle, style.outlineWidth,
                style.boxShadow];
    }"""
    page.locator("main .pc-papers h2 a").first.focus()
    page.keyboard.press("Shift+Tab")
    for _ in range(4):
        page.keyboard.press("Tab")
        tag, style, width, shadow = page.evaluate(shown)
        assert tag == "A"
        assert (style != "none" and width != "0px") or shadow != "none"


def test_the_sections_are_one_tap_away_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address + PAPER)
    sections = page.get_by_role("navigation", name="Sections")
    sections.get_by_role("link", name="Guide").click()
    expect(page).to_have_url(f"{address}guide/")
    page.goto(f"{address}topics/agents/")
    here = sections.get_by_role("link", name="Topics")
    expect(here).to_have_attribute("aria-current", "true")


def test_the_first_key_leads_past_the_header(page: Page, address: str) -> None:
    page.goto(address + PAPER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{PAPER}#content")
    assert page.locator("#content h1").count() == 1


def test_icons_are_drawn_by_the_style_sheet(page: Page, address: str) -> None:
    page.goto(address + PAPER)
    drawn = """icon => {
        const style = getComputedStyle(icon);
        return [style.maskImage.slice(0, 15), style.backgroundColor == style.color,
                icon.getBoundingClientRect().width > 16];
    }"""
    assert page.locator(".pc-site svg").evaluate(drawn) == ['url("data:image', True, True]


def test_a_page_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAPER)
    expect(page.get_by_role("heading", name="Abstract")).to_be_visible()
    expect(page.locator(".pc-site svg")).to_be_visible()
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Topics").click()
    expect(page).to_have_url(f"{address}topics/")
    context.close()


def test_a_search_page_opened_from_a_file_says_why_it_does_nothing(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page()
    page.goto((site / "search" / "index.html").as_uri())
    expect(page.locator("[data-search-page] [data-search-status]")).to_contain_text("from a file")
    page.close()
