"""The catalog that most tests of commands start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from made_catalog import CURATED, write_catalog
from paper_services import Services, serve_papers


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog of three papers and three topics, with a digest that one page names."""
    write_catalog(tmp_path, *CURATED)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("A digest.", "utf-8")
    return tmp_path


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Stand-ins for all services that papers are fetched from."""
    with serve_papers(monkeypatch) as running:
        yield running
