"""An edited paper is written into the site that a session built; all else is left to a build."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from papercatalog.build.session import Session
from papercatalog.model.page import parse_page
from papercatalog.model.paper import Paper
from papercatalog.plugin.run import build_site
from repository import SMALL

PAGE = "docs/papers/2025/2410.08110.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Session]]:
    """The small catalog, built with shells, which our plugin alone allows, and its session."""
    root = tmp_path_factory.mktemp("live") / "small"
    shutil.copytree(SMALL, root)
    config = (root / "mkdocs.yml").read_text("utf-8")
    alone = re.sub(r"(?m)^plugins:\n(?:  .*\n)+", "plugins:\n  - papercatalog\n", config)
    (root / "mkdocs.yml").write_text(alone, encoding="utf-8")
    with closing(Session(root)) as session:
        build_site(root, session)
        yield root, session


def edited(root: Path, **facts: object) -> Paper:
    return parse_page((root / PAGE).read_text("utf-8"), PAGE).model_copy(update=facts)


def test_an_edited_paper_is_written_with_its_related_papers(built: tuple[Path, Session]) -> None:
    root, session = built
    file = root / "site" / "papers" / "2025" / "2410.08110" / "index.html"
    before = file.read_text("utf-8")
    assert session.rewrite_papers([edited(root, abstract="An edited abstract of a paper.")])
    after = file.read_text("utf-8")
    assert "An edited abstract of a paper." in after
    assert before.split('id="related"')[1] == after.split('id="related"')[1]


@pytest.mark.parametrize(
    "facts",
    [{"topics": ("no-such-topic",)}, {"id": "another-id"}, {"date": "2024-01-01"}],
    ids=["unknown topic", "new paper", "another folder"],
)
def test_what_changes_more_than_the_page_is_left_to_a_build(
    built: tuple[Path, Session], facts: dict[str, object]
) -> None:
    root, session = built
    paper = Paper.model_validate(edited(root).model_dump() | facts)
    before = {file: file.read_bytes() for file in (root / "site").rglob("*.html")}
    assert not session.rewrite_papers([paper])
    assert {file: file.read_bytes() for file in (root / "site").rglob("*.html")} == before


def test_a_session_that_has_written_nothing_rewrites_nothing(tmp_path: Path) -> None:
    assert not Session(tmp_path).rewrite_papers([edited(SMALL)])
