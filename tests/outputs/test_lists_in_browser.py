"""Lists of papers in Chromium: densities, sort, filter, marks and keys; the reading list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from checked_site import AXE, Scheme, find_violations
from made_catalog import build_site, make_paper
from serving import served, watched_page

pytestmark = pytest.mark.browser

CONFIG = """site_name: A
site_url: https://example.org/a/
theme: {name: material, font: false}
plugins: [papercatalog]
"""
PRESS = """([key, more]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", {key, [more]: true, bubbles: true}),
)"""
LISTEN = """() => {
  const heard = [];
  addEventListener("keydown", (event) => heard.push(event.key));
  return heard;
}"""
REFUSE_STORAGE = """for (const name of ["getItem", "setItem"]) {
  Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); };
}"""
DAY = "dates/2025/07/28/"
READING = "reading-list/"
TITLES = ("Alpha", "Élan of $\\ell_1$ Norms", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta")
ROW = ".pc-papers > li"
SHOWN = ".pc-papers > li:not([hidden])"
STATUS = ".pc-bar__status"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A catalog of one day, served below a path as a project's pages are."""
    folder = tmp_path_factory.mktemp("lists")
    papers = [
        make_paper(
            f"paper-{number}",
            title,
            votes=(7 * number) % 10,
            topics=("agents",) if number % 2 else ("light", "agents"),
            authors=("Zoë Łużny",) if number == 3 else ("Ada Li",),
            links={"code": f"https://example.org/{number}"} if number < 2 else {},
            abstract=f"We propose the lamp number {number}. It is **bright** in [tests](https://example.org/).",
        )
        for number, title in enumerate(TITLES)
    ]
    (folder / "a").symlink_to(build_site(folder, CONFIG, *papers))
    with served(folder) as host:
        yield f"{host}a/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, viewport={"width": 1280, "height": 700}) as opened:
        yield opened


def open_day(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}{DAY}{query}")
    expect(page.locator(STATUS)).to_contain_text("8 papers")


def titles(page: Page) -> list[str]:
    return page.locator(f"{SHOWN} h2 a").all_text_contents()


def press(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


def row(page: Page, title: str) -> str:
    return f'{ROW}:has(h2 a:text-is("{title}"))'


def saved(page: Page) -> list[str]:
    stored = page.evaluate("localStorage.getItem('papercatalog.saved:/a/')")
    found: list[str] = json.loads(stored or "[]")
    return found


def test_the_density_is_kept(page: Page, address: str) -> None:
    open_day(page, address)
    gists = page.locator(".pc-gist")
    expect(gists.first).to_be_visible()
    press(page, "Titles")
    expect(gists.first).not_to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Titles", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(gists.first).not_to_be_visible()


COUNT_REQUESTS = """
globalThis.running = 0;
globalThis.most = 0;
const ask = fetch;
globalThis.fetch = async (...given) => {
  globalThis.most = Math.max(globalThis.most, ++globalThis.running);
  await new Promise((resolve) => setTimeout(resolve, 100));
  return ask(...given).finally(() => globalThis.running--);
};
"""


def test_abstracts_come_into_sight_few_at_once(page: Page, address: str) -> None:
    page.add_init_script(COUNT_REQUESTS)
    page.set_viewport_size({"width": 1280, "height": 1600})
    open_day(page, address)
    press(page, "Abstracts")
    first = page.locator(ROW).first
    expect(first.locator(".pc-abstract strong")).to_have_text("bright")
    expect(first.locator(".pc-gist")).not_to_be_visible()
    expect(page.locator(f"{ROW} .pc-abstract")).to_have_count(8)
    assert page.evaluate("globalThis.most") == 4
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "Gist")
    expect(first.locator(".pc-abstract")).not_to_be_visible()
    press(page, "Abstracts")
    expect(first.locator(".pc-abstract")).to_be_visible()
    assert asked == [], "abstracts are kept"


