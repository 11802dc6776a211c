"""Projects as newcomers bring them: their settings, files and plugins work beside the catalog."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from made_catalog import run
from papercatalog.outputs.context import find_edit_base
from projects import MATERIAL, PLAIN, build_project, write_project

Log = pytest.LogCaptureFixture
WHOLE = """
site_name: !ENV [SITE, Lanterns]
site_url: !ENV [ADDRESS, "https://example.org/lamps/"]
strict: true
repo_url: https://github.com/me/lamps
copyright: Me &copy;
theme:
  name: material
  font: false
  logo: img/logo.svg
  favicon: img/icon.svg
  icon: {repo: fontawesome/brands/github}
  palette:
  - media: "(prefers-color-scheme)"
    toggle: {icon: material/link, name: Auto}
  - media: "(prefers-color-scheme: light)"
    scheme: default
    primary: indigo
    toggle: {icon: material/toggle-switch, name: To the dark}
  - media: "(prefers-color-scheme: dark)"
    scheme: slate
    toggle: {icon: material/toggle-switch-off, name: To the light}
  features: [navigation.tabs, navigation.indexes, navigation.footer, navigation.top, toc.follow]
plugins:
- papercatalog: {author_pages: !ENV [FEWEST, 2]}
- group: {enabled: !ENV [ALL, true], plugins: [tags]}
- meta
extra:
  alternate:
  - {name: English, link: /en/, lang: en}
  - {name: Deutsch, link: /de/, lang: de}
  homepage: https://home.example.org/
  nothing: !ENV NOT_SET
extra_css: [more.css]
extra_javascript: [{path: more.mjs, type: module}]
watch: [more]
markdown_extensions:
- toc: {permalink: true, toc_depth: 3, title: On this page}
- attr_list
- pymdownx.superfences
"""
READS = """
def on_files(files, config):
    for page in files.documentation_pages():
        print(page.src_uri, page.content_string.startswith("---"))
"""
SOCIAL = """
from mkdocs.plugins import BasePlugin

def on_config(config):
    config.plugins["material/social"] = BasePlugin()

def on_page_markdown(markdown, page, **_):
    print(page.file.src_uri, page.meta.get("social"))
