"""Splits a Markdown page into front matter and body, and parses the front matter with its lines.

Every scalar is parsed as text: otherwise YAML would read the arXiv id 2410.08110 as the number
2410.0811, and the title "No" as false. Callers convert the texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml
from frontmatter.default_handlers import YAMLHandler

from papercatalog.model.problems import CatalogError, Problem

Value = str | list["Value"] | dict[str, "Value"]

MAX_FRONT_MATTER = 1_000_000
"""The most characters of front matter: a list of 20,000 authors is shorter."""

_HANDLER = YAMLHandler()
_DEPTH = 5
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORD = re.compile(
    r"(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][\w./-]*|https?://[\w./~%+#=&@-]+",
    re.IGNORECASE | re.ASCII,
)
_NUMBER = re.compile(r"\d{4}-\d\d-\d\d|0|[1-9]\d*", re.ASCII)


_Loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


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
    written = text.removeprefix("\ufeff")
    text = _LINE_END.sub("\n", written)
    opening = _HANDLER.FM_BOUNDARY.match(text)
    try:
        block, _ = _HANDLER.split(text)
    except ValueError:
        opening = None
    if opening is None:
        message = "starts without front matter; put it between two lines of ---"
        raise CatalogError([Problem(path, 1, "", "no-front-matter", message)])
    first = text.count("\n", 0, opening.end()) + 1
    end = first + block.count("\n")
    values, lines = _read(block, path, first)
    rest = "".join(split_lines(written)[end:]).replace("\r\n", "\n")
    body = rest.lstrip()
    blank = rest[: len(rest) - len(body)]
    return FrontMatter(values, lines, end, body.rstrip(), end + len(split_lines(blank)))


def split_lines(text: str) -> list[str]:
    """Split a text into its lines, each with its line end, so that joining them gives the text.

    A line ends where YAML 1.1 ends one (section 4.2, ``b-char``): at LF, CR, CR LF, NEL, U+2028 or
    U+2029. Line numbers of front matter count these lines.

    >>> split_lines("a\\r\\nb\\x85c")
    ['a\\r\\n', 'b\\x85', 'c']
    """
    ends = [found.end() for found in _LINE_END.finditer(text)]
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)])]


def find_line_end(text: str) -> str:
    """Give the line end of a page's first line, LF where it has none, for lines that are added."""
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def _read(block: str, path: str, first: int) -> tuple[dict[str, Value], dict[str, int]]:
    """Read the keys of a block whose lines end in LF, and the line of each."""

    def fail(line: int, message: str, key: str = "") -> CatalogError:
        return CatalogError([Problem(path, first + line, key, "bad-yaml", message)])

    if len(block) > MAX_FRONT_MATTER:
        message = f"is front matter of over {MAX_FRONT_MATTER:,} characters; shorten it"
        raise fail(0, message)
    try:
        events = _Events(block)
        values, lines, repeated = _read_document(events, first)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"is not YAML: {error.problem or error}; quote a value that holds ': ' or '#'"
        raise fail(mark.line if mark else 0, message) from error
    except yaml.YAMLError as error:
        raise fail(0, f"is not YAML: {str(error).splitlines()[0]}") from error
    except _NotAllowedError as error:
        raise fail(error.line, str(error), error.key) from None
    problems = [
        Problem(path, line, key, "duplicate-key", f"stands here again; {where}")
        for line, key in repeated
        for where in [f"it is set on line {lines[key]} already"]
    ]
    if problems:
        raise CatalogError(problems)
    return values, lines


class _NotAllowedError(ValueError):
    """YAML that is valid, and more than front matter needs."""

    def __init__(self, message: str, line: int, key: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.key = key


class _Events:
    """The events of a block of YAML; each is checked before the next is parsed.

    A few hundred bytes of nested or repeated YAML can make a loader that builds nodes use seconds,
    gigabytes or the whole stack, so nothing is built of what is not allowed.
    """

    def __init__(self, block: str) -> None:
        self._loader = _Loader(block)
        self.depth = 0
        self.key = ""

    def next(self) -> yaml.Event:
        """Give the next event.

        Raises:
            _NotAllowedError: for an anchor, an alias or deep nesting.
        """
        event: yaml.Event = self._loader.get_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None):
            raise self.refuse(event, "uses an anchor or alias (&name, *name); write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            self.depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            self.depth -= 1
        if self.depth > _DEPTH:
            raise self.refuse(event, "is nested too deep")
        return event

    def refuse(self, event: yaml.Event, message: str) -> _NotAllowedError:
        """Give the error that names an event's line and key."""
        return _NotAllowedError(message, _line(event), self.key)


def _read_document(
    events: _Events, first: int
) -> tuple[dict[str, Value], dict[str, int], list[tuple[int, str]]]:
    """Read the one mapping of a block: its values and lines, and line and key of repeated keys."""
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    repeated: list[tuple[int, str]] = []
    events.next()
    if isinstance(events.next(), yaml.StreamEndEvent):
        return values, lines, repeated
    root = events.next()
    if not isinstance(root, yaml.MappingStartEvent) or root.flow_style:
        raise events.refuse(root, "holds no lines of 'key: value'; write each fact as one")
    while not isinstance(event := events.next(), yaml.MappingEndEvent):
        key = events.key = _read_key(events, event)
        value = _read_value(events, events.next())
        line = first + _line(event)
        if key in values:
            repeated.append((line, key))
        else:
            values[key], lines[key] = value, line
    events.key = ""
    events.next()
    if not isinstance(event := events.next(), yaml.StreamEndEvent):
        raise events.refuse(event, "holds a second document; keep one")
    return values, lines, repeated


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _read_key(events: _Events, event: yaml.Event) -> str:
    if not isinstance(event, yaml.ScalarEvent):
        raise events.refuse(event, "uses a list or mapping as a key; write 'key: value'")
    return str(event.value)


def _read_value(events: _Events, event: yaml.Event) -> Value:
    if isinstance(event, yaml.ScalarEvent):
        return str(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Value] = []
        while not isinstance(event := events.next(), yaml.SequenceEndEvent):
            items.append(_read_value(events, event))
        return items
    pairs: dict[str, Value] = {}
    while not isinstance(event := events.next(), yaml.MappingEndEvent):
        key = _read_key(events, event)
        pairs[key] = _read_value(events, events.next())
    return pairs


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
