"""A stand-in for arXiv, Crossref, Daily Papers and OpenAlex, which fails where it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from made_catalog import AGAIN, LANTERNS, OCEANS

FEED = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
ENTRIES = {
    arxiv: f"<entry><id>http://arxiv.org/abs/{arxiv}v2</id><title>{title}</title>"
    f"<summary>{abstract}</summary><published>2025-07-25T00:00:00Z</published>"
    f"<author><name>{author}</name></author></entry>"
    for arxiv, title, abstract, author in (
        ("2507.00001", "Paper Lanterns", LANTERNS, "Ada Candle"),
        ("2507.00002", "A Tide Table for Imaginary Oceans", OCEANS, "Cyd Moon"),
    )
}
"""What arXiv knows, by id."""
WORK: dict[str, dict[str, object]] = {
    "message": {
        "DOI": "10.1234/oceans",
        "title": ["A Tide Table"],
        "abstract": f"<jats:p>{OCEANS}</jats:p>",
        "author": [{"given": "Cyd", "family": "Moon"}],
        "published": {"date-parts": [[2025, 7, 24]]},
    }
}


class Services:
    """Answers like the services; ``down`` names paths and days that fail."""

    def __init__(self) -> None:
        self.down: set[str] = set()
        self.asked: list[str] = []
        self.page: dict[str, object] = {}
        """What Daily Papers knows of 2507.00001."""
        self.doi = ""
        """The DOI of 2507.00001 at arXiv."""
        self.works: list[object] = []
        """What OpenAlex answers."""

    def answer(self, address: str) -> tuple[int, str]:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
        day = query.get("date", [""])[0]
        title = query.get("search_query", [""])[0]
        self.asked.append(day or title or parts.path)
        if {day, parts.path} & self.down:
            return 500, "oops"
        if parts.path == "/arxiv":
            wanted = ["2507.00001"] if title == 'ti:"Paper Lanterns"' else []
            wanted += query.get("id_list", [""])[0].split(",")
            entries = "".join(ENTRIES.get(arxiv, "") for arxiv in wanted)
            if self.doi:
                said = f'<doi xmlns="http://arxiv.org/schemas/atom">{self.doi}</doi></entry>'
                entries = entries.replace("</entry>", said, 1)
            return 200, FEED.format(entries)
        if parts.path == "/crossref/10.1234%2Foceans":
            return 200, json.dumps(WORK)
        if parts.path == "/pages/2507.00001" and self.page:
            return 200, json.dumps(self.page)
        if parts.path == "/openalex":
            return 200, json.dumps({"results": self.works})
        if parts.path == "/days":
            return 200, (AGAIN / f"{day}.json").read_text("utf-8") if day.endswith("28") else "[]"
        return 404, "no such work"


@contextmanager
def serve_papers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Run the stand-in while the context lasts; the environment names it for every service."""
    known = Services()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = known.answer(self.path)
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    settings = {
        "NO_PROXY": "127.0.0.1",
        "PAPERCATALOG_ARXIV": f"{address}/arxiv",
        "PAPERCATALOG_CROSSREF": f"{address}/crossref",
        "PAPERCATALOG_DAILY_PAPERS": f"{address}/days",
        "PAPERCATALOG_PAPER_PAGES": f"{address}/pages",
        "PAPERCATALOG_OPENALEX": f"{address}/openalex",
        "PAPERCATALOG_ATTEMPTS": "1",
        "PAPERCATALOG_PAUSE_SECONDS": "0",
        "PAPERCATALOG_ARXIV_PAUSE_SECONDS": "0",
        "PAPERCATALOG_DAILY_PAPERS_PAUSE_SECONDS": "0",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    yield known
    server.shutdown()
    server.server_close()
