"""Fixtures shared by all tests: the repository's own catalog, small catalogs, the built site."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from chromium import ARGUMENTS, find_chromium
from repository import ROOT, run_command
from serving import served, watched_page

BROWSER = "browser"
LOGGERS = ("mkdocs", "mkdocs.commands.build")
"""What MkDocs' command configures, and leaves so to all that the process does afterwards."""

settings.register_profile("suite", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium; left out with NO_BROWSER=1")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get("NO_BROWSER"):
        return
    left_out = [item for item in items if item.get_closest_marker(BROWSER)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("NO_BROWSER"):
        terminalreporter.write_line(
            "NO_BROWSER is set: the browser tests were left out", yellow=True
        )


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository, which is a catalog itself."""
    return ROOT


@pytest.fixture
def catalog_root(tmp_path: Path) -> Path:
    """A copy of the repository's catalog to write to, without site and cache."""
    for name in ("docs", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The repository's own site, built once for each worker."""
    folder = tmp_path_factory.mktemp("catalog")
    for name in ("docs", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    run_command(folder, "build")
    yield folder / "site"


@pytest.fixture(autouse=True)
def _untouched_loggers() -> Iterator[None]:
    """Give MkDocs' loggers back as they were: its command drops messages that were said before."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    kept = [(one, one.level, one.propagate, [*one.handlers], [*one.filters]) for one in loggers]
    yield
    for logger, level, propagates, handlers, filters in kept:
        logger.setLevel(level)
        logger.propagate = propagates
        logger.handlers[:] = handlers
        logger.filters[:] = filters


@pytest.fixture(scope="session")
def site_address(site: Path) -> Iterator[str]:
    """Where the repository's own site is served on this machine, with its closing slash."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for each worker."""
    path = find_chromium()
    assert path, "there is no Chromium; make browser installs one"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a phone's size whose script errors fail the test."""
    with watched_page(browser, viewport={"width": 360, "height": 800}) as opened:
        yield opened
