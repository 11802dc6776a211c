"""Projects that have other settings than most: each builds, or says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from made_catalog import run
from projects import MATERIAL, PLAIN, build_project, write_project

Log = pytest.LogCaptureFixture
HOOKS = f"{PLAIN}hooks: [hooks.py]\n"
TEMPLATES = """
from jinja2 import Template

def on_page_markdown(markdown, page, **_):
    page.title = Template(page.title or "").render()
    return Template(markdown).render()
"""
"""A hook that takes Markdown and titles for Jinja templates, as mkdocs-macros does."""
REDIRECTS = """
def on_files(files, config):
    pages = {file.src_uri: file.url for file in files.documentation_pages()}
    for name in ("topics/agents.md", "papers/2025/two.md", "dates/index.md", "about.md"):
        print(name, pages[name])
"""
"""A hook that looks for the targets of redirects where mkdocs-redirects does."""
DATES = """
def on_page_markdown(markdown, page, **_):
    page.meta["git_revision_date_localized"] = "Dezember 1871"
"""
"""A hook that dates pages as mkdocs-git-revision-date-localized does."""
SOURCES = """
def on_page_markdown(markdown, page, config, **_):
    file = page.file
    if file.src_uri in ("papers/2025/two.md", "dates/index.md", "index.md"):
        source = file.abs_src_path and file.abs_src_path[len(config.docs_dir) + 1 :]
        print(file.src_uri, source, file.generated_by, page.edit_url)
"""
"""A hook that asks for pages' files as mkdocs-git-revision-date-localized does."""
OFFLINE = """
def on_pre_build(config):
    config.use_directory_urls = False
"""
"""A hook that switches directories as addresses off as late as a plugin can."""


def test_a_topic_whose_parent_has_no_file_stands_on_its_own(tmp_path: Path, caplog: Log) -> None:
    root = write_project(tmp_path)
    (root / "docs" / "topics" / "light.md").unlink()
    built = build_project(root, caplog)
    assert any(
        "docs/topics/paper.md:3: parent: unknown topic 'light'" in it for it in built.warnings
    )
    assert "A Browser" not in built.read("topics/paper/index.html")
    assert "Paper Lanterns" in built.read("topics/paper/index.html")
    assert 'href="../topics/paper/"' in built.read("topics/index.html")


def test_docs_elsewhere_in_the_project(tmp_path: Path, caplog: Log) -> None:
    settings = "docs_dir: content\nplugins:\n- papercatalog: {seeds: raw/days, cache: build/kept}\n"
    root = write_project(tmp_path, f"site_name: Lanterns\n{MATERIAL}{settings}")
    (root / "docs").rename(root / "content")
    (root / "raw" / "days").mkdir(parents=True)
    digest = "July 29\n\nA Lantern of Days\n\nDigests hold an abstract of each paper, and so on.\n"
    (root / "raw" / "days" / "2025-07-29.txt").write_text(digest, "utf-8")
    (root / "content" / "topics" / "light.md").unlink()
    built = build_project(root, caplog)
    assert any(it.startswith("papercatalog: content/topics/paper.md:3:") for it in built.warnings)
    assert "A Tide Table" in built.read("topics/agents/index.html")
    assert (root / "build" / "kept" / ".gitignore").is_file()
    assert not (root / ".cache").exists()
    checked = run(root, "check")
    assert "content/topics/paper.md:3: parent: unknown topic 'light'" in checked.output
    (root / "content" / "topics" / "light.md").write_text(
        "---\ntitle: Light\nterms: [lantern]\n---\nOf light.\n", "utf-8"
    )
    found = run(root, "search", "tide")
    assert "content/papers/2025/two.md" in found.output
    assert "docs/" not in checked.output + found.output


def test_a_configuration_in_a_folder_of_its_own(tmp_path: Path, caplog: Log) -> None:
    config = f"{PLAIN}docs_dir: ../docs\nsite_dir: ../public\n"
    root = write_project(tmp_path, config="", files={"conf/mk.yml": config})
    (root / "mkdocs.yml").unlink()
    built = build_project(root, caplog, "conf/mk.yml")
    assert built.warnings == []
    assert built.site == root / "public"
    assert "A Tide Table" in built.read("topics/agents/index.html")
    assert [file.name for file in (root / "conf").iterdir()] == ["mk.yml"]
    assert (root / ".cache" / ".gitignore").is_file()
    checked = run(root, "-f", "conf/mk.yml", "check")
    assert checked.output == "3 papers, 3 topics, 1 day: 0 problems\n"


