"""Cuts a digest's text into clean lines. What a line means is for other modules to say."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INVISIBLE = re.compile(
    # control characters but white space, soft hyphens, zero-width spaces, marks of direction
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    # joiners are kept between two signs of a script or an emoji that needs them
    r"|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_LINE_END = re.compile(r"\r\n?|\n")
_INNER_LINE_END = re.compile("[\x0b\x0c\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, its white space collapsed."""

    number: int
    """Its number in the file, from 1."""
    text: str
    gap: bool
    """Whether a blank line, or the start of the file, precedes it."""


def split_lines(text: str) -> list[Line]:
    """Cut a text into its lines that are not blank; invisible characters are dropped.

    Lines are numbered as editors number them, by CR, LF or CRLF. No-break spaces, tabs and other
    white space become one space each.
    """
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        for part in _INNER_LINE_END.split(raw):
            clean = " ".join(_INVISIBLE.sub("", part).split())
            if clean:
                lines.append(Line(number, clean, gap))
            gap = not clean
    return lines


def join_lines(lines: list[str]) -> str:
    """Join hard-wrapped lines with a space each, but none after a hyphen within a word.

    >>> join_lines(["a multi-", "agent system with pre-", "and post-training"])
    'a multi-agent system with pre- and post-training'
    """
    text = ""
    for line in lines:
        text += line if not text or _splits_word(text, line) else f" {line}"
    return text


_WORD_AND_HYPHEN = re.compile(r"[^\W_]['’)\]}]?(?:-|--|—)$|https?://\S*[-/]$")
_AFTER_SUSPENDED_HYPHEN = re.compile(
    r"(?:and|or|nor|to|as|but|versus|vs)(?![\w-])|[^\w(\[{$\\]", re.I
)


def _splits_word(before: str, after: str) -> bool:
    """Whether a wrap fell behind a hyphen: ``multi-`` / ``agent``, but not ``pre-`` / ``and``."""
    tail = before.rpartition(" ")[2]
    return bool(_WORD_AND_HYPHEN.search(tail)) and not _AFTER_SUSPENDED_HYPHEN.match(after)
