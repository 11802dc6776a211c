"""Every kind of page, checked with axe-core: https://github.com/dequelabs/axe-core."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from checked_site import PAGES, build_checked_site, find_axe_faults
from serving import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The checked site, served below the folder that its configuration names."""
    folder = tmp_path_factory.mktemp("catalog")
    (folder / "papercatalog").symlink_to(build_checked_site(folder))
    with served(folder) as host:
        yield f"{host}papercatalog/"


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, kind: str) -> None:
    said = list(find_axe_faults(browser, address + kind, kind))
    assert not said, "\n".join(said)
