"""The cache keeps what is put, whoever else puts something, and forgets what is not used."""

from __future__ import annotations

from pathlib import Path

import pytest

from papercatalog.runtime import cache as cache_module
from papercatalog.runtime.cache import Cache
from programs import run_program


def test_a_new_cache_that_two_open_at_once_keeps_what_both_put(tmp_path: Path) -> None:
    said = run_program(
        """
        import os, sys
        from pathlib import Path
        from papercatalog.runtime.cache import Cache
        from papercatalog.runtime.hashing import code_version

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
    monkeypatch.setattr(cache_module, "LOOKUP_BATCH", 2)
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


def test_a_cache_that_is_forgotten_has_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("summary", {b"key": b"value"})
    cache.close()
    Cache.forget(tmp_path)
    cache = Cache(tmp_path)
    assert not cache.get("summary", [b"key"])
    cache.close()
