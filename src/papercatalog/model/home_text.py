"""The text of the home page, which people write, and the markers in it for parts of the catalog.

A marker is an HTML comment on a line of its own, such as ``<!-- papercatalog: newest -->``, so that
it does not show where nothing replaces it. It may stand within an admonition or a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from papercatalog.model.problems import Problem, suggest

HOME_PAGES = ("docs/index.md", "docs/README.md")
"""The files that may hold the text; the first that is there counts, as for MkDocs."""
PARTS = ("search", "newest", "rising", "topics", "days", "take-part")
"""The parts of the home page, in their order where no marker says another."""
REST = "rest"
"""The marker of all parts that have none of their own; without it they stand below the text."""

_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_MARKER = re.compile(r"\s*<!--\s*papercatalog:\s*(?P<name>[^\s>]*)\s*-->\s*")
_OPENER = re.compile(r"\s*(?:!!!|\?\?\?\+?|===[!+]*)[ \t]")
"""Opens an admonition, or a tab, whose text is indented below it."""
_BEGINNING = re.compile(r"<!--\s*papercatalog:")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_HEADING = re.compile(r" {0,3}(?:#[\s#]*[^\s#]|=+\s*$)|.*<h1[\s>]", re.IGNORECASE)


class Marker(NamedTuple):
    """A marker in a text."""

    line: int
    """From 1."""
    name: str
    """Of the part; empty if the marker does not stand on a line of its own."""


def find_markers(text: str) -> Iterator[Marker]:
    """Find the markers of a Markdown text; code may show some that count for nothing."""
    lines = text.split("\n")
    for number, line in _lines_outside_code(text):
        alone = _MARKER.fullmatch(line)
        if alone and _stands_in_blocks(lines, number - 1):
            yield Marker(number, alone["name"])
        elif _BEGINNING.search(_CODE.sub("", line)):
            yield Marker(number, "")


def has_main_heading(text: str) -> bool:
    """Tell whether a Markdown text has a heading of the first level.

    >>> has_main_heading("A\\n\\n# B"), has_main_heading("B\\n=="), has_main_heading("## C")
    (True, True, False)
    """
    return any(
        _HEADING.match(line) and not line.lstrip().startswith("##")
        for _, line in _lines_outside_code(text)
    )


def validate_home_text(text: str, path: str) -> Iterator[Problem]:
    """Report markers that name no part, name one again, or do not stand alone (``bad-marker``)."""
    first: dict[str, int] = {}
    for line, name in find_markers(text):
        message = ""
        if not name:
            message = (
                "a marker must stand on a line of its own, at its beginning or within an "
                "admonition or a tab"
            )
        elif name not in (*PARTS, REST):
            hint = suggest(name, (*PARTS, REST), f"there are {', '.join((*PARTS, REST))}")
            message = f"no part is called '{name}'; {hint}"
        elif name in first:
            message = f"'{name}' stands on line {first[name]} already; take one of the two out"
        if message:
            yield Problem(path, line, "body", "bad-marker", message)
        first.setdefault(name, line)


def indentation(line: str) -> int:
    """Count the columns before a line's text; up to three do not count, as in Markdown."""
    spread = line.expandtabs(4)
    columns = len(spread) - len(spread.lstrip())
    return columns if columns > 3 else 0


def _stands_in_blocks(lines: Sequence[str], place: int) -> bool:
    """Tell whether a line is not indented, or only by the admonitions and tabs around it."""
    indent = indentation(lines[place])
    for above in reversed(lines[:place]):
        if not indent:
            break
        if above.strip() and indentation(above) < indent:
            if not _OPENER.match(above) or indent - indentation(above) >= 8:
                return False
            indent = indentation(above)
    return not indent


def _lines_outside_code(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines, counted from 1, that are in no fenced block of code."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _FENCE.fullmatch(line)
        if fence:
            is_end = found and found["fence"].startswith(fence) and not found["info"].strip()
            fence = "" if is_end else fence
        elif found and "`" not in found["info"]:
            fence = found["fence"]
        else:
            yield number, line
