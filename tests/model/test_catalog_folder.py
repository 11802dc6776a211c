"""A catalog's folders are where its configuration puts them, for every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from papercatalog.model.catalog_folder import CatalogFolder, load_catalog_folder
from papercatalog.model.problems import CatalogError

DEFAULTS = {
    "mkdocs.yml": "mkdocs.yml",
    "docs/papers/2025/x.md": "docs/papers/2025/x.md",
    "seeds/one.txt": "seeds/one.txt",
    ".cache/papercatalog": ".cache/papercatalog",
    "site": "site",
}


def find(folder: CatalogFolder, root: Path) -> dict[str, str]:
    return {name: (folder / name).relative_to(root).as_posix() for name in DEFAULTS}


def load(root: Path, text: str, name: str = "mkdocs.yml") -> CatalogFolder:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")
    return load_catalog_folder(root, name)


@pytest.mark.parametrize("text", ["site_name: A\n", "plugins: [papercatalog]", "plugins: {a: }"])
def test_without_settings_all_lies_beside_the_configuration(tmp_path: Path, text: str) -> None:
    assert find(load(tmp_path, text), tmp_path) == DEFAULTS
    (tmp_path / "mkdocs.yml").rename(tmp_path / "mkdocs.yaml")
    folder = load_catalog_folder(tmp_path)
    assert folder.config.name == "mkdocs.yaml"
    folder.config.unlink()
    assert find(load_catalog_folder(tmp_path), tmp_path) == DEFAULTS


def test_settings_are_relative_to_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYS", "../raw")
    text = (
        "INHERIT: ../base.yml\nsite_dir: ../public\nmarkdown_extensions:\n"
        "- toc: {slugify: !!python/name:os.sep }\n"
        "plugins:\n- search\n- papercatalog: {seeds: !ENV [NO, DAYS, x], cache: ../kept}\n"
    )
    (tmp_path / "base.yml").write_text("docs_dir: ../content/pages\nsite_dir: lost\n", "utf-8")
    folder = load(tmp_path, text, "conf/mk.yml")
    assert find(folder, tmp_path) == {
        "mkdocs.yml": "conf/mk.yml",
        "docs/papers/2025/x.md": "content/pages/papers/2025/x.md",
        "seeds/one.txt": "raw/one.txt",
        ".cache/papercatalog": "kept/papercatalog",
        "site": "public",
    }
    assert folder.root == tmp_path
    assert folder.name(tmp_path / "raw" / "one.txt") == "seeds/one.txt"
    assert folder.name(Path("content/pages/papers/2025/x.md")) == "docs/papers/2025/x.md"
    assert folder.name(Path("/elsewhere/one.txt")) == "/elsewhere/one.txt"
    said = "docs/papers/2025/x.md: no seeds/one.txt, nor https://example.org/docs/papers/"
    assert folder.locate(said) == (
        "content/pages/papers/2025/x.md: no raw/one.txt, nor https://example.org/docs/papers/"
    )


def test_docs_outside_the_configurations_folder_take_seeds_and_cache_along(tmp_path: Path) -> None:
    found = find(load(tmp_path, "docs_dir: ../docs\n", "conf/mk.yml"), tmp_path)
    assert found == {**DEFAULTS, "mkdocs.yml": "conf/mk.yml", "site": "conf/site"}


@pytest.mark.parametrize("text", ["a: [", "- a\n", "\0"])
def test_a_configuration_that_cannot_be_read_is_a_problem(tmp_path: Path, text: str) -> None:
    with pytest.raises(CatalogError) as caught:
        load(tmp_path, text)
    assert caught.value.problems[0].code == "bad-config"
