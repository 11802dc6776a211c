from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from made_index import TOPICS
from papercatalog.search.index import encoding
from papercatalog.search.index.document import Document, SearchTopic
from search_site import write_site
from serving import served, watched_page

pytest_plugins = ["search_fixtures"]
pytestmark = pytest.mark.browser

BOX = "[data-search-box] input"
OPTION = '[data-search-list] [role="option"]'
STATUS = "[data-search-page] [data-search-status]"
FILLER = "Nothing is said here that anybody asks for. " * 12
HOSTILE = "<img src=x onerror=window.hacked=1> & </script>"


@pytest.fixture(scope="module")
def address(papers: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    last = papers[-1]
    title = f"Zygomorphic {HOSTILE}"
    hostile = Document(
        "h", "papers/2024/h/", title, (HOSTILE,), (), f"{FILLER} quokka {HOSTILE}", last.date
    )
    write_site(folder, [*papers, hostile], TOPICS)
    with served(folder) as site:
        yield site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose script errors fail the test."""
    with watched_page(browser, viewport={"width": 1200, "height": 800}) as opened:
        yield opened


def test_nothing_is_loaded_before_the_box_is_used(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address)
    page.wait_for_timeout(200)
    assert asked == ["", "assets/search/start.js"]


def test_the_box_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    box = page.locator(BOX)
    expect(box).to_be_focused()
    page.keyboard.insert_text("modle atten")  # key by key, lists of less would come in between
    expect(page.locator(OPTION).last).to_contain_text("All")
    expect(box).to_have_attribute("aria-expanded", "true")
    kinds = [one.get_attribute("class") for one in page.locator(OPTION).all()]
    names = [str(kind).rpartition("--")[2] for kind in kinds]
    assert list(dict.fromkeys(names)) == ["paper", "word", "all"]
    assert names.count("paper") == 6
    expect(page.locator(".pc-search__option--word").first).to_have_text("model attention")
    page.keyboard.press("ArrowUp")
    expect(page.locator(OPTION).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == page.locator(OPTION).first.get_attribute(
        "id"
    )
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=modle+atten")
    expect(page.locator(".pc-result").first).to_be_visible()


def test_arrow_down_and_enter_open_the_best_paper(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.insert_text("attention")
    first = page.locator(OPTION).first
    expect(first).to_have_class("pc-search__option pc-search__option--paper")
    paper = first.get_attribute("href")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(str(paper))


def test_a_field_stays_before_a_completion(page: Page, address: str) -> None:
    page.goto(address)
    page.click(BOX)
    page.keyboard.insert_text("title:atten")
    expect(page.locator(".pc-search__option--word").first).to_have_text("title:attention")


def test_a_misspelt_query_is_offered_as_corrected(page: Page, address: str) -> None:
    page.goto(address)
    page.click(BOX)
    page.keyboard.insert_text("Atention ")
    expect(page.locator(".pc-search__option--word")).to_have_text("attention ")


def test_a_paper_of_the_box_by_mouse(page: Page, address: str) -> None:
    page.goto(address)
    page.click(BOX)
    page.keyboard.type("attention")
    page.locator(".pc-search__option--paper").first.click()
    page.wait_for_url("**/papers/**")


def test_the_box_shows_the_best_papers_without_loading_tails(
    page: Page, papers: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "TAIL_FILE_POSTINGS", 1)
    write_site(tmp_path, papers, TOPICS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with served(tmp_path) as address:
        page.goto(address)
        page.click(BOX)
        page.fill(BOX, "language models")  # at once: what is typed on the way may load whole lists
        expect(page.locator(".pc-search [role=status]")).to_have_text("The 6 best papers.")
        expect(page.locator(".pc-search__option--paper")).to_have_count(6)
        expect(page.locator(OPTION).last).to_have_text("All papers")
        assert not any("/search/rest/" in address for address in asked)
        page.locator(OPTION).last.click()
        expect(page.locator(STATUS)).to_contain_text("papers found")
        assert any("/search/rest/" in address for address in asked)


@pytest.mark.parametrize("key", ["/", "f"])
def test_other_keys_open_the_box_but_not_while_typing(page: Page, address: str, key: str) -> None:
    page.goto(f"{address}search/")
    page.keyboard.press(key)
    expect(page.locator(BOX)).to_be_focused()
    page.locator("[data-search-form] input").focus()
    page.keyboard.press(key)
    expect(page.locator("[data-search-form] input")).to_have_value(key)


CROWD = (
    "Ann A",
    "Ben B",
    *(f"G{number} C{number}" for number in range(700)),
    "Łukasz J.-P. Großé",
    "Zoe Z",
)


@pytest.mark.parametrize(
    ("query", "facts"),
    [
        ("?author=Lukasz+J+P.+GROSSE", "Ann A, Ben B, Łukasz J.-P. Großé and 701 others"),
        ("?q=author:grosse", "Ann A, Ben B, Łukasz J.-P. Großé and 701 others"),
        ("?author=Ben+B", "Ann A, Ben B and 702 others"),
        ("?q=crowded", "Ann A, Ben B and 702 others"),
        ("?q=crowded+-author:nobody", "Ann A, Ben B and 702 others"),
        ("?author=G699+C699", "Ann A, Ben B, G699 C699 and 701 others"),
    ],
)
def test_an_author_who_is_searched_is_among_those_shown(
    page: Page, papers: list[Document], tmp_path: Path, query: str, facts: str
) -> None:
    date = papers[0].date
    crowded = Document("w", "papers/2024/w/", "Crowded", CROWD, (), "Many wrote this.", date)
    other = Document("o", "papers/2024/o/", "Other", ("Lukas Grosses",), (), "One wrote it.", date)
    write_site(tmp_path, [crowded, other], TOPICS)
    with served(tmp_path) as address:
        page.goto(f"{address}search/{query}")
        expect(page.locator(".pc-result")).to_have_count(1)
        expect(page.locator(".pc-result__facts")).to_have_text(f"{date} · {facts}")
        marks = page.locator(".pc-result__facts mark")
        if "author" in query and "-author" not in query:
            expect(marks.first).to_be_visible()
        else:
            expect(marks).to_have_count(0)


def test_names_of_a_card_stand_where_the_page_cannot_be_loaded(
    page: Page, papers: list[Document], tmp_path: Path
) -> None:
    date = papers[0].date
    paper = Document("w", "papers/2024/w/", "Crowded", CROWD, (), "Many wrote this.", date)
    write_site(tmp_path, [paper], TOPICS)
    (tmp_path / paper.url / "index.html").unlink()
    with served(tmp_path) as address:
        page.goto(f"{address}search/?author=Zoe+Z")
        expect(page.locator(STATUS)).to_have_text("1 paper by Zoe Z found.")
        expect(page.locator(".pc-result__facts")).to_contain_text("Ann A, Ben B and 702 others")


def test_results_facets_and_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=model")
    expect(page.locator(".pc-result")).to_have_count(10)
    before = page.locator(STATUS).inner_text()
    topic = page.locator('[data-facet="Topic"] button').first
    count = topic.locator(".pc-facet__count").inner_text()
    topic.click()
    expect(page.locator(STATUS)).to_have_text(f"{count} papers found.")
    assert "topic=topic-" in page.url
    expect(page.get_by_text("New papers as they come")).to_be_visible()
    expect(page.locator('[data-facet="Topic"] button[aria-pressed=true]')).to_be_focused()
    page.locator('[data-facet="Code"] button').click()
    page.wait_for_url("**code=1*")
    expect(page.locator('[data-facet="Code"] button[aria-pressed=true]')).to_be_focused()
    page.go_back()
    page.go_back()
    expect(page.locator(STATUS)).to_have_text(before)
    page.locator('[data-facet="Date"] summary').click()
    page.locator('[data-facet="Date"] button').first.click()
    page.wait_for_url("**year=2024*")
    page.locator('[data-facet="Author"] summary').click()
    expect(page.locator('[data-facet="Author"] button').first).to_be_visible()
    page.select_option("select[name=sort]", "votes")
    page.wait_for_url("**sort=votes*")


def test_a_site_without_feeds_offers_none(page: Page, address: str) -> None:
    page.route(
        "**/search/?topic=*",
        lambda route: route.fulfill(
            body=route.fetch().text().replace(" data-search-feeds", ""), content_type="text/html"
        ),
    )
    page.goto(f"{address}search/?topic={TOPICS[0].slug}")
    expect(page.locator(STATUS)).to_contain_text("found")
    expect(page.get_by_text("New papers as they come")).to_have_count(0)


def test_more_results_come_by_scrolling(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=model")
    expect(page.locator(".pc-result")).to_have_count(10)
    page.mouse.wheel(0, 20_000)
    expect(page.locator(".pc-result")).to_have_count(20)


def test_the_passage_that_matches_is_shown(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=quokkas")
    passage = page.locator(".pc-result__text")
    expect(passage).to_contain_text(f"quokka {HOSTILE}")
    expect(passage.locator("mark")).to_have_text("quokka")


def test_did_you_mean(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=atention")
    page.get_by_role("link", name="attention", exact=True).click()
    expect(page.locator(STATUS)).to_contain_text("found")
    assert "q=attention" in page.url


def test_an_empty_result_helps(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=qqqqqqqq")
    expect(page.locator(STATUS)).to_have_text("No paper found.")
    expect(page.get_by_text("Fewer or other words")).to_be_visible()


def test_hostile_papers_and_queries_are_text(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=zygomorphic+%3Cimg+src%3Dx+onerror%3Dwindow.hacked%3D2%3E")
    expect(page.locator(".pc-result h2").first).to_contain_text(HOSTILE)
    page.keyboard.press("/")
    page.keyboard.type("zygomorphic <script>")
    expect(page.locator(".pc-search__option--paper").first).to_contain_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, .pc-search img").count() == 0


def test_a_file_that_fails_is_loaded_again(page: Page, address: str) -> None:
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if route.request.url in failed:
            route.continue_()
        else:
            failed.append(route.request.url)
            route.abort()

    page.route("**/search/terms/*", fail_once)
    page.goto(f"{address}search/?q=attention")
    expect(page.locator(".pc-result").first).to_be_visible()
    assert failed


def test_a_damaged_file_is_reported(page: Page, address: str) -> None:
    page.route("**/search/cards/*", lambda route: route.fulfill(body=b"<!doctype html>"))
    page.goto(f"{address}search/?q=attention")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.locator(STATUS)).to_contain_text("papers found")


def break_first_terms(page: Page) -> list[str]:
    """Fail the first shard of terms that is requested, always; return the list of all requests."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url == asked[0]:
            route.abort()
        else:
            route.continue_()

    page.route("**/search/terms/*", answer)
    return asked


def test_a_word_that_cannot_be_loaded_is_reported_with_the_results_of_the_others(
    page: Page, address: str
) -> None:
    asked = break_first_terms(page)
    page.goto(f"{address}search/?q=attention+video")
    expect(page.locator(".pc-result").first).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    assert asked.count(asked[0]) > 1
    assert len(set(asked)) > 1


def test_the_box_reports_a_word_that_cannot_be_loaded_and_goes_on(page: Page, address: str) -> None:
    asked = break_first_terms(page)
    page.goto(address)
    page.click(BOX)
    page.keyboard.type("attention video")
    expect(page.locator(".pc-search__option--paper").first).to_be_visible()
    expect(page.locator(".pc-search [role=status]")).to_contain_text("could not be loaded")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{OPTION}[aria-selected=true]")).to_have_count(1)
    assert asked.count(asked[0]) > 1


def test_an_index_of_another_version_is_refused(page: Page, address: str) -> None:
    page.route("**/search/manifest.bin", lambda route: route.fulfill(body=b"PCS\x63rest"))
    page.goto(f"{address}search/?q=attention")
    expect(page.locator(STATUS)).to_contain_text("another version")


def test_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}search/?q=attention")
    expect(page.locator(".pc-result").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click(BOX)
    page.keyboard.type("attention")
    expect(page.locator(OPTION).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


MORE = "[data-search-more]"
START = "[data-search-start]"


@pytest.mark.parametrize("query", ["?q=qqqqqqqq", "?q=quokka", "", "?sort=date"])
def test_more_is_offered_only_where_there_is_more(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}search/{query}")
    expect(page.locator(STATUS)).not_to_contain_text("Loading")
    expect(page.locator(MORE)).to_be_hidden()


def test_without_a_query_topics_are_offered_and_nothing_is_counted(
    page: Page, address: str
) -> None:
    page.goto(f"{address}search/")
    expect(page.locator(STATUS)).to_have_text("Type what you look for, or choose a topic.")
    expect(page.locator(f"{START} li a")).to_have_count(len(TOPICS))
    expect(page.get_by_text("has code")).to_have_count(0)
    page.fill("[data-search-form] input", "model")
    page.keyboard.press("Enter")
    expect(page.locator(START)).to_be_hidden()
    expect(page).to_have_title("model - Papers")
    page.go_back()
    expect(page.locator(START)).to_be_visible()
    expect(page.locator(".pc-result")).to_have_count(0)


def test_without_scripts_one_message_and_the_topics(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}search/?q=model")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator(START)).to_be_visible()
    for hidden in (STATUS, MORE, "[data-search-form]"):
        expect(page.locator(hidden)).to_be_hidden()
    page.close()


def test_back_restores_the_results_and_the_place(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=model")
    for count in (10, 20, 30):
        expect(page.locator(".pc-result")).to_have_count(count)
        page.mouse.wheel(0, 20_000)
    link = page.locator(".pc-result h2 a").nth(25)
    link.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 1000
    shown = page.locator(".pc-result").count()
    link.click()
    page.wait_for_url("**/papers/**")
    page.go_back()
    expect(page.locator(".pc-result")).to_have_count(shown)
    page.wait_for_function("place => scrollY === place", arg=place)


def test_many_topics_are_folded(page: Page, papers: list[Document], tmp_path: Path) -> None:
    topics = [SearchTopic(f"t{number:02}", f"Topic {number}") for number in range(20)]
    below = SearchTopic("below", "Below", "t00")
    shelf = [
        dataclasses.replace(paper, topics=(f"t{at % 20:02}", "below")[: 1 + (at % 20 == 0)])
        for at, paper in enumerate(papers)
    ]
    write_site(tmp_path, shelf, [*topics, below])
    choices = page.locator('[data-facet="Topic"] [aria-pressed]')
    with served(tmp_path) as address:
        page.goto(f"{address}search/?q=model+-topic:t07")
        expect(choices).to_have_count(8)
        page.get_by_role("button", name="Show all (20)").click()
        expect(choices).to_have_count(20)
        expect(choices.first).to_be_focused()
        choices.nth(15).click()
        expect(page.locator("[aria-pressed=true]")).to_be_focused()
        page.goto(f"{address}search/?q=model&topic=below")
        expect(page.locator("[aria-pressed=true]")).to_have_text(re.compile("Below"))


def test_a_day_narrows_a_search_and_can_be_left(
    page: Page, papers: list[Document], address: str
) -> None:
    day = str(papers[0].date)
    same = sum(str(paper.date) == day for paper in papers)
    page.goto(f"{address}search/?year={day}")
    expect(page.locator(STATUS)).to_contain_text(f"{same} paper")
    page.goto(f"{address}search/?q=year:{day}")
    expect(page.locator(STATUS)).to_contain_text(f"{same} paper")
    page.goto(f"{address}search/?year={day}")
    page.locator('[data-facet="Date"] summary').click()
    page.locator('[data-facet="Date"] button[aria-pressed=true]').click()
    page.wait_for_url("**/search/")


def test_on_a_phone_filters_fold_and_the_first_result_is_in_sight(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}search/?q=attention+model")
    first = page.locator(".pc-result").first
    expect(first).to_be_visible()
    facets = page.locator("[data-search-facets]")
    expect(facets).to_be_hidden()
    button = page.get_by_role("button", name="Filters")
    button.click()
    expect(facets).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(facets).to_be_hidden()