def test_a_row_unfolds_alone_and_a_failure_is_no_dead_end(page: Page, address: str) -> None:
    open_day(page, address)
    page.route("**/papers/2025/paper-2/", lambda route: route.fulfill(status=500))
    line = page.locator(row(page, "Gamma"))
    unfold = line.get_by_role("button", name="Abstract: Gamma")
    unfold.click()
    expect(unfold).to_have_attribute("aria-expanded", "true")
    expect(line.locator(".pc-unfolded")).to_contain_text(
        "The abstract could not be loaded: the server answered 500."
    )
    expect(line.get_by_role("link", name="The paper's page")).to_have_attribute(
        "href", f"{address}papers/2025/paper-2/"
    )
    page.unroute("**/papers/2025/paper-2/")
    line.get_by_role("button", name="Try again").click()
    expect(line.locator(".pc-abstract")).to_contain_text("lamp number 2")
    expect(page.locator(".pc-abstract")).to_have_count(1)
    unfold.click()
    expect(line.locator(".pc-abstract")).not_to_be_visible()


def test_sorts_and_filters_stand_in_the_address(page: Page, address: str) -> None:
    open_day(page, address)
    page.get_by_label("Sort").select_option("title")
    assert [title[0] for title in titles(page)] == ["A", "D", "É", "E", "E", "G", "T", "Z"]
    page.get_by_label("Sort").select_option("votes")
    votes = [
        int(one)
        for one in page.locator(SHOWN).evaluate_all("rows => rows.map(row => row.dataset.votes)")
    ]
    assert votes == sorted(votes, reverse=True)
    page.get_by_label("Topic").select_option(label="Light (4)")
    expect(page.locator(STATUS)).to_have_text("4 of 8 papers")
    press(page, "Filter")
    page.get_by_label("with code").check()
    expect(page.locator(STATUS)).to_have_text("1 of 8 papers")
    expect(page).to_have_url(re.compile(r"\?sort=votes&topic=light&code=1$"))
    page.locator(f"{SHOWN} h2 a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alpha")
    page.go_back()
    expect(page.locator(STATUS)).to_have_text("1 of 8 papers")
    page.reload()
    expect(page.locator(STATUS)).to_have_text("1 of 8 papers")
    press(page, "Show all")
    expect(page.locator(STATUS)).to_have_text("8 papers")
    expect(page).to_have_url(re.compile(r"\?sort=votes$"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("LUZNY zoe", 1),
        ("elan", 1),
        ("l1 NORMS", 1),
        ("lamp number 4", 1),
        ("ada", 7),
        ("nothing", 0),
    ],
)
def test_words_match_whatever_their_case_and_accents(
    page: Page, address: str, typed: str, found: int
) -> None:
    open_day(page, address)
    press(page, "Filter")
    page.get_by_role("searchbox", name="Words").fill(typed)
    expect(page.locator(STATUS)).to_have_text(f"{found} of 8 papers")
    expect(page.locator(SHOWN)).to_have_count(found)
    expect(page).to_have_url(re.compile("words="))


def test_a_shared_address_with_nonsense_shows_the_list(page: Page, address: str) -> None:
    open_day(page, address, "?sort=__proto__&topic=%3Cb%3E&show=x&code=2")
    expect(page.locator(STATUS)).to_have_text("8 papers")
    open_day(page, address, "?topic=no-such-topic&keep=1")
    expect(page.locator(STATUS)).to_have_text("8 papers")
    page.wait_for_timeout(500)
    assert "keep=1" in page.url


def test_the_list_of_topics_filters_in_place(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}dates/2025/07/29/")
    jump = page.locator(".pc-jump a").filter(has_text="Reasoning")
    expect(page.locator(STATUS)).to_have_text("110 papers")
    jump.click()
    expect(jump).to_have_attribute("aria-current", "true")
    count = int((jump.locator("span").text_content() or "").strip())
    expect(page.locator(STATUS)).to_have_text(f"{count} of 110 papers")
    expect(page).to_have_url(re.compile(r"\?topic=reasoning$"))
    jump.click()
    expect(page.locator(STATUS)).to_have_text("110 papers")


