"""A site of hostile text has no element, script or address beyond those of its harmless twin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Dialog

from hostile import HARMLESS, HOST, PIECES, write_catalog
from html_pages import VOID
from papercatalog.model.loading import load_catalog
from papercatalog.text.sanitise import ATTRIBUTES, TAGS
from repository import run_command
from serving import served, watched_page

TEXTS = {"pc-abstract", "pc-lead", "pc-text"}
"""The classes of elements that hold Markdown of strangers."""
ADDRESSES = {
    *("href", "src", "srcset", "action", "formaction", "data", "poster", "background", "ping"),
    *("xlink:href", "cite", "manifest", "srcdoc", "imagesrcset", "codebase", "content"),
}
Kind = tuple[str, tuple[str, ...], str]


class Page(HTMLParser):
    """What stands in a page: kinds of elements by where they are, addresses, scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.own: set[Kind] = set()
        """Elements outside strangers' Markdown: tag, attributes' names, class."""
        self.within: list[tuple[str, dict[str, str]]] = []
        """Elements within strangers' Markdown."""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[tuple[str, str]] = []
        """Type and text of each script that stands in the page."""
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        inside = bool(self._open and self._open[-1][1])
        if inside:
            self.within.append((tag, values))
        else:
            self.own.add((tag, tuple(sorted(values)), values.get("class", "")))
        if tag == "script":
            self.scripts.append((values.get("type", ""), ""))
        if tag not in VOID:
            self._open.append((tag, inside or values.get("class") in TEXTS))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script":
            kind, text = self.scripts[-1]
            self.scripts[-1] = (kind, text + data)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A catalog of hostile pieces and one of harmless ones, both built."""
    folder = tmp_path_factory.mktemp("hostile")

    def build(name: str, pieces: tuple[str, ...]) -> Path:
        root = write_catalog(folder / name, pieces)
        run_command(root, "build")
        return root

    with ThreadPoolExecutor(2) as pool:
        hostile, harmless = pool.map(build, ("hostile", "harmless"), (PIECES, HARMLESS))
    return hostile, harmless


def load(root: Path) -> dict[str, Page]:
    site = root / "site"
    return {
        file.relative_to(site).as_posix(): Page(file.read_text("utf-8"))
        for file in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def hostile(twins: tuple[Path, Path]) -> dict[str, Page]:
    return load(twins[0])


@pytest.fixture(scope="module")
def harmless(twins: tuple[Path, Path]) -> dict[str, Page]:
    return load(twins[1])


def kind_of(path: str) -> str:
    """Name a page's kind by its address: its first part and its depth."""
    return f"{path.split('/')[0]} {path.count('/')}"


def test_pieces_came_by_every_way(twins: tuple[Path, Path]) -> None:
    papers = load_catalog(twins[0]).papers
    assert len(papers) > 1.7 * len(PIECES)
    titles = " ".join(paper.title for paper in papers)
    for start in ("Row", "Entry", "Paper"):
        assert len(re.findall(rf"\b{start} \d+ ", titles)) > 10, start
    assert "A form" in titles


def test_no_element_is_there_that_harmless_text_has_not(
    hostile: dict[str, Page], harmless: dict[str, Page]
) -> None:
    allowed: dict[str, set[Kind]] = {}
    for path, page in harmless.items():
        allowed.setdefault(kind_of(path), set()).update(page.own)
    assert len(hostile) > 200
    for path, page in hostile.items():
        assert page.own <= allowed[kind_of(path)], f"{path}: {page.own - allowed[kind_of(path)]}"


def test_markdown_of_strangers_has_listed_elements_alone(hostile: dict[str, Page]) -> None:
    seen = 0
    for path, page in hostile.items():
        for tag, values in page.within:
            seen += 1
            more = {"a": {"rel"}, "mspace": {"width"}, "mfrac": {"linethickness"}}.get(tag, set())
            assert tag in TAGS, f"{path}: {tag}"
            assert values.keys() <= ATTRIBUTES.get(tag, set()) | more, f"{path}: {tag} {values}"
            if tag == "a":
                scheme = urlsplit(values.get("href", "https:")).scheme
                assert scheme in ("http", "https", "mailto"), path
                assert values["rel"] == "noopener", path
    assert seen > 1000


