"""Faults of servers end in another attempt or a `FetchError`, never in a record."""

from __future__ import annotations

import datetime as dt
import gzip
import time
from dataclasses import replace

import pytest

from faulty_server import (
    FAULTS,
    GOOD,
    FakeClock,
    Server,
    drip,
    fetcher,
    items,
    reply,
)
from papercatalog.sources.fetching.schedule import Clock
from papercatalog.sources.fetching.services import Fetcher, FetchError, FetchSettings

DAY = dt.date(2025, 7, 29)


def patience(fault: str) -> float:
    """Wait long for an answer that comes, and not for one that does not."""
    return 0.3 if fault.startswith("hang") else 5.0


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_is_survived(
    fault: str, server: Server, settings: FetchSettings
) -> None:
    server.answers = [FAULTS[fault][0], GOOD]
    parsed = fetcher(replace(settings, read_seconds=patience(fault))).fetch_day(DAY)
    assert [record.arxiv for record in parsed.records] == ["2507.00001"]
    assert len(server.asked) >= 2


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_told(fault: str, server: Server, settings: FetchSettings) -> None:
    answer, reason = FAULTS[fault]
    server.answers = [answer]
    with pytest.raises(FetchError) as told:
        fetcher(replace(settings, attempts=2, read_seconds=patience(fault))).fetch_day(DAY)
    assert reason in told.value.reason
    assert str(told.value).startswith(f"{settings.daily_papers}?date=2025-07-29")
    assert str(told.value).endswith("(2 attempts); try again later")
    assert len(server.asked) == 2
    assert settings.cache is not None
    assert not settings.cache.exists()


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
        Fetcher(replace(settings, total_seconds=0.3), clock=Clock()).fetch_day(DAY)
    assert time.monotonic() - before < 3


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
