"""What is read of papers is kept, and used only while it is true."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from papercatalog.build import segments
from papercatalog.build.segment_cache import finish
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.runtime import cache as cache_module
from papercatalog.runtime.cache import Cache
from papercatalog.search.index.document import Document
from papercatalog.search.index.segment import Segment
from papercatalog.search.index.writer import build_index
from programs import run_program

DAYS = [dt.date(2025, 5, 2), dt.date(2025, 6, 3), dt.date(2025, 6, 30), dt.date(2025, 7, 29)]
PAPERS = {f"paper-{day}": Paper(id=f"paper-{day}", title=f"Paper of {day}", date=day, topics=(),
    abstract=f"Sparse attention of {day:%B}.") for day in DAYS}  # fmt: skip
TOPICS = Vocabulary((Topic("agents", "Agents", None, (), ""),))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the papers that are read."""
    ids: list[str] = []
    original = segments.list_documents

    def listed(catalog: Catalog, papers: Iterable[Paper]) -> list[Document]:
        found = original(catalog, papers)
        ids.extend(one.id for one in found)
        return found

    monkeypatch.setattr(segments, "list_documents", listed)
    monkeypatch.setenv("PAPERCATALOG_WORKERS", "1")
    return ids


def make_index(catalog: Catalog, root: Path | None) -> dict[str, bytes]:
    with closing(Cache(root)) as cache:
        topics = segments.list_topics(catalog)
        words = finish(segments.read_papers(catalog, cache), topics, cache)
    return dict(build_index(map(Segment.load, words), topics))


def test_a_changed_paper_is_read_alone_and_the_index_is_that_of_a_new_build(
    tmp_path: Path, read: list[str]
) -> None:
    make_index(build_catalog(PAPERS.values(), TOPICS), tmp_path)
    assert sorted(read) == sorted(PAPERS)
    read.clear()
    changed = PAPERS["paper-2025-06-03"].model_copy(update={"abstract": "Zebras."})
    papers = {**PAPERS, changed.id: changed}.values()
    index = make_index(build_catalog(papers, TOPICS), tmp_path)
    assert read == ["paper-2025-06-03"]
    assert index == make_index(build_catalog(papers, TOPICS), None)


WORDS = ("sparse", "attention", "state-space", "models", "GPT-4o", "kernels", "zebras", "stripes")


def paper_from_record(chance: random.Random, name: str) -> Paper:
    words = [*chance.choices(WORDS, k=11), f"rare{chance.randrange(1000)}"]
    day = dt.date(2025, chance.choice((5, 6)), chance.randrange(1, 4))
    return Paper(
        id=name,
        title=" ".join(words[:3]),
        date=day,
        topics=tuple(chance.sample(("agents", "tools"), chance.randrange(3))),
        authors=(chance.choice(("Ada Li", "Bo Chen")),),
        votes=chance.choice((None, 7)),
        abstract=" ".join(words[3:]) + chance.choice(("", " with *marks*", " and $x^2$")),
    )


@pytest.mark.parametrize("size", [2500, 5])
def test_the_index_after_any_edits_is_that_of_a_new_build(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edit, add and delete at random; abstracts are rendered as they are anew, too."""
    monkeypatch.setattr(segments, "SEGMENT_PAPERS", size)
    topics = Vocabulary(
        (Topic("agents", "Agents", None, (), ""), Topic("tools", "Tools", "agents", (), ""))
    )
    chance = random.Random(size)
    papers = {f"p{at}": paper_from_record(chance, f"p{at}") for at in range(24)}
    for step in range(12):
        name = chance.choice(sorted(papers))
        match step % 3:
            case 0:
                papers[name] = paper_from_record(chance, name)
            case 1:
                papers[f"new-{step}"] = paper_from_record(chance, f"new-{step}")
            case _:
                del papers[name]
        known, fresh = (build_catalog(papers.values(), topics) for _ in range(2))
        assert make_index(known, tmp_path) == make_index(fresh, None)
        assert known.rendered == fresh.rendered


def test_a_changed_topic_is_read_with_every_paper(tmp_path: Path, read: list[str]) -> None:
    make_index(build_catalog(PAPERS.values(), TOPICS), tmp_path)
    read.clear()
    renamed = Vocabulary((Topic("agents", "Agents and tools", None, (), ""),))
    make_index(build_catalog(PAPERS.values(), renamed), tmp_path)
    assert sorted(read) == sorted(PAPERS)


def test_runs_that_are_gone_are_not_kept(tmp_path: Path) -> None:
    papers = build_catalog(PAPERS.values(), TOPICS)
    make_index(papers, tmp_path)
    renamed = Vocabulary((Topic("agents", "Agents and tools", None, (), ""),))
    make_index(build_catalog(PAPERS.values(), renamed), tmp_path)
    with closing(Cache(tmp_path)) as cache:
        assert len(list(cache.list_all("run"))) == 3


def test_a_new_cache_that_two_open_at_once_keeps_what_both_put(tmp_path: Path) -> None:
    said = run_program(
        """
        import os, sys
        from pathlib import Path
        from papercatalog.runtime.cache import Cache, code_version

        code_version()  # takes longer than to open a cache

        def put(root, name, begins, begin):
            process = os.fork()
            if process:
                return process
            os.close(begin)
            os.read(begins, 1)
            cache = Cache(root)
            cache.put("word", {name: name})
            cache.close()
            os._exit(0)

        lost, names = 0, (b"one", b"two", b"three")
        for number in range(20):
            root, (begins, begin) = Path(sys.argv[1], str(number)), os.pipe()
            processes = [put(root, name, begins, begin) for name in names]
            os.close(begin)
            for process in processes:
                os.waitpid(process, 0)
            os.close(begins)
            cache = Cache(root)
            lost += len(names) - len(cache.get("word", names))
            cache.close()
        print(lost)
        """,
        str(tmp_path),
    )
    assert said == ["0"]


def test_many_keys_are_looked_up_some_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_AT_ONCE", 2)
    kept = {bytes([number]): bytes([number, number]) for number in range(5)}
    cache = Cache(tmp_path)
    cache.put("summary", kept)
    assert cache.get("summary", [*kept, b"unknown"]) == kept
    cache.close()


def test_no_more_is_kept_beside_than_is_used(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("summary", {bytes([number]): b"old" for number in range(3)})
    cache.prune("summary", [b"new"], spare=3)
    assert len(cache.get("summary", [b"\x00", b"\x01", b"\x02"])) == 3
    cache.prune("summary", [b"new"], spare=0)
    assert not cache.get("summary", [b"\x00", b"\x01", b"\x02"])
    cache.close()
