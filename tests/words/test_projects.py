"""A site in a language without words: its own are English, marked so, and the build says it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from made_catalog import run
from papercatalog.words import load_words
from projects import PLAIN, Built, build_project, write_project

FRENCH = PLAIN.replace("font: false", "font: false\n  language: fr\n  logo: logo.svg")
FILES = {"docs/about.md": "# À propos\n", "docs/logo.svg": "<svg/>"}
SHOWN = ("aria-label", "placeholder", "alt")
"""Attributes whose texts readers get."""
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "circle", "line"}


class Languages(HTMLParser):
    """Collects the texts of a page's body, and of its attributes, with the language of each.

    The theme's drawer, on pages that are not the catalog's, names pages as MkDocs does.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        html = re.sub(r"(?s)<(head|script|style|svg)\b.*?</\1>", "", html)
        self.feed(re.sub(r'(?s)<div class="md-sidebar md-.*?(?=<div class="md-content)', "", html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the language and the attributes that are shown."""
        above = self._open[-1][1] if self._open else ""
        language = dict(attrs).get("lang") or above
        self.said += [(value or "", language) for name, value in attrs if name in SHOWN]
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that have no end tag."""
        if any(tag == name for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take a text."""
        self.said.append((data.strip(), self._open[-1][1] if self._open else ""))


def find_unmarked(html: str) -> set[str]:
    """Find English words of ours that do not stand in an element whose language is English."""
    ours = {str(text).strip() for text in load_words("en").texts.values()}
    return {text for text, language in Languages(html).said if text in ours and language != "en"}


def read_pages(built: Built) -> dict[str, str]:
    pages = built.site.rglob("*.html")
    return {page.relative_to(built.site).as_posix(): page.read_text("utf-8") for page in pages}


def test_a_language_without_words_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    built = build_project(write_project(tmp_path, FRENCH, FILES), caplog)
    (told,) = (line for line in built.told if "theme.language" in line)
    assert "has no words in fr" in told
    assert told.endswith("it has them in de, en, zh")
    pages = read_pages(built)
    assert len(pages) > 15
    assert not {path: found for path, html in pages.items() if (found := find_unmarked(html))}
    for path in ("topics/index.html", "about/index.html", "404.html", "index.html"):
        html = pages[path]
        assert '<html lang="fr"' in html
        assert 'class="pc-sections" aria-label="Sections" lang="en"' in html
        assert '<div class="md-grid" lang="fr" dir="ltr">' in html
        assert ' lang="en">Home</a>' in html
        assert 'alt="logo" lang="en">' in html
    assert '<div class="pc-home" lang="en">' in pages["index.html"]
    assert "lang=" not in pages["about/index.html"].split("<article")[1].split("</article>")[0]
    assert run(tmp_path, "export", str(tmp_path / "there")).exit_code == 0
    exported = read_pages(build_project(tmp_path / "there", caplog))
    folder = {"Papers"}  # a section that MkDocs names
    assert not [path for path, html in exported.items() if find_unmarked(html) - folder]


def test_words_in_the_language_of_the_site_are_not_marked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = FRENCH.replace("language: fr", "language: de")
    built = build_project(write_project(tmp_path, config, FILES), caplog)
    for path, html in read_pages(built).items():
        assert re.findall(r' lang="[^"]*"', html) in ([' lang="de"'], []), path


def test_english_words_are_not_turned_on_a_page_from_right_to_left(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = FRENCH.replace("language: fr", "language: ar")
    html = build_project(write_project(tmp_path, config, FILES), caplog).read("dates/index.html")
    assert '<div class="pc-page" lang="en" dir="ltr">' in html
    assert '<div class="md-grid" lang="ar" dir="rtl">' in html