def test_keys_move_the_focus_and_mark(page: Page, address: str) -> None:
    open_day(page, address)
    first, second = titles(page)[:2]
    focused = page.locator("h2 a:focus")
    page.keyboard.press("j")
    expect(focused).to_have_text(first)
    page.keyboard.press("j")
    expect(focused).to_have_text(second)
    page.keyboard.press("s")
    page.keyboard.press("x")
    expect(page.locator(ROW).nth(1)).to_have_class(re.compile("pc-saved"))
    expect(page.locator(ROW).nth(1)).to_have_class(re.compile("pc-seen"))
    expect(page.locator(".pc-toast")).to_have_text("Marked as seen.")
    expect(page.get_by_role("link", name="Reading list (1)")).to_be_visible()
    page.keyboard.press("k")
    expect(focused).to_have_text(first)
    for _ in range(12):
        page.keyboard.press("j")
    last = titles(page)[-1]
    expect(focused).to_have_text(last)
    expect(focused).to_be_in_viewport()
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(last)


def test_keys_do_nothing_in_fields_and_with_modifiers(page: Page, address: str) -> None:
    open_day(page, address)
    press(page, "Filter")
    page.get_by_role("searchbox", name="Words").press_sequentially("jsx")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("jsx")
    page.get_by_role("searchbox", name="Words").fill("")
    page.locator(f"{SHOWN} h2 a").first.focus()
    for key, more in (("s", "ctrlKey"), ("x", "altKey"), ("s", "metaKey"), ("s", "isComposing")):
        page.evaluate(PRESS, [key, more])
    assert saved(page) == []
    page.keyboard.press("s")
    assert len(saved(page)) == 1


def test_one_switch_turns_all_shortcuts_off(page: Page, address: str) -> None:
    open_day(page, address)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Keyboard shortcuts").uncheck()
    expect(dialog.get_by_role("status")).to_have_text("Keyboard shortcuts are off.")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_attached()
    page.reload()
    expect(page.locator(STATUS)).to_have_text("8 papers")
    page.locator(f"{SHOWN} h2 a").first.focus()
    heard = page.evaluate_handle(LISTEN)
    for key in "jsxo/fnp?":
        page.keyboard.press(key)
    expect(page.locator(f"{SHOWN} h2 a").first).to_be_focused()
    expect(dialog).not_to_be_attached()
    assert saved(page) == []
    assert not set(heard.json_value()) & set("/fsnp"), "the theme listens on the window"
    press(page, "Keys")
    dialog.get_by_label("Keyboard shortcuts").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("[data-search-box] input")).to_be_focused()


def test_two_pages_keep_each_others_marks(page: Page, address: str) -> None:
    open_day(page, address)
    other = page.context.new_page()
    open_day(other, address)
    page.get_by_role("button", name="Save: Alpha").click()
    expect(other.get_by_role("button", name="Save: Alpha")).to_have_attribute(
        "aria-pressed", "true"
    )
    other.get_by_role("button", name="Save: Gamma").click()
    page.get_by_role("button", name="Save: Delta").click()
    assert saved(page) == ["2025/paper-0", "2025/paper-2", "2025/paper-3"]


