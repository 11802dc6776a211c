"""Papers added by identifier, address, file and issue form; days fetched; faults survived."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_catalog import AGAIN, LANTERNS, OCEANS, page_of, pages_of, run, write_catalog
from paper_services import Services
from papercatalog.sources.issue_form import parse_issue_form


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_catalog(tmp_path)


@pytest.mark.parametrize("name", ["2507.00001", "https://arxiv.org/abs/2507.00001v2"])
def test_a_paper_by_its_arxiv_id(root: Path, services: Services, name: str) -> None:
    result = run(root, "add", name)
    assert result.exit_code == 0, result.output
    page = page_of(root, "2507.00001")
    assert 'title: "Paper Lanterns"\ndate: 2025-07-25\ntopics: [paper]\n' in page
    assert 'authors: ["Ada Candle"]\npublished: 2025-07-25\narxiv: "2507.00001"\n---\n' in page
    assert run(root, "add", name).stdout.splitlines()[-1].startswith("found 1 papers: 0 new")
    assert services.asked == ["/arxiv", "/pages/2507.00001", "/openalex"]


def test_a_paper_by_its_doi_with_a_day_and_topics(root: Path, services: Services) -> None:
    arguments = ["--date", "2025-07-29", "--topic", "light", "--topic", "Agents"]
    result = run(root, "add", "https://doi.org/10.1234/oceans", *arguments)
    assert result.exit_code == 0, result.output
    page = page_of(root, "10.1234-oceans")
    assert "date: 2025-07-29\ntopics: [light, agents]\n" in page
    assert 'published: 2025-07-24\ndoi: "10.1234/oceans"\n' in page


def test_a_topic_that_is_not_there(root: Path, services: Services) -> None:
    result = run(root, "add", "2507.00001", "--topic", "sheep")
    assert "there is no topic 'sheep'" in result.stderr
    assert not services.asked


def test_what_the_services_do_not_know_is_rejected(root: Path, services: Services) -> None:
    result = run(root, "add", "2507.99999", "10.1234/nothing", "2507.00001")
    assert result.exit_code == 1
    assert "arXiv has no paper 2507.99999" in result.stdout
    assert "Crossref has no work 10.1234/nothing" in result.stdout
    assert list(pages_of(root)) == ["2507.00001"]


def test_a_service_that_fails_loses_nothing_of_the_others(root: Path, services: Services) -> None:
    services.down = {"/arxiv"}
    result = run(root, "add", "2507.00001", "10.1234/oceans")
    assert result.exit_code == 1
    assert "run the command again: what was fetched before is kept [not-fetched]" in result.stdout
    assert list(pages_of(root)) == ["10.1234-oceans"]
    services.down = set()
    again = run(root, "add", "2507.00001", "10.1234/oceans")
    assert again.exit_code == 0
    assert sorted(pages_of(root)) == ["10.1234-oceans", "2507.00001"]


def test_a_file_without_a_day_is_dated_by_publishing_or_by_hand(root: Path) -> None:
    table = root / "table.csv"
    table.write_text(f'title,abstract,published\nOne,"{LANTERNS}",2025-07-01\n', "utf-8")
    assert run(root, "add", str(table)).exit_code == 0
    assert "date: 2025-07-01\n" in page_of(root, "one")
    assert "digests" not in page_of(root, "one")
    table.write_text(f'title,abstract\nTwo,"{OCEANS}"\n', "utf-8")
    result = run(root, "add", str(table))
    assert result.exit_code == 1
    assert "table.csv:2: date: the source names no whole day; give one with --date" in result.stdout
    assert run(root, "add", str(table), "--date", "2025-07-02").exit_code == 0
    assert "date: 2025-07-02\n" in page_of(root, "two")


def test_no_paper_and_no_file(root: Path) -> None:
    assert "name a paper" in run(root, "add").stderr
    assert (
        "'sheep' is neither an arXiv id, nor a DOI, nor a file" in run(root, "add", "sheep").stderr
    )


def test_a_setting_that_is_no_number(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERCATALOG_ATTEMPTS", "many")
    said = run(root, "add", "2507.00001").stderr
    assert "PAPERCATALOG_ATTEMPTS is 'many'; set it to a number" in said


def test_a_day_is_fetched_and_named_by_its_address(root: Path, services: Services) -> None:
    result = run(root, "import", "--day", "2025-07-28")
    assert result.exit_code == 0, result.output
    page = page_of(root, "2507.00002")
    assert "digests: [https://huggingface.co/papers/date/2025-07-28]\n" in page
    assert run(root, "check").exit_code == 0


def test_days_from_one_on(root: Path, services: Services) -> None:
    arguments = ["import", "--since", "2025-07-26", "--until", "2025-07-29"]
    result = run(root, *arguments)
    assert result.exit_code == 0
    days = [f"2025-07-{day}" for day in (26, 27, 28, 29)]
    assert services.asked == [*days[:3], "/arxiv", "/openalex", days[3]]
    assert "2025-07-27 lists no papers" in result.stderr
    assert len(pages_of(root)) == 2
    before = pages_of(root)
    assert run(root, *arguments).exit_code == 0
    assert pages_of(root) == before
    assert "--until needs --since" in run(root, "import", "--until", "2025-07-29").stderr


def test_a_day_that_fails_keeps_those_before_and_a_second_run_goes_on(
    root: Path, services: Services
) -> None:
    services.down = {"2025-07-29"}
    arguments = ["import", "--since", "2025-07-28", "--until", "2025-07-30"]
    result = run(root, *arguments)
    assert result.exit_code == 1
    assert "papers/date/2025-07-29: " in result.stdout
    assert "[not-fetched]" in result.stdout
    assert services.asked == ["2025-07-28", "/arxiv", "/openalex", "2025-07-29"]
    assert len(pages_of(root)) == 2
    services.down = set()
    assert run(root, *arguments).exit_code == 0
    assert services.asked[4:] == ["2025-07-29", "2025-07-30"]


def test_enrich_asks_the_services(root: Path, services: Services) -> None:
    run(root, "import", str(AGAIN / "2025-07-28.txt"))
    result = run(root, "enrich")
    assert result.exit_code == 0, result.output
    slug = "paper-lanterns-slow-light-for-fabricated-networks"
    assert 'arxiv: "2507.00001"\n' in page_of(root, slug)
    pages = ["/pages/2507.00001", "/pages/2507.00002"]
    title = 'ti:"Counting Sheep with Sparse Attention"'
    assert services.asked == ["2025-07-28", "/arxiv", *pages, "/openalex", title]
    services.asked.clear()
    before = pages_of(root)
    assert run(root, "enrich").exit_code == 0
    assert (services.asked, pages_of(root)) == ([], before)


def test_enrich_finds_a_title_at_arxiv(root: Path, services: Services) -> None:
    table = root / "table.csv"
    table.write_text(f'title,abstract,date\nPaper-Lanterns!,"{LANTERNS}",2025-07-27\n', "utf-8")
    run(root, "add", str(table))
    services.down = {"/arxiv"}
    result = run(root, "enrich")
    assert result.exit_code == 1
    assert "[not-fetched]" in result.stdout
    services.down = set()
    assert run(root, "enrich").exit_code == 0
    page = page_of(root, "paper-lanterns")
    assert 'authors: ["Ada Candle"]\npublished: 2025-07-25\narxiv: "2507.00001"\n' in page


FORM = f"""### Title