def test_pages_in_whose_place_the_catalogs_are_written_are_named(
    tmp_path: Path, caplog: Log
) -> None:
    mine = "# Mine\n\nA page of *people*.\n"
    names = ("dates/index.md", "search/index.md", "contribute.md", "papers/notes.md")
    files = {f"docs/{name}": mine for name in (*names, "dates/notes.md", "topics/index.md")}
    built = build_project(write_project(tmp_path, files=files), caplog)
    assert "A page of <em>people</em>." in built.read("topics/index.html")
    assert "A page of <em>people</em>." in built.read("dates/notes/index.html")
    for path in ("dates", "search", "contribute"):
        assert "people" not in built.read(f"{path}/index.html")
    message = "is left out: the catalog has a page or file at its address; give it another name"
    unread, *left_out = sorted(built.warnings, key=lambda it: "reserved-file" in it)
    assert unread.startswith("papercatalog: docs/papers/notes.md:1: starts without front matter;")
    assert sorted(left_out) == [
        *(f"papercatalog: docs/{name}: {message} [reserved-file]" for name in sorted(names[:3])),
    ]


def test_without_an_address_there_is_no_sitemap_and_it_is_said(tmp_path: Path, caplog: Log) -> None:
    built = build_project(write_project(tmp_path), caplog)
    assert (built.warnings, [*built.site.glob("*.xml*")]) == ([], [])
    assert any("site_url is not set" in line and "no feeds" in line for line in built.told)
    (tmp_path / "mkdocs.yml").write_text(f"{PLAIN}site_url: https://example.org/\n", "utf-8")
    (tmp_path / "docs" / "about.md").write_text("# About\n", "utf-8")
    built = build_project(tmp_path, caplog)
    assert not any("site_url" in line for line in built.told)
    pages = built.read("sitemap-pages.xml")
    assert "<loc>https://example.org/about/</loc>" in pages
    assert "<loc>https://example.org/topics/agents/</loc>" in pages
    assert "placeholder" not in pages


