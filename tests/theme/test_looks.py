"""What readers see and touch: print, shades, the menu, chips, formulas, lost pages."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from page_kinds import KINDS, PAPER
from papercatalog.text.html_writer import LONG_FORMULA, render_abstract
from script_modules import script_modules

DAY = "dates/2025/07/29/"
LUMINANCE = """colour => {
    const channels = colour.match(/\\d+/g).slice(0, 3).map(part => part / 255);
    const [r, g, b] = channels.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}"""


@pytest.fixture
def dark(browser: Browser, site_address: str) -> Iterator[Page]:
    page = browser.new_page(
        color_scheme="dark", reduced_motion="reduce", viewport={"width": 360, "height": 800}
    )
    page.goto(site_address)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "most"), [(DAY, 12), (PAPER, 1)])
def test_pages_print_dark_on_white_on_few_sheets(
    dark: Page, site_address: str, kind: str, most: int
) -> None:
    dark.goto(f"{site_address}{kind}", wait_until="networkidle")
    printed = dark.pdf(format="A4")
    counts = [int(count) for count in re.findall(rb"/Count (\d+)", printed)]
    assert 1 <= max(counts) <= most
    dark.emulate_media(media="print")
    styles = dark.evaluate(
        """() => [...document.querySelectorAll("body, main h1, main p, main a")]
            .map(element => getComputedStyle(element)).map(style => style.color)"""
    )
    white = dark.evaluate("getComputedStyle(document.body).backgroundColor")
    assert white == "rgb(255, 255, 255)"
    for colour in set(styles):
        assert 1.05 / (dark.evaluate(LUMINANCE, colour) + 0.05) > 4.5, colour


@pytest.mark.browser
@pytest.mark.parametrize("kind", [PAPER, "topics/", "guide/", "404.html"])
def test_one_menu_fits_on_a_phone(dark: Page, site_address: str, kind: str) -> None:
    dark.goto(f"{site_address}{kind}")
    menu = dark.get_by_role("navigation", name="Sections", exact=True).first
    names = menu.get_by_role("link").all_inner_texts()
    assert names[0] == "Home"
    assert names[-1] == "Guide"
    for link in menu.get_by_role("link").all():
        box = link.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    current = menu.locator("[aria-current=page]").all_inner_texts()
    assert current == {"topics/": ["Topics"], "guide/": ["Guide"]}.get(kind, [])


@pytest.mark.browser
def test_the_legend_has_the_shades_of_the_days(dark: Page, site_address: str) -> None:
    dark.goto(f"{site_address}dates/")
    shade = "element => getComputedStyle(element).backgroundColor"
    legend = [one.evaluate(shade) for one in dark.locator(".pc-shades span").all()]
    assert len(set(legend)) == 4
    assert dark.locator(".pc-level-4 a").first.evaluate(shade) == legend[-1]
    levels = [dark.evaluate(LUMINANCE, colour) for colour in legend]
    assert levels == sorted(levels), "a day with more papers is lighter in the dark"
    row = dark.locator(".pc-month tr", has=dark.locator("a")).last
    tops = row.locator("td").evaluate_all(
        """cells => cells.map(cell => {
            const range = document.createRange();
            range.selectNodeContents(cell.firstElementChild ?? cell);
            return range.getBoundingClientRect().top;
        })"""
    )
    texts = row.locator("td").all_inner_texts()
    tops = [top for top, text in zip(tops, texts, strict=True) if text]
    assert max(tops) - min(tops) <= 1
    dark.emulate_media(forced_colors="active")
    borders = [
        one.evaluate(
            "one => { const s = getComputedStyle(one);"
            " return s.borderTopStyle + s.borderTopWidth + s.forcedColorAdjust }"
        )
        for one in dark.locator(".pc-shades span").all()
    ]
    assert len(set(borders)) == 4


@pytest.mark.browser
def test_chips_react_on_all_of_their_area(dark: Page, site_address: str) -> None:
    dark.goto(f"{site_address}topics/")
    chip = dark.locator(".pc-periods li").first
    chip.scroll_into_view_if_needed()
    box = chip.bounding_box()
    assert box
    assert box["height"] >= 24
    for x, y in ((2, 2), (box["width"] - 2, box["height"] - 2)):
        hit = dark.evaluate(
            "([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.textContent",
            [box["x"] + x, box["y"] + y],
        )
        assert hit == chip.locator("a").inner_text()
    dark.goto(f"{site_address}{PAPER}")
    tag = dark.locator(".pc-tags a").first.bounding_box()
    assert tag
    assert tag["height"] >= 24


@pytest.mark.browser
def test_an_abstract_has_65_to_75_signs_a_line(browser: Browser, site_address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site_address}{KINDS[7]}")
    text = page.locator(".pc-abstract p").first.evaluate(
        """element => {
            const range = document.createRange(), lines = [];
            const text = element.firstChild;
            let top = null;
            for (let at = 0; at < text.length; at++) {
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                const now = range.getBoundingClientRect().top;
                if (top !== null && Math.abs(now - top) > 5) lines.push(at);
                top = now;
            }
            return lines;
        }"""
    )
    lengths = [end - start for start, end in pairwise(text)]
    assert len(lengths) > 4
    assert 62 <= sum(lengths) / len(lengths) <= 78
    page.close()


@pytest.mark.browser
def test_the_calendar_takes_the_room_below_few_papers(browser: Browser, site_address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site_address)
    newest = page.locator("[aria-labelledby=pc-newest]")
    days = page.locator("[aria-labelledby=pc-days]")
    for number, is_below in ((7, False), (6, True)):
        page.locator(f".pc-papers > li:nth-child(n + {number + 1})").evaluate_all(
            "rows => rows.forEach(row => row.remove())"
        )
        above, box = newest.bounding_box(), days.bounding_box()
        assert above
        assert box
        assert (box["x"] == above["x"]) == is_below
        assert (box["y"] >= above["y"] + above["height"]) == is_below
    page.close()


@pytest.mark.browser
def test_results_stand_in_two_columns_where_there_is_room(
    browser: Browser, site_address: str
) -> None:
    page = browser.new_page(viewport={"width": 1920, "height": 900})
    page.goto(f"{site_address}search/?q=sparse+attention")
    expect(page.locator(".pc-result__text mark").first).to_be_visible()
    first, second, third = (page.locator(".pc-result").nth(at).bounding_box() for at in range(3))
    assert first
    assert second
    assert third
    assert second["y"] == first["y"]
    assert second["x"] >= first["x"] + first["width"]
    assert third["y"] > first["y"]
    whole = "text => text.scrollHeight <= text.clientHeight"
    assert page.locator(".pc-result__text").first.evaluate(whole)
    page.close()


@pytest.mark.browser
def test_chips_of_results_have_the_colours_of_topics(dark: Page, site_address: str) -> None:
    dark.goto(f"{site_address}search/?topic=reasoning")
    edge = "chip => getComputedStyle(chip).borderInlineStart"
    chip = '.pc-tags a[href$="topics/reasoning/"]'
    found = dark.locator(f".pc-result {chip}").first
    colour = found.evaluate(edge)
    found.locator("xpath=ancestor::li//h2/a").click()
    expect(dark.locator(".pc-abstract")).to_be_visible()
    assert dark.locator(chip).evaluate(edge) == colour
    line = dark.locator(chip).evaluate("chip => getComputedStyle(chip).borderTopColor")
    assert line not in colour


def test_a_long_formula_has_a_box_that_scrolls_by_itself() -> None:
    long = "x_i + " * LONG_FORMULA + "1"
    html = render_abstract(f"A text with $`{long}`$ and $`x_i`$.")
    assert html.count('class="pc-formula"') == 1
    assert '<span class="pc-formula" role="group" aria-label="Formula" tabindex="0"><math' in html
    assert html.count("</math></span>") == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/c/papers/2024/sparse-attention-for-all/", "sparse attention for all"),
        ("/c/papers/2410.08115", "2410.08115"),
        ("/c/no/%3Cscript%3E.html", "script"),
        ("/c/b%C3%A4r_x/index.html", "bär x"),
        ("/c/%E0%A4%A/", "E0 A4 A"),
        ("/c/", ""),
        ("/c//--/", ""),
    ],
)
def test_words_of_an_address(path: str, words: str) -> None:
    module = script_modules() / "missing.js"
    arguments = f"{json.dumps(path)}, '/c/'"
    script = f"import {{ wordsOf }} from '{module.as_uri()}'; console.log(wordsOf({arguments}))"
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip("\n") == words


def find_box(page: Page, selector: str) -> tuple[float, float, float, float]:
    """Find the left, top, right and bottom of the first element."""
    box = page.locator(selector).first.bounding_box()
    assert box, selector
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 1920])
def test_what_is_said_of_a_paper_stands_beside_its_abstract(
    dark: Page, site_address: str, width: int
) -> None:
    dark.set_viewport_size({"width": width, "height": 900})
    dark.goto(f"{site_address}{PAPER}", wait_until="networkidle")
    _, top, right, bottom = find_box(dark, ".pc-abstract")
    for part in (".pc-links", ".pc-keep", ".pc-tags", "[data-cite]"):
        left, part_top, *_ = find_box(dark, part)
        assert left > right, part
        assert top - 60 < part_top < bottom, part
    assert find_box(dark, ".pc-links")[1] < find_box(dark, "[data-cite]")[1]
    assert find_box(dark, "#related")[1] >= bottom
    assert find_box(dark, ".pc-steps")[1] >= find_box(dark, ".pc-related")[3]
    characters = dark.locator(".pc-abstract p").first.evaluate(
        """text => {
            const range = document.createRange();
            range.selectNode(text.firstChild);
            return text.firstChild.length / range.getClientRects().length;
        }"""
    )
    assert 60 <= characters <= 75


@pytest.mark.browser
def test_a_days_topics_stand_beside_its_papers_or_in_one_line(
    dark: Page, site_address: str
) -> None:
    dark.goto(f"{site_address}{DAY}", wait_until="networkidle")
    left, top, right, bottom = find_box(dark, ".pc-jump")
    assert bottom - top < 40
    assert right <= 360
    mask = dark.locator(".pc-jump").evaluate("list => getComputedStyle(list).maskImage")
    assert mask.startswith("linear-gradient"), "nothing hints at the rest of the line"
    dark.set_viewport_size({"width": 1280, "height": 900})
    left, top, *_ = find_box(dark, ".pc-jump")
    assert left > find_box(dark, ".pc-papers")[2]
    assert find_box(dark, ".pc-papers")[1] < 330
    dark.mouse.wheel(0, 3000)
    expect(dark.locator(".pc-jump a").first).to_be_in_viewport()
    edges = dark.locator(".pc-jump a").evaluate_all(
        "links => links.map(link => getComputedStyle(link).borderInlineStartColor)"
    )
    assert len(set(edges)) > 3
    dots = dark.locator(".pc-row .pc-facts a[href*='topics/']").evaluate_all(
        "links => links.map(link => getComputedStyle(link, '::before').backgroundColor)"
    )
    assert set(edges) <= set(dots)


@pytest.mark.browser
def test_the_number_of_papers_is_said_once_unless_a_filter_changes_it(
    dark: Page, site_address: str
) -> None:
    dark.goto(f"{site_address}{DAY}", wait_until="networkidle")
    status = dark.locator(".pc-bar__status")
    expect(status).to_have_text("110 papers")
    assert find_box(dark, ".pc-bar__status")[2:] == pytest.approx(
        [end + 1 for end in find_box(dark, ".pc-bar__status")[:2]]
    )
    dark.get_by_label("Topic", exact=True).select_option("quantization")
    expect(status).to_have_text("8 of 110 papers")
    left, _, right, _ = find_box(dark, ".pc-bar__status")
    assert right - left > 50
