"""The benchmarks: how they sum up, and that the catalogs and pages they make are sound."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import pytest

from build_cost import make_rows
from build_growth import Built, Limit, make_exponents, render_limit, write_new_day
from contenders import Contender, link_addresses, link_files
from loops import run_in_thread
from made_site import load_vocabulary, make_papers_of, spread_days, write_catalog, write_plain
from measure import (
    Cost,
    FailedError,
    Size,
    add_up,
    find_exponent,
    measure,
    measure_folder,
    parse_memory,
    parse_steps,
    render_table,
    take_median,
    write_bytes,
    write_seconds,
)
from papercatalog.model.loading import load_catalog
from papercatalog.sources.formats import read_source
from search_load import Answer, read_all, summarise
from serving import served

LINK = re.compile(r"\]\(([^)]*\.md)\)")


def files_below(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_made_catalog_has_no_problem_and_is_made_alike_again(tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert write_catalog(tmp_path / name, make_papers_of(60)) == 60
    catalog = load_catalog(tmp_path / "one")
    assert len(catalog.papers) == 60
    assert catalog.vocabulary == load_vocabulary()
    assert any(paper.topics for paper in catalog.papers)
    assert [len(day) for day in catalog.by_day.values()] == [6, 27, 27]
    assert files_below(tmp_path / "one") == files_below(tmp_path / "other")


def test_a_corpus_of_ones_own_is_taken_as_it_is(tmp_path: Path) -> None:
    corpus = tmp_path / "papers.jsonl"
    corpus.write_text(
        '{"id": "2501.00001", "title": "A", "abstract": "b *c", "date": "2025-01-02"}'
    )
    (paper,) = make_papers_of(0, corpus)
    assert (paper.id, paper.arxiv, paper.date) == ("2501.00001", "2501.00001", dt.date(2025, 1, 2))
    assert paper.abstract == r"b \*c"


@pytest.mark.parametrize(("papers", "days"), [(1_000, 38), (10_000, 371), (100_000, 1299)])
def test_papers_are_listed_on_working_days_of_five_years_at_most(papers: int, days: int) -> None:
    day_of = spread_days(papers)
    listed = sorted({day_of(number) for number in range(papers)})
    assert len(listed) == days
    assert listed[-1] < 5 * 365
    assert {day % 7 for day in listed} == {0, 1, 2, 3, 4}


def test_plain_pages_link_to_files_that_are_there(tmp_path: Path) -> None:
    pages = write_plain(tmp_path, make_papers_of(40), "index.md", link_files)
    files = list(tmp_path.rglob("*.md"))
    assert len(files) == pages
    assert len(list(tmp_path.glob("papers/*/*.md"))) == 40
    linked = {
        (file.parent / link).resolve()
        for file in files
        for link in LINK.findall(file.read_text("utf-8"))
    }
    assert linked == {*files} - {tmp_path / "index.md"}


def test_links_are_written_as_each_generator_wants_them() -> None:
    assert link_files("papers/2025/x.md", "dates/2025/index.md") == "../../dates/2025/index.md"
    assert link_files("index.md", "dates/index.md") == "dates/index.md"
    assert link_addresses("index.md", "papers/2025/x.md") == "/papers/2025/x/"
    assert link_addresses("index.md", "dates/_index.md") == "/dates/"
    assert link_addresses("index.md", "_index.md") == "/"


def test_the_new_day_is_one_that_the_catalog_does_not_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build_growth.MIDDLE", 50)
    monkeypatch.setattr("build_growth.A_DAY", 5)
    path = write_new_day(tmp_path, None)
    records = read_source(path.name, path.read_bytes()).records
    there = {paper.arxiv for paper in make_papers_of(50)}
    assert len(records) == 5
    assert there.isdisjoint(record.arxiv for record in records)


def test_a_command_is_measured_with_the_processes_it_starts(tmp_path: Path) -> None:
    inner = "x = bytes(50_000_000); import time; time.sleep(0.5)"
    outer = (
        "import subprocess, sys; print('{\"step\": 2}');"
        f"subprocess.run([sys.executable, '-c', {inner!r}], check=True)"
    )
    cost = measure((sys.executable, "-c", outer), tmp_path)
    assert cost.steps == {"step": 2.0}
    assert cost.seconds >= 0.5
    assert cost.memory > 50_000_000
    assert cost.processor > 0
    with pytest.raises(FailedError, match="exit code 3"):
        measure((sys.executable, "-c", "raise SystemExit(3)"), tmp_path)


def test_steps_are_lines_of_json_and_nothing_else() -> None:
    said = 'INFO {"a": 1}\n{"load": 0.5, "pages": 2}\n{"name": "x"}\n{broken\n[1]\n'
    assert parse_steps(said) == {"load": 0.5, "pages": 2.0}


def test_memory_is_read_by_its_name() -> None:
    assert parse_memory("x [rollup]\nRss:  90 kB\nPss:  12 kB\nPss_Dirty:  3 kB\n") == 12 * 1024
    assert parse_memory("") == 0


def test_folders_are_summed_up(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.html").write_bytes(b"12345")
    (tmp_path / "y.html").write_bytes(b"123")
    (tmp_path / "z.js").write_bytes(b"1234567")
    assert measure_folder(tmp_path) == Size(15, 3, 5)


def test_costs_add_up_and_have_medians() -> None:
    one, two, three = Cost(1, 5, 10, {"a": 1}), Cost(2, 4, 30, {"a": 3}), Cost(9, 3, 20, {"a": 2})
    assert add_up([one, two]) == Cost(3, 9, 30, {"a": 3})
    assert take_median([one, two, three]) == Cost(2, 4, 20, {"a": 2})


def test_exponents_tell_growth() -> None:
    assert find_exponent((10, 2), (100, 20)) == pytest.approx(1)
    assert find_exponent((10, 2), (100, 200)) == pytest.approx(2)
    assert find_exponent((10, 5), (1000, 5)) == pytest.approx(0)
    assert find_exponent((10, 0), (100, 20)) is None
    assert find_exponent((10, 2), (10, 2)) is None


def test_growth_is_told_for_the_whole_and_for_each_step() -> None:
    one = Built(10, Cost(1, 1, 1000, {"load": 0.1}), Size(100, 2, 50))
    other = Built(100, Cost(10, 100, 1000, {"load": 1.0}), Size(1000, 20, 50))
    rows = {row[0]: row[1:] for row in make_exponents(one, other)}
    assert rows["time"] == ["1.00 s", "10.0 s", "1.00"]
    assert rows["processor"][-1] == "2.00"
    assert rows["– load"] == ["0.10 s", "1.00 s", "1.00"]
    assert rows["largest page"] == ["50 B", "50 B", "0.00"]


def test_rows_hold_ratios_of_ours_to_the_others_and_each_command() -> None:
    ours = Contender("papercatalog", Path(), (("build", ("x",)),), Path())
    other = Contender("Other", Path(), (("A", ("a",)), ("B", ("b",))), Path())
    costs = [[[Cost(2, 3, 10)], [Cost(3, 4, 10), Cost(5, 2, 30)]]] * 2
    rows = make_rows([ours, other], costs, [Size(1000, 2), Size(5000, 4)], 10)
    assert [row[0] for row in rows] == ["papercatalog", "Other", "– A", "– B"]
    assert rows[0][4:] == ["2", "1.0 kB", "100 B", "", ""]
    assert rows[1][1:] == ["8.00 s", "6.00 s", "30 B", "4", "5.0 kB", "500 B", "0.25", "0.50"]
    assert rows[3][1:] == ["5.00 s", "2.00 s", "30 B", "", "", "", "", ""]


def test_tables_are_markdown() -> None:
    assert render_table([("", "time"), ("ours", "1 s"), ("b", "100 s")]).split("\n") == [
        "|      |  time |",
        "|------|------:|",
        "| ours |   1 s |",
        "| b    | 100 s |",
    ]


def test_figures_have_the_digits_that_mean_something() -> None:
    assert list(map(write_seconds, (0.456, 12.34, 123.4))) == ["0.46 s", "12.3 s", "123 s"]
    sizes = (740, 8_120, 404_400_000, 1_230_000_000)
    assert list(map(write_bytes, sizes)) == ["740 B", "8.1 kB", "404 MB", "1.2 GB"]
    assert render_limit(Limit(10, 400e6)) == "10 s, 400 MB"
    assert render_limit(Limit(0.7)) == "0.7 s"
    assert render_limit(None) == ""


def test_readers_at_once_are_answered_and_summed_up(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1000)
    (tmp_path / "b").write_bytes(b"y" * 2000)
    with served(tmp_path) as address:
        answers = run_in_thread(read_all(address, [["/a"], ["/a", "/b"]], readers=20, rounds=2))
        with pytest.raises(OSError, match=r"/c: HTTP/1\.1 404"):
            run_in_thread(read_all(address, [["/c"]], readers=1, rounds=1))
    assert len(answers) == 40
    assert sorted({answer.size // 1000 for answer in answers}) == [1, 3]


def test_a_load_is_summed_up_by_percentiles() -> None:
    answers = [Answer(number / 100, 2000) for number in range(1, 101)]
    assert summarise(answers, 10) == (
        "100 searches, 2 kB each; median 0.51 s, 95th percentile 0.96 s, longest 1.00 s;"
        " 10 a second"
    )