@pytest.mark.parametrize(
    ("config", "files", "remedy"),
    [
        (f"{PLAIN}use_directory_urls: false\n", {}, "write use_directory_urls: true"),
        (f"site_name: A\n{MATERIAL}plugins: [papercatalog, offline]\n", {}, "the plugin offline"),
        (HOOKS, {"hooks.py": OFFLINE}, "write use_directory_urls: true"),
        ("site_name: A\ntheme: readthedocs\nplugins: [papercatalog]\n", {}, "theme 'readthedocs'"),
        ("site_name: A\nplugins: [papercatalog]\n", {}, "no pages for the theme 'mkdocs'"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_written(
    tmp_path: Path, caplog: Log, config: str, files: dict[str, str], remedy: str
) -> None:
    root = write_project(tmp_path, config, {**files, "site/index.html": "The last good site."})
    with pytest.raises(Abort):
        build_project(root, caplog)
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(errors) == 1, caplog.text
    assert remedy in errors[0]
    assert [file.name for file in (root / "site").iterdir()] == ["index.html"]


def test_texts_of_papers_are_no_templates(tmp_path: Path, caplog: Log) -> None:
    root = write_project(tmp_path, HOOKS, {"hooks.py": TEMPLATES, "docs/about.md": "# {{ 6 * 7 }}"})
    hostile = "{{ 1 / 0 }} and {% include 'x' %} and {# no more"
    page = root / "docs" / "papers" / "2025" / "two.md"
    page.write_text(page.read_text("utf-8").replace("A Tide Table", "{{ 1/0 }} {% x %}"), "utf-8")
    page.write_text(f"{page.read_text('utf-8')}\n{hostile}\n", "utf-8")
    built = build_project(root, caplog)
    assert built.warnings == []
    paper = built.read("papers/2025/two/index.html")
    assert "{{ 1 / 0 }} and {% include 'x' %} and {# no more" in paper
    assert "<title>{{ 1/0 }} {% x %} - Lanterns</title>" in paper
    assert '<h1 id="42">42</h1>' in built.read("about/index.html")
    (root / "hooks.py").write_text("", "utf-8")
    plain = build_project(root, caplog)
    assert plain.read("papers/2025/two/index.html") == paper


def test_other_plugins_find_our_pages_among_the_files(
    tmp_path: Path, caplog: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    about = {"docs/about.md": "See [agents](topics/agents.md).\n", "hooks.py": REDIRECTS}
    built = build_project(write_project(tmp_path, HOOKS, about), caplog)
    assert built.warnings == []
    assert capsys.readouterr().out.splitlines() == [
        "topics/agents.md topics/agents/",
        "papers/2025/two.md papers/2025/two/",
        "dates/index.md dates/",
        "about.md about/",
    ]
    assert 'href="../topics/agents/"' in built.read("about/index.html")


def test_a_page_without_a_file_has_no_date_of_a_change(tmp_path: Path, caplog: Log) -> None:
    root = write_project(tmp_path, HOOKS, {"hooks.py": DATES, "docs/about.md": "# About\n"})
    built = build_project(root, caplog)
    dated = {
        path: "Dezember 1871" in built.read(f"{path}index.html")
        for path in ("about/", "papers/2025/two/", "dates/", "dates/2025/07/28/", "")
    }
    assert dated == {
        "about/": True,
        "papers/2025/two/": True,
        "dates/": False,
        "dates/2025/07/28/": False,
        "": False,
    }


def test_a_page_names_the_file_that_people_change(
    tmp_path: Path, caplog: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    config = f"{HOOKS}repo_url: https://github.com/a/b\n"
    files = {"hooks.py": SOURCES, "docs/index.md": "Text.\n"}
    build_project(write_project(tmp_path, config, files), caplog)
    assert capsys.readouterr().out.splitlines() == [
        "index.md index.md None https://github.com/a/b/edit/master/docs/index.md",
        "papers/2025/two.md papers/2025/two.md None None",
        "dates/index.md None papercatalog None",
    ]


def test_another_search_is_named(tmp_path: Path, caplog: Log) -> None:
    config = f"site_name: A\n{MATERIAL}plugins: [search, papercatalog]\n"
    (warning,) = build_project(write_project(tmp_path, config), caplog).warnings
    assert "the plugin search writes an index that nothing on the site loads" in warning


def test_our_parts_stand_below_overrides_of_the_project(tmp_path: Path, caplog: Log) -> None:
    config = PLAIN.replace("font: false", "font: false\n  custom_dir: overrides")
    main = '{% extends "base.html" %}{% block announce %}Read <b>this</b>.{% endblock %}'
    files = {"overrides/main.html": main, "docs/about.md": "# About\n"}
    built = build_project(write_project(tmp_path, config, files), caplog)
    assert built.warnings == []
    for path in ("about/", "papers/2025/two/", ""):
        assert "Read <b>this</b>." in built.read(f"{path}index.html")
    scripts = [file.read_text("utf-8") for file in built.site.glob("assets/shell/*.js")]
    assert "data-search-box" in built.read("about/index.html")
    assert any("data-search-box" in script for script in scripts)
    (tmp_path / "overrides" / "main.html").write_text(
        '{% extends "base.html" %}{% block header %}Mine{% endblock %}', "utf-8"
    )
    (warning,) = build_project(tmp_path, caplog).warnings
    assert "about.md: the page has no search box" in warning


def test_instant_navigation_is_switched_off(tmp_path: Path, caplog: Log) -> None:
    features = "[navigation.instant, navigation.instant.prefetch, navigation.top]"
    config = PLAIN.replace("font: false", f"font: false\n  features: {features}")
    built = build_project(write_project(tmp_path, config, {"docs/about.md": "# About\n"}), caplog)
    assert any(line.startswith("papercatalog: navigation.instant:") for line in built.told)
    assert '"features": ["navigation.top"]' in built.read("about/index.html")
