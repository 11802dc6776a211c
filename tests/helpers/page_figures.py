"""Measures what a page costs a reader with a slow phone: 150 ms, 1.6 Mbit/s, a CPU at a quarter."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from serving import FolderHandler

LATENCY = 150
BYTES_PER_SECOND = 200_000
SLOWDOWN = 4
SETTLED = 1000
"""Milliseconds for what a page loads when all else is done."""
OBSERVE = """
window.figures = { fcp: 0, blocking: 0, shift: 0 };
const observe = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take))
    .observe({ type, buffered: true });
observe("paint", entry => {
    if (entry.name === "first-contentful-paint") figures.fcp = entry.startTime;
});
observe("longtask", entry => { figures.blocking += Math.max(0, entry.duration - 50); });
observe("layout-shift", entry => { if (!entry.hadRecentInput) figures.shift += entry.value; });
"""


class PackingHandler(FolderHandler):
    """Serves packed files, as a site's host does; what it served stays in the browser's cache."""

    def handle(self) -> None:
        """Serve until the browser closes the connection, however it does."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:  # noqa: N802
        """Send a file packed with gzip."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = pack(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)


@lru_cache(maxsize=4096)
def pack(path: Path) -> bytes:
    """Pack a file with gzip."""
    return gzip.compress(path.read_bytes(), mtime=0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a page cost: bytes are packed bodies, times are in milliseconds."""

    requests: int
    cold: int
    """Bytes of a first visit."""
    warm: int
    """Bytes that another page of the kind adds, once the first is in the cache."""
    fcp: float
    """First contentful paint."""
    blocking: float
    """What long tasks take beyond 50 ms each."""
    shift: float
    """Cumulative layout shift."""


def measure_page(browser: Browser, url: str, other: str, times: int = 3) -> Figures:
    """Measure a page, and what one more of its kind (``other``) adds; times are medians.

    Bytes are counted at full speed: on a slow line, what loads late would count for the next page.
    """
    with _open_page(browser) as page:
        sizes: dict[str, int] = {}

        def add(address: str, size: str) -> None:
            sizes[address] = int(size)

        page.on("response", lambda got: add(got.url, got.headers.get("content-length", "0")))
        page.goto(url, wait_until="networkidle")
        page.wait_for_timeout(SETTLED)
        cold, requests = sum(sizes.values()), len(sizes)
        page.goto(other, wait_until="networkidle")
        warm = sum(sizes.values()) - cold
    every = [_time(browser, url) for _ in range(times)]
    return Figures(
        requests,
        cold,
        warm,
        median(one["fcp"] for one in every),
        median(one["blocking"] for one in every),
        max(one["shift"] for one in every),
    )


def _time(browser: Browser, url: str) -> dict[str, float]:
    with _open_page(browser) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        speed = {"uploadThroughput": BYTES_PER_SECOND, "downloadThroughput": BYTES_PER_SECOND}
        network = {"offline": False, "latency": LATENCY, **speed}
        session.send("Network.emulateNetworkConditions", network)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.add_init_script(OBSERVE)
        page.goto(url, wait_until="networkidle")
        figures: dict[str, float] = page.evaluate("figures")
        return figures


@contextmanager
def _open_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 412, "height": 823})
    yield context.new_page()
    context.close()
