"""Catalog pages load one style sheet and one script in place of the theme's."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from papercatalog.build.theme_assets import SHEET, CatalogAssets, needs_theme_script
from repository import SMALL

PAPER = Path("papers/2025/2410.08110/index.html")
LOADED = re.compile(r'<link rel="stylesheet" href="([^"]*)">|<script src="([^"]*)"')
COLD = 45_000
"""The most bytes, packed, that a reader's first page of a paper may cost, the page included."""
OBSERVER = "document$.subscribe(() => {});"


def make_site(
    folder: Path, settings: str = "", feature: str = "", script: str = "", plugin: str = ""
) -> Path:
    """Build the small catalog with more settings, a feature of the theme, and a user's files."""
    shutil.copytree(SMALL, folder / "small")
    file = folder / "small" / "mkdocs.yml"
    text = file.read_text("utf-8")
    text = text.replace("  font: false\n", f"  font: false\n  features: [{feature}]\n")
    if plugin:
        text = text.replace("  - papercatalog\n", f"  - papercatalog: {{{plugin}}}\n")
    assert feature in text
    assert plugin in text
    file.write_text(
        f"{text}\nextra_css: [own.css]\nextra_javascript: [own.js]\n{settings}", "utf-8"
    )
    docs = folder / "small" / "docs"
    (docs / "about.md").write_text("# About", "utf-8")
    (docs / "own.js").write_text(script or "document.body.className = 'md-nav';", "utf-8")
    (docs / "own.css").write_text("p { fill: var(--md-code-hl-color) }", "utf-8")
    build(load_config(str(file)))
    return folder / "small" / "site"


def list_loaded(site: Path, page: Path = PAPER) -> list[str]:
    """List the style sheets and scripts of a page, relative to the site."""
    root = "../" * (len(page.parts) - 1)
    found = LOADED.findall((site / page).read_text("utf-8"))
    paths = [(sheet or script).removeprefix(root) for sheet, script in found]
    assert all((site / path).is_file() for path in paths)
    return paths


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("assets"))


def test_a_paper_loads_one_sheet_and_one_script_beside_the_user_s(site: Path) -> None:
    loaded = [path for path in list_loaded(site) if not path.startswith("assets/shell/")]
    assert loaded == [SHEET, "own.css", "own.js", "assets/search/catalog.js"]


def test_a_paper_is_small(site: Path) -> None:
    files = [str(PAPER), *list_loaded(site)]
    packed = [len(gzip.compress((site / path).read_bytes(), mtime=0)) for path in files]
    assert sum(packed) < COLD / 2, "the icons of the tab and the citations load, too"


def test_the_sheet_has_what_user_and_theme_need(site: Path) -> None:
    sheet = (site / SHEET).read_text("utf-8")
    for part in (".md-header{", ".md-typeset ", "--md-code-hl-color:", ".pc-abstract{", ".md-nav{"):
        assert part in sheet, part
    assert ".md-tabs__item" not in sheet
    assert "--md-annotation-icon" not in sheet


def test_pages_outside_the_catalog_load_the_theme(site: Path) -> None:
    (bundle,) = (site / "assets/javascripts").glob("bundle.*.js")
    html = (site / "about/index.html").read_text("utf-8")
    assert bundle.name in html
    assert SHEET not in html


def test_the_page_for_missing_ones_has_whole_addresses(site: Path) -> None:
    html = (site / "404.html").read_text("utf-8")
    loaded = [sheet or script for sheet, script in LOADED.findall(html)]
    assert f"/small/{SHEET}" in loaded
    assert all((site / path.removeprefix("/small/")).is_file() for path in loaded)
    assert 'aria-label="Sections"' in html


@pytest.mark.parametrize(
    ("settings", "feature", "script", "plugin"),
    [
        ("", "header.autohide", "", ""),
        ("", "", OBSERVER, ""),
        ("extra: {version: {provider: mike}}", "", "", ""),
        ("", "", "", "whole_theme: true"),
    ],
)
def test_what_needs_the_theme_s_script_gets_it(
    settings: str, feature: str, script: str, plugin: str, tmp_path: Path
) -> None:
    loaded = list_loaded(make_site(tmp_path, settings, feature, script, plugin))
    assert any(re.match(r"assets/javascripts/bundle\.", path) for path in loaded)
    assert any(re.match(r"assets/stylesheets/main\.", path) for path in loaded)
    assert "assets/search/start.js" in loaded
    assert "assets/topics.css" in loaded
    assert SHEET not in loaded


@pytest.mark.parametrize(
    ("text", "needs"),
    [(OBSERVER, True), ("window.location$.next(url)", True), ("const $ = document", False)],
)
def test_observables_of_the_theme_are_known(text: str, needs: bool) -> None:
    assert needs_theme_script(text) is needs


def test_a_page_that_uses_the_theme_s_script_keeps_it() -> None:
    page = (
        '<link rel="stylesheet" href="../assets/stylesheets/main.1a.min.css">'
        '<link rel="stylesheet" href="../assets/papercatalog.css">'
        '<script src="../assets/javascripts/bundle.2b.min.js"></script>'
    )
    assert CatalogAssets().replace(page, "../") == f'<link rel="stylesheet" href="../{SHEET}">'
    inline = f"{page}<script>{OBSERVER}</script>"
    assert CatalogAssets().replace(inline, "../") == inline
    assert CatalogAssets().replace("<p>", "../") == "<p>"