"""
"""A hook that stands for Material's plugin ``social``, which asks a page's metadata for cards."""


def test_a_whole_project_builds_without_a_warning(tmp_path: Path, caplog: Log) -> None:
    folder = tmp_path / "a project with blanks & Ümlaut"
    files = {
        **{f"docs/{name}": "" for name in ("img/logo.svg", "img/icon.svg", "more.css", "more.mjs")},
        **{"docs/about.md": "---\ntags: [x]\n---\n# About\n\n## More\n", "more/x.txt": ""},
        **{"docs/guide/.meta.yml": "hide: [toc]\n", "docs/guide/a.md": "# A\n"},
    }
    write_project(folder, WHOLE, files)
    (tmp_path / "link").symlink_to(folder)
    built = build_project(tmp_path / "link", caplog)
    assert built.warnings == []
    assert (folder / ".cache").is_dir()
    assert not (tmp_path / ".cache").exists()
    for path in ("topics/", "about/", "papers/2025/two/"):
        html, up = built.read(f"{path}index.html"), "../" * path.count("/")
        for address in ("img/logo.svg", "img/icon.svg", "more.css", "more.mjs"):
            assert f'"{up}{address}"' in html, path
        scripts = [file.read_text("utf-8") for file in built.site.glob("assets/shell/*.js")]
        assert any("To the dark" in text for text in (html, *scripts))
        assert any('href="/de/"' in text or 'href=\\"/de/\\"' in text for text in (html, *scripts))
        assert "https://home.example.org/" in html
    for command in (["check"], ["search", "tide"], ["build"], ["export", str(tmp_path / "out")]):
        done = run(tmp_path / "link", *command)
        assert done.exit_code == 0, done.output


def test_a_navigation_misses_no_page_of_ours(tmp_path: Path, caplog: Log) -> None:
    nav = "nav: [index.md, {Find: search/index.md}, {Read: reading-list/index.md}]\n"
    config = f"{PLAIN}{nav}validation: {{nav: {{omitted_files: warn}}}}\n"
    built = build_project(write_project(tmp_path, config), caplog)
    assert built.warnings == []
    assert not any("rendered by itself" in line for line in built.told)
    assert '<a href="../search/">Find</a>' in built.read("dates/index.html")
    assert "Statistics" in built.read("stats/index.html")
    (tmp_path / "docs" / "about.md").write_text("# About\n", "utf-8")
    (warning,) = build_project(tmp_path, caplog).warnings
    assert warning.endswith('"nav" configuration:\n  - about.md')


def test_settings_that_withhold_pages_of_the_catalog_are_named(tmp_path: Path, caplog: Log) -> None:
    settings = (
        "docs_dir: content\nexclude_docs: topics/paper.md\ndraft_docs: |\n  two.md\n  no.md\n"
    )
    root = write_project(tmp_path, PLAIN + settings, {"docs/no.md": "# No\n"})
    (root / "docs").rename(root / "content")
    built = build_project(root, caplog)
    message = "exclude_docs or draft_docs names it, but pages of the catalog are published"
    assert sorted(built.warnings) == [
        f"papercatalog: content/{path}: {message} all the same; move it to another folder"
        for path in ("papers/2025/two.md", "topics/paper.md")
    ]
    assert (built.site / "papers" / "2025" / "two" / "index.html").is_file()
    assert not (built.site / "no").exists()


def test_hooks_read_the_text_of_our_pages(
    tmp_path: Path, caplog: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"hooks.py": READS, "docs/about.md": "# About\n"}
    build_project(write_project(tmp_path, f"{PLAIN}hooks: [hooks.py]\n", files), caplog)
    read = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert read["papers/2025/two.md"] == read["topics/agents.md"] == "True"
    assert read["dates/2025/07/28.md"] == read["about.md"] == "False"


def test_pages_with_a_preview_get_no_card(
    tmp_path: Path, caplog: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    config = f"{PLAIN}hooks: [hooks.py]\nsite_url: https://example.org/\n"
    files = {"hooks.py": SOCIAL, "docs/about.md": "# About\n", "docs/index.md": "# Home\n"}
    built = build_project(write_project(tmp_path, config, files), caplog)
    asked = dict(line.split(" ", 1) for line in capsys.readouterr().out.splitlines())
    assert asked["about.md"] == "None"
    assert asked["index.md"] == asked["papers/2025/two.md"] == "{'cards': False}"
    assert [
        built.read(path).count("og:image") > 0 for path in ("index.html", "about/index.html")
    ] == [
        True,
        False,
    ]


@pytest.mark.parametrize("plugins", ["[]", "[{group: {enabled: true, plugins: [papercatalog]}}]"])
def test_a_configuration_without_the_plugin_is_named(tmp_path: Path, plugins: str) -> None:
    root = write_project(tmp_path, f"site_name: A\n{MATERIAL}plugins: {plugins}\n")
    done = run(root, "build")
    assert done.exit_code == 1
    assert "mkdocs.yml does not list papercatalog in its plugins" in done.output


def test_an_export_has_what_the_configuration_inherits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEWEST", "1")
    base = f"site_name: !ENV [NAME, Lamps]\n{MATERIAL}extra: {{a: 1, b: 2}}\n"
    config = "INHERIT: conf/base.yml\nextra: {b: 3}\nplugins: [papercatalog: {author_pages: "
    files = {"conf/base.yml": base}
    root = write_project(tmp_path / "here", f"{config}!ENV [FEWEST, 5]}}]\n", files)
    done = run(root, "export", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out" / "mkdocs.yml").read_text("utf-8")
    exported = yaml.safe_load(text.replace("!ENV", ""))
    assert exported["site_name"] == ["NAME", "Lamps"]
    assert exported["theme"]["name"] == "material"
    assert (exported["extra"], "INHERIT" in exported) == ({"a": 1, "b": 3}, False)
    assert "Lamps" in (tmp_path / "out" / "docs" / "index.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("given", "base"),
    [
        (("https://github.com/a/b", None, ""), "https://github.com/a/b/edit/master/docs/"),
        (("https://github.com/a/b/", "edit/x", ""), "https://github.com/a/b/edit/x/"),
        (("https://github.com/a/b", "", ""), ""),
        (("https://example.org/a", None, ""), ""),
        (("https://a.org/b", "https://e.org/x/", ""), "https://e.org/x/"),
        (("https://a.org/b", "?q=docs/", ""), "https://a.org/b?q=docs/"),
        (("https://a.org/b", "edit/", "blob/docs/{path}"), "https://a.org/b/blob/docs/"),
        (("https://a.org/b", "edit/", "blob/{path}?plain=1"), ""),
        (("https://a.org/b", "edit/", "blob/{path_noext}.md"), ""),
        (("", "edit/docs/", ""), ""),
    ],
)
def test_pages_are_edited_where_mkdocs_says(given: tuple[str, str | None, str], base: str) -> None:
    assert find_edit_base(*given) == base
