"""Splits a Markdown page into front matter and body, and parses the front matter with its lines.

Every scalar is parsed as text: otherwise YAML would read the arXiv id 2410.08110 as the number
2410.0811, and the title "No" as false. Callers convert the texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml
from frontmatter.default_handlers import YAMLHandler

from papercatalog.model.problems import CatalogError, Problem

Value = str | list["Value"] | dict[str, "Value"]

_HANDLER = YAMLHandler()
_DEPTH = 4
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORD = re.compile(
    r"(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][\w./-]*|https?://[\w./~%+#=&@-]+",
    re.IGNORECASE | re.ASCII,
)
_NUMBER = re.compile(r"\d{4}-\d\d-\d\d|0|[1-9]\d*", re.ASCII)


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Loads every scalar as text.

    Tags are not needed, so a function without effect replaces the resolver's: resolving them in
    Python would take longer than the parser itself. ``"".format`` takes any arguments, runs no
    Python code and returns an empty text.
    """

    descend_resolver = ascend_resolver = resolve = "".format


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter and body of a page."""

    values: Mapping[str, Value]
    """Each key's value; every scalar is a text."""
    lines: Mapping[str, int]
    """The line of each key in the page, from 1."""
    end: int
    """The line of the closing ``---``."""
    body: str
    """The text below the front matter, without white space around it."""
    body_line: int
    """The line on which the body starts, from 1."""


def parse_front_matter(text: str, path: str) -> FrontMatter:
    """Split a page and parse its front matter.

    Raises:
        CatalogError: with ``no-front-matter``, ``bad-yaml`` or ``duplicate-key``.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    opening = _HANDLER.FM_BOUNDARY.match(text)
    try:
        block, body = _HANDLER.split(text)
    except ValueError:
        opening = None
    if opening is None:
        message = "starts without front matter; put it between two lines of ---"
        raise CatalogError([Problem(path, 1, "", "no-front-matter", message)])
    first = text.count("\n", 0, opening.end()) + 1
    end = first + block.count("\n")
    values, lines = _read(block, path, first)
    blank = len(body) - len(body.lstrip())
    rest = text[len(text) - len(body) :]
    line = text.count("\n", 0, len(text) - len(rest) + blank) + 1
    return FrontMatter(values, lines, end, body.strip(), line)


def _read(block: str, path: str, first: int) -> tuple[dict[str, Value], dict[str, int]]:
    try:
        root = yaml.compose(block, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first + mark.line if mark else first
        message = f"is not YAML: {error.problem or error}; quote a value that holds ': ' or '#'"
        raise CatalogError([Problem(path, line, "", "bad-yaml", message)]) from error
    except yaml.YAMLError as error:
        message = f"is not YAML: {str(error).splitlines()[0]}"
        raise CatalogError([Problem(path, first, "", "bad-yaml", message)]) from error
    if root is None:
        return {}, {}
    if not isinstance(root, yaml.MappingNode):
        message = "holds no keys; write each fact as 'key: value'"
        raise CatalogError([Problem(path, first, "", "bad-yaml", message)])
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    problems = []
    seen: set[int] = set()
    for key_node, value_node in root.value:
        line = first + key_node.start_mark.line
        key = str(key_node.value)
        if key in values:
            message = f"stands here again; it is set on line {lines[key]} already"
            problems.append(Problem(path, line, key, "duplicate-key", message))
            continue
        lines[key] = line
        try:
            values[key] = _value(value_node, seen, _DEPTH)
        except ValueError as error:
            problems.append(Problem(path, line, key, "bad-yaml", str(error)))
    if problems:
        raise CatalogError(problems)
    return values, lines


def _value(node: yaml.Node, seen: set[int], depth: int) -> Value:
    if id(node) in seen:
        raise ValueError("uses an alias (*name); write the value out")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if depth == 0:
        raise ValueError("is nested too deep")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, seen, depth - 1) for item in node.value]
    return {str(key.value): _value(value, seen, depth - 1) for key, value in node.value}


def render_value(value: str | Sequence[str] | Mapping[str, str], *, quote: bool = False) -> str:
    """Write a value on one line of YAML.

    Texts are quoted if ``quote`` is set or YAML needs it. A day or a whole number is written bare
    if it is the whole value, and quoted in a list or mapping.

    >>> render_value(["agents", "state: of the art"])
    '[agents, "state: of the art"]'
    """
    if isinstance(value, str):
        return value if _NUMBER.fullmatch(value) and not quote else _text(value, quote)
    if isinstance(value, Mapping):
        pairs = (f"{key}: {_text(item, quote)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(_text(item, quote) for item in value) + "]"


def _text(text: str, quote: bool) -> str:
    return text if _WORD.fullmatch(text) and not quote else _quoted(text)


def _quoted(text: str) -> str:
    """Write a double-quoted scalar: a JSON string with further escapes (YAML 1.2, 7.3.1)."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
