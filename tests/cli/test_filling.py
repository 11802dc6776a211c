"""Every command that fetches fills in authors, venue, keywords, PDF and code."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_catalog import AGAIN, OCEANS, make_paper, page_of, run, write_catalog
from paper_services import WORK as WORK_OF_CROSSREF
from paper_services import Services

PAGE: dict[str, object] = {
    "id": "2507.00001",
    "title": "Paper Lanterns",
    "summary": "Of lanterns.",
    "githubRepo": "https://github.com/fabricated/lanterns",
    "ai_keywords": ["glow"],
}
WORK: dict[str, object] = {
    "doi": "https://doi.org/10.48550/arXiv.2507.00001",
    "title": "Paper Lanterns",
    "authorships": [{"author": {"display_name": "Somebody Else"}}],
    "primary_location": {"source": {"display_name": "Lights", "type": "journal"}},
    "best_oa_location": {"pdf_url": "https://lights.example/a.pdf"},
    "keywords": [{"display_name": "Lantern", "score": 0.9}],
}
FILLED = (
    'authors: ["Ada Candle"]\n',
    'venue: "Lights"\n',
    'keywords: ["glow"]\n',
    "links: {pdf: https://lights.example/a.pdf, code: https://github.com/fabricated/lanterns}\n",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_catalog(tmp_path)


@pytest.fixture
def full(services: Services) -> Services:
    services.page, services.works = PAGE, [WORK]
    return services


def test_add_fills_in_a_paper_of_arxiv(root: Path, full: Services) -> None:
    result = run(root, "add", "2507.00001")
    assert result.exit_code == 0, result.output
    page = page_of(root, "2507.00001")
    assert [line for line in FILLED if line not in page] == []
    assert full.asked == ["/arxiv", "/pages/2507.00001", "/openalex"]


def test_add_fills_in_a_paper_with_a_doi(root: Path, full: Services) -> None:
    full.works = [{**WORK, "doi": "https://doi.org/10.1234/oceans", "title": "A Tide Table"}]
    assert run(root, "add", "10.1234/oceans").exit_code == 0
    page = page_of(root, "10.1234-oceans")
    assert 'authors: ["Cyd Moon"]\n' in page
    assert 'venue: "Lights"\nkeywords: ["Lantern"]\n' in page
    assert "links: {pdf: https://lights.example/a.pdf}\n" in page


def test_the_publisher_names_the_venue_before_openalex(
    root: Path, full: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = {**WORK_OF_CROSSREF["message"], "title": ["Paper Lanterns"]}
    message["container-title"] = ["The Publisher's Venue"]
    monkeypatch.setitem(WORK_OF_CROSSREF, "message", message)
    full.doi = "10.1234/oceans"
    assert run(root, "add", "2507.00001").exit_code == 0
    page = page_of(root, "2507.00001")
    assert 'venue: "The Publisher\'s Venue"\n' in page
    assert 'authors: ["Ada Candle"]\n' in page
    known = ["/arxiv", "/crossref/10.1234%2Foceans", "/pages/2507.00001", "/openalex"]
    assert full.asked == known


def test_a_form_with_an_id_alone_is_filled_in(root: Path, full: Services) -> None:
    form = root / "form.md"
    form.write_text("### arXiv id or DOI\n\n2507.00001\n", "utf-8")
    assert run(root, "add", "--from-issue", str(form)).exit_code == 0
    page = page_of(root, "2507.00001")
    assert [line for line in FILLED if line not in page] == []


def test_answers_of_a_form_have_priority(root: Path, full: Services) -> None:
    form = root / "form.md"
    form.write_text("### arXiv id or DOI\n\n2507.00001\n\n### Venue\n\nBy Hand\n", "utf-8")
    assert run(root, "add", "--from-issue", str(form)).exit_code == 0
    assert 'venue: "By Hand"\n' in page_of(root, "2507.00001")


def test_the_daily_import_fills_in(root: Path, full: Services) -> None:
    result = run(root, "import", "--day", "2025-07-28")
    assert result.exit_code == 0, result.output
    page = page_of(root, "2507.00001")
    assert 'venue: "Lights"\nkeywords: ["Lantern"]\n' in page
    assert "pdf: https://lights.example/a.pdf" in page
    assert "code: https://github.com/fabricated/lanterns-of-the-api" in page
    assert full.asked == ["2025-07-28", "/arxiv", "/openalex"]


def test_enrich_fills_in_and_replaces_nothing(root: Path, full: Services) -> None:
    write_catalog(root, make_paper("2507.00001", arxiv="2507.00001", venue="By Hand"))
    result = run(root, "enrich")
    assert result.exit_code == 0, result.output
    page = page_of(root, "2507.00001")
    assert [line for line in FILLED if line not in page] == ['venue: "Lights"\n']
    assert 'venue: "By Hand"\n' in page
    assert "keeps 'By Hand'; the source says 'Lights'" in result.stdout


def test_enrich_asks_no_page_where_code_and_keywords_are_there(root: Path, full: Services) -> None:
    links = {"code": "https://by-hand.example/code"}
    paper = make_paper("2507.00001", arxiv="2507.00001", links=links, keywords=("hand",))
    write_catalog(root, paper)
    assert run(root, "enrich").exit_code == 0
    assert full.asked == ["/arxiv", "/openalex"]


@pytest.mark.parametrize("down", ["/pages/2507.00001", "/openalex"])
def test_a_service_that_fails_stops_no_paper(root: Path, full: Services, down: str) -> None:
    full.down = {down}
    result = run(root, "add", "2507.00001")
    assert result.exit_code == 0
    assert "500 Internal Server Error" in result.stderr
    assert "[not-fetched]" in result.stderr
    assert 'title: "Paper Lanterns"\n' in page_of(root, "2507.00001")
    assert run(root, "enrich").exit_code == 1
    full.down = set()
    assert run(root, "enrich").exit_code == 0
    page = page_of(root, "2507.00001")
    assert 'venue: "Lights"\n' in page
    assert "code: https://github.com/fabricated/lanterns" in page


def test_a_failing_service_is_asked_once_a_run(root: Path, full: Services) -> None:
    papers = [
        make_paper("2507.00001", arxiv="2507.00001"),
        make_paper("2507.00002", "A Tide Table for Imaginary Oceans", arxiv="2507.00002",
                   abstract=OCEANS),
    ]  # fmt: skip
    write_catalog(root, *papers)
    full.down = {"/pages/2507.00001"}
    assert run(root, "enrich").exit_code == 1
    assert full.asked == ["/arxiv", "/pages/2507.00001", "/openalex"]


def test_a_failing_service_is_not_asked_for_later_papers(root: Path, full: Services) -> None:
    form = root / "form.md"
    form.write_text("### arXiv id or DOI\n\n2507.00002\n", "utf-8")
    full.down = {"/openalex"}
    assert run(root, "add", "2507.00001", "--from-issue", str(form)).exit_code == 0
    assert full.asked.count("/openalex") == 1
    assert page_of(root, "2507.00002")


def test_another_paper_under_the_id_is_refused(root: Path, full: Services) -> None:
    full.page = {**PAGE, "title": "Counting Sheep with Sparse Attention"}
    full.works = [{**WORK, "title": "Sheep Do Not Count Themselves at All"}]
    result = run(root, "add", "2507.00001")
    assert result.exit_code == 0
    assert result.stderr.count("[other-title]") == 2
    page = page_of(root, "2507.00001")
    assert "venue" not in page
    assert "keywords" not in page
    assert "links" not in page


def test_a_file_of_papers_asks_nobody(root: Path, full: Services) -> None:
    assert run(root, "add", str(AGAIN / "2025-07-28.json")).exit_code == 0
    assert full.asked == []
