"""The form, driven in Chromium: it ends at an address whose decoded content passes ``check``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from papercatalog.cli import main
from papercatalog.model.page import parse_page
from papercatalog.model.paper import Paper
from repository import ROOT

pytestmark = pytest.mark.browser

TITLE = "A Fabricated Paper on Über-Efficient λ-Attention: 深度 Models"
EDITOR = "https://github.com/papercatalog/papercatalog/new/main/docs/papers/2025"
BUTTON = "Open it in GitHub's editor"
HOSTILE = "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>{{ 7*7 }} --- ${x}"
OpenForm = Callable[..., Page]


@pytest.fixture
def open_form(browser: Browser, site_address: str) -> Iterator[OpenForm]:
    """Opens the form in a window of its own; whatever the page complains of fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def note(dialog: Dialog) -> None:
        complaints.append(dialog.message)
        dialog.dismiss()

    def open_it(
        width: int = 1200, scheme: Literal["light", "dark"] = "light", abort: str = ""
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        context.route("https://**", lambda route: route.fulfill(body="<title>Editor</title>"))
        if abort:
            context.route(abort, lambda route: route.abort())
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", note)
        page.goto(f"{site_address}contribute/")
        page.wait_for_selector("pc-contribute[data-ready]")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert not complaints


def fill(page: Page, **fields: str) -> None:
    """Fill the fields of a paper that was made up, the given ones otherwise."""
    whole = {"title": TITLE, "abstract": "It was made up.", "date": "2025-07-30"}
    for name, text in {**whole, **fields}.items():
        page.locator(f"#pc-{name}").fill(text)


def send(page: Page) -> str:
    """Press the button and give the address that the new window asks for."""
    start = EDITOR.removesuffix("2025")
    with page.context.expect_event("request", lambda sent: sent.url.startswith(start)) as asked:
        page.get_by_role("button", name=BUTTON).press("Enter")
    address: str = asked.value.url
    return address


def take_in(address: str, root: Path) -> Paper:
    """Put the file that an address holds where it says, and check the catalog with it."""
    parts = urlsplit(address)
    query = parse_qs(parts.query, strict_parsing=True)
    assert set(query) == {"filename", "value"}
    folder = parts.path.partition("/new/main/")[2]
    assert re.fullmatch(r"docs/papers/\d{4}", folder)
    (name,), (text,) = query["filename"], query["value"]
    assert "/" not in name
    place = root / folder / name
    assert not place.exists()
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["-C", str(root), "check"])
    assert done.exit_code == 0, done.output
    return parse_page(text, f"{folder}/{name}")


def test_what_is_filled_in_arrives_and_passes_check(
    open_form: OpenForm, catalog_root: Path
) -> None:
    page = open_form()
    fill(
        page,
        identifier="https://arxiv.org/abs/2507.99999v2",
        abstract="First, a $`\\lambda`$.\n\nSecond: `code` & <tags>.",
        authors="Wei Li\n  Ben  Example \nWei Li",
        keywords="agents, language  models;\n<b>&robots</b>",
        venue="Findings of Nothing & <i>Co</i>",
        paper="https://example.org/paper?a=1&b=2",
        pdf="https://example.org/paper.pdf",
        code="https://example.org/code?a=1&b=2#c",
        project="http://example.org/",
        published="2025-07-28",
    )
    page.get_by_label("Quantization").check()
    page.get_by_label("Agents").check()
    address = send(page)
    assert address.startswith(f"{EDITOR}?filename=2507.99999.md&value=")
    paper = take_in(address, catalog_root)
    assert paper.title == TITLE
    assert paper.authors == ("Wei Li", "Ben Example", "Wei Li")
    assert paper.keywords == ("agents", "language models", "<b>&robots</b>")
    assert paper.venue == "Findings of Nothing & <i>Co</i>"
    assert paper.topics == ("quantization", "agents")
    assert (paper.arxiv, str(paper.date), str(paper.published)) == (
        "2507.99999",
        "2025-07-30",
        "2025-07-28",
    )
    assert paper.links.model_dump() == {
        "paper": "https://example.org/paper?a=1&b=2",
        "pdf": "https://example.org/paper.pdf",
        "code": "https://example.org/code?a=1&b=2#c",
        "project": "http://example.org/",
    }
    assert paper.abstract == "First, a $`\\lambda`$.\n\nSecond: `code` & <tags>."


def test_by_keyboard_alone(open_form: OpenForm, catalog_root: Path) -> None:
    page = open_form()
    page.locator("#pc-title").focus()
    page.keyboard.type("A fabricated paper, typed")
    while page.evaluate("document.activeElement.name") != "abstract":
        page.keyboard.press("Tab")
    page.keyboard.type("It was made up.")
    while page.evaluate("document.activeElement.name") != "topics":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    paper = take_in(send(page), catalog_root)
    assert (paper.id, paper.topics) == ("a-fabricated-paper-typed", ("audio",))


