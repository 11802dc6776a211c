"""What rules read and yield: plain strings, formulas, links, emphasis."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Math:
    """A formula."""

    tex: str
    """LaTeX without delimiters and without backticks."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a web page."""

    url: str
    """An http or https address."""
    label: str
    """The text to show: the address itself or the author's words."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italic text, or bold text if ``strong``."""

    text: str
    strong: bool = False


Node: TypeAlias = str | Math | Link | Emphasis
Rule: TypeAlias = Callable[[str], Iterable[Node]]
"""Reads plain text and yields its nodes in order; unchanged text stays a string."""


def substitute(
    pattern: re.Pattern[str],
    build: Callable[[re.Match[str]], Node | Iterable[Node]],
    text: str,
    required: str = "",
) -> Iterator[Node]:
    """Yield ``text`` with each match of ``pattern`` replaced by the nodes that ``build`` returns.

    Args:
        pattern: What to replace.
        build: Makes one or more nodes of a match.
        text: The text to search.
        required: A substring of every match. A text without it skips the search, which is most
            of the time.
    """
    if required not in text:
        yield text
        return
    end = 0
    for match in pattern.finditer(text):
        yield text[end : match.start()]
        built = build(match)
        if isinstance(built, str | Math | Link | Emphasis):
            yield built
        else:
            yield from built
        end = match.end()
    yield text[end:]


def apply_rules(rules: Iterable[Rule], text: str) -> list[Node]:
    """Apply each rule to the strings that the rules before it left."""
    nodes: list[Node] = [text]
    for rule in rules:
        found: list[Node] = []
        for node in nodes:
            found.extend(rule(node) if isinstance(node, str) else (node,))
        nodes = _join_strings(found)
    return nodes


def _join_strings(nodes: Iterable[Node]) -> list[Node]:
    """Join neighbouring strings and drop empty ones."""
    joined: list[Node] = []
    for node in nodes:
        if isinstance(node, str) and joined and isinstance(joined[-1], str):
            joined[-1] += node
        elif node:
            joined.append(node)
    return joined
