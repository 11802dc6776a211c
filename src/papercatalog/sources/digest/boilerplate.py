"""The table of rules that know the page's boilerplate: what stands around the papers.

A rule gives the cost of reading a line as boilerplate. `SURE` leaves no other reading; higher
numbers are for lines that could also be a title or the rest of a wrapped line, and `layout`
weighs them against those readings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from papercatalog.sources.digest.breaks import ends_sentence
from papercatalog.sources.digest.date_lines import is_date_line, parse_date_line
from papercatalog.sources.digest.items import (
    is_dated_text,
    is_item_line,
    is_menu,
    is_menu_word,
    is_phrase,
    is_vote_count,
    split_segments,
)
from papercatalog.sources.digest.lines import Line
from papercatalog.sources.digest.markup import ABSTRACT, TITLE
from papercatalog.sources.digest.name_forms import (
    is_address,
    is_author_line,
    is_camel,
    is_free_name,
    is_name,
    is_nickname,
    is_organisation,
    is_user,
    names_subject,
)

SURE = 0.0
LIKELY = 0.5
POSSIBLE = 3.0
DOUBTFUL = 11.0

TITLE_LENGTH = 180
"""A title has this many characters at most; of 6,000 papers' the longest has 168."""
REPEATED_LENGTH = 40
"""The longest line, in characters, that counts as repeated when only its numbers differ."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE_ENDS = frozenset({".", ")", ").", ",", ";", "]", "].", ".)"})
"""What a wrap may leave of a sentence on a line of its own."""
_DOTS = frozenset("·∙|")
_CREDITS = frozenset({"submitted by", "posted by", "shared by", "contributed by"})


@dataclass(frozen=True)
class CountedLines:
    """The lines of a digest, and how often it shows each."""

    lines: Sequence[Line]
    times: Counter[str] = field(init=False)
    """How often a short line stands on the page, whatever its numbers."""

    def __post_init__(self) -> None:
        short = (line.text for line in self.lines if len(line.text) <= REPEATED_LENGTH)
        object.__setattr__(self, "times", Counter(map(mask, short)))


def mask(text: str) -> str:
    """A line with ``#`` for its numbers, so that ``3 Autoren`` and ``12 Autoren`` are alike."""
    return _DIGITS.sub("#", text)


def labelled(page: CountedLines, at: int) -> float | None:
    """A labelled fact, or a line of nothing but markup: ``Link: …``, ``![Image]()``."""
    label = page.lines[at].label
    return SURE if label and label not in (TITLE, ABSTRACT) else None


def phrase(page: CountedLines, at: int) -> float | None:
    """Words that the page always shows: ``Upvote``, ``View all``."""
    return SURE if is_phrase(page.lines[at].text) else None


def item(page: CountedLines, at: int) -> float | None:
    """Dots, counts and credits: ``·``, ``12 authors``, ``GitHub 131 arXiv Page``."""
    line = page.lines[at]
    if not line.gap and line.text in _SENTENCE_ENDS:
        return None
    return SURE if is_item_line(line.text) else None


def segments(page: CountedLines, at: int) -> float | None:
    """A name and what the page says beside it: ``NVIDIA · Jun 1``, ``Kandle Lab ·``."""
    line = page.lines[at]
    parts = split_segments(f"{line.marker} {line.text}" if line.marker in _DOTS else line.text)
    if len(parts) < 2:
        return None
    known = [is_dated_text(part) or is_item_line(part) or is_vote_count(part) for part in parts]
    others = [part for part, sure in zip(parts, known, strict=True) if part and not sure]
    if not all(is_free_name(part) or is_author_line(part) for part in others):
        return None
    if any(known):
        return SURE
    return LIKELY if len(others) == 1 else None


def credited(page: CountedLines, at: int) -> float | None:
    """The name on the line after a bare ``Submitted by``."""
    if at == 0 or page.lines[at - 1].text.casefold().rstrip(":") not in _CREDITS:
        return None
    text = page.lines[at].text
    if at + 1 < len(page.lines) and len(page.lines[at + 1].text) > TITLE_LENGTH:
        return LIKELY if is_name(text) or is_user(text) else None
    return SURE if len(text) <= REPEATED_LENGTH else None


def dated(page: CountedLines, at: int) -> float | None:
    """A date: ``Jul 29``, ``Published on Sep 4, 2026``."""
    text = page.lines[at].text
    if is_date_line(text):
        return LIKELY
    return SURE if is_dated_text(text) else None


def votes(page: CountedLines, at: int) -> float | None:
    """A bare number: ``117``. In wrapped text it may be the last word of a sentence."""
    return LIKELY if is_vote_count(page.lines[at].text) else None


def address(page: CountedLines, at: int) -> float | None:
    """An address or an identifier by itself. In wrapped text it may belong to a sentence."""
    line = page.lines[at]
    if not is_address(line.text):
        return None
    before = len(page.lines[at - 1].full) if at else 0
    return POSSIBLE if not line.gap and 20 < before <= TITLE_LENGTH else LIKELY


