"""Days in the spellings of sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.sources.days import parse_day, parse_month


@pytest.mark.parametrize(
    "text",
    ["2023-05-09", "2023/05/09", "2023.05.09", "2023-5-9", "2023/05/09/", "20230509", "9.5.2023",
     "09.05.2023", "9 May 2023", "9 May, 2023", "May 9, 2023", "May 9th 2023", "9th of May 2023",
     "Tuesday, May 9, 2023", "Tue, 9 May 2023 19:18:42 GMT", "2023 May 9", "9-May-2023",
     "2023-05-09T11:03:46.000Z", "2023-05-09 00:00:00", "2023/05/09/10:00:00", "2023-05-09~",
     "2023-05-09/2023-05-12", "2023-05-09 to 2023-05-12", "9-12 May 2023", "9–12 May 2023",
     "May 9--12, 2023", "9 May - 2 June 2023", "May 9 - June 2, 2023", "MAY 9, 2023"],
)  # fmt: skip
def test_spellings_of_a_day(text: str) -> None:
    assert str(parse_day(text)) == "2023-05-09"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023", "no whole day"),
        ("2023-05", "no whole day"),
        ("May 2023", "no whole day"),
        ("5/9/2023", "not a day"),
        ("13/13/2023", "no calendar"),
        ("2/30/2023", "no calendar"),
        ("2023-02-30", "no calendar"),
        ("30 Feb 2023", "no calendar"),
        ("9 Mai 2023", "not a day"),
        ("soon", "not a day"),
        ("", "not a day"),
        ("20230509123456", "not a day"),
    ],
)
def test_what_is_no_day(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7/29/2025", "2025-07-29"),
        ("07/29/2025 0:00", "2025-07-29"),
        ("29/7/2025", "2025-07-29"),
        ("31/12/2025", "2025-12-31"),
        ("5/5/2025", "2025-05-05"),
    ],
)
def test_a_day_with_slashes_whose_order_is_sure(text: str, day: str) -> None:
    assert str(parse_day(text)) == day


def test_months() -> None:
    assert [parse_month(text) for text in ("jan", "Sept.", "September", "12", " 3 ")] == [
        1,
        9,
        9,
        12,
        3,
    ]
    assert [parse_month(text) for text in ("ja", "13", "janu5", "", "marching")] == [None] * 5


@given(st.dates().map(str) | st.text(max_size=30))
def test_any_text_is_a_day_or_a_value_error(text: str) -> None:
    try:
        parse_day(text)
    except ValueError as error:
        assert str(error)
