"""The home page is people's own, rendered by MkDocs, with parts of the catalog in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from html_pages import parse_html
from made_catalog import run
from projects import PLAIN, Built, build_project, write_project

Log = pytest.LogCaptureFixture
EXTENSIONS = f"{PLAIN}markdown_extensions: [admonition, attr_list, footnotes, md_in_html, tables]\n"
TEXT = """---
title: Lamps & "more"
description: What <b>glows</b>
---
# Lamps of *paper*

See [about](about.md), [agents](topics/agents.md) and [the sea](papers/2025/two.md).[^1]
![A lamp](lamp.svg){ width=40 }

<!-- papercatalog: days -->

!!! note "Mind"
    No **fire**.

| lamp | hours |
|---|---|
| one | 2 |

[^1]: A footnote.

<!-- papercatalog: newest -->

```html
<!-- papercatalog: search -->
```
"""
ORDER = re.compile(
    r'<form class="pc-search-call"|id="pc-[a-z-]+"|No <strong>fire|<td>one|<p>A footnote|Lamps of'
)
ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
HOOK = """
def on_page_markdown(markdown, page, **_):
    return markdown.replace("Lanterns", "Torches").replace("{{ x }}", "[evaluated]")

def on_page_content(html, **_):
    return html.replace("Lanterns", "Torches")
"""
"""A hook that changes what it can get of a page."""


def build_home(
    root: Path, caplog: Log, text: str, config: str = EXTENSIONS, **files: str
) -> tuple[Built, str]:
    """Build a project with this home page; gives the page's HTML, too."""
    beside = {"docs/about.md": "# About\n", "docs/lamp.svg": "<svg/>", "docs/index.md": text}
    built = build_project(write_project(root, config, {**beside, **files}), caplog)
    return built, built.read("index.html")


def test_everything_that_people_wrote_is_kept(tmp_path: Path, caplog: Log) -> None:
    built, html = build_home(tmp_path, caplog, TEXT)
    assert built.warnings == []
    page = parse_html(html)
    assert page.title == 'Lamps & "more" - Lanterns'
    assert page.description == "What <b>glows</b>"
    assert page.headings == ["Lamps of paper"]
    targets = [target for target, _ in page.links]
    assert {"about/", "topics/agents/", "papers/2025/two/"} <= set(targets)
    assert '<img alt="A lamp" src="lamp.svg" width="40" />' in html
    assert '<div class="admonition note">' in html
    assert "&lt;!-- papercatalog: search --&gt;" in html
    assert ORDER.findall(html) == [
        *("Lamps of", 'id="pc-days"', "No <strong>fire", "<td>one", 'id="pc-newest"'),
        *("<p>A footnote", '<form class="pc-search-call"', 'id="pc-topics"', 'id="pc-take-part"'),
    ]
    assert "data-papercatalog" not in html
    styles = built.read("assets/stylesheets/catalog.css")
    assert ".admonition" in styles
    assert ".footnote" in styles


BLOCKS = """
# Lamps

!!! note "Mind"
    One.

    <!-- papercatalog: days -->

    Two.

=== "First"
    <!-- papercatalog: topics -->

=== "Second"

    ??? tip

        <!-- papercatalog: newest -->

Three.

    <!-- papercatalog: search -->
"""


@pytest.mark.parametrize("more", ["", ", md_in_html, attr_list"])
def test_parts_stand_within_admonitions_and_tabs(tmp_path: Path, caplog: Log, more: str) -> None:
    tabs = "{pymdownx.tabbed: {alternate_style: true}}"
    config = f"{PLAIN}markdown_extensions: [admonition, pymdownx.details, {tabs}{more}]\n"
    built, html = build_home(tmp_path, caplog, BLOCKS, config)
    (warning,) = built.warnings
    assert "docs/index.md:22: body: a marker must stand on a line of its own" in warning
    found = re.findall(
        r'<div class="admonition|<p>One|id="pc-[a-z-]+"|<p>Two|<div class="tabbed-block|<details'
        r"|</details>|<p>Three|data-papercatalog|<p>\s*<div|</div>\s*</p>",
        html,
    )
    assert found == [
        *('<div class="admonition', "<p>One", 'id="pc-days"', "<p>Two"),
        *('<div class="tabbed-block', 'id="pc-topics"', '<div class="tabbed-block', "<details"),
        *('id="pc-newest"', "</details>", "<p>Three", 'id="pc-take-part"'),
    ]
    text = BLOCKS.replace("    <!-- papercatalog: search -->", "")
    (tmp_path / "docs" / "index.md").write_text(text, "utf-8")
    assert run(tmp_path, "export", str(tmp_path / "there")).exit_code == 0
    exported = build_project(tmp_path / "there", caplog).read("index.html")
    parts = re.findall(r'id="pc-[a-z-]+"|<p>Two|</details>|<p>Three', exported)
    assert parts == [
        *("<p>Two", 'id="pc-days"', "</details>", 'id="pc-topics"', 'id="pc-newest"', "<p>Three"),
        'id="pc-take-part"',
    ]


