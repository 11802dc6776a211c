"""The plain tree: other renderers build the same papers, topics and days of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from environments import make_environment, run
from html_pages import load_pages, resolve
from papercatalog.cli import main
from papercatalog.model.loading import load_catalog
from papercatalog.text import plain_title
from papercatalog.words import load_words
from repository import ROOT, SMALL


def export(root: Path, target: Path) -> str:
    result = CliRunner().invoke(main, ["-C", str(root), "export", str(target)])
    assert result.exit_code == 0, result.output
    return result.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="module")
def renderers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds other renderers and not this package."""
    folder = tmp_path_factory.mktemp("renderers") / "environment"
    return make_environment(folder, "properdocs", "mkdocs-material")


@pytest.fixture(scope="module")
def zensical(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path | None:
    """The programs of an environment with Zensical; None, and a word in the summary, without."""
    folder = tmp_path_factory.mktemp("zensical") / "environment"
    try:
        return make_environment(folder, "zensical")
    except AssertionError as error:
        told = str(error).strip().splitlines()[-1]
        request.node.warn(
            pytest.PytestWarning(f"Zensical could not be installed, so it built nothing: {told}")
        )
        return None


def test_an_export_is_plain_files(tmp_path: Path) -> None:
    small = tmp_path / "small"
    shutil.copytree(SMALL, small)
    with (small / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("  - tags\n")
    said = export(small, tmp_path / "tree")
    assert "6 papers, 3 topics, 4 days" in said
    tree = contents(tmp_path / "tree")
    assert f"{len(tree) - 1} files" in said
    config = yaml.safe_load(tree["mkdocs.yml"])
    assert config["plugins"] == ["tags"]
    assert config["site_name"] == "A small catalog"
    for paper in load_catalog(SMALL).papers:
        assert f"docs/{paper.path}" in tree
    assert "docs/assets/papercatalog.css" in tree
    assert "docs/papers/2025/former-name/index.html" in tree


@pytest.mark.parametrize(("language", "locale"), [("de", "de_DE"), ("en", "")])
def test_an_exports_templates_have_words_and_name_their_language(
    language: str, locale: str, tmp_path: Path
) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    config = tmp_path / "small" / "mkdocs.yml"
    theme = f"theme:\n  language: {language}\n"
    config.write_text(config.read_text("utf-8").replace("theme:\n", theme), "utf-8")
    export(tmp_path / "small", tmp_path / "tree")
    files = (tmp_path / "tree" / "overrides").rglob("*.html")
    templates = {file.name: file.read_text("utf-8") for file in files}
    assert not [name for name, text in templates.items() if "words." in text]
    assert f'{{% if "{locale}" %}}' in templates["main.html"]
    assert load_words(language).text("missing.title") in templates["404.html"]


def test_an_export_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "tree"
    export(SMALL, target)
    before = contents(target)
    (target / "docs" / "left-over.md").write_text("of another time")
    export(SMALL, target)
    assert contents(target) == before


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = CliRunner().invoke(main, ["-C", str(SMALL), "export", str(tmp_path)])
    assert result.exit_code == 1
    assert "[not-empty]" in result.stderr
    assert contents(tmp_path) == {"mine.txt": b"mine"}


@pytest.mark.parametrize("config", ["a: [", "just text", None])
def test_a_bad_configuration_is_named(tmp_path: Path, config: str | None) -> None:
    root = tmp_path / "root"
    shutil.copytree(SMALL, root)
    (root / "mkdocs.yml").unlink()
    if config is not None:
        (root / "mkdocs.yml").write_text(config)
    result = CliRunner().invoke(main, ["-C", str(root), "export", str(tmp_path / "tree")])
    assert result.exit_code == 1
    assert "[bad-config]" in result.stderr
    assert not (tmp_path / "tree").exists()


def expect_everything(root: Path, site: Path) -> None:
    """Hold a site that another renderer built against the catalog."""
    catalog = load_catalog(root)
    pages = load_pages(site)
    linked = {
        address: {resolve(address, link) for link, _ in page.links}
        for address, page in pages.items()
    }
    name = yaml.safe_load((root / "mkdocs.yml").read_bytes())["site_name"]
    for paper in catalog.papers:
        page = pages[paper.url]
        assert page.headings == [plain_title(paper.title)]
        assert page.title == f"{plain_title(paper.title)} - {name}"
        assert paper.url in linked[f"dates/{paper.date:%Y/%m/%d}/"]
        for slug in paper.topics:
            assert paper.url in linked[f"topics/{slug}/"]
    for topic in catalog.vocabulary.topics:
        assert pages[f"topics/{topic.slug}/"].headings == [topic.title]
    for address, page in pages.items():
        for tag, attributes in page.elements:
            assert attributes.get("src") != "x", f"{address}: {tag}"


@pytest.mark.parametrize("root", [SMALL, ROOT], ids=["small", "whole"])
def test_properdocs_builds_it(root: Path, tmp_path: Path, renderers: Path) -> None:
    export(root, tmp_path / "tree")
    run(renderers / "properdocs", "build", "--strict", "-f", "mkdocs.yml", cwd=tmp_path / "tree")
    expect_everything(root, tmp_path / "tree" / "site")


@pytest.mark.filterwarnings("default::pytest.PytestWarning")
@pytest.mark.parametrize("root", [SMALL, ROOT], ids=["small", "whole"])
def test_zensical_builds_it(root: Path, tmp_path: Path, zensical: Path | None) -> None:
    export(root, tmp_path / "tree")
    if zensical is None:
        return
    run(zensical / "zensical", "build", "--strict", cwd=tmp_path / "tree")
    expect_everything(root, tmp_path / "tree" / "site")
