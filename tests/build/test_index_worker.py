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
from papercatalog.build import index_worker as module

load, loaded = module._load, os.open(root / "loaded", os.O_RDWR | os.O_CREAT)
module._load = lambda *found: (os.write(loaded, b"."), load(*found))[1]

def make(wait=False):
    os.truncate(loaded, 0)
    with closing(Companion(root)) as companion, closing(Cache(root)) as cache:
        catalog = load_catalog(root, cache, companion.pages())
        while wait and not os.fstat(loaded).st_size:
            time.sleep(0.01)
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
def test_words_that_are_kept_but_no_longer_true_leave_no_trace(workers: str, root: Path) -> None:
    """With a process of its own, it has loaded them before it is told the new ones."""
    said = run(
        f"""
        before = make()
        edit()
        after = make(wait={workers == "2"})
        Cache(root)._database.execute("DELETE FROM kept").connection.commit()
        print(after == make(), before != after)
        """,
        root,
        workers,
    )
    assert said == ["True True"]


def test_what_papers_were_compared_by_is_kept_from_the_first_build_on(root: Path) -> None:
    said = run(
        """
        make()
        with closing(Cache(root)) as cache:
            print(len(list(cache.list_all("related"))), len(list(cache.list_all("run"))))
        """,
        root,
    )
    assert said == ["1 1"]


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


WRITE = """
from papercatalog.build.incremental import NOTHING, Job, Keeper, Output, look_back, save_made
from papercatalog.search.index import shards

shards.TERMS_TARGET = 5

site = root / "site"

def write(kept=site):
    \"\"\"Build the index into the site; give its files, and the paths of those made.\"\"\"
    with closing(Companion(root)) as companion, closing(Cache(root)) as cache:
        catalog = load_catalog(root, cache, companion.pages())
        companion.start(read_papers(catalog, cache), list_topics(catalog))
        left = look_back(cache, kept) if kept else NOTHING
        companion.keep(left)
        keeper = Keeper(site, left)
        companion.related()
        files = [
            Output(path, "", None) if content is None else Output.of(path, content)
            for path, content in companion.index()
        ]
        job = Job("search", str(time.monotonic()), lambda: files)
        save_made(cache, site, dict(keeper.do_jobs([job], lambda one: one)))
    made = {file.path for file in files if file.make}
    return {file.path: (site / file.path).read_bytes() for file in files}, made

def is_new(files):
    with closing(Cache(root)) as cache:
        cache._database.execute("DELETE FROM kept").connection.commit()
    return files == dict(make()[1])
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_of_an_index_only_what_has_changed_is_made(workers: str, root: Path) -> None:
    said = run(
        f"""{WRITE}
before, made = write()
print(made == set(before))
edit()
after, made = write()
lists = {{path for path in after if "/terms/" in path}}
print(before != after, made < set(after), lists <= made, is_new(after))
""",
        root,
        workers,
    )
    assert said == ["True", f"True True {workers == '1'} True"]


def test_a_paper_that_gains_words_of_others_is_in_their_lists(root: Path) -> None:
    """No key is new then, and no list has another length in its name."""
    said = run(
        f"""{WRITE}
write()
page = root / "docs" / "papers" / "2025" / "two.md"
page.write_text(page.read_text("utf-8").replace("zebras.", "zebras run."), encoding="utf-8")
after, made = write()
print(len(made) < len(after), is_new(after))
""",
        root,
    )
    assert said == ["True True"]


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ("next((site / 'search' / 'cards').iterdir()).unlink()", "site"),
        ("next((site / 'search' / 'cards').iterdir()).write_bytes(b'changed by hand')", "site"),
        ("__import__('shutil').rmtree(site)", "site"),
        ("__import__('shutil').rmtree(site)", "None"),
        ("(root / 'docs' / 'papers' / '2025' / 'one.md').unlink()", "site"),
    ],
)
def test_whatever_became_of_the_site_its_index_is_whole(change: str, kept: str, root: Path) -> None:
    said = run(
        f"""{WRITE}
write()
{change}
print(is_new(write({kept})[0]))
""",
        root,
    )
    assert said == ["True"]


def test_a_build_that_was_stopped_before_it_wrote_its_index_leaves_nothing_wrong(
    root: Path,
) -> None:
    said = run(
        f"""{WRITE}
write()
edit()
with closing(Companion(root)) as companion, closing(Cache(root)) as cache:
    catalog = load_catalog(root, cache, companion.pages())
    companion.start(read_papers(catalog, cache), list_topics(catalog))
    companion.keep(look_back(cache, site))
    companion.index()
print(is_new(write()[0]))
""",
        root,
    )
    assert said == ["True"]


@pytest.mark.parametrize("kept", ["None", "root / 'other'"])
def test_for_another_site_or_one_that_is_made_anew_the_whole_index_is_made(
    kept: str, root: Path
) -> None:
    said = run(
        f"""{WRITE}
write()
files, made = write(kept={kept})
print(made == set(files))
""",
        root,
    )
    assert said == ["True"]
