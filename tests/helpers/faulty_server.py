"""A local server that misbehaves on purpose, fabricated answers, and a clock that never waits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from papercatalog.sources.fetching.schedule import Clock
from papercatalog.sources.fetching.services import Fetcher, FetchSettings

Answer = Callable[[BaseHTTPRequestHandler], None]


def reply(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def half_a_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(items(1)[:20])


def items(*numbers: int) -> bytes:
    """Fabricate a day's list."""
    return json.dumps(
        [{"paper": {"id": f"2507.{n:05}", "title": f"Paper {n}", "summary": "A."}} for n in numbers]
    ).encode()


def feed(*ids: str) -> bytes:
    """Fabricate an answer of arXiv."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{arxiv}v1</id><title>Paper {arxiv}</title>"
        "<summary>A.</summary></entry>"
        for arxiv in ids
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def not_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 ready\r\n\r\n")


def hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def stop_in_the_middle(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"[")
    handler.wfile.flush()
    time.sleep(1)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, so that the server is never silent for long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


GOOD = reply(items(1))
HTML = reply(b"<html><h1>Bad gateway</h1></html>", Content_Type="application/json")
FAULTS = {
    "500": (reply(b"oops", 500), "500 Internal Server Error"),
    "503": (reply(b"busy", 503, Retry_After="soon"), "503 Service Unavailable"),
    "429": (reply(b"slow down", 429), "429 Too Many Requests"),
    "cut connection": (cut, "cut the connection"),
    "half a body": (half_a_body, "cut short"),
    "half a list": (reply(items(1)[:20]), "is not JSON"),
    "HTML": (HTML, "is not JSON"),
    "wrong JSON": (reply(b'{"error": "no"}'), "a list of items is expected"),
    "empty": (reply(b""), "is empty"),
    "not gzip": (reply(b"[]", Content_Encoding="gzip"), "damaged"),
    "not HTTP": (not_http, "cut the connection"),
    "hang": (hang, "does not answer in time"),
    "hang in the body": (stop_in_the_middle, "in the middle"),
}


@dataclass
class Server:
    address: str
    answers: list[Answer] = field(default_factory=list)
    """What to answer, in turn; the last one is repeated."""
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)


class FakeClock:
    """Counts sleeps in place of sleeping."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.wall = time.time()

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.slept.append(seconds)

    def clock(self) -> Clock:
        return Clock(lambda: sum(self.slept), self.sleep, lambda: self.wall)


@contextmanager
def serve() -> Iterator[Server]:
    """Run a server on a free port of this machine while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            state.agents.append(self.headers["User-Agent"])
            answer = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            try:
                answer(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

        def finish(self) -> None:
            try:
                super().finish()
            except (OSError, ValueError):
                self.close_connection = True

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        state = Server(f"http://127.0.0.1:{http.server_port}")
        thread = threading.Thread(target=http.serve_forever, args=(0.02,))
        thread.start()
        yield state
        http.shutdown()
        thread.join()


def settings_for(server: Server, folder: Path) -> FetchSettings:
    """Point every service at the server, with a cache in the folder."""
    return FetchSettings(
        daily_papers=f"{server.address}/api/daily_papers",
        arxiv=f"{server.address}/api/query",
        crossref=f"{server.address}/works",
        paper_pages=f"{server.address}/api/papers",
        openalex=f"{server.address}/openalex",
        connect_seconds=5,
        read_seconds=5,
        attempts=3,
        cache=folder / "cache",
    )


def fetcher(settings: FetchSettings, fake: FakeClock | None = None) -> Fetcher:
    return Fetcher(settings, clock=(fake or FakeClock()).clock())
