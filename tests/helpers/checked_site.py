"""The site that is checked for accessibility: every kind and state of page, and a hard paper."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from made_catalog import make_paper
from page_kinds import KINDS
from papercatalog.model.page import render_page
from repository import ROOT, run_command

AXE = ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SCHEMES: dict[Scheme, object] = {
    "light": RULES,
    "dark": COLOUR_RULES,
}
"""The rules of each scheme: nothing but the colours differs in the dark."""
WIDTHS = (360, 1280)
NAME, AUTHOR = "Many Papers", "authors/many-papers/"
HARD = make_paper(
    "hard",
    "Learning نماذج اللغة with $\\ell_1$ <b>norms</b> in " + "Supercalifragilistic" * 5,
    authors=tuple(f"Author{number} Many Papers" for number in range(200)),
    arxiv="2507.00001",
    doi="10.1000/hard",
    venue="A Venue of the Year 2025",
    keywords=("speech", "sound"),
    votes=4711,
    topics=("agents", "audio"),
    links={"code": "https://example.org/code", "project": "https://example.org/project"},
    abstract="A *text* with [a link](https://example.org/), $`\\sum_{i=1}^{n} "
    + "x_i + " * 60
    + "1`$ and `code`.\n\n- one\n- two",
)
"""A paper with all that a page can show."""
STATES = ("search/?q=difusion+video", "search/?q=author:papers&topic=agents", "search/?q=qqqqqqqq")
"""The search page with results, a correction, chosen filters, and with nothing found."""
PAGES = (
    *(kind for kind in KINDS if kind != "no/such/page/"),
    *STATES,
    *(HARD.url, AUTHOR, "trending/", "404.html"),
)
EMPTY_PAGES = ("", "topics/", "authors/", "dates/", "search/", "contribute/", "subscribe/", "data/")
"""The pages of a catalog without papers."""
THEMES_OWN = {"guide/commands/": "landmark-unique", "guide/search/": "scrollable-region-focusable"}
"""Rules that Material's own markup of code and tables breaks."""


def build_checked_site(folder: Path) -> Path:
    """Build the repository's catalog with a hard paper and the page of an author."""
    for name in ("docs", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    titles = ("Lamps", "Candles", "Torches", "Matches", "Stars")
    papers = [
        make_paper(title.lower(), title, authors=(NAME,), date=dt.date(2025, month, 1))
        for month, title in enumerate(titles, start=3)
    ]
    for paper in (HARD, *papers):
        (folder / "docs" / paper.path).write_text(render_page(paper), "utf-8")
    run_command(folder, "build")
    return folder / "site"


def find_axe_faults(browser: Browser, url: str, kind: str) -> Iterator[str]:
    """Find what axe-core says of a page in both schemes, on a desk and on a phone.

    Args:
        browser: Opens the page, past its security policy.
        url: The page's whole address.
        kind: Its address in the site.

    Raises:
        AssertionError: The page does not answer, or axe-core does not run.
    """
    assert AXE.is_file(), "axe-core is missing: run npm ci in tests/"
    page = browser.new_page(bypass_csp=True, reduced_motion="reduce")
    answer = page.goto(url, wait_until="networkidle")
    assert answer and answer.ok, kind
    page.add_script_tag(path=AXE)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            "name => document.body.dataset.mdColorScheme === name",
            arg="slate" if scheme == "dark" else "default",
        )
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for rule, text in find_violations(page, scheme):
                if rule != THEMES_OWN.get(kind):
                    yield f"{kind} {scheme} {width} {rule}: {text}"
    page.close()


def find_violations(page: Page, scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Find what axe-core says of a page as it is now; give the rule's name, and what and why.

    Raises:
        AssertionError: axe-core does not run.
    """
    rules = SCHEMES[scheme]
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    assert len(found["passes"]) > (10 if rules is RULES else 0), page.url
    for rule in found["violations"]:
        for node in rule["nodes"]:
            yield rule["id"], f"{node['html'][:200]} {node['failureSummary']}"
