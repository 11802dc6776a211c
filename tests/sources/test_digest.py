"""Reading a pasted digest: whole pages, dates, the account, and what is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papercatalog.model.problems import Problem
from papercatalog.sources.digest import parse_digest
from papercatalog.sources.digest.lines import Line, split_lines
from papercatalog.sources.digest.markup import take_off_markup
from papercatalog.sources.digest.parse import MAX_LINES
from papercatalog.sources.digest.pasted_page import PastedPage, read_page
from papercatalog.sources.digest.pieces import LayoutPiece
from papercatalog.sources.record import ParsedSource
from repository import ROOT

FIXTURES = Path(__file__).parent / "fixtures" / "digest"
SEED = "seeds/2025-07-29.txt"
DAY = dt.date(2025, 7, 29)
PAPER = "Olmo 3\n\nWe train it. It works well, and we say how."


def render_parsed(parsed: ParsedSource) -> str:
    """A parsed source as the fixtures show it."""
    lines = []
    for record in parsed.records:
        lines.append(f"{record.line}: {record.date} {record.title}")
        lines.extend(f"    {paragraph}" for paragraph in record.abstract.split("\n\n"))
    lines.extend(str(problem) for problem in parsed.rejected)
    lines.append(
        f"{parsed.pieces} pieces: {parsed.boilerplate} boilerplate, "
        f"{parsed.used} used, {parsed.rejected_pieces} rejected"
    )
    return "\n".join(lines) + "\n"


def load_pages() -> Iterator[object]:
    text = (FIXTURES / "pages.txt").read_text(encoding="utf-8")
    for case in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, rest = case.partition("\n")
        page, _, expected = rest.partition("\n---\n")
        name, _, source = head.rstrip(")").rpartition(" (")
        yield pytest.param(source, page, expected, id=name)


@pytest.mark.parametrize(("source", "page", "expected"), list(load_pages()))
def test_page(source: str, page: str, expected: str) -> None:
    assert render_parsed(parse_digest(page.encode(), source)) == expected


def test_seed() -> None:
    parsed = parse_digest((ROOT / SEED).read_bytes(), SEED)
    titles = (FIXTURES / "2025-07-29.titles.txt").read_text(encoding="utf-8").splitlines()
    assert [record.title for record in parsed.records] == titles
    assert len(titles) == 110
    assert {record.date for record in parsed.records} == {DAY}
    assert parsed.rejected == ()
    assert (parsed.pieces, parsed.boilerplate, parsed.used) == (226, 6, 220)
    first, last = parsed.records[0], parsed.records[-1]
    assert first.line == 13
    assert first.abstract.startswith("Large Language Model (LLM) based multi-agent systems (MAS)")
    assert first.abstract.endswith("MAS (https://chenweize1998.github.io/optima-project-page).")
    assert last.abstract.startswith("We study the effectiveness of Feature Density (FD)")
    assert last.abstract.endswith("efficacy of linguistically-backed word preprocessing.")


def test_seed_text_stays_as_it_is() -> None:
    text = (ROOT / SEED).read_text(encoding="utf-8")
    paragraphs = {" ".join(line.split()) for line in text.split("\n")}
    for record in parse_digest(text.encode(), SEED).records:
        assert {record.title, record.abstract} <= paragraphs


@pytest.mark.parametrize(
    ("source", "line", "year", "expected"),
    [
        ("seeds/2025-07-29.txt", "Jul 29", None, DAY),
        ("seeds/2025-07-29.txt", "", None, DAY),
        ("seeds/digest_20250729.txt", "29 July", None, DAY),
        ("seeds/july-2025.txt", "July 29th", None, DAY),
        ("pasted.txt", "Jul 29, 2025", None, DAY),
        ("pasted.txt", "29 July 2025", None, DAY),
        ("pasted.txt", "2025-07-29", None, DAY),
        ("pasted.txt", "Tuesday, July 29, 2025", None, DAY),
        ("pasted.txt", "Jul 29", 2025, DAY),
        ("pasted.txt", "Feb 29", 2024, dt.date(2024, 2, 29)),
        ("2025-07-29.txt", "Jul 28\n\nJul 29\n\nJul 30", None, DAY),
    ],
)
def test_date(source: str, line: str, year: int | None, expected: dt.date) -> None:
    parsed = parse_digest(f"{line}\n\n{PAPER}".encode(), source, year=year)
    assert parsed.rejected == ()
    assert [record.date for record in parsed.records] == [expected]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "d.txt: the file is empty [digest-empty]"),
        (b" \r\n\t\n", "d.txt: the file is empty [digest-empty]"),
        (
            b"\x89PNG\r\n\x1a\n\0\0",
            "d.txt: not a text file: a null byte at offset 8; save it as UTF-8 text "
            "[digest-binary]",
        ),
        (
            b"Jul 29\r\n\r\nCaf\xe9",
            "d.txt:3: not UTF-8: byte 0xe9 at offset 13; save it as UTF-8 text [digest-encoding]",
        ),
        (
            b"\xef\xbb\xbfCaf\xe9",
            "d.txt:1: not UTF-8: byte 0xe9 at offset 6; save it as UTF-8 text [digest-encoding]",
        ),
    ],
)
def test_unreadable(data: bytes, problem: str) -> None:
    parsed = parse_digest(data, "d.txt")
    assert [str(rejected) for rejected in parsed.rejected] == [problem]
    assert parsed.records == ()
    assert (parsed.pieces, parsed.boilerplate, parsed.rejected_pieces) == (1, 0, 1)


TWO_PAPERS = (
    "Daily Papers\n\nJul 29\n\n117\n\nOlmo 3\n\n12 authors\n\n"
    "We train it. It works well, and we say how.\n\nakhaliq\n\n"
    "Pangolin: Reading With Care\n\nWe read it. It was a long text, and we say why.\n"
)


@pytest.mark.parametrize("page", [TWO_PAPERS, "Daily Papers\n\nOlmo: How to Train One\n"])
def test_a_lost_piece_unbalances_the_counts(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_lists(read: PastedPage) -> list[list[LayoutPiece]]:
        lists = [read.header]
        for paper in read.papers:
            lists += [paper.paragraphs, paper.inside, paper.below]
        return [pieces for pieces in lists if pieces]

    whole = parse_digest(page.encode(), "2025-07-29.txt")
    assert whole.balanced()
    count = len(find_lists(read_page(take_off_markup(split_lines(page)))))
    for at in range(count):

        def lose_piece(lines: Sequence[Line], at: int = at) -> PastedPage:
            read = read_page(lines)
            del find_lists(read)[at][-1]
            return read

        monkeypatch.setattr("papercatalog.sources.digest.parse.read_page", lose_piece)
        assert not parse_digest(page.encode(), "2025-07-29.txt").balanced()


def test_a_lost_paper_unbalances_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def lose_paper(lines: Sequence[Line]) -> PastedPage:
        read = read_page(lines)
        del read.papers[-1]
        return read

    monkeypatch.setattr("papercatalog.sources.digest.parse.read_page", lose_paper)
    assert not parse_digest(TWO_PAPERS.encode(), "2025-07-29.txt").balanced()


LINES = st.sampled_from(
    [
        "", "", "117", "·", "Jul 29", "Feb 30", "Submitted by", "akhaliq", "Ada Lovelace", "Models",
        "Optima: Optimizing Many Agents at Once", "Olmo 3", "We show that it is so.", "and more",
        "A paragraph that is long enough to be an abstract by itself. " * 12, "https://a.example/b-",
    ]
)  # fmt: skip


def check_account(parsed: ParsedSource) -> None:
    assert parsed.balanced()
    assert all(record.title and record.abstract and record.date for record in parsed.records)
    assert all(isinstance(problem, Problem) for problem in parsed.rejected)
    assert parsed.used == sum(2 + r.abstract.count("\n\n") for r in parsed.records)
    assert bool(parsed.rejected_pieces) <= bool(parsed.rejected)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_any_page_is_accounted_for(page: str) -> None:
    check_account(parse_digest(page.encode(), "2025-07-29.txt"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.lists(st.text(max_size=30), max_size=12).map("\n".join))
def test_any_text_is_accounted_for(text: str) -> None:
    check_account(parse_digest(text.encode("utf-8", "surrogatepass"), "2025-07-29.txt"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_accounted_for(data: bytes) -> None:
    check_account(parse_digest(data, "2025-07-29.txt", year=2025))


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_no_word_is_lost(page: str) -> None:
    """What is neither a record's nor furniture's is refused, and named with its line."""
    parsed = parse_digest(page.encode(), "2025-07-29.txt")
    if parsed.pieces:
        lines = [number for number, line in enumerate(page.split("\n"), 1) if line.strip()]
        assert {problem.line for problem in parsed.rejected} <= {0, *lines}
        assert parsed.rejected_pieces >= sum(problem.line > 0 for problem in parsed.rejected)


def test_a_digest_with_more_lines_than_any_page_is_not_read() -> None:
    (problem,) = parse_digest(b"a\n" * (MAX_LINES + 1), "2025-07-29.txt").rejected
    assert problem.code == "unreadable-source"
    assert (
        problem.message
        == f"has {MAX_LINES + 1:,} lines; split it into files of at most {MAX_LINES:,}"
    )
