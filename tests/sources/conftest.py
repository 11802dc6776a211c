"""A server of papers that can fail, and the settings that ask it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from faulty_server import Server, serve, settings_for
from papercatalog.sources.fetching.services import FetchSettings


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve() as running:
        yield running


@pytest.fixture
def settings(server: Server, tmp_path: Path) -> FetchSettings:
    return settings_for(server, tmp_path)