def test_hostile_input_stays_text(open_form: OpenForm, catalog_root: Path) -> None:
    page = open_form()
    fill(
        page,
        title=HOSTILE,
        abstract=f"{HOSTILE}\n\n---\n{HOSTILE}",
        authors=HOSTILE,
        venue=HOSTILE,
        keywords=HOSTILE,
    )
    paper = take_in(send(page), catalog_root)
    assert (paper.title, paper.authors, paper.venue) == (HOSTILE, (HOSTILE,), HOSTILE)
    assert paper.keywords == (HOSTILE,)
    assert paper.abstract == f"{HOSTILE}\n\n---\n{HOSTILE}"
    assert page.locator(".pc-preview__title").text_content() == HOSTILE
    assert page.locator("pc-contribute :is(img, script)").count() == 0
    for name in ("identifier", "paper", "pdf", "code", "project"):
        page.locator(f"#pc-{name}").fill(HOSTILE)
        page.get_by_role("button", name=BUTTON).click()
        page.wait_for_selector(f"#pc-{name}[aria-invalid=true]")
        page.locator(f"#pc-{name}").fill("")
    assert len(page.context.pages) == 2
    assert page.locator("pc-contribute :is(img, script)").count() == 0


def test_what_is_wrong_is_said_beside_its_field(open_form: OpenForm) -> None:
    page = open_form()
    assert page.locator("[aria-invalid=true]").count() == 0
    page.locator("#pc-date").fill("")
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_selector("#pc-title[aria-invalid=true]")
    assert page.evaluate("document.activeElement.id") == "pc-title"
    assert page.get_by_role("alert").filter(has_text="3 fields").count() == 1
    page.locator("#pc-code").fill("example.org")
    page.locator("#pc-code").blur()
    problem = page.locator("#pc-code-problem")
    problem.filter(has_text="https://").wait_for()
    page.locator("#pc-code").fill("https://example.org/")
    problem.filter(has_text=re.compile("^$")).wait_for(state="attached")
    assert page.locator("#pc-code").get_attribute("aria-invalid") == "false"
    assert len(page.context.pages) == 1


def test_a_paper_that_is_there_is_named(open_form: OpenForm) -> None:
    page = open_form()
    there = parse_page(
        (file := min((ROOT / "docs/papers/2025").glob("*.md"))).read_text("utf-8"), file.name
    )
    fill(page, title=f"  {there.title.upper()}!")
    link = page.locator(".pc-known a")
    link.wait_for()
    assert (link.get_attribute("href") or "").endswith(there.url)
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_selector("#pc-title[aria-invalid=true]")
    assert len(page.context.pages) == 1


def test_a_paper_with_a_like_title_is_shown_and_may_be_another(
    open_form: OpenForm, catalog_root: Path
) -> None:
    page = open_form()
    file = ROOT / "docs/papers/2025/actor-critics-can-achieve-optimal-sample-efficiency.md"
    there = parse_page(file.read_text("utf-8"), file.name)
    fill(page, title=f"{there.title}, Revisited")
    link = page.locator(".pc-known a")
    link.filter(has_text=there.title).wait_for()
    assert (link.get_attribute("href") or "").endswith(there.url)
    assert take_in(send(page), catalog_root).title == f"{there.title}, Revisited"


def test_without_the_search_index_the_form_goes_on(open_form: OpenForm, catalog_root: Path) -> None:
    page = open_form(abort="**/assets/search/box.js")
    fill(page)
    assert take_in(send(page), catalog_root).title == TITLE


def test_without_the_lookup_the_form_says_so_and_goes_on(
    open_form: OpenForm, catalog_root: Path
) -> None:
    page = open_form(abort="**/contribute/known/*")
    fill(page)
    page.locator(".pc-known").filter(has_text="could not be looked up").wait_for()
    assert take_in(send(page), catalog_root).title == TITLE


def test_a_page_too_long_for_an_address_is_copied(open_form: OpenForm, catalog_root: Path) -> None:
    page = open_form()
    abstract = "A long abstract. " * 500
    fill(page, abstract=abstract)
    page.locator(".pc-send__long").wait_for()
    page.get_by_role("button", name="Copy").click()
    page.locator(".pc-send__said").filter(has_text="Copied").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    address = send(page)
    assert len(address) < 6000
    assert set(parse_qs(urlsplit(address).query)) == {"filename"}
    assert parse_page(text, "x.md").abstract == abstract.strip()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1200, "dark")])
def test_it_fits_and_can_be_read(
    open_form: OpenForm, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = open_form(width=width, scheme=scheme)
    fill(page, title="A" * 200, abstract="B" * 2000)
    page.locator(".pc-contribute summary").click()
    page.locator(".pc-preview__title").filter(has_text="A" * 200).wait_for()
    assert page.locator(".pc-page").evaluate(RIGHTMOST) <= width
    for button in page.locator(".pc-send__buttons button").all():
        assert button.evaluate(CONTRAST) >= 4.5
    for choice in page.locator(".pc-choice").all()[:3]:
        box = choice.bounding_box()
        assert box and box["height"] >= 24


def test_paper_pages_end_in_a_correction(open_form: OpenForm, site_address: str) -> None:
    page = open_form()
    file = min((ROOT / "docs/papers/2025").glob("*.md"))
    page.goto(f"{site_address}papers/2025/{file.stem}/")
    link = page.get_by_role("link", name="Suggest a correction")
    assert link.get_attribute("href") == f"{EDITOR.replace('/new/', '/edit/')}/{file.name}"


RIGHTMOST = """page => Math.max(
  ...[...page.querySelectorAll("*")].map((element) => element.getBoundingClientRect().right),
)"""
"""How far to the right anything on the page reaches, in pixels."""
CONTRAST = """element => {
  const read = (color) => color.match(/[\\d.]+/g).map(Number);
  const style = getComputedStyle(element);
  let behind = element;
  while (read(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const light = (color) => {
    const [r, g, b] = read(color).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pair = [light(style.color), light(getComputedStyle(behind).backgroundColor)];
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}"""
"""The contrast of an element's text, as WCAG 2.2 defines it."""
