"""Prints what many readers who search at once wait for, and how many bytes a search takes.

    make bench-load SITE=site READERS=200

Chromium opens the search page for each of `QUERIES` and the requests are written down. Then so many
readers, each with a connection of its own and nothing cached, ask for the same files one after the
other, all at the same time, of a server in a process of its own on this machine. It sends files as
they are: uncompressed, without delay.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote_plus, urlsplit

from playwright.sync_api import expect, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "helpers"))
from chromium import ARGUMENTS, find_chromium
from serving import FolderHandler

QUERIES = (
    *("sparse attention", "visual reasoning benchmark", "large language model"),
    *("efficient training of large models", 'title:"diffusion model" -image', "quantisation"),
)
ROUNDS = 5
"""How often each reader searches."""


class Answer(NamedTuple):
    """One search of one reader: seconds until the last file is there, and bytes of all files."""

    seconds: float
    size: int


class _Handler(FolderHandler):
    disable_nagle_algorithm = True
    """Headers and body are sent apart: the body must not wait until the headers are confirmed."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("--readers", type=int, default=200)
    given = parser.parse_args()
    with serve(given.site) as address:
        searches = {query: record(address, query) for query in QUERIES}
        for query, paths in searches.items():
            (answer,) = asyncio.run(read_all(address, [paths], readers=1, rounds=1))
            index = [path for path in paths if path.startswith("/search/") and "?" not in path]
            (found,) = asyncio.run(read_all(address, [index], readers=1, rounds=1))
            print(
                f"{query}: {len(paths)} files, {answer.size / 1e3:.0f} kB, of which the index"
                f" {len(index)} files, {found.size / 1e3:.0f} kB; {1e3 * answer.seconds:.0f} ms"
            )
        start = time.perf_counter()
        answers = asyncio.run(read_all(address, [*searches.values()], given.readers, ROUNDS))
    print(f"\n{given.readers} readers at once, {ROUNDS} searches each:")
    print(summarise(answers, time.perf_counter() - start))


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder from a process of its own; yield its address without a slash at the end."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(folder, theirs), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{ours.recv()}"
    process.terminate()
    process.join()


def _serve(folder: Path, there: Connection) -> None:
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        there.send(server.server_port)
        server.serve_forever()


def record(address: str, query: str) -> list[str]:
    """List the paths that Chromium asks for when it opens the results of a query."""
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/search/?q={quote_plus(query)}")
        expect(page.locator("[data-search-page] [data-search-status]")).to_contain_text("paper")
        page.wait_for_load_state("networkidle")
        browser.close()
    own = [url.removeprefix(address) for url in asked if url.startswith(f"{address}/")]
    return list(dict.fromkeys(path.partition("#")[0] for path in own))


async def read_all(
    address: str, searches: Sequence[Sequence[str]], readers: int, rounds: int
) -> list[Answer]:
    """Let all readers make their searches; reader n begins with the nth."""
    port = urlsplit(address).port or 80
    turns = [
        [searches[(one + turn) % len(searches)] for turn in range(rounds)] for one in range(readers)
    ]
    answers = await asyncio.gather(*(_read(port, mine) for mine in turns))
    return [answer for one in answers for answer in one]


async def _read(port: int, searches: Sequence[Sequence[str]]) -> list[Answer]:
    answers = []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for paths in searches:
            start = time.perf_counter()
            size = sum([await _fetch(reader, writer, path) for path in paths])
            answers.append(Answer(time.perf_counter() - start, size))
    finally:
        writer.close()
        await writer.wait_closed()
    return answers


async def _fetch(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    """Ask for a file; give the answer's bytes with headers."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.splitlines()
    if " 200 " not in first:
        raise OSError(f"{path}: {first}")
    length = next(line for line in lines if line.lower().startswith("content-length:"))
    return len(head) + len(await reader.readexactly(int(length.partition(":")[2])))


def summarise(answers: Sequence[Answer], seconds: float) -> str:
    """Give bytes of a search, percentiles of its time, and how many there were in a second."""
    times = sorted(answer.seconds for answer in answers)
    size = statistics.mean(answer.size for answer in answers)
    middle, late = (times[min(len(times) - 1, len(times) * part // 100)] for part in (50, 95))
    return (
        f"{len(times)} searches, {size / 1e3:.0f} kB each; median {middle:.2f} s,"
        f" 95th percentile {late:.2f} s, longest {times[-1]:.2f} s;"
        f" {len(times) / seconds:.0f} a second"
    )


if __name__ == "__main__":
    main()
