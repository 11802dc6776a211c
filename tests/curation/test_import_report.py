"""The report of an import: what is printed, and that its sums agree."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from papercatalog.curation.import_report import ImportReport, render_report, render_report_json
from papercatalog.model.problems import Problem

REPORT = ImportReport(
    pieces=12,
    boilerplate=3,
    used=8,
    rejected_pieces=1,
    new=("a", "b"),
    unchanged=("c",),
    updated=("d",),
    invalid=(Problem("seeds/b.txt", 9, "title", "bad-value", "is empty"),),
    rejected=(Problem("seeds/a.txt", 7, "", "title-without-abstract", "has none"),),
)


def test_lines_for_people() -> None:
    assert list(render_report(REPORT)) == [
        "seeds/a.txt:7: has none [title-without-abstract]",
        "seeds/b.txt:9: title: is empty [bad-value]",
        "read 12 pieces: 8 in papers, 3 boilerplate, 1 rejected",
        "found 5 papers: 2 new, 1 unchanged, 1 updated, 1 invalid",
    ]


def test_the_same_as_data() -> None:
    data = json.loads(json.dumps(render_report_json(REPORT)))
    assert (data["papers"], data["pieces"], data["used"]) == (5, 12, 8)
    assert (data["new"], data["unchanged"], data["updated"]) == (["a", "b"], ["c"], ["d"])
    assert data["invalid"][0] == {
        "path": "seeds/b.txt",
        "line": 9,
        "field": "title",
        "code": "bad-value",
        "message": "is empty",
    }
    assert data["rejected"][0]["code"] == "title-without-abstract"


@pytest.mark.parametrize(
    ("report", "records", "balanced"),
    [
        (REPORT, 5, True),
        (REPORT, 4, False),
        (REPORT, 6, False),
        (replace(REPORT, used=9), 5, False),
        (replace(REPORT, rejected_pieces=0), 5, False),
        (replace(REPORT, new=("a",)), 5, False),
    ],
)
def test_sums(report: ImportReport, records: int, balanced: bool) -> None:
    assert report.is_balanced(records) is balanced
