"""Reads, writes and edits a paper's Markdown page; an edit changes only the lines of its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from papercatalog.model.fields import FIELDS, Links, PaperFields
from papercatalog.model.front_matter import (
    find_line_end,
    parse_front_matter,
    render_value,
    split_lines,
)
from papercatalog.model.paper import Paper, validate_paper
from papercatalog.model.problems import CatalogError

Fact = str | Sequence[str] | Mapping[str, str]
"""A value as `render_fact` writes it: days and numbers are texts."""

_QUOTED = {field.path for field in FIELDS if field.kind.is_quoted}
_KEYS = tuple(PaperFields.model_fields)


def parse_page(text: str, path: str) -> Paper:
    """Read a page; the paper's id is the file's name.

    Raises:
        CatalogError: with every problem of the page.
    """
    front = parse_front_matter(text, path)
    values: dict[str, object] = dict(front.values)
    page_id = path.rpartition("/")[2].removesuffix(".md")
    lines = {**front.lines, "abstract": front.body_line}
    own = [key for key in ("id", "abstract") if key in values]
    for key in own:
        values[f"{key}:"] = values.pop(key)
        lines[f"{key}:"] = front.lines[key]
    result = validate_paper(
        {**values, "id": page_id, "abstract": front.body}, path, lines, front.body_line
    )
    if not isinstance(result, Paper):
        raise CatalogError(result)
    return result


def render_page(paper: Paper) -> str:
    """Write a page in its canonical form: keys in the declared order, without empty values."""
    facts = (render_fact(key, fact) for key, fact in _facts(paper).items())
    return "---\n" + "".join(facts) + f"---\n{paper.abstract}\n"


def render_fact(key: str, fact: Fact) -> str:
    """Write one line of front matter, with its line end."""
    return f"{key}: {render_value(fact, quote=key in _QUOTED)}\n"


def edit_page(text: str, facts: Mapping[str, Fact]) -> str:
    """Set keys of a page and leave every other line as it is, line ends included.

    An existing key is replaced in place; a new one is inserted in the declared order.

    Raises:
        CatalogError: if the page has no readable front matter.
    """
    front = parse_front_matter(text, "")
    lines = split_lines(text)
    line_end = find_line_end(text)
    starts = sorted([*front.lines.values(), front.end])
    edits: list[tuple[int, int, int, str]] = []
    for key, fact in facts.items():
        line = render_fact(key, fact).replace("\n", line_end)
        if key in front.lines:
            start = front.lines[key]
            stop = next(other for other in starts if other > start)
            while stop - 1 > start and _is_comment(lines[stop - 2]):
                stop -= 1
        else:
            start = stop = _find_line(key, front.lines, front.end)
        edits.append((start, stop, _KEYS.index(key), line))
    for start, stop, _, line in sorted(edits, reverse=True):
        lines[start - 1 : stop - 1] = [line]
    return "".join(lines)


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _find_line(key: str, lines: Mapping[str, int], end: int) -> int:
    later = _KEYS[_KEYS.index(key) + 1 :]
    return min((lines[other] for other in later if other in lines), default=end)


def _facts(paper: Paper) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for key in _KEYS:
        value = getattr(paper, key)
        if isinstance(value, Links):
            value = value.model_dump(exclude_none=True)
        if value is None or (not isinstance(value, int) and not value and key != "title"):
            continue
        facts[key] = value if isinstance(value, tuple | dict) else str(value)
    return facts
