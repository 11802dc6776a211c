"""Cuts a digest's text into clean lines, and joins wrapped ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DROPPED = re.compile(  # unlike `text.repair`, it drops soft hyphens and keeps some joiners
    # control characters but white space, soft hyphens, zero-width spaces, marks of direction
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    # joiners are kept between two signs of a script or an emoji that needs them
    r"|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_LINE_END = re.compile(r"\r\n?|\n")
_INNER_LINE_END = re.compile("[\x0b\x0c\u2028\u2029]")
_QUOTE = re.compile(r"\s*>(?: ?>)* ?")
_QUOTED_RUN = 3
"""This many lines in a row that start with ``>`` are quoted; fewer may be a formula, wrapped."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, its white space collapsed."""

    number: int
    """Its number in the file, from 1."""
    text: str
    """Its text without the wrapping that the fields below hold."""
    gap: bool
    """Whether a blank line, or the start of the file, precedes it."""
    indented: bool = False
    """Whether blanks precede its text."""
    marker: str = ""
    """The list marker in front of it: ``1.``, ``[1]``, ``-``."""
    suffix: str = ""
    """An identifier at its end, as printed: ``(arXiv:2410.08115)``."""
    label: str = ""
    """What a label in front of it says that it is, one of `markup.LABELS`: ``title``."""
    links: tuple[str, ...] = ()
    """The addresses that its text leads to."""
    heading: bool = False
    """Whether it is marked as a heading: ``## Daily Papers``."""

    @property
    def full(self) -> str:
        """The text with its marker and suffix, as it stands when it goes on with a paragraph."""
        return " ".join(part for part in (self.marker, self.text, self.suffix) if part)


def split_lines(text: str) -> list[Line]:
    """Cut a text into its lines that are not blank; invisible characters are dropped.

    Lines are numbered as editors number them, by CR, LF or CRLF. No-break spaces, tabs and other
    white space become one space each. The ``>`` of quoted mail is taken off.
    """
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(_unquote(_LINE_END.split(text)), start=1):
        for part in _INNER_LINE_END.split(raw):
            clean = " ".join(_DROPPED.sub("", part).split())
            if clean:
                lines.append(Line(number, clean, gap, part[:1].isspace()))
            gap = not clean
    return lines


def _unquote(lines: list[str]) -> list[str]:
    """Take the ``>`` off runs of lines that start with it; blank lines do not end a run."""
    start, quoted = 0, 0
    for at in range(len(lines) + 1):
        if at < len(lines) and (not lines[at].strip() or _QUOTE.match(lines[at])):
            quoted += bool(lines[at].strip())
            continue
        if quoted >= _QUOTED_RUN:
            lines[start:at] = [_QUOTE.sub("", line, count=1) for line in lines[start:at]]
        start, quoted = at + 1, 0
    return lines


def join_lines(lines: list[str]) -> str:
    """Join hard-wrapped lines with a space each, but none after a hyphen within a word.

    >>> join_lines(["a multi-", "agent system with pre-", "and post-training"])
    'a multi-agent system with pre- and post-training'
    """
    text = lines[0]
    for line in lines[1:]:
        text += line if _splits_word(text, line) else f" {line}"
    return text


_WORD_AND_HYPHEN = re.compile(r"[^\W_]['’)\]}]?(?:-|--|—)$|https?://\S*[-/]$")
_AFTER_SUSPENDED_HYPHEN = re.compile(
    r"(?:and|or|nor|to|as|but|versus|vs)(?![\w-])|[^\w(\[{$\\]", re.I
)


def _splits_word(before: str, after: str) -> bool:
    """Whether a wrap fell behind a hyphen: ``multi-`` / ``agent``, but not ``pre-`` / ``and``."""
    tail = before.rpartition(" ")[2]
    return bool(_WORD_AND_HYPHEN.search(tail)) and not _AFTER_SUSPENDED_HYPHEN.match(after)
