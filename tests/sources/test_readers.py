"""Every source in ``fixtures/readers`` gives what the file beside it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from papercatalog.model.fields import SOURCED
from papercatalog.sources.arxiv import parse_arxiv_feed
from papercatalog.sources.formats import read_source
from papercatalog.sources.record import ParsedSource, Record

FOLDER = Path(__file__).parent / "fixtures" / "readers"
ASKED = ("2410.08115", "2401.99999", "cs/0309040", "2401.00003", "2401.00004", "2401.00005")
"""What the feed answers; it lacks the second."""
SOURCES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".expected")


def render_record(record: Record) -> Iterator[str]:
    yield f"{record.line}: {record.title}"
    for field in SOURCED:
        value = record.facts.get(field.name)
        if field.kind.is_list:
            yield from (f"  {field.name}: {text}" for text in value or ())
        elif value is not None:
            yield f"  {field.name}: {value}"
    yield from (f"  | {line}" for line in record.abstract.splitlines())


def render_parsed(parsed: ParsedSource) -> str:
    lines = [line for record in parsed.records for line in render_record(record)]
    lines += (f"rejected {problem}" for problem in parsed.rejected)
    lines += (f"remark {problem}" for problem in parsed.remarks)
    lines.append(
        f"{parsed.pieces} pieces: {parsed.boilerplate} boilerplate, {parsed.used} used, "
        f"{parsed.rejected_pieces} rejected"
    )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def read(name: str, data: bytes) -> ParsedSource:
    if name.endswith(".atom"):
        return parse_arxiv_feed(data, name, asked=ASKED)
    return read_source(name, data)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_gives_what_is_expected(name: str) -> None:
    parsed = read(name, (FOLDER / name).read_bytes())
    assert parsed.balanced()
    assert render_parsed(parsed) == (FOLDER / f"{name}.expected").read_text(encoding="utf-8")
