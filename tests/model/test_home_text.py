"""The markers in the home page's text, and whether the text has a heading."""

from __future__ import annotations

import pytest

from papercatalog.model.home_text import PARTS, find_markers, has_main_heading, validate_home_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!-- papercatalog: newest -->", [(1, "newest")]),
        ("a\r\n\r\n   <!--papercatalog:take-part-->  \r\n", [(3, "take-part")]),
        ("<!-- papercatalog: x <b> -->", [(1, "")]),
        ("a <!-- papercatalog: days -->", [(1, "")]),
        ("    <!-- papercatalog: days -->", [(1, "")]),
        ("Write `<!-- papercatalog: days -->` for days.", []),
        ("```html\n<!-- papercatalog: days -->\n```\n<!-- papercatalog: days -->", [(4, "days")]),
        ("~~~~\n~~~\n<!-- papercatalog: days -->\n~~~~~\n", []),
        ("- a\n\n    ```\n    <!-- papercatalog: days -->\n    ```\n", []),
        ("```` `not a fence` ````\n<!-- papercatalog: days -->", [(2, "days")]),
        ("<!-- a comment -->", []),
        ("!!! note\n\n    <!-- papercatalog: days -->", [(3, "days")]),
        (
            '??? note "a"\n\n    === "b"\n        c\n        <!-- papercatalog: days -->',
            [(5, "days")],
        ),
        ('=== "a"\n\n\t<!-- papercatalog: days -->', [(3, "days")]),
        ("!!! note\n    a\n\n        <!-- papercatalog: days -->", [(4, "")]),
        ("- a\n\n    <!-- papercatalog: days -->", [(3, "")]),
        ("- a\n\n    !!! note\n        <!-- papercatalog: days -->", [(4, "")]),
    ],
)
def test_markers_stand_alone_and_in_no_code(text: str, found: list[tuple[int, str]]) -> None:
    assert list(find_markers(text)) == found


@pytest.mark.parametrize(
    ("text", "has_heading"),
    [
        ("# A", True),
        ("text\n\n#A", True),
        ("A\n===\n", True),
        ('<div align="center"><h1>A</h1></div>', True),
        ("## A", False),
        ("#\n\n# \n", False),
        ("```\n# A comment\n```", False),
        ("a == b, C#", False),
        ("", False),
    ],
)
def test_a_heading_is_found_in_every_form(text: str, has_heading: bool) -> None:
    assert has_main_heading(text) is has_heading


def test_a_marker_that_nothing_replaces_is_a_problem() -> None:
    text = "<!-- papercatalog: rest -->\n<!-- papercatalog: zzz -->\n<!-- papercatalog: rest -->"
    said = [
        (problem.line, problem.message) for problem in validate_home_text(text, "docs/index.md")
    ]
    assert said == [
        (2, f"no part is called 'zzz'; there are {', '.join(PARTS)}, rest"),
        (3, "'rest' stands on line 1 already; take one of the two out"),
    ]
