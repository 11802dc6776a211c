"""What a companion gives is what would be made without it, and it ends with its build."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from made_catalog import make_paper, write_catalog
from programs import run_program

START = """
import os, signal, sys, time
from contextlib import closing
from pathlib import Path
from papercatalog.runtime.cache import Cache
from papercatalog.model.loading import load_catalog
from papercatalog.build.index_worker import Companion
from papercatalog.build.segments import list_topics, read_papers
root = Path(sys.argv[1])
"""
MAKE = """
def make():
    with closing(Companion(root)) as companion, closing(Cache(root)) as cache:
        catalog = load_catalog(root, cache, companion.pages())
        companion.start(read_papers(catalog, cache), list_topics(catalog))
        return companion.related(), companion.index()

def edit():
    page = root / "docs" / "papers" / "2025" / "two.md"
    page.write_text(page.read_text("utf-8") + "\\nZebras have stripes.\\n", encoding="utf-8")
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    texts = {"one": "Lanterns glow.", "two": "Lanterns and zebras.", "three": "Zebras run."}
    pages = (make_paper(name, name.title(), abstract=text) for name, text in texts.items())
    return write_catalog(tmp_path, *pages)


def run(code: str, root: Path, workers: str = "2") -> list[str]:
    return run_program(code, str(root), start=START + MAKE, workers=workers)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_damaged_words_are_read_anew(workers: str, root: Path) -> None:
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


def test_a_catalog_that_was_never_built_gets_no_cache_by_being_looked_up(root: Path) -> None:
    said = run(
        """
        with closing(Companion(root)) as companion:
            print(sorted(page.path for page in companion.pages()), (root / ".cache").exists())
        """,
        root,
    )
    names = ", ".join(f"'docs/papers/2025/{name}.md'" for name in ("one", "three", "two"))
    assert said == [f"[{names}] False"]


def test_a_companion_ends_where_its_build_is_killed(root: Path) -> None:
    """It would wait for words for ever, and hold the end of a pipe, which tells."""
    told, tells = os.pipe()
    program = "list(Companion(root).pages())\nos.kill(os.getpid(), 9)\n"
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


def test_reading_that_fails_ends_the_companion(root: Path) -> None:
    said = run(
        """
        import multiprocessing
        from papercatalog.build import prepare as module

        def fail(*_):
            raise ValueError("no such paper")

        module.read_papers = fail
        try:
            module.prepare(root, Companion(root))
        except ValueError as error:
            print(error, len(multiprocessing.active_children()))
        """,
        root,
    )
    assert said == ["no such paper 0"]
