"""The calendar's shades tell busy days from others."""

from __future__ import annotations

import datetime as dt

from papercatalog.model.catalog import build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Vocabulary
from papercatalog.outputs.dates import LEVELS, latest_months


def test_a_single_paper_is_seen_beside_the_busiest_day() -> None:
    counts = {1: 1, 2: 25, 3: 26, 4: 100}
    papers = [
        Paper(id=f"p{day}-{number}", title="x", date=dt.date(2025, 7, day), abstract="x")
        for day, count in counts.items()
        for number in range(count)
    ]
    [month] = latest_months(build_catalog(papers, Vocabulary(())), 2)
    cells = {cell.day.day: cell for week in month.weeks for cell in week if cell}
    assert [cells[day].level for day in (1, 2, 3, 4, 5)] == [1, 1, 2, LEVELS, 0]
    assert month.total == sum(counts.values())