Paper *Lanterns*

### arXiv id or DOI

_No response_

### Abstract

{LANTERNS}

### Not a field of ours

<script>alert(1)</script>

### Authors

Ada Candle, Bo Wick

### Topics

- [X] Light
- [ ] Paper
- [x] ../../etc/passwd

### Date

2025-07-29
"""


def test_an_issue_form_becomes_a_page(root: Path) -> None:
    result = run(root, "add", "--from-issue", "-", typed=FORM.replace("\n", "\r\n"))
    assert result.exit_code == 0, result.output
    page = page_of(root, "paper-lanterns")
    assert page.startswith(
        '---\ntitle: "Paper *Lanterns*"\ndate: 2025-07-29\ntopics: [light]\n'
        'authors: ["Ada Candle", "Bo Wick"]\n---\n'
    )
    assert "### Not a field of ours" in page.replace("\\", "")
    assert "<script" not in page.replace("\\<", "")
    assert run(root, "check").exit_code == 0


def test_an_issue_form_with_an_identifier_alone_is_fetched(root: Path, services: Services) -> None:
    form = "### arXiv id or DOI\n\nhttps://arxiv.org/abs/2507.00001\n\n### Topics\n\nagents\n"
    result = run(root, "add", "--from-issue", "-", typed=form)
    assert result.exit_code == 0, result.output
    assert "topics: [agents]\n" in page_of(root, "2507.00001")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("", "is empty"),
        ("just words", "is no form"),
        ("### Title\n\nA title alone", "has a title alone"),
        ("### Authors\n\nAnn Author", "neither an arXiv id or DOI nor an abstract"),
        ("### Abstract\n\nWords\n\n### Title\n\n_No response_", "has no title"),
        ("### Title\n\na\n\n### Abstract\n\nb\n\n### Title\n\nc", "has the field 'title' twice"),
        ("### arXiv id or DOI\n\n/etc/passwd", "no arXiv id or DOI in '/etc/passwd'"),
        ("### Title\n\nA\n\n### Abstract\n\nB\n\n### Date\n\nyesterday", "names no whole day"),
    ],
)
def test_a_form_that_says_too_little(root: Path, form: str, said: str) -> None:
    result = run(root, "add", "--from-issue", "-", typed=form)
    assert result.exit_code == 1
    assert said in result.stdout
    assert pages_of(root) == {}


def test_a_form_that_is_not_utf8(root: Path) -> None:
    result = run(root, "add", "--from-issue", "-", typed=b"### Title\n\n\xff\n")
    assert "is not UTF-8" in result.stdout


@given(st.text("#TitleAbsrac\n\r -[x]_\0\u2028", max_size=60) | st.text(max_size=40))
def test_any_text_is_accounted_for(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    form = parse_issue_form(b"### Title\n\nA\n\n" + data, "issue")
    assert form.parsed.balanced()
    assert len(form.parsed.records) + len(form.parsed.rejected) + bool(form.asked) == 1


def test_a_source_without_abstracts_is_told_the_remedy(root: Path) -> None:
    rows = "title,arxiv,date\nMade Up,2410.08115,2025-07-29\nNumberless,,2025-07-29\n"
    (root / "bare.csv").write_text(rows, "utf-8")
    result = run(root, "add", str(root / "bare.csv"))
    assert result.exit_code == 1
    fetch = (
        "the source has no abstract; add it there, or fetch the paper: papercatalog add 2410.08115"
    )
    assert f"bare.csv:2: body: {fetch} [no-abstract]" in result.stdout
    assert (
        "bare.csv:3: body: the source has no abstract; add it there [no-abstract]" in result.stdout
    )