def test_a_broken_link_and_an_unknown_part_are_warnings(tmp_path: Path, caplog: Log) -> None:
    links = "See [x](gone.md), [y](#nowhere), [days](#pc-days)."
    text = f"Text\n\n{links}\n\n<!-- papercatalog: dayz -->\n"
    config = f"{PLAIN}validation: {{anchors: warn}}\n"
    built, html = build_home(tmp_path, caplog, text, config)
    assert sorted(built.warnings) == [
        "Doc file 'index.md' contains a link '#nowhere', but there is no such anchor on this page.",
        "Doc file 'index.md' contains a link 'gone.md', but the target is not found among "
        "documentation files.",
        "papercatalog: docs/index.md:5: body: no part is called 'dayz'; did you mean 'days'? "
        "[bad-marker]",
    ]
    assert "dayz" not in html
    checked = run(tmp_path, "check")
    assert checked.exit_code == 1
    assert "docs/index.md:5: body: no part is called 'dayz'" in checked.output


def test_without_a_file_the_home_page_has_the_parts(tmp_path: Path, caplog: Log) -> None:
    config = f"{PLAIN}site_description: Papers that glow\n"
    built = build_project(write_project(tmp_path, config), caplog)
    page = parse_html(built.read("index.html"))
    assert (built.warnings, page.title, page.headings) == ([], "Lanterns", ["Papers that glow"])
    assert ORDER.findall(built.read("index.html"))[0] == '<form class="pc-search-call"'
    assert 'aria-current="page">Home</a>' in built.read("index.html")
    (tmp_path / "docs" / "README.md").write_text("# Read me\n\nAll of it.\n", "utf-8")
    built = build_project(tmp_path, caplog)
    assert (built.warnings, parse_html(built.read("index.html")).headings) == ([], ["Read me"])
    assert 'id="pc-newest"' in built.read("index.html")


def test_our_parts_pass_by_other_plugins_and_by_markdown(tmp_path: Path, caplog: Log) -> None:
    files = {"hooks.py": HOOK, "docs/index.md": "Lanterns {{ x }}\n"}
    root = write_project(tmp_path, f"{EXTENSIONS}hooks: [hooks.py]\n", files)
    page = root / "docs" / "papers" / "2025" / "one.md"
    hostile = "Paper Lanterns {{ x }} *a* [c](d.md) {: .e } <!-- papercatalog: days -->"
    page.write_text(page.read_text("utf-8").replace("Paper Lanterns", hostile, 1), "utf-8")
    built = build_project(root, caplog)
    html = built.read("index.html")
    assert built.warnings == []
    assert "<p>Torches [evaluated]</p>" in html
    title = "Paper Lanterns {{ x }} *a* [c](d.md) {: .e } &lt;!-- papercatalog: days --&gt;"
    assert f">{title}</a></h3>" in html


def test_a_text_that_needs_the_themes_script_gets_it(tmp_path: Path, caplog: Log) -> None:
    config = f"{PLAIN}markdown_extensions: [{{pymdownx.tabbed: {{alternate_style: true}}}}]\n"
    text = '=== "One"\n\n    Text.\n\n=== "Two"\n\n    Text.\n'
    _, html = build_home(tmp_path, caplog, text, config)
    assert "assets/javascripts/bundle." in html
    assert "assets/stylesheets/main." in html
    assert "data-search-box" in html
    _, html = build_home(tmp_path, caplog, "Text.\n", config)
    assert "assets/javascripts/bundle." not in html


def test_a_template_of_its_own(tmp_path: Path, caplog: Log) -> None:
    config = PLAIN.replace("font: false", "font: false\n  custom_dir: overrides")
    files = {"overrides/mine.html": '{% extends "main.html" %}{% block footer %}Mine{% endblock %}'}
    _, html = build_home(
        tmp_path, caplog, "---\ntemplate: mine.html\n---\nText.\n", config, **files
    )
    assert "Mine" in html
    assert "pc-newest" in html
    assert "assets/javascripts/bundle." in html


def test_an_edit_of_the_text_shows_on_a_live_site(tmp_path: Path, caplog: Log) -> None:
    root = write_project(tmp_path, files={"docs/index.md": "One.\n"})
    assert "<p>One.</p>" in build_project(root, caplog, live=True).read("index.html")
    (root / "docs" / "index.md").write_text("<!-- papercatalog: rest -->\nTwo.\n", "utf-8")
    html = build_project(root, caplog, live=True).read("index.html")
    assert html.index("pc-take-part") < html.index("<p>Two.</p>")


def test_an_export_builds_the_same_page(tmp_path: Path, caplog: Log) -> None:
    _, html = build_home(tmp_path / "here", caplog, TEXT)
    assert run(tmp_path / "here", "export", str(tmp_path / "there")).exit_code == 0
    exported = build_project(tmp_path / "there", caplog)
    assert exported.warnings == []
    ours, theirs = (
        ARTICLE.findall(re.sub(r'<div class="footnote">.*?</div>|\s', "", page, flags=re.DOTALL))
        for page in (html, exported.read("index.html"))
    )
    assert ours == theirs
