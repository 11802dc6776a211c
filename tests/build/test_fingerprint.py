"""Whether a site is up to date is told by its inputs first, then by its own files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from papercatalog.build import fingerprint
from papercatalog.build.fingerprint import (
    compute_fingerprint,
    find_built_site,
    save_fingerprint,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("a page")
    save_fingerprint(tmp_path, "inputs", "1 paper")
    return tmp_path


def test_a_site_is_known_until_a_file_of_it_changes(root: Path) -> None:
    assert find_built_site(root, "inputs") == "1 paper"
    (root / "site" / "index.html").write_text("another page")
    assert find_built_site(root, "inputs") is None


def test_a_folder_that_is_not_there_is_no_site(root: Path) -> None:
    shutil.rmtree(root / "site")
    save_fingerprint(root, "inputs", "1 paper")
    assert find_built_site(root, "inputs") is None


def test_of_other_inputs_the_site_is_not_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprint, "_hash_files", None)
    assert find_built_site(root, "other inputs") is None


def test_a_configuration_that_is_inherited_counts(tmp_path: Path) -> None:
    base, further = tmp_path / "base.yml", tmp_path / "further.yml"
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n")
    missing = compute_fingerprint(tmp_path)
    base.write_text("INHERIT: further.yml\nsite_name: A\n")
    further.write_text("site_url: https://a.org/\n")
    found = compute_fingerprint(tmp_path)
    further.write_text("site_url: https://another.org/\n")
    changed = compute_fingerprint(tmp_path)
    assert len({missing, found, changed}) == 3
    assert compute_fingerprint(tmp_path) == changed
