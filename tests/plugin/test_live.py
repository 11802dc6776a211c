"""On a live site a changed paper is shown before the rest is built, and then the rest is built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from made_catalog import make_paper, write_catalog
from papercatalog.model.paper import Paper
from papercatalog.plugin.live import LiveReload


class Site:
    """Notes what it is asked for."""

    def __init__(self, root: Path) -> None:
        self.did: list[str] = []
        self.can_show = True
        self.live = LiveReload(root, lambda: self.did.append("built"), self.show)

    def show(self, papers: Sequence[Paper]) -> bool:
        if self.can_show:
            self.did += [f"shown {paper.title}" for paper in papers]
        return self.can_show


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_catalog(tmp_path, make_paper("one", "One"), make_paper("two", "Two"))


def edit(root: Path, page: str, old: str, new: str) -> None:
    file = root / "docs" / "papers" / "2025" / f"{page}.md"
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")


def test_a_changed_paper_is_shown_first_and_the_rest_is_built_after(root: Path) -> None:
    site = Site(root)
    flagged = site.live.flag.stat().st_mtime_ns
    edit(root, "two", "Two", "Two lanterns")
    site.live.rebuild()
    assert site.did == ["shown Two lanterns"]
    assert site.live.flag.stat().st_mtime_ns > flagged
    site.live.rebuild()
    assert site.did == ["shown Two lanterns", "built"]


def test_what_is_not_an_edit_of_a_paper_is_built(root: Path) -> None:
    site = Site(root)
    topic = root / "docs" / "topics" / "light.md"
    topic.write_text(topic.read_text("utf-8").replace("Light", "Dark"), encoding="utf-8")
    site.live.rebuild()
    (root / "docs" / "papers" / "2025" / "one.md").unlink()
    site.live.rebuild()
    assert site.did == ["built", "built"]


def test_a_page_with_a_slip_is_left_to_the_build_which_names_it(root: Path) -> None:
    site = Site(root)
    edit(root, "one", "date:", "daet:")
    site.live.rebuild()
    assert site.did == ["built"]


def test_what_cannot_be_shown_alone_is_built(root: Path) -> None:
    site = Site(root)
    site.can_show = False
    edit(root, "one", "One", "Another")
    site.live.rebuild()
    assert site.did == ["built"]
