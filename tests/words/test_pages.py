"""Pages, feeds and other files in each language: no English words are left of ours."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from html import unescape
from html.parser import HTMLParser

import pytest

from made_catalog import make_paper
from made_context import make_context
from papercatalog.mail.newsletter import Selection, make_newsletter
from papercatalog.mail.period import parse_week
from papercatalog.model.author_files import AuthorFile
from papercatalog.model.catalog import build_catalog
from papercatalog.model.fields import Links
from papercatalog.model.searches import SavedSearch
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import build_artifacts
from papercatalog.outputs.artifacts import FileArtifact, PageArtifact, ungroup
from papercatalog.outputs.context import SiteInfo
from papercatalog.words import load_words

SHOWN = ("aria-label", "placeholder", "title", "alt", "abbr", "content")
"""Attributes whose texts readers get."""
NAMES = {
    *("arXiv", "Atom", "BibTeX", "CSL-JSON", "DOI", "JSON", "JSON Lines", "ORCID", "PDF", "RIS"),
    *("z", "API", "GitHub", "Propose changes", "Optional", "website", "article", "light dark"),
    *("April", "August", "September", "November", "https", "mail", "example", "org"),
    *("Mo", "Fr", "Sa"),
}
"""Words that are the same in all languages."""
NUMBER = 90
"""Papers of the catalog: its largest topic has pages of its years."""


@cache
def make_site(language: str) -> tuple[dict[str, PageArtifact], dict[str, bytes]]:
    """Make the pages and files of a catalog whose papers and people have Greek names."""
    first = dt.date(2024, 6, 3)
    papers = [
        make_paper(
            f"paper-{number}",
            title=f"Τίτλος {number}",
            date=first + dt.timedelta(days=number * 6 // 5 * 4 if number < NUMBER - 24 else 400),
            topics=("xxx", "yyy") if number % 3 else ("yyy",),
            authors=tuple(f"Όνομα {letter}" for letter in "ΑΒΓΔΕΖ"[: number % 7]),
            published=first,
            keywords=("λέξη",),
            venue="Τόμος",
            doi=f"10.1000/{number}",
            votes=number,
            abstract=f"Περίληψη {number}, $`n^2`$.",
            links=Links(code="https://example.org/c", project="https://example.org/p"),
        )
        for number in range(NUMBER)
    ]
    topics = (
        Topic("xxx", "Θέμα", terms=("θέμα",), introduction="Εισαγωγή. " * 80),
        Topic("yyy", "Άλλο", parent="xxx", terms=("άλλο",)),
        Topic("zzz", "Τρίτο", parent="xxx"),
    )
    catalog = build_catalog(
        papers,
        Vocabulary(topics),
        searches=(SavedSearch("sss", "Μία", "τίτλος"), SavedSearch("ttt", "Δύο", "τίποτα")),
        author_files=(
            AuthorFile(
                "alpha",
                ("Όνομα Α", "Όνομα Ω"),
                "0000-0002-1825-0097",
                "https://example.org/",
                text="Κείμενο.",
            ),
        ),
    )
    site = SiteInfo(
        "Κατάλογος",
        "https://example.org/",
        "Σύνοψη.",
        "https://github.com/me/papers/edit/main/docs/",
        language,
        mail_form="https://mail.example.org/",
    )
    pages, files = {}, {}
    for artifact in ungroup(build_artifacts(make_context(catalog, site))):
        if isinstance(artifact, FileArtifact):
            files[artifact.path] = artifact.content
        else:
            pages[artifact.path] = artifact
    letter = make_newsletter(catalog, site, Selection(parse_week("2025-W28"), "xxx"), 5)
    assert letter
    files["letter.html"] = letter.render_html("https://example.org/u").encode()
    files["letter.txt"] = letter.render_text("https://example.org/u").encode()
    return pages, files


class Texts(HTMLParser):
    """Collects the texts that readers get, of nodes and of attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._hidden = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes; code and data are not ours to say."""
        self._hidden += tag in ("pre", "script", "style", "code")
        values = {name: value or "" for name, value in attrs}
        if values.get("class") == "Z3988" or values.get("name", "").startswith(
            ("cit", "DC", "view")
        ):
            return
        self.texts += [text for name in SHOWN if (text := values.get(name))]

    def handle_endtag(self, tag: str) -> None:
        """Leave code and data."""
        self._hidden -= tag in ("pre", "script", "style", "code")

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._hidden:
            self.texts.append(data)


def list_texts(html: str) -> set[str]:
    """Give all texts with Latin letters: what strangers say is in Greek ones."""
    texts = set()
    for text in Texts(html).texts:
        plain = re.sub(r"https?://\S+|[\w./+-]*[/=][\w./+-]*", "", text)
        plain = plain.strip(" .,:;·()0123456789\n%…←→–-/*")
        if re.search(r"[A-Za-z]{2}", plain) and plain not in NAMES:
            texts.add(plain)
    return texts


def find_same(one: str, other: str, language: str) -> set[str]:
    """Find texts that two pages share, but those that the tables have alike."""
    words, english = load_words(language), load_words("en")
    alike = {
        str(text).strip(" .,:;·()")
        for key, text in english.texts.items()
        if words.texts[key] == text
    }
    names = list_texts(one) & list_texts(other)
    return {
        text
        for text in names - alike
        if not {*re.findall(r"[A-Za-z]{2,}", text)}
        <= {part for name in NAMES | alike for part in re.findall(r"\w+", name)}
    }


def write_page(page: PageArtifact) -> str:
    content = page.make()
    return f"<p>{page.title}</p><p>{content.description}</p>{content.body}{content.head}"


@pytest.mark.parametrize("language", ["de", "zh"])
def test_no_page_has_english_words_of_ours(language: str) -> None:
    english, _ = make_site("en")
    pages, _ = make_site(language)
    assert pages.keys() == english.keys()
    left: dict[str, set[str]] = {}
    for path, page in pages.items():
        made, before = write_page(page), write_page(english[path])
        if same := find_same(made, before, language):
            left[path] = same
    assert not left


@pytest.mark.parametrize("language", ["de", "zh"])
def test_no_feed_newsletter_and_summary_has_english_words_of_ours(language: str) -> None:
    _, english = make_site("en")
    _, files = make_site(language)
    assert files.keys() == english.keys()
    for path in (
        "letter.html",
        "feed.xml",
        "topics/xxx/feed.xml",
        "stats/papers.svg",
        "stats/code.svg",
    ):
        made, before = (unescape(some[path].decode()) for some in (files, english))
        assert not find_same(made, before, language), path
    for path in ("letter.txt", "llms.txt"):
        made, before = (some[path].decode().replace("\n", "<p>") for some in (files, english))
        assert not find_same(made, before, language), path


def test_addresses_files_and_data_are_the_same_in_all_languages() -> None:
    english_pages, english = make_site("en")
    pages, files = make_site("de")
    assert [page.url for page in pages.values()] == [page.url for page in english_pages.values()]
    same = ("papers.bib", "papers.ris", "papers.json", "stats/code.csv", "api/topics.json")
    for path, content in files.items():
        if path.endswith(same) or path.startswith(("search/", "api/papers", "contribute/known")):
            assert content == english[path], path


def test_the_site_says_its_language() -> None:
    _, files = make_site("de")
    assert b'xml:lang="de"' in files["feed.xml"]
    assert json.loads(files["feed.json"])["language"] == "de"
    assert json.loads(files["api/index.json"])["language"] == "de"
    assert json.loads(files["site.webmanifest"])["lang"] == "de"
    assert b"<Language>de</Language>" in files["opensearch.xml"]
    assert b'<html lang="de">' in files["letter.html"]


def test_dates_and_numbers_of_pages_are_the_languages() -> None:
    pages, _ = make_site("de")
    body = pages["dates/2025/07/08.md"].make().body
    assert "<h1>8. Juli 2025</h1>" in body
    assert pages["dates/2025/07/08.md"].title == "Artikel vom 8. Juli 2025"
    assert '<th scope="col" abbr="Montag">Mo</th>' in pages["dates/index.md"].make().body
    chinese, _ = make_site("zh")
    assert "<h1>2025年7月8日</h1>" in chinese["dates/2025/07/08.md"].make().body


def test_a_page_depends_on_the_language() -> None:
    english, _ = make_site("en")
    pages, _ = make_site("de")
    assert all(page.key() != english[path].key() for path, page in pages.items())


def test_a_language_without_words_is_marked() -> None:
    pages, files = make_site("fr")
    english, _ = make_site("en")
    body = pages["dates/index.md"].make().body
    assert body.startswith('<div class="pc-page" lang="en">')
    assert body.replace(' lang="en"', "") == english["dates/index.md"].make().body
    assert b'xml:lang="fr"' in files["feed.xml"]
