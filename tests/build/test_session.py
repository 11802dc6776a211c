"""A session gives what is derived from all papers, and its background process ends with it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from made_catalog import make_paper, write_catalog
from papercatalog.build.session import Session
from programs import run_program

START = """
import multiprocessing, os, signal, sys, time
from contextlib import closing
from pathlib import Path
from papercatalog.build.session import Session
from papercatalog.outputs.artifacts import FileArtifact, FileGroup, ungroup
from papercatalog.outputs.context import SiteInfo
from papercatalog.runtime.cache import Cache

root = Path(sys.argv[1])

def make():
    with closing(Session(root)) as session:
        artifacts = ungroup(session.make_artifacts(SiteInfo("A")))
        return {
            one.path: one.content if isinstance(one, FileArtifact) else one.make()
            for one in artifacts
        }
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    texts = {"one": "Lanterns glow.", "two": "Lanterns and zebras.", "three": "Zebras run."}
    pages = (make_paper(name, name.title(), abstract=text) for name, text in texts.items())
    return write_catalog(tmp_path, *pages)


def run(code: str, root: Path, workers: str = "2") -> list[str]:
    return run_program(code, str(root), start=START, workers=workers)


def test_a_background_process_changes_nothing(root: Path) -> None:
    code = """
        import hashlib
        print(hashlib.sha256(repr(sorted(make().items())).encode()).hexdigest())
        """
    assert run(code, root, "1") == run(code, root, "2")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_index_of_many_papers_is_begun_when_related_papers_are_found(
    workers: str, root: Path
) -> None:
    """Both at once would take too much memory."""
    said = run(
        """
        from papercatalog.build import derived

        expected = make()
        derived.MAX_TOGETHER = 2
        with closing(Session(root)) as session:
            of_three = session.derive()
            print(of_three._index)
            found = of_three.related
            print(of_three._index is None, sorted(found))
            print({file.path: file.content for file in of_three.index_files}.items()
                  <= expected.items())
        print(make() == expected)
        """,
        root,
        workers,
    )
    assert said == ["None", "False ['one', 'three', 'two']", "True", "True"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_platform_that_cannot_fork_works_in_one_process(workers: str, root: Path) -> None:
    said = run(
        """
        expected = make()
        multiprocessing.get_all_start_methods = lambda: ["spawn"]
        with closing(Session(root)) as session:
            session.derive()
            print(len(multiprocessing.active_children()))
        print(make() == expected)
        """,
        root,
        workers,
    )
    assert said == ["0", "True"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_damaged_segments_are_read_anew(workers: str, root: Path) -> None:
    said = run(
        """
        before = make()
        with closing(Cache(root)) as cache:
            cache._database.execute("UPDATE kept SET value = CAST('damaged' AS BLOB)")
            cache._database.commit()
        print(make() == before)
        """,
        root,
        workers,
    )
    assert said == ["True"]


def test_the_background_process_ends_where_its_build_is_killed(root: Path) -> None:
    """It holds the end of a pipe, which tells."""
    told, tells = os.pipe()
    program = """
from papercatalog.build import derived
derived._find_related = lambda *_: time.sleep(100)
session = Session(root)
session.derive()
os.kill(os.getpid(), 9)
"""
    done = subprocess.run(
        [sys.executable, "-c", START + program, str(root)],
        env={**os.environ, "PAPERCATALOG_WORKERS": "2"},
        pass_fds=(tells,),
        stderr=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    os.close(tells)
    assert done.returncode == -9
    assert select.select([told], [], [], 60)[0]
    assert os.read(told, 1) == b""
    os.close(told)


def test_settings_that_cannot_be_read_leave_no_process_behind(root: Path) -> None:
    said = run(
        """
        from papercatalog.build import derived
        from papercatalog.plugin.run import build_site

        derived._find_related = lambda *_: time.sleep(100)
        (root / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
        session = Session(root)
        session.derive()
        print(len(multiprocessing.active_children()))
        try:
            build_site(root, session)
        except Exception as error:
            print(type(error).__name__, len(multiprocessing.active_children()))
        """,
        root,
    )
    assert said == ["2", "ConfigurationError 0"]


def test_a_build_that_fails_leaves_no_process_behind(root: Path) -> None:
    said = run(
        """
        from papercatalog.build import derived
        from papercatalog.plugin import PaperCatalogPlugin

        derived._find_related = lambda *_: time.sleep(100)
        plugin = PaperCatalogPlugin()
        plugin.session = Session(root)
        plugin.session.derive()
        print(len(multiprocessing.active_children()))
        plugin.on_build_error(error=ValueError("a template is broken"))
        print(len(multiprocessing.active_children()))
        """,
        root,
    )
    assert said == ["2", "0"]


def test_what_fails_in_the_background_is_raised_where_it_is_wanted(root: Path) -> None:
    said = run(
        """
        from papercatalog.build import derived

        def fail(*_):
            raise ValueError("no such word")

        derived._find_related = fail
        try:
            make()
        except ValueError as error:
            print(error, len(multiprocessing.active_children()))
        """,
        root,
    )
    assert said == ["no such word 0"]


def test_a_build_says_what_of_the_digests_has_no_page_and_what_is_undecided(root: Path) -> None:
    session = Session(root)
    assert list(session.describe_pending()) == []
    session.pending, session.uncertain = 1200, 3
    pending, uncertain = session.describe_pending()
    assert "no page yet: 1,200; the site has them" in pending
    assert "may have a page already: 3; the site leaves them out" in uncertain


def test_an_undecided_paper_is_counted_and_left_out(root: Path) -> None:
    """It has the title of a page, over another abstract."""
    title = "Paper Lanterns and the Networks That Glow"
    write_catalog(root, make_paper("lanterns", title))
    (root / "seeds").mkdir()
    abstract = (
        "Rivers and bridges are what this other abstract speaks of, and the people on them. "
        "It counts boats under nine bridges of an invented town for a year and finds four. "
        "Two of them were the same boat, which had only turned around to look for its oars."
    )
    (root / "seeds" / "2025-07-30.txt").write_text(f"{title}\n\n{abstract}\n", encoding="utf-8")
    session = Session(root)
    catalog = session.add_pending()
    assert (session.problems, session.pending, session.uncertain) == ((), 0, 1)
    assert sorted(paper.id for paper in catalog.papers) == ["lanterns", "one", "three", "two"]
