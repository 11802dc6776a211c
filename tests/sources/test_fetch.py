"""Fetching against a local server that misbehaves on purpose; pauses run on a clock of our own."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from papercatalog.sources.fetch import DAY_PAGE, MOST_DAY_PAGES, Fetcher, FetchError, FetchSettings
from papercatalog.sources.schedule import Clock

DAY = dt.date(2025, 7, 29)
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
    time.sleep(0.5)


def stop_in_the_middle(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"[")
    handler.wfile.flush()
    time.sleep(0.5)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, so that the server is never silent for long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(20):
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
        return Clock(lambda: time.monotonic() + sum(self.slept), self.sleep, lambda: self.wall)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

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


@pytest.fixture
def settings(server: Server, tmp_path: Path) -> FetchSettings:
    return FetchSettings(
        daily_papers=f"{server.address}/api/daily_papers",
        arxiv=f"{server.address}/api/query",
        crossref=f"{server.address}/works",
        connect_seconds=0.2,
        read_seconds=0.2,
        attempts=3,
        cache=tmp_path / "cache",
    )


def fetcher(settings: FetchSettings, fake: FakeClock | None = None) -> Fetcher:
    return Fetcher(settings, clock=(fake or FakeClock()).clock())


def kept(settings: FetchSettings) -> list[Path]:
    assert settings.cache is not None
    return sorted(settings.cache.iterdir()) if settings.cache.exists() else []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_is_survived(
    fault: str, server: Server, settings: FetchSettings
) -> None:
    server.answers = [FAULTS[fault][0], GOOD]
    reading = fetcher(settings).fetch_day(DAY)
    assert [record.arxiv for record in reading.records] == ["2507.00001"]
    assert len(server.asked) == 2


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_told(fault: str, server: Server, settings: FetchSettings) -> None:
    answer, reason = FAULTS[fault]
    server.answers = [answer]
    with pytest.raises(FetchError) as told:
        fetcher(replace(settings, attempts=2)).fetch_day(DAY)
    assert reason in told.value.reason
    assert str(told.value).startswith(f"{settings.daily_papers}?date=2025-07-29")
    assert str(told.value).endswith("(2 attempts); try again later")
    assert len(server.asked) == 2
    assert kept(settings) == []


def test_waits_double_and_heed_retry_after(server: Server, settings: FetchSettings) -> None:
    fake = FakeClock()
    server.answers = [
        reply(b"", 500),
        reply(b"", 429, Retry_After="7"),
        reply(b"", 503, Retry_After="1"),
        GOOD,
    ]
    fetcher(replace(settings, attempts=4, pause_seconds=0), fake).fetch_day(DAY)
    assert fake.slept == [2.0, 7.0, 8.0]


def test_a_wait_too_long_is_told_at_once(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"", 429, Retry_After="3600")]
    with pytest.raises(FetchError, match="try again in 3600 seconds"):
        fetcher(settings).fetch_day(DAY)
    assert len(server.asked) == 1


def test_a_drip_ends_at_the_deadline(server: Server, settings: FetchSettings) -> None:
    server.answers = [drip]
    before = time.monotonic()
    with pytest.raises(FetchError, match="used up"):
        fetcher(replace(settings, total_seconds=0.3)).fetch_day(DAY)
    assert time.monotonic() - before < 0.9


def test_a_server_that_is_not_there(settings: FetchSettings) -> None:
    nowhere = replace(settings, daily_papers="http://127.0.0.1:1/")
    with pytest.raises(FetchError, match="cannot be reached"):
        fetcher(nowhere).fetch_day(DAY)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204])
def test_a_refusal_is_not_asked_again(status: int, server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"", status)]
    with pytest.raises(FetchError, match=f"answers {status} ") as told:
        fetcher(settings).fetch_day(DAY)
    assert told.value.status == status
    assert len(server.asked) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_too_large_is_refused(
    packed: bool, server: Server, settings: FetchSettings
) -> None:
    body = b" " * 300_000
    answer = reply(gzip.compress(body), Content_Encoding="gzip") if packed else reply(body)
    server.answers = [answer]
    with pytest.raises(FetchError, match="larger than 100,000 bytes"):
        fetcher(replace(settings, largest_answer=100_000)).fetch_day(DAY)
    assert len(server.asked) == 1


def test_a_packed_answer_is_unpacked(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(gzip.compress(items(*range(50))), Content_Encoding="gzip")]
    assert len(fetcher(settings).fetch_day(DAY).records) == 50


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/hosts",
        "ftp://127.0.0.1/x",
        "http://example.org/",
        "//example.org/x",
        "http://[",
        "",
    ],
)
def test_a_redirect_elsewhere_is_not_followed(
    location: str, server: Server, settings: FetchSettings
) -> None:
    server.answers = [reply(b"", 302, Location=location)]
    with pytest.raises(FetchError, match="not followed"):
        fetcher(settings).fetch_day(DAY)
    assert len(server.asked) == 1


def test_redirects_on_the_same_host_are_followed_a_few_times(
    server: Server, settings: FetchSettings
) -> None:
    server.answers = [reply(b"", 301, Location="/moved?date=2025-07-29"), GOOD]
    assert fetcher(settings).fetch_day(DAY).used == 1
    assert server.asked[1] == "/moved?date=2025-07-29"
    server.answers = [reply(b"", 301, Location="/again")]
    with pytest.raises(FetchError, match="without end"):
        fetcher(replace(settings, cache=None)).fetch_day(DAY)
    assert len(server.asked) == 2 + 6


@pytest.mark.parametrize(
    "base", ["file:///etc/hosts", "ftp://127.0.0.1/", "nothing", "https://", "http://["]
)
def test_only_web_addresses_are_asked(base: str, settings: FetchSettings) -> None:
    with pytest.raises(FetchError, match="is not a web address"):
        fetcher(replace(settings, daily_papers=base)).fetch_day(DAY)


def test_a_day_is_read_page_by_page(server: Server, settings: FetchSettings) -> None:
    server.answers = [
        reply(items(*range(DAY_PAGE))),
        reply(items(*range(DAY_PAGE, DAY_PAGE + 10))),
    ]
    reading = fetcher(settings).fetch_day(DAY)
    assert [record.line for record in reading.records] == list(range(1, DAY_PAGE + 11))
    assert {record.date for record in reading.records} == {DAY}
    assert reading.balanced()
    assert reading.source == f"{settings.daily_papers}?date=2025-07-29"
    pages = [parse_qs(urlsplit(path).query) for path in server.asked]
    assert [page["p"] for page in pages] == [["0"], ["1"]]


def test_a_server_that_knows_no_pages(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(items(*range(DAY_PAGE + 10)))]
    assert fetcher(settings).fetch_day(DAY).used == DAY_PAGE + 10
    assert len(server.asked) == 2


def test_a_day_without_end_is_told(server: Server, settings: FetchSettings) -> None:
    server.answers = [
        reply(items(*range(page * DAY_PAGE, (page + 1) * DAY_PAGE)))
        for page in range(MOST_DAY_PAGES + 1)
    ]
    with pytest.raises(FetchError, match="lists more than 2000 papers"):
        fetcher(settings).fetch_day(DAY)


def test_a_day_may_list_nothing(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"[]")]
    reading = fetcher(settings).fetch_day(DAY)
    assert (reading.records, reading.rejected, reading.paragraphs) == ((), (), 0)


def test_a_day_of_refused_items_is_accounted_for(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b'[{"paper": {"id": "2507.00001"}}, 7]')]
    reading = fetcher(settings).fetch_day(DAY)
    assert (reading.paragraphs, reading.refused, len(reading.rejected)) == (2, 2, 2)


def test_arxiv_is_asked_in_batches_with_pauses(server: Server, settings: FetchSettings) -> None:
    ids = [f"2401.{n:05}" for n in range(150)]
    server.answers = [reply(feed(*ids[:100])), reply(feed(*ids[100:149]))]
    fake = FakeClock()
    reading = fetcher(settings, fake).fetch_arxiv([*ids, "arXiv:2401.00000v3"])
    assert [record.arxiv for record in reading.records] == ids[:149]
    assert [str(problem) for problem in reading.rejected] == [
        f"{settings.arxiv}:150: arXiv has no paper 2401.00149; check the id [unknown-id]"
    ]
    assert reading.balanced()
    assert [
        len(parse_qs(urlsplit(path).query)["id_list"][0].split(",")) for path in server.asked
    ] == [
        100,
        50,
    ]
    assert fake.slept == [pytest.approx(3.0, abs=0.3)]


def test_arxiv_pauses_before_it_is_asked_again(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"Rate exceeded."), reply(feed("cs/0309040"))]
    fake = FakeClock()
    reading = fetcher(settings, fake).fetch_arxiv(["cs/0309040"])
    assert reading.used == 1
    assert sum(fake.slept) == pytest.approx(3.0, abs=0.3)
    assert "id_list=cs/0309040&max_results=1" in server.asked[0]


def test_what_is_no_id_is_never_asked(server: Server, settings: FetchSettings) -> None:
    with pytest.raises(ValueError, match="'a&b' is not an arXiv id"):
        fetcher(settings).fetch_arxiv(["2410.08115", "a&b"])
    with pytest.raises(ValueError, match=r"'\.\./x' is not a DOI"):
        fetcher(settings).fetch_doi("../x")
    assert fetcher(settings).fetch_arxiv([]).paragraphs == 0
    assert server.asked == []


def test_a_doi_is_quoted_and_read(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b'{"message": {"DOI": "10.1000/a/../b?c", "title": ["A"]}}')]
    named = replace(settings, contact="editor@example.org")
    reading = fetcher(named).fetch_doi("https://doi.org/10.1000/a/../b?c")
    assert [record.doi for record in reading.records] == ["10.1000/a/../b?c"]
    assert server.asked == ["/works/10.1000%2Fa%2F..%2Fb%3Fc"]
    assert "papercatalog/" in server.agents[0]
    assert "mailto:editor@example.org" in server.agents[0]


def test_a_doi_not_known_is_refused(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"Resource not found.", 404)]
    reading = fetcher(settings).fetch_doi("10.1000/x")
    assert reading.balanced()
    assert [problem.code for problem in reading.rejected] == ["unknown-id"]


def test_a_refused_question_about_a_doi_is_told(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"", 403)]
    with pytest.raises(FetchError, match="answers 403 Forbidden"):
        fetcher(settings).fetch_doi("10.1000/x")


def test_answers_are_kept_for_their_time(server: Server, settings: FetchSettings) -> None:
    server.answers = [GOOD]
    fake = FakeClock()
    for _ in range(2):
        assert fetcher(settings, fake).fetch_day(DAY).used == 1
    assert len(server.asked) == 1
    fake.wall += settings.day_kept_seconds + 60
    fetcher(settings, fake).fetch_day(DAY)
    assert len(server.asked) == 2


@pytest.mark.parametrize("damage", ["delete", "cut", "change", "empty", "folder"])
def test_a_damaged_cache_is_asked_in_vain(
    damage: str, server: Server, settings: FetchSettings
) -> None:
    server.answers = [GOOD]
    fetcher(settings).fetch_day(DAY)
    (file,) = kept(settings)
    body = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage != "delete":
        file.write_bytes(
            {"cut": body[:-5], "change": body.replace(b"Paper 1", b"Paper 2"), "empty": b""}[damage]
        )
    reading = fetcher(settings).fetch_day(DAY)
    assert [record.title for record in reading.records] == ["Paper 1"]
    assert len(server.asked) == 2
    assert len(kept(settings)) == 1


def test_a_re_run_picks_up_where_it_stopped(server: Server, settings: FetchSettings) -> None:
    ids = [f"2401.{n:05}" for n in range(150)]
    server.answers = [reply(feed(*ids[:100])), reply(b"", 500)]
    with pytest.raises(FetchError):
        fetcher(settings).fetch_arxiv(ids)
    server.asked.clear()
    server.answers = [reply(feed(*ids[100:]))]
    assert fetcher(settings).fetch_arxiv(ids).used == 150
    assert len(server.asked) == 1
