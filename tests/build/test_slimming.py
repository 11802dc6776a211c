"""Slimmed pages: what a reader meets is the same, and what pages repeat is little."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config

from html_pages import Html, parse_html
from papercatalog.build import session
from papercatalog.build.slimming import SlimPage, minify_html, slim_page
from papercatalog.build.theme_assets import CatalogAssets
from repository import SMALL

SHELL = 2600
"""How many bytes a page of a paper may have beside its title, description, address and body."""
LARGE = """
extra:
  alternate:
    - {name: English, link: /en/, lang: en}
  social:
    - {icon: fontawesome/brands/github, link: "https://example.org/a"}
    - {icon: fontawesome/brands/mastodon, link: "https://example.org/b"}
"""
"""Settings that give the theme more to write."""
FEATURES = """
    - header.autohide
    - navigation.tabs.sticky
    - navigation.footer
"""
CALL = re.compile(
    r'document\.currentScript\.insertAdjacentHTML\("beforebegin",("(?:[^"\\]|\\.)*")\)\n;'
)

INLINE = {"a", "b", "button", "code", "i", "img", "input", "label", "small", "span", "svg"}
"""Elements beside which white space shows."""
KEPT = {"pre": 1, "textarea": 1, "script": -9, "style": -9}
"""Elements whose white space shows as it is; those whose text does not show at all."""

words = st.text("abcé&;\"' \n\t", max_size=8).map(lambda text: text.replace("&", "&amp;"))


def element(names: list[str], children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    values = st.sampled_from(["", ' href="a  b"', " title='c > \"d\"'", '   id="e"\n', " hidden "])
    return st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(names), values, children)


markup = st.recursive(
    words | element(["pre", "textarea"], words),
    lambda some: element(["p", "div", "li", "b", "a", "h1"], st.lists(some).map("".join)),
)


@given(markup)
def test_squeezing_changes_nothing_that_is_seen(html: str) -> None:
    whole = f"<div>{html}</div>"
    minify_htmld = minify_html(whole)
    assert seen(minify_htmld) == seen(whole)
    assert parse_html(minify_htmld).elements == parse_html(whole).elements
    assert minify_html(minify_htmld) == minify_htmld


def seen(html: str) -> str:
    """Give a page's text as a browser lays it out, its blocks on lines of their own."""

    class Seen(HTMLParser):
        text = ""
        kept = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.kept += KEPT.get(tag, 0)
            self.text += "\v" if tag not in INLINE else ""

        def handle_endtag(self, tag: str) -> None:
            self.kept -= KEPT.get(tag, 0)
            self.text += "\v" if tag not in INLINE else ""

        def handle_data(self, data: str) -> None:
            kept = data.replace(" ", "\x01").replace("\n", "\x02").replace("\t", "\x03")
            if self.kept >= 0:
                self.text += kept if self.kept else data

    page = Seen(convert_charrefs=True)
    page.feed(html)
    page.close()
    return re.sub(r"\s*\v[\s\v]*", "\v", re.sub(r"[ \n\t]+", " ", page.text))


@pytest.mark.parametrize("settings", ["", "plain", "large"])
def test_a_slim_page_is_the_theme_s_page(
    settings: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, str, SlimPage]] = []

    def record(
        html: str, content: str, root: str, placeholders: Iterable[str], _: CatalogAssets | None
    ) -> SlimPage:
        made.append((html, content, slim_page(html, content, root, placeholders)))
        return made[-1][2]

    monkeypatch.setattr(session, "slim_page", record)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    folder = configure(settings, tmp_path)
    build(load_config(str(folder / "mkdocs.yml")))
    assert len(made) > 8
    for html, content, slim in made:
        assert content in slim.html
        assert len(slim.html) < len(html)
        whole = expand(slim)
        assert Counter(seen(whole).split()) == Counter(seen(html).split())
        assert_same_page(parse_html(html), parse_html(whole))
        for path in re.findall(r"assets/shell/[^\"]+", slim.html):
            assert (folder / "site" / path).read_text("utf-8") == slim.files[path]