def test_a_visit_marks_a_paper_as_seen_and_offers_to_save_it(page: Page, address: str) -> None:
    page.goto(f"{address}papers/2025/paper-2/")
    save = page.get_by_role("button", name="Save", exact=True)
    expect(page.get_by_role("button", name="Seen", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("s")
    expect(save).to_have_attribute("aria-pressed", "true")
    open_day(page, address, "?show=unseen")
    expect(page.locator(STATUS)).to_have_text("7 of 8 papers")
    expect(page.locator(SHOWN)).to_have_count(7)
    page.get_by_label("Show").select_option("saved")
    assert titles(page) == ["Gamma"]


def test_marks_outlast_nothing_where_storage_is_refused(page: Page, address: str) -> None:
    page.add_init_script(REFUSE_STORAGE)
    open_day(page, address)
    press(page, "Titles")
    page.get_by_role("button", name="Save: Alpha").click()
    expect(page.locator(".pc-toast")).to_contain_text("until you leave this page")
    expect(page.get_by_role("button", name="Save: Alpha")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("stored", ["{", "7", '["<b>", "2025/../x", 3, null, "2025/paper-1"]'])
def test_damaged_marks_do_no_harm(page: Page, address: str, stored: str) -> None:
    page.goto(f"{address}404.html")
    page.evaluate("text => localStorage.setItem('papercatalog.saved:/a/', text)", stored)
    open_day(page, address)
    page.get_by_role("button", name="Save: Alpha").click()
    assert [one for one in saved(page) if one != "2025/paper-1"] == ["2025/paper-0"]


def test_lists_stand_without_scripts(browser: Browser, address: str) -> None:
    with watched_page(browser, java_script_enabled=False) as page:
        page.goto(f"{address}{DAY}")
        expect(page.locator(ROW)).to_have_count(8)
        expect(page.locator(".pc-bar button")).to_have_count(0)
        page.goto(address + READING)
        expect(page.locator("article")).to_contain_text("JavaScript shows them here")


def save_two(page: Page, address: str) -> None:
    open_day(page, address)
    page.get_by_role("button", name="Save: Alpha").click()
    page.get_by_role("button", name="Save: Gamma").click()
    page.goto(address + READING)
    expect(page.locator(ROW)).to_have_count(2)


def test_the_reading_list_shows_what_is_saved_newest_first(page: Page, address: str) -> None:
    page.goto(address + READING)
    expect(page.locator("article")).to_contain_text("Nothing is saved yet.")
    save_two(page, address)
    assert titles(page) == ["Gamma", "Alpha"]
    expect(page.locator(".pc-authors").first).to_have_text("Ada Li")
    page.get_by_role("button", name="Abstract: Gamma").click()
    expect(page.locator(".pc-abstract")).to_contain_text("lamp number 2")


@pytest.mark.parametrize(
    ("label", "name", "said"),
    [
        ("BibTeX", "reading-list.bib", "@misc{paper-2,"),
        ("RIS", "reading-list.ris", "ID  - paper-2"),
        ("CSL-JSON", "reading-list.csl.json", '"id":"paper-2"'),
        ("Reading list", "reading-list.json", '"2025/paper-2"'),
    ],
)
def test_what_is_saved_as_a_file_comes_back(
    browser: Browser, page: Page, address: str, tmp_path: Path, label: str, name: str, said: str
) -> None:
    save_two(page, address)
    with page.expect_download() as download:
        press(page, label)
    assert download.value.suggested_filename == name
    file = tmp_path / name
    download.value.save_as(file)
    assert said in file.read_text("utf-8")
    with watched_page(browser) as other:
        other.goto(address + READING)
        other.locator("input[type=file]").set_input_files(file)
        press(other, "Add 2 to my reading list")
        expect(other.locator(ROW)).to_have_count(2)
        assert titles(other) == ["Gamma", "Alpha"]


def test_a_file_of_strangers_is_read_with_care(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address + READING)
    file = tmp_path / "a.bib"

    def choose(text: str) -> None:
        file.write_text(text, "utf-8")
        page.locator("input[type=file]").set_input_files(file)

    choose("@misc{x, title = {<img src=x onerror=alert(1)>}}\n@article{y, title={{Gamma}}}\n")
    expect(page.locator("#offered")).to_have_text("From your file")
    expect(page.get_by_text("1 paper not in this catalog")).to_be_visible()
    page.get_by_text("1 paper not in this catalog").click()
    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    press(page, "Leave my list as it is")
    assert saved(page) == []
    choose("just text")
    expect(page.get_by_role("status").filter(has_text="could not be read")).to_contain_text(
        "it names no papers"
    )
    choose('{"format": "papercatalog-reading-list", "papers": ["../x", 3, "2025/no-such-paper"]}')
    expect(page.get_by_text("papers not in this catalog")).to_be_visible()
    choose("[" * 100_000)
    expect(page.get_by_role("status").filter(has_text="could not be read")).to_contain_text(
        "its JSON is damaged"
    )


def test_a_link_shows_a_list_and_asks_first(browser: Browser, page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    save_two(page, address)
    press(page, "Copy link")
    expect(page.get_by_text("The link is copied.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{address}{READING}#2025:paper-2,paper-0"
    with watched_page(browser) as other:
        open_day(other, address)
        other.get_by_role("button", name="Save: Alpha").click()
        other.goto(link.replace("paper-0", "paper-0,no-such-paper"))
        expect(other.get_by_text("2 papers, in your list already: 1.")).to_be_visible()
        expect(other.get_by_text("1 paper not in this catalog")).to_be_visible()
        assert saved(other) == ["2025/paper-0"]
        press(other, "Add it to my reading list")
        expect(other.locator(ROW)).to_have_count(2)
        expect(other).to_have_url(address + READING)


def test_removing_and_clearing_can_be_undone(page: Page, address: str) -> None:
    save_two(page, address)
    page.locator("h2 a").first.focus()
    page.keyboard.press("s")
    expect(page.get_by_text("“Gamma” removed.")).to_be_visible()
    expect(page.locator(ROW)).to_have_count(1)
    expect(page.locator(f"{ROW} h2 a")).to_be_focused()
    press(page, "Undo")
    expect(page.locator(ROW)).to_have_count(2)
    press(page, "Clear")
    expect(page.locator("article")).to_contain_text("Nothing is saved yet.")
    assert saved(page) == []
    press(page, "Undo")
    expect(page.locator(ROW)).to_have_count(2)
    assert saved(page) == ["2025/paper-0", "2025/paper-2"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_any_state(
    browser: Browser, address: str, scheme: Scheme, width: int
) -> None:
    said: list[str] = []

    def check(page: Page, state: str) -> None:
        if not page.evaluate("() => 'axe' in globalThis"):
            page.add_script_tag(path=AXE)
        page.evaluate("scrollTo(0, 0)")  # a row below the header that stays would count as small
        said.extend(f"{state} {rule}: {text}" for rule, text in find_violations(page, scheme))

    with watched_page(
        browser,
        bypass_csp=True,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    ) as page:
        open_day(page, address)
        press(page, "Filter")
        page.get_by_role("button", name="Save: Alpha").click()
        page.get_by_role("button", name="Seen: Gamma").click()
        check(page, "marks")
        press(page, "Titles")
        check(page, "titles")
        press(page, "Abstracts")
        expect(page.locator(".pc-abstract").first).to_be_visible()
        check(page, "abstracts")
        press(page, "Keys")
        check(page, "help")
        page.goto(f"{address}papers/2025/paper-2/")
        expect(page.get_by_role("button", name="Seen", exact=True)).to_be_visible()
        check(page, "paper")
        page.goto(f"{address}{READING}#2025:paper-2,paper-9")
        expect(page.locator(ROW)).to_have_count(1)
        expect(page.locator("#offered")).to_be_visible()
        check(page, "reading list")
    assert not said, "\n".join(said)


@pytest.mark.parametrize("kind", ["authors/ada-li/", "dates/2025/07/"])
def test_lines_take_gists_from_papers_pages_when_a_reader_wants_them(
    page: Page, address: str, kind: str
) -> None:
    """A list with a line a paper costs the site little; gists come by the density."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{kind}")
    titles = page.get_by_role("button", name="Titles")
    expect(titles).to_have_attribute("aria-pressed", "true")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/papers/" in url]
    page.get_by_role("button", name="Gist").click()
    row = page.locator(ROW, has_text="Alpha")
    expect(row.locator(".pc-gist")).to_have_text(
        "We propose the lamp number 0. It is bright in tests."
    )
    expect(row.locator(".pc-authors")).to_have_text("Ada Li")
    titles.click()
    expect(row.locator(".pc-gist")).to_be_hidden()
    page.get_by_role("button", name="Gist").click()
    expect(row.locator(".pc-gist")).to_be_visible()
    expect(page.locator(".pc-gist")).to_have_count(page.locator(ROW).count())
