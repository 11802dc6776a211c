"""The parts of a repaired text: plain strings, and the few parts that become markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Math:
    """A formula."""

    tex: str
    """LaTeX without delimiters, and without a backtick."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the web."""

    url: str
    """The address, http or https."""
    label: str
    """The words to show: the address itself, or what the author put in its place."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that the author set apart."""

    text: str
    strong: bool = False


Piece: TypeAlias = str | Math | Link | Emphasis
Rule: TypeAlias = Callable[[str], Iterable[Piece]]
"""Reads plain text; yields its parts in order, those it leaves alone as strings."""


def substitute(
    pattern: re.Pattern[str],
    build: Callable[[re.Match[str]], Piece | Iterable[Piece]],
    text: str,
    sign: str = "",
) -> Iterator[Piece]:
    """Yield ``text`` with each match of ``pattern`` replaced by what ``build`` makes of it.

    ``sign`` is a part of every match: texts without it, which are most, are passed on at once.
    """
    if sign not in text:
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


def apply_rules(rules: Iterable[Rule], text: str) -> list[Piece]:
    """Apply each rule to what the rules before it left as plain text."""
    pieces: list[Piece] = [text]
    for rule in rules:
        found: list[Piece] = []
        for piece in pieces:
            found.extend(rule(piece) if isinstance(piece, str) else (piece,))
        pieces = _join_strings(found)
    return pieces


def _join_strings(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbouring strings, and drop empty ones."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    return joined