def navigation(page: CountedLines, at: int) -> float | None:
    """A word of the menu: ``Models``. In wrapped text it may be the last word of a title."""
    return POSSIBLE if is_menu_word(page.lines[at].text) else None


def menu(page: CountedLines, at: int) -> float | None:
    """Several words of the menu: ``Daily Weekly Monthly``."""
    return LIKELY if is_menu(page.lines[at].text) else None


def user(page: CountedLines, at: int) -> float | None:
    """A user: one word in lower case, ``akhaliq``."""
    return LIKELY if is_user(page.lines[at].text) else None


def repeated(page: CountedLines, at: int) -> float | None:
    """A short line that the page shows again and again, as it does its submitters' names."""
    text = page.lines[at].text
    if len(text) > REPEATED_LENGTH or page.times[mask(text)] < 3 or text.endswith("."):
        return None
    return LIKELY


def header(page: CountedLines, at: int) -> float | None:
    """Any short line above the page's first date, if nothing longer precedes it."""
    if at >= _HEADER_LINES:
        return None
    if any(len(line.text) > _HEADER_WIDTH for line in page.lines[: at + 1]):
        return None
    below = page.lines[at + 1 : _HEADER_LINES]
    for line in below:
        if len(line.text) > _HEADER_WIDTH:
            return None
        if parse_date_line(line.text):
            return LIKELY
    return None


_HEADER_LINES = 40
_HEADER_WIDTH = 60


def authors(page: CountedLines, at: int) -> float | None:
    """Names with commas between them: ``Ann Author, Bea Writer, Cy King``."""
    return LIKELY if is_author_line(page.lines[at].text) else None


def before_dot(page: CountedLines, at: int) -> float | None:
    """A name that the page parts from its date by a dot on the next line."""
    line = page.lines[at]
    if at + 1 >= len(page.lines) or page.lines[at + 1].text not in "·•∙|":
        return None
    if not is_free_name(line.text):
        return None
    before = page.lines[at - 1].text if at else ""
    if not (line.gap or len(before) > TITLE_LENGTH or ends_sentence(before)):
        return None
    if not line.gap and line.text.endswith("."):
        return None
    counted = at > 0 and (
        is_vote_count(page.lines[at - 1].text) or page.lines[at - 1].text in ("-", "–", "—")
    )
    return None if counted else LIKELY


def flanked(page: CountedLines, at: int) -> float | None:
    """A name with boilerplate on both sides: a submitter's between dots and votes."""
    if not is_name(page.lines[at].text):
        return None
    sides = (side for side in (at - 1, at + 1) if 0 <= side < len(page.lines))
    known = [any(rule(page, side) is not None for rule in _UNMISTAKABLE) for side in sides]
    return POSSIBLE if all(known) else POSSIBLE * 2 if any(known) else None


def organisation(page: CountedLines, at: int) -> float | None:
    """An organisation: ``Google DeepMind``, ``· NVIDIA``."""
    line = page.lines[at]
    if line.marker in _DOTS:
        return LIKELY if is_free_name(line.text) else None
    return LIKELY if is_organisation(line.text) else None


def name(page: CountedLines, at: int) -> float | None:
    """Anything else that could be a person's or an organisation's name: ``Jinheon Baek``."""
    text = page.lines[at].text
    if is_name(text):
        return None if names_subject(text) else DOUBTFUL
    return DOUBTFUL if is_camel(text) or (page.lines[at].gap and is_nickname(text)) else None


Rule = Callable[[CountedLines, int], float | None]

_UNMISTAKABLE: tuple[Rule, ...] = (labelled, phrase, item, segments, votes, dated)

RULES: tuple[tuple[str, Rule], ...] = (
    ("labelled", labelled),
    ("phrase", phrase),
    ("item", item),
    ("segments", segments),
    ("credited", credited),
    ("dated", dated),
    ("votes", votes),
    ("address", address),
    ("navigation", navigation),
    ("menu", menu),
    ("user", user),
    ("repeated", repeated),
    ("header", header),
    ("authors", authors),
    ("before-dot", before_dot),
    ("flanked", flanked),
    ("organisation", organisation),
    ("name", name),
)

_LONGEST = 300
"""No boilerplate has more characters, but a list of authors."""
_LONG_RULES = (("labelled", labelled), ("segments", segments), ("authors", authors))


def boilerplate_costs(lines: Sequence[Line]) -> list[float | None]:
    """The cost of reading each line as boilerplate: its cheapest rule's; None where none fits."""
    page = CountedLines(lines)
    return [_cost(page, at) for at in range(len(lines))]


def _cost(page: CountedLines, at: int) -> float | None:
    line = page.lines[at]
    if line.label in (TITLE, ABSTRACT):
        return None
    rules = RULES if len(line.text) <= _LONGEST else _LONG_RULES
    best: float | None = None
    for _, rule in rules:
        cost = rule(page, at)
        if cost is not None and (best is None or cost < best):
            best = cost
            if cost == SURE:
                break
    return best


def is_never_title(text: str) -> bool:
    """Whether a line is a date, a count, a word of the menu or a user, and so no title."""
    return is_menu_word(text) or is_vote_count(text) or is_user(text) or is_date_line(text)
