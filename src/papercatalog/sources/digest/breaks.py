"""The table of rules that tell a wrapped line from a finished one.

Text wrapped to a width breaks where the next word would not have fitted; a piece of the page ends
where it ends. Costs are comparable with those of `titles`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from papercatalog.sources.digest.lines import Line

_SMALL_WORDS = (
    "a an the of for in on at to by with via from and or as is are be that which than into under "
    "over between through without towards toward using its their our this these your"
)
FUNCTION_WORDS = frozenset(_SMALL_WORDS.split())
"""Small words: titles write them small, and no piece of a page ends in one."""

WIDTHS = range(40, 121)
"""Widths, in characters, to which people and programs wrap text."""
WRAPPED = 0.4
"""In wrapped text more of the breaks than this share agree with one width."""
BLOCK_BREAKS = 4
"""A block with more breaks than this tells its own width."""

_END = re.compile(r"[.!?…][\"'”’)\]}]*$")
_WORD = re.compile(r"[^\W_][^\s]*")
_LINK_END = re.compile(
    r"(?:https?://|www\.|[\w.-]+\.(?:io|com|org|ai|net|dev)/|[\w-]+\.github\.io$)(?:\S*[^\s/.-])?/?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Break:
    """The end of one line and the start of the next."""

    before: Line
    after: Line
    width: int | None
    """The width that the text around it is wrapped to; None where it is not."""
    spaced: bool
    """Whether the page has blank lines between its papers."""

    @property
    def room(self) -> int | None:
        """How many characters were left when the next word is put on the line; below 0, none."""
        if self.width is None:
            return None
        return self.width - shortest_width(self.before.full, self.after.full)


def shortest_width(before: str, after: str) -> int:
    """The smallest width at which a line's first word would have fitted on the line before."""
    space = 0 if before.endswith("-") else 1
    return len(before) + space + len(after.partition(" ")[0])


def gap(place: Break) -> float:
    """Wrapped lines have no blank line between them."""
    return 30 if place.after.gap else 0


def had_room(place: Break) -> float:
    """A wrapped line breaks where the next word would not have fitted."""
    if place.width is None or place.room is None:
        return 6 if place.spaced and place.before.text.endswith("-") else 14
    if len(place.before.full) > place.width:
        return 4
    return 0 if place.room < 0 else 5


def too_wide(place: Break) -> float:
    """No line of wrapped text is wider than the others, unless by a word that cannot break."""
    text = place.after.full
    return 5 if place.width is not None and len(text) > place.width and " " in text else 0


def new_sentence(place: Break) -> float:
    """After a full stop, a line with a capital may well begin something new."""
    starts = place.after.text[0].isupper() or not place.after.text[0].isalpha()
    return 0.5 if ends_sentence(place.before.text) and starts else 0


def new_capital(place: Break) -> float:
    """Within a sentence in small letters few lines start with an ordinary word's capital."""
    first = place.after.text.partition(" ")[0].rstrip(",.;:)")
    if not (first.isalpha() and first.istitle()) or ends_sentence(place.before.text):
        return 0
    share = capitals(place.before.text)
    return 1.5 if share is not None and share < 0.6 else 0


def marked(place: Break) -> float:
    """A heading or a labelled line goes on with nothing, a numbered one seldom."""
    if place.after.heading or place.after.label or place.before.heading:
        return 30
    return 3 if place.after.marker and ends_sentence(place.before.text) else 0


def no_gap(place: Break) -> float:
    """Pieces mostly have a blank line between them."""
    return 0 if place.after.gap else 0.75


def small_letter(place: Break) -> float:
    """What starts with a word in small letters goes on from the line before."""
    first = place.after.text.partition(" ")[0].rstrip(",.;:)")
    return 4 if first.isalpha() and first.islower() and len(first) > 1 else 0


def open_end(place: Break) -> float:
    """What ends in a comma, a hyphen, an article or a preposition goes on in the next line."""
    text = place.before.text
    last = text.rpartition(" ")[2].casefold()
    return 4 if last in FUNCTION_WORDS or text.endswith((",", ";", ":", "-", "(")) else 0


def was_full(place: Break) -> float:
    """A piece seldom ends just where a wrapped line would."""
    full = place.room is not None and place.room < 0 and not place.after.gap
    if not full or len(place.before.full) > (place.width or 0):
        return 0
    return 2.5 if place.spaced else 1


Rule = Callable[[Break], float]

AGAINST_WRAP: tuple[tuple[str, Rule], ...] = (
    ("gap", gap),
    ("had-room", had_room),
    ("too-wide", too_wide),
    ("new-sentence", new_sentence),
    ("new-capital", new_capital),
    ("marked", marked),
)
"""Costs of reading a break as a wrap within a piece."""

AGAINST_END: tuple[tuple[str, Rule], ...] = (
    ("no-gap", no_gap),
    ("small-letter", small_letter),
    ("open-end", open_end),
    ("was-full", was_full),
)
"""Costs of reading a break as the end of a piece."""


def wrap_cost(place: Break) -> float:
    """The cost of a wrap."""
    return sum(rule(place) for _, rule in AGAINST_WRAP)


def end_cost(place: Break) -> float:
    """The cost of an end."""
    return sum(rule(place) for _, rule in AGAINST_END)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, or with a link."""
    return bool(_END.search(text[-8:]) or _LINK_END.match(text[-200:].rpartition(" ")[2]))


@lru_cache(maxsize=1024)
def capitals(text: str) -> float | None:
    """The share of words with a capital or a digit, small words left out; None for few words."""
    words = [
        w for w in _WORD.findall(text[:400]) if w.casefold().strip(",.:;)") not in FUNCTION_WORDS
    ]
    if len(words) < 3:
        return None
    return sum(not w[:1].islower() or not w.islower() for w in words) / len(words)


def find_widths(lines: Sequence[Line]) -> list[int | None]:
    """The width that the text around each break between two lines is wrapped to, if it is.

    A block of lines without a blank one between is measured by itself where it is long enough
    to be sure of, else the page as a whole speaks for it.
    """
    pairs = list(pairwise(lines))
    starts = [0, *(at for at, (_, after) in enumerate(pairs) if after.gap), len(pairs)]
    whole = _common_width(pairs, 2)
    widths: list[int | None] = []
    for start, end in pairwise(starts):
        block = _common_width(pairs[start:end], 3) if end - start > BLOCK_BREAKS else None
        widths.extend([block or whole] * (end - start))
    return widths


def _common_width(pairs: Sequence[tuple[Line, Line]], least: int) -> int | None:
    """The width that most of the breaks without a blank line agree with, and `least` at least.

    A wrap to width w leaves lines of w characters at most, each too long for the first word of
    the next: every break speaks for an interval of widths.
    """
    votes = [0] * (WIDTHS.stop + 1)
    breaks = [
        (before.full, after.full)
        for before, after in pairs
        if not after.gap and len(before.full) < WIDTHS.stop and len(after.full) < WIDTHS.stop
    ]
    for before, after in breaks:
        low = max(len(before), len(after) if " " in after else 0, WIDTHS.start)
        high = min(shortest_width(before, after), WIDTHS.stop)
        if low < high:
            votes[low] += 1
            votes[high] -= 1
    sums = list(accumulate(votes))
    most = max(sums)
    return sums.index(most) if most >= max(least, len(breaks) * WRAPPED) else None
