"""OpenAlex and pages of Daily Papers: what is asked, what is read, and what faults come to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from faulty_server import (
    FakeClock,
    Server,
    cut,
    fetcher,
    half_a_body,
    hang,
    reply,
)
from papercatalog.sources.fetching.services import Fetcher, FetchError, FetchSettings
from papercatalog.sources.openalex import BATCH, MOST_AUTHORS, MOST_KEYWORDS, parse_openalex
from papercatalog.sources.record import ParsedSource

DOI = "10.48550/arxiv.2507.00001"
WORK = {
    "id": "https://openalex.org/W1",
    "doi": f"https://doi.org/{DOI.replace('arxiv', 'arXiv')}",
    "title": "Paper <i>Lanterns</i>",
    "authorships": [
        {"raw_author_name": "Candle, Ada", "author": {"display_name": "A. Candle"}},
        {"raw_author_name": None, "author": {"display_name": "Bo Wick"}},
    ],
    "primary_location": {"source": {"display_name": "arXiv", "type": "repository"}},
    "locations": [{"source": None}, {"source": {"display_name": "Lights", "type": "journal"}}],
    "best_oa_location": {"pdf_url": "https://lights.example/a.pdf"},
    "keywords": [
        {"display_name": "Lantern", "score": 0.9},
        {"display_name": "Sociology", "score": 0.1},
    ],
}
PAGE = {
    "id": "2507.00001",
    "title": "Paper Lanterns",
    "summary": "A.",
    "githubRepo": "https://github.com/fabricated/lanterns",
    "ai_keywords": ["lanterns"],
}


def answer(*works: object) -> bytes:
    return json.dumps({"meta": {}, "results": works}).encode()


def read(*works: object) -> ParsedSource:
    parsed = parse_openalex(answer(*works), "openalex", asked=[DOI])
    assert parsed.balanced()
    return parsed


def test_a_work_is_read() -> None:
    parsed = read(WORK)
    (record,) = parsed.records
    assert (record.title, record.abstract, parsed.remarks) == ("Paper Lanterns", "", ())
    assert record.facts == {
        "arxiv": "2507.00001",
        "authors": ("Ada Candle", "Bo Wick"),
        "venue": "Lights",
        "keywords": ("Lantern",),
        "pdf": "https://lights.example/a.pdf",
    }


@pytest.mark.parametrize(
    ("work", "code"),
    [
        ({**WORK, "doi": "https://doi.org/10.1234/other"}, "not-asked"),
        ({**WORK, "doi": None}, "not-asked"),
        ({**WORK, "title": None}, "not-a-paper"),
        ({**WORK, "title": ["A"]}, "not-a-paper"),
        ("work", "not-a-paper"),
    ],
)
def test_a_work_that_cannot_be_is_rejected(work: object, code: str) -> None:
    parsed = read(work)
    assert parsed.records == ()
    assert [problem.code for problem in parsed.rejected] == [code]


@pytest.mark.parametrize(
    "damage",
    [
        {"authorships": {"a": 1}, "keywords": 7, "locations": "x", "primary_location": []},
        {"authorships": [None, 3], "keywords": [None, {"score": "x"}], "best_oa_location": 1},
        {"best_oa_location": {"pdf_url": "javascript:alert(1)"}},
        {"primary_location": {"source": {"type": "journal", "display_name": ["x"]}}},
    ],
)
def test_damaged_values_become_no_fact(damage: dict[str, Any]) -> None:
    facts = read({**WORK, "locations": [], **damage}).records[0].facts
    for name, key in (("authors", "authorships"), ("pdf", "best_oa_location")):
        assert key not in damage or name not in facts
    assert "venue" not in facts


def test_long_lists_are_limited() -> None:
    keywords = [{"display_name": f"k{n}", "score": 1} for n in range(50)]
    authors = [{"raw_author_name": f"Ada Candle {chr(65 + n % 26)}"} for n in range(MOST_AUTHORS)]
    parsed = read({**WORK, "keywords": keywords, "authorships": authors})
    facts = parsed.records[0].facts
    assert len(facts["keywords"]) == MOST_KEYWORDS
    assert "authors" not in facts
    assert "OpenAlex lists 100 at most" in parsed.remarks[0].message


def test_works_are_asked_in_batches_and_kept(server: Server, settings: FetchSettings) -> None:
    ids = [f"2507.{n:05}" for n in range(BATCH + 1)]
    server.answers = [reply(answer(WORK)), reply(answer()), reply(b"", 500)]
    fake = FakeClock()
    for _ in range(2):
        parsed = fetcher(settings, fake).fetch_works([*ids, "10.1234/A", "10.1234/a,b", "nothing"])
        assert [record.arxiv for record in parsed.records] == ["2507.00001"]
    queries = [parse_qs(urlsplit(path).query) for path in server.asked]
    batches = [query["filter"][0].removeprefix("doi:").split("|") for query in queries]
    assert [len(batch) for batch in batches] == [BATCH, 2]
    assert batches[1] == ["10.48550/arxiv.2507.00050", "10.1234/a"]
    assert fake.slept == [settings.pause_seconds]


def test_a_key_is_sent_to_openalex_alone_and_stands_in_no_message(
    server: Server, settings: FetchSettings
) -> None:
    keyed = replace(settings, openalex_key="secret-key", attempts=1)
    server.answers = [reply(b"", 403)]
    for ask in (fetcher(keyed).fetch_works, fetcher(keyed).fetch_arxiv):
        with pytest.raises(FetchError) as told:
            ask(["2507.00001"])
        assert "secret-key" not in f"{told.value} {told.value.address} {keyed}"
    assert ["api_key=secret-key" in path for path in server.asked] == [True, False]
    server.answers = [reply(b"", 302, Location="http://x.example/?api_key=secret-key")]
    with pytest.raises(FetchError, match="not followed") as told:
        fetcher(keyed).fetch_works(["2507.00001"])
    assert "secret-key" not in str(told.value)


ASKS: dict[str, tuple[Callable[[Fetcher], ParsedSource], bytes]] = {
    "OpenAlex": (lambda asked: asked.fetch_works(["2507.00001"]), answer(WORK)),
    "Daily Papers": (lambda asked: asked.fetch_paper_page("2507.00001"), json.dumps(PAGE).encode()),
}


@pytest.mark.parametrize("service", ASKS)
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (reply(b"", 429, Retry_After="1"), "429 Too Many Requests"),
        (reply(b"", 500), "500 Internal Server Error"),
        (reply(b"", 503), "503 Service Unavailable"),
        (reply(answer(WORK)[:90]), "is not JSON"),
        (reply(b"<html>"), "is not JSON"),
        (reply(b'{"error": "no"}'), "is expected"),
        (reply(b"[]"), "is expected"),
        (half_a_body, "cut short"),
        (cut, "cut the connection"),
        (hang, "does not answer in time"),
    ],
)
def test_faults_are_survived_or_told(
    service: str, fault: Any, reason: str, server: Server, settings: FetchSettings
) -> None:
    ask, good = ASKS[service]
    quick = replace(settings, attempts=2, read_seconds=0.4)
    server.answers = [fault]
    with pytest.raises(FetchError) as told:
        ask(fetcher(quick))
    assert reason in told.value.reason
    assert settings.cache is not None
    assert not settings.cache.exists()
    server.answers = [fault, reply(good)]
    assert ask(fetcher(replace(quick, read_seconds=5 if fault != hang else 0.4))).used == 1


@pytest.mark.parametrize("service", ASKS)
def test_a_spent_allowance_is_told_at_once(
    service: str, server: Server, settings: FetchSettings
) -> None:
    server.answers = [reply(b"", 429, Retry_After="40000")]
    with pytest.raises(FetchError, match="try again in 40000 seconds"):
        ASKS[service][0](fetcher(settings))
    assert len(server.asked) == 1


def test_a_page_of_daily_papers_is_read(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(json.dumps(PAGE).encode())]
    (record,) = fetcher(settings).fetch_paper_page("arXiv:2507.00001v2").records
    assert server.asked == ["/api/papers/2507.00001"]
    assert record.facts["code"] == "https://github.com/fabricated/lanterns"
    assert record.facts["keywords"] == ("lanterns",)


def test_a_page_of_another_paper_is_rejected(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(json.dumps({**PAGE, "id": "2507.00009"}).encode())]
    parsed = fetcher(settings).fetch_paper_page("2507.00001")
    assert (parsed.records, parsed.rejected[0].code) == ((), "not-asked")


def test_that_there_is_no_page_is_kept(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"no such paper", 404)]
    fake = FakeClock()
    for _ in range(2):
        assert fetcher(settings, fake).fetch_paper_page("2507.00001").pieces == 0
    assert len(server.asked) == 1
    fake.wall += settings.growing_kept_seconds + 60
    assert fetcher(settings, fake).fetch_paper_page("2507.00001").pieces == 0
    assert len(server.asked) == 2


def test_arxiv_gives_no_paper_unasked(server: Server, settings: FetchSettings) -> None:
    body = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2507.00009'
    body += b"</id><title>A</title><summary>B</summary></entry></feed>"
    server.answers = [reply(body)]
    parsed = fetcher(settings).fetch_arxiv(["2507.00001"])
    assert (parsed.records, len(parsed.rejected)) == ((), 2)
    assert parsed.rejected[0].code == "not-asked"