def configure(settings: str, folder: Path) -> Path:
    shutil.copytree(SMALL, folder / "small")
    file = folder / "small" / "mkdocs.yml"
    config = file.read_text("utf-8")
    if settings == "plain":
        config = re.sub(r"(?s)theme:.*?\n(?=\w)", "theme: material\n", config)
    if settings == "large":
        config = config.replace("  features:\n", "  features:" + FEATURES) + LARGE
    file.write_text(config, encoding="utf-8")
    return folder / "small"


def assert_same_page(before: Html, after: Html) -> None:
    assert after.links == before.links
    assert after.ids - {"generator"} == before.ids - {"generator"}
    assert after.title == before.title
    assert Counter(parts(after)) == Counter(parts(before))


def parts(page: Html) -> Iterator[tuple[str, ...]]:
    """Give every element that a reader meets, with its attributes."""
    for tag, values in page.elements:
        known = dict(values)
        if tag == "svg":
            known = {"viewBox": values.get("viewbox", "")}
        empty = values.get("data-md-component") in ("skip", "announce")
        shared = "assets/shell/" in values.get("href", "")
        if tag in ("path", "html") or shared or empty or values.get("name") == "generator":
            continue
        yield (tag, *(f"{name}={value}" for name, value in sorted(known.items())))


def expand(slim: SlimPage) -> str:
    """Put back what the shared scripts put back in a browser."""

    def markup(found: re.Match[str]) -> str:
        script = slim.files[found[1]]
        return "".join(
            json.loads(part) if place % 2 else scripts(part)
            for place, part in enumerate(CALL.split(script))
        )

    return re.sub(r'<script src="[^"]*?(assets/shell/[^"]+)"></script>', markup, slim.html)


def scripts(code: str) -> str:
    return "".join(f"<script>{part}</script>" for part in code.split("\n;") if part)


def test_a_page_repeats_little(small: Path) -> None:
    page = small / "papers" / "2025" / "2410.08110" / "index.html"
    html = page.read_text("utf-8")
    found = parse_html(html)
    body = html[html.index('<div class="pc-page">') : html.index("</article>")]
    metadata = html[html.index('<meta name="citation_') : html.index("</head>")]
    own = [body, metadata, found.title, found.description, "papers/2025/2410.08110/"]
    assert len(html.encode()) - sum(len(part.encode()) for part in own) < SHELL


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slim") / "small"
    shutil.copytree(SMALL, folder)
    build(load_config(str(folder / "mkdocs.yml")))
    return folder / "site"


def test_a_page_of_unknown_markup_stays_as_it_is() -> None:
    html = "<!doctype html>\n<main>\n  content</main>"
    assert slim_page(html, "elsewhere", "") == SlimPage(html, {})
    assert slim_page(html, "", "") == SlimPage(html, {})
    assert slim_page(html, "content", "").html == "<!doctype html><main>content</main>"


def test_content_stays_as_it_is() -> None:
    content = '<p>a\n  <b>c</b>\n<!-- by script --><svg xmlns="http://www.w3.org/2000/svg"></svg>'
    marked = "<!-- by script --> <i>x</i> <!-- /by script -->"
    html = f"<body>\n{content}\n<main></main> {marked}</body>"
    slim = slim_page(html, content, "../")
    path = next(iter(slim.files))
    assert slim.html == f'<body>{content}<main></main><script src="../{path}"></script></body>'
    assert slim.files[path] == (
        'document.currentScript.insertAdjacentHTML("beforebegin","<i>x</i>")\n;'
    )


def test_a_part_that_differs_between_pages_stays_in_the_page() -> None:
    part = "<!-- by script --><i>the mark</i><!-- /by script -->"
    slim = slim_page(f"<main>{part}</main><p>content</p>", "<p>content</p>", "", ["mark"])
    assert slim == SlimPage("<main><i>the mark</i></main><p>content</p>", {})
