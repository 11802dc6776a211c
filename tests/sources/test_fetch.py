"""What is asked of each service, what comes of its answers, and what the cache spares."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from faulty_server import (
    GOOD,
    FakeClock,
    Server,
    feed,
    fetcher,
    items,
    reply,
)
from papercatalog.sources.fetching.services import (
    DAY_PAGE,
    MOST_DAY_PAGES,
    FetchError,
    FetchSettings,
)

DAY = dt.date(2025, 7, 29)


def kept(settings: FetchSettings) -> list[Path]:
    assert settings.cache is not None
    return sorted(settings.cache.iterdir()) if settings.cache.exists() else []


def test_a_day_is_read_page_by_page(server: Server, settings: FetchSettings) -> None:
    server.answers = [
        reply(items(*range(DAY_PAGE))),
        reply(items(*range(DAY_PAGE, DAY_PAGE + 10))),
    ]
    parsed = fetcher(settings).fetch_day(DAY)
    assert [record.line for record in parsed.records] == list(range(1, DAY_PAGE + 11))
    assert {record.date for record in parsed.records} == {DAY}
    assert parsed.balanced()
    assert parsed.source == f"{settings.daily_papers}?date=2025-07-29"
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
    parsed = fetcher(settings).fetch_day(DAY)
    assert (parsed.records, parsed.rejected, parsed.pieces) == ((), (), 0)


def test_a_day_of_refused_items_is_accounted_for(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b'[{"paper": {"id": "2507.00001"}}, 7]')]
    parsed = fetcher(settings).fetch_day(DAY)
    assert (parsed.pieces, parsed.rejected_pieces, len(parsed.rejected)) == (2, 2, 2)


def test_arxiv_is_asked_in_batches_with_pauses(server: Server, settings: FetchSettings) -> None:
    ids = [f"2401.{n:05}" for n in range(150)]
    server.answers = [reply(feed(*ids[:100])), reply(feed(*ids[100:149]))]
    fake = FakeClock()
    parsed = fetcher(settings, fake).fetch_arxiv([*ids, "arXiv:2401.00000v3"])
    assert [record.arxiv for record in parsed.records] == ids[:149]
    assert [str(problem) for problem in parsed.rejected] == [
        f"{settings.arxiv}:150: arXiv has no paper 2401.00149; check the id [unknown-id]"
    ]
    assert parsed.balanced()
    assert [
        len(parse_qs(urlsplit(path).query)["id_list"][0].split(",")) for path in server.asked
    ] == [
        100,
        50,
    ]
    assert fake.slept == [3.0]


def test_arxiv_pauses_before_it_is_asked_again(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"Rate exceeded."), reply(feed("cs/0309040"))]
    fake = FakeClock()
    parsed = fetcher(settings, fake).fetch_arxiv(["cs/0309040"])
    assert parsed.used == 1
    assert fake.slept == [2.0, 1.0]
    assert "id_list=cs/0309040&max_results=1" in server.asked[0]


def test_what_is_no_id_is_never_asked(server: Server, settings: FetchSettings) -> None:
    with pytest.raises(ValueError, match="'a&b' is not an arXiv id"):
        fetcher(settings).fetch_arxiv(["2410.08115", "a&b"])
    with pytest.raises(ValueError, match=r"'\.\./x' is not a DOI"):
        fetcher(settings).fetch_doi("../x")
    assert fetcher(settings).fetch_arxiv([]).pieces == 0
    assert server.asked == []


def test_a_doi_is_quoted_and_read(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b'{"message": {"DOI": "10.1000/a/../b&c", "title": ["A"]}}')]
    named = replace(settings, contact="editor@example.org")
    parsed = fetcher(named).fetch_doi("https://doi.org/10.1000/a/../b&c")
    assert [record.doi for record in parsed.records] == ["10.1000/a/../b&c"]
    assert server.asked == ["/works/10.1000%2Fa%2F..%2Fb%26c"]
    assert "papercatalog/" in server.agents[0]
    assert "mailto:editor@example.org" in server.agents[0]


def test_a_doi_not_known_is_refused(server: Server, settings: FetchSettings) -> None:
    server.answers = [reply(b"Resource not found.", 404)]
    parsed = fetcher(settings).fetch_doi("10.1000/x")
    assert parsed.balanced()
    assert [problem.code for problem in parsed.rejected] == ["unknown-id"]


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
    parsed = fetcher(settings).fetch_day(DAY)
    assert [record.title for record in parsed.records] == ["Paper 1"]
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
