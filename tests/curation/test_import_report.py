"""The account of an import: what is printed, and that its sums agree."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from papercatalog.curation.import_report import Account, render_account, render_account_json
from papercatalog.model.problems import Problem

ACCOUNT = Account(
    paragraphs=12,
    furniture=3,
    used=8,
    refused=1,
    new=("a", "b"),
    there=("c",),
    joined=("d",),
    rejected=(Problem("seeds/b.txt", 9, "title", "bad-value", "is empty"),),
    unreadable=(Problem("seeds/a.txt", 7, "", "title-without-abstract", "has none"),),
)


def test_lines_for_people() -> None:
    assert list(render_account(ACCOUNT)) == [
        "seeds/a.txt:7: has none [title-without-abstract]",
        "seeds/b.txt:9: title: is empty [bad-value]",
        "read 12 paragraphs: 8 of papers, 3 furniture, 1 refused",
        "found 5 papers: 2 new, 1 already there, 1 joined to one that is there, 1 rejected",
    ]


def test_the_same_as_data() -> None:
    data = json.loads(json.dumps(render_account_json(ACCOUNT)))
    assert (data["papers"], data["paragraphs"], data["used"]) == (5, 12, 8)
    assert (data["new"], data["there"], data["joined"]) == (["a", "b"], ["c"], ["d"])
    assert data["rejected"][0] == {
        "path": "seeds/b.txt",
        "line": 9,
        "field": "title",
        "code": "bad-value",
        "message": "is empty",
    }
    assert data["unreadable"][0]["code"] == "title-without-abstract"


@pytest.mark.parametrize(
    ("account", "records", "balanced"),
    [
        (ACCOUNT, 5, True),
        (ACCOUNT, 4, False),
        (ACCOUNT, 6, False),
        (replace(ACCOUNT, used=9), 5, False),
        (replace(ACCOUNT, refused=0), 5, False),
        (replace(ACCOUNT, new=("a",)), 5, False),
    ],
)
def test_sums(account: Account, records: int, balanced: bool) -> None:
    assert account.is_balanced(records) is balanced
