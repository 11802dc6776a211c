"""What the form offers beside its fields: a draft, formulas, and the issue form."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from papercatalog.text.tex.symbols import FUNCTIONS, SYMBOLS
from script_modules import script_modules

pytestmark = pytest.mark.browser

IN_NODE = """
const { readFormula } = await import(process.argv[1]);
const [commands, formulas] = JSON.parse(process.argv[2]);
const render = ([name, content]) =>
  `<${name}>${typeof content === "string" ? content : content.map(render).join("")}</${name}>`;
const found = formulas.map((tex) => readFormula(tex, commands));
console.log(JSON.stringify(found.map((one) => one && render(one[1][0]))));
"""
FORMULAS = {
    "x_i^2": "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>",
    r"\frac{1}{n}": "<mfrac><mn>1</mn><mi>n</mi></mfrac>",
    r"\alpha \le 1.5": "<mrow><mi>α</mi><mo>≤</mo><mn>1.5</mn></mrow>",
    r"\sum_{i}^n": "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>",
    r"\sqrt x'": "<msup><msqrt><mi>x</mi></msqrt><mo>′</mo></msup>",
    r"\mathbb{R}^d": "<msup><mi>ℝ</mi><mi>d</mi></msup>",
    r"\mathcal{N}": "<mi>𝒩</mi>",
    r"\text{if so}": "<mtext>if so</mtext>",
    r"\log n": "<mrow><mi>log</mi><mi>n</mi></mrow>",
    r"\{a\}": "<mrow><mo>{</mo><mi>a</mi><mo>}</mo></mrow>",
    **dict.fromkeys(["", "{", "}", "a}", "x^2^3", "a%b", r"\unknown", "\\", r"\frac1", "{" * 1900]),
    **dict.fromkeys([r"\begin{matrix}a\end{matrix}", r"\sqrt[3]{x}", "x" * 2001, r"\constructor"]),
}


def test_formulas_are_read_as_far_as_they_are_known() -> None:
    module = script_modules().parent / "contribute" / "formula.js"
    commands = {"symbols": SYMBOLS, "functions": sorted(FUNCTIONS)}
    given = json.dumps([commands, list(FORMULAS)])
    command = ["node", "--input-type=module", "-e", IN_NODE, module.as_uri(), given]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert dict(zip(FORMULAS, json.loads(done.stdout), strict=True)) == FORMULAS


@pytest.fixture
def page(browser: Browser, site_address: str) -> Iterator[Page]:
    context = browser.new_context()
    context.route("https://**", lambda route: route.fulfill(body="<title>Editor</title>"))
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    open_form(opened, site_address)
    yield opened
    context.close()
    assert errors == []


def open_form(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}contribute/")
    page.wait_for_selector("pc-contribute[data-ready]")


def fill(page: Page) -> None:
    page.fill("[name=title]", "A Made-Up Paper")
    page.fill("[name=abstract]", "Costs $`O(n^2)`$, not $`\\oops{n}`$ <b>.")
    page.locator("[name=topics]").nth(1).check()


def test_a_draft_survives_a_reload_until_it_is_cleared(page: Page, site_address: str) -> None:
    fill(page)
    open_form(page, site_address)
    expect(page.locator("[name=title]")).to_have_value("A Made-Up Paper")
    expect(page.locator("[name=abstract]")).to_have_value(
        "Costs $`O(n^2)`$, not $`\\oops{n}`$ <b>."
    )
    expect(page.locator("[name=topics]:checked")).to_have_count(1)
    expect(page.locator(".pc-preview__title")).to_have_text("A Made-Up Paper")
    page.get_by_role("button", name="Clear the form").click()
    expect(page.locator("[name=title]")).to_have_value("")
    expect(page.locator("[name=title]")).to_be_focused()
    open_form(page, site_address)
    expect(page.locator("[name=title]")).to_have_value("")
    expect(page.locator("[name=topics]:checked")).to_have_count(0)


def test_a_draft_is_dropped_when_it_is_sent(page: Page, site_address: str) -> None:
    fill(page)
    with page.context.expect_page():
        page.get_by_role("button", name="Open it in GitHub's editor").click()
    open_form(page, site_address)
    expect(page.locator("[name=title]")).to_have_value("")


@pytest.mark.parametrize("kept", ["nothing", "[1]", '"x"', '{"topics": 3, "title": {}}', "{"])
def test_the_form_goes_on_where_drafts_are_refused_or_damaged(
    browser: Browser, site_address: str, kept: str
) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error.stack)))
    if kept == "nothing":
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
        )
    else:
        page.add_init_script(
            "Storage.prototype.getItem = (key) =>"
            f" key.includes('draft') ? {json.dumps(kept)} : null"
        )
    open_form(page, site_address)
    page.fill("[name=title]", "A Made-Up Paper")
    expect(page.locator(".pc-preview__title")).to_have_text("A Made-Up Paper")
    assert [error for error in errors if "/contribute/" in error] == [], "not the theme's own"
    page.close()


def test_formulas_of_the_preview_are_rendered_and_others_are_code(page: Page) -> None:
    fill(page)
    abstract = page.locator(".pc-preview__page .pc-abstract")
    expect(abstract.locator("math msup")).to_have_count(1)
    expect(abstract.locator("code")).to_have_text("\\oops{n}")
    expect(abstract).to_contain_text("<b>.")
    namespace = abstract.locator("math").evaluate("math => math.namespaceURI")
    assert namespace == "http://www.w3.org/1998/Math/MathML"


@pytest.mark.parametrize(
    ("typed", "identifier"),
    [
        ("https://arxiv.org/abs/2507.99999v2", "2507.99999"),
        ("10.1145/3292500.999", "10.1145/3292500.999"),
        ("neither", ""),
    ],
)
def test_an_identifier_is_handed_to_the_issue_form(page: Page, typed: str, identifier: str) -> None:
    link = page.get_by_role("link", name="the issue form")
    page.fill("[name=identifier]", typed)
    page.wait_for_timeout(400)
    address = urlsplit(str(link.get_attribute("href")))
    query = parse_qs(address.query)
    assert address.path.endswith("/issues/new")
    assert query["template"] == ["add-a-paper.yml"]
    assert query.get("identifier", [""]) == [identifier]
