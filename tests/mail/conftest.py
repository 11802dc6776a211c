"""The catalog that is sent, and the addresses that get it."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_catalog import CURATED, write_catalog

NAMES = ("ada", "bob", "cem")


@pytest.fixture(autouse=True)
def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out ``fsync``: no test cuts the power, and it would measure the disk."""
    monkeypatch.setattr("os.fsync", lambda handle: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog of three papers of one day, and a file of three addresses."""
    write_catalog(tmp_path, *CURATED)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("A digest.", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nsite_url: https://a.example.org/\n")
    (tmp_path / "addresses.txt").write_text("".join(f"{n}@example.org\n" for n in NAMES))
    return tmp_path
