"""A German site in Chromium: the theme's parts, the tools of lists, search and the form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from made_catalog import build_site, make_paper
from serving import served

pytestmark = pytest.mark.browser

CONFIG = """site_name: Katalog
site_url: https://example.org/
repo_url: https://github.com/me/papers
edit_uri: edit/main/docs/
theme: {name: material, font: false, language: de}
plugins: [papercatalog]
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("words")
    authors = tuple(f"Name {letter}" for letter in "ABCDE")
    papers = (make_paper(f"p-{n}", f"Lantern {n}", votes=n, authors=authors) for n in range(9))
    with served(build_site(folder, CONFIG, *papers)) as site:
        yield site


def test_the_tools_of_a_list_speak_german(page: Page, address: str) -> None:
    page.goto(f"{address}dates/2025/07/28/")
    bar = page.get_by_role("group", name="Werkzeuge der Liste")
    expect(bar.get_by_role("button", name="Kernsatz")).to_be_visible()
    expect(bar.get_by_role("link", name="Leseliste")).to_be_visible()
    expect(bar.get_by_role("combobox", name="Sortieren")).to_have_value("listed")
    assert page.locator(".pc-authors").first.inner_text() == "Name A, Name B, Name C und 2 weitere"
    page.locator(".pc-mark--saved").first.click()
    expect(page.locator(".pc-toast")).to_have_text("Auf der Leseliste gespeichert.")
    expect(bar.get_by_role("link", name="Leseliste (1)")).to_be_visible()
    page.locator(".pc-mark--unfold").first.click()
    expect(page.locator(".pc-unfolded .pc-abstract").first).to_be_visible()
    bar.get_by_role("button", name="Filter").click()
    bar.get_by_label("Wörter").fill("lantern 3")
    expect(page.locator(".pc-bar__status")).to_have_text("1 von 9 Artikeln")
    page.keyboard.press("Escape")
    bar.get_by_role("button", name="Tasten").click()
    expect(page.get_by_role("heading", name="Tastenkürzel")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_attribute("lang", "de")


def test_no_page_is_wider_than_a_phone(page: Page, address: str) -> None:
    for path in (
        "",
        "dates/2025/07/28/",
        "search/?q=lantern",
        "contribute/",
        "stats/",
        "reading-list/",
    ):
        page.goto(f"{address}{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_search_and_the_reading_list_speak_german(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=lantern")
    expect(page.locator("[data-search-status]").last).to_have_text("9 Artikel gefunden.")
    expect(page.locator(".pc-result__facts").first).to_contain_text("8 Stimmen")
    expect(page.locator(".pc-result__facts").first).to_contain_text("und 3 weitere")
    page.goto(f"{address}search/?q=lanterm")
    note = page.locator("[data-search-notes] p").first
    expect(note).to_have_text("War lantern gemeint? Gezeigt sind Artikel zu ähnlichen Wörtern.")
    page.goto(f"{address}reading-list/")
    expect(page.locator("[data-reading]")).to_contain_text("Noch ist nichts gespeichert.")
    expect(page.locator("[data-reading] em")).to_have_text("Speichern")


def test_the_form_and_a_missing_page_speak_german(page: Page, address: str) -> None:
    page.goto(f"{address}contribute/")
    page.locator("pc-contribute[data-ready]").wait_for()
    page.get_by_label("Titel").fill("Lantern 3")
    page.get_by_label("Code").fill("no address")
    page.get_by_label("Code").press("Tab")
    expect(page.locator("#pc-title-problem")).to_have_text("ist schon im Katalog")
    expect(page.locator("#pc-code-problem")).to_contain_text("eine ganze Adresse schreiben")
    page.get_by_role("button", name="Im Editor von GitHub öffnen").click()
    expect(page.locator(".pc-send__problem")).to_have_text("3 Felder sind noch anzusehen.")
    expect(page.locator(".pc-known")).to_have_text(
        "Seine Seite ist schon im Katalog. Stimmt dort etwas nicht? Dort berichtigen."
    )
    page.goto(f"{address}papers/lantern/", wait_until="load")
    expect(page).to_have_title("Seite nicht gefunden - Katalog")
    expect(page.locator("[data-missing]")).to_contain_text("Nach den Wörtern dieser Adresse suchen")


def test_pages_say_the_language(page: Page, address: str) -> None:
    page.goto(f"{address}dates/2025/07/28/")
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator("meta[property='og:locale']").get_attribute("content") == "de_DE"
    sections = page.get_by_role("navigation", name="Bereiche").get_by_role("link")
    named = {"Start", "Autoren", "Artikel hinzufügen", "Daten", "Kalender", "Statistik", "Themen"}
    assert named <= {*sections.all_inner_texts()}
    expect(page.get_by_placeholder("Artikel suchen")).to_be_visible()
