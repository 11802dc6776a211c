"""What the tests read from HTML: text, links, anchors and all that a page loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Html(HTMLParser):
    """A page as a browser would read it."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    headings: list[str] = field(default_factory=list)
    """The text of each ``h1``."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Each ``a``: address and text."""
    assets: list[str] = field(default_factory=list)
    """What is loaded with the page: scripts, styles, images, frames."""
    ids: set[str] = field(default_factory=set)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Every element with its attributes, in order."""
    text: str = ""
    """All text outside scripts and styles."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        self.ids.update(filter(None, (values.get("id"), values.get("name"))))
        if tag == "meta" and values.get("name") == "description":
            self.description = values["content"]
        if tag == "link":
            if values["rel"] == "canonical":
                self.canonical = values["href"]
            elif values["rel"] in ("stylesheet", "icon", "preload", "preconnect", "modulepreload"):
                self.assets.append(values["href"])
        if tag != "a":
            self.assets += [values[name] for name in ("src", "data", "poster") if values.get(name)]
        if tag == "a" and "href" in values:
            self.links.append((values["href"], ""))
        if tag not in VOID:
            self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, texts = self._open.pop()
            text = "".join(texts)
            if self._open:
                self._open[-1][1].append(text)
            if name == "h1":
                self.headings.append(text.strip())
            elif name == "title" and not self.title:
                self.title = text.strip()
            elif name == "a" and self.links and not self.links[-1][1]:
                self.links[-1] = (self.links[-1][0], " ".join(text.split()))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open:
            if self._open[-1][0] in ("script", "style"):
                return
            self._open[-1][1].append(data)
        self.text += data


def parse_html(text: str) -> Html:
    page = Html()
    page.feed(text)
    page.close()
    return page


@lru_cache(maxsize=1024)
def load_html(file: Path) -> Html:
    return parse_html(file.read_text("utf-8"))


def load_pages(site: Path) -> dict[str, Html]:
    """Read all pages of a built site by address: ``papers/2025/x/``."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        pages[address] = load_html(file)
    return pages


def resolve(address: str, link: str) -> str:
    """Give the address in the site that a link leads to from a page, without what follows #."""
    return unquote(urlsplit(urljoin(f"https://site.test/{address}", link)).path).lstrip("/")


def is_local(link: str) -> bool:
    return not urlsplit(link).scheme and not link.startswith("//")


def find_broken_links(site: Path, base: str) -> Iterator[str]:
    """Find links of a built site to pages, files and anchors of it that are not there.

    Args:
        site: Its folder.
        base: The path below its host, with which links of the page ``404.html`` begin.
    """
    pages = load_pages(site)
    for address, page in pages.items():
        for link, text in page.links:
            if not is_local(link):
                continue
            target = resolve(address, link)
            if address == "404.html":
                target = resolve("", link).removeprefix(base)
            anchor = link.partition("#")[2]
            found = pages.get(target)
            if found is None and not (site / target).is_file():
                yield f"{address}: {link} ({text})"
            elif found is not None and anchor and anchor not in found.ids:
                yield f"{address}: {link}: no such anchor"