def test_scripts_and_what_is_loaded_are_the_twins(
    hostile: dict[str, Page], harmless: dict[str, Page]
) -> None:
    code = {text for page in harmless.values() for kind, text in page.scripts if "json" not in kind}
    loaded = {address for page in harmless.values() for address in _list_loaded(page)}
    for path, page in hostile.items():
        for kind, text in page.scripts:
            if "json" in kind:
                json.loads(text)
            else:
                assert text in code, f"{path}: {text[:200]}"
        assert set(_list_loaded(page)) <= loaded, path


def _list_loaded(page: Page) -> Iterator[str]:
    for tag, values in page.elements:
        names = ADDRESSES - {"href"} if tag in ("a", "meta") else ADDRESSES
        names = names - {"content"} if tag == "meta" else names
        if tag == "link" and values["rel"] in ("canonical", "alternate", "prev", "next"):
            continue
        for name in names & values.keys():
            yield re.sub(r"^(\.\./)+|^\./", "", values[name])


def test_no_address_runs_a_script_and_hosts_are_linked_alone(hostile: dict[str, Page]) -> None:
    for path, page in hostile.items():
        for tag, values in page.elements:
            handlers = [name for name in values if name.startswith("on") or name == "style"]
            assert not handlers, f"{path}: {tag} {handlers}"
            for name in ADDRESSES & values.keys():
                address = "".join(values[name].split()).lower()
                if tag != "meta":
                    start = ("javascript:", "vbscript:", "data:text")
                    assert not address.startswith(start), f"{path}: {tag} {address}"
                    assert not address.startswith("//"), f"{path}: {tag} {address}"
                    if urlsplit(address).hostname == HOST:
                        assert (tag, name) == ("a", "href"), f"{path}: {tag} {name}"


def test_other_files_are_well_formed_and_templates_stay_text(twins: tuple[Path, Path]) -> None:
    site = twins[0] / "site"
    feeds = [*site.rglob("*.xml"), *site.rglob("*.opml")]
    assert len(feeds) > 3
    for file in feeds:
        for content in ElementTree.fromstring(file.read_bytes()).iterfind(
            ".//{*}content[@type='html']"
        ):
            for tag, values in Page(content.text or "").elements:
                assert tag in TAGS | {"div"}, f"{file}: {tag}"
                assert not [name for name in values if name.startswith("on")], file
    for file in [*site.rglob("*.json"), *site.rglob("*.webmanifest")]:
        json.loads(file.read_text("utf-8"))
    for file in site.rglob("*.html"):
        text = file.read_text("utf-8")
        assert "root:x:0" not in text, file
        assert "config_file_path" not in text, file
        assert "a../" not in text, file


@pytest.mark.browser
def test_nothing_runs_and_nothing_is_asked_of_others(
    twins: tuple[Path, Path], browser: Browser
) -> None:
    papers = ("paper-0", "paper-10", "paper-39", "paper-68", "a-form")
    paths = [
        *("", "topics/topic-0/", "authors/common-author/", "dates/2025/07/30/", "contribute/"),
        *(
            "search/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "search/?author=%22%3E%3Cimg%20src=x%3E",
        ),
        *(f"papers/2025/{paper}/" for paper in papers),
    ]
    seen: list[str] = []
    asked_for: list[str] = []

    def note_dialog(dialog: Dialog) -> None:
        seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    with served(twins[0] / "site") as address, watched_page(browser) as page:
        page.on("dialog", note_dialog)
        page.on("request", lambda asked: asked_for.append(asked.url))
        page.add_init_script(
            "window.violations = []; addEventListener('securitypolicyviolation', (event) =>"
            " violations.push(`${event.violatedDirective} ${event.blockedURI}`))"
        )
        for path in paths:
            answer = page.goto(f"{address}{path}")
            assert answer and answer.ok, path
            page.wait_for_load_state("networkidle")
            page.keyboard.press("/")
            page.keyboard.type("harm <script")
            page.wait_for_timeout(150)
            seen += [f"violation {violation}" for violation in page.evaluate("violations")]
            assert not seen, f"{path}: {seen}"
            assert not [url for url in asked_for if not url.startswith((address, "data:"))], path
