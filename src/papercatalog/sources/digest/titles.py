"""The table of rules that tell a title from an abstract's text.

Each rule gives the cost of one reading of a text: 0 where it has nothing against it, and more the
surer it is. The numbers are comparable with one another and with those of `breaks`, `furniture`
and `layout`: 3 is a hint, 6 is strong, 10 outweighs a hint or two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from papercatalog.sources.digest.boilerplate import TITLE_LENGTH, is_never_title
from papercatalog.sources.digest.breaks import FUNCTION_WORDS, capitals, ends_sentence
from papercatalog.sources.digest.name_forms import is_author_line

_LINK = re.compile(
    r"https?://|www\.|\.github\.io\b|\.(?:com|org|io|ai|net|edu|dev|science)/", re.IGNORECASE
)
_NEW_SENTENCE = re.compile(r"\w{2}[\w)]\. [A-Z]")
_AUTHORS_SPEAK = re.compile(
    r"\b(?:we|our|this (?:paper|work|report|study|survey)|(?:is|are) (?:\w+ )?available)\b"
    r"|\b(?:We|Our|This (?:paper|work|report|study|survey)) [a-z]"
)
_PROSE = re.compile(
    r"\b(?:has|have|had|been|was|were|aims? to|remains?|plays?|achieved?|becomes?|offers?|shows?"
    r"|presents?|introduces?|demonstrate[sd]?|suffers?|relies|rely|requires?|leads?|enables?"
    r"|however|despite|although|which|these|such as|their|while|recent|recently|existing|we|our)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\([A-Z][A-Za-z^0-9-]*[A-Z][a-z]?\)")
_SENTENCE_WORDS = re.compile(r"[a-z0-9)] The |\b(?:is|are) (?:a|an|the)\b")
_GOES_ON = re.compile(
    r"(?:However|Moreover|Furthermore|Additionally|In addition|Specifically|Finally|Besides"
    r"|In this (?:paper|work|report|study)|To (?:address|this end|tackle|overcome|bridge)"
    r"|Our|We|These|Experiments|Extensive|Experimental results|As a result|In particular|Firstly"
    r"|Secondly|Thirdly|Then|Meanwhile|Instead|Thus|Hence|Therefore|Notably|Overall|Lastly)\b"
)
_LABEL = re.compile(
    r"(?:key ?words|index terms|code|(?:project )?(?:page|website)|demo|data|models?|comments?)"
    r"(?: and \w+)? ?:",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\S+(?: \S+){0,4}: \S")


def full_stop(text: str) -> float:
    """A title does not end in a full stop."""
    return 6 if text.endswith((".", ".)", '."', ".”")) and not text.endswith("...") else 0


def too_long(text: str) -> float:
    """A title is not as long as a paragraph."""
    return 0 if len(text) <= 130 else 1 if len(text) <= TITLE_LENGTH else 20


def link(text: str) -> float:
    """A title holds no link."""
    return 8 if _LINK.search(text) else 0


def sentences(text: str) -> float:
    """A title is not a sentence followed by another."""
    return 6 if _NEW_SENTENCE.search(text) else 0


def authors_speak(text: str) -> float:
    """In a title the authors do not speak of themselves: ``we propose``, ``this paper``."""
    return 5 if _AUTHORS_SPEAK.search(text) else 0


def prose(text: str) -> float:
    """A title seldom has the words of a sentence: of 400 titles one, of abstracts' starts 300."""
    return 5 if _PROSE.search(text) else 0


def abbreviation(text: str) -> float:
    """A title seldom introduces an abbreviation, as ``models (LLMs)``: one of 400 does."""
    return 4 if _ABBREVIATION.search(text) else 0


def sentence_words(text: str) -> float:
    """A title seldom goes on with ``The``, or says what something ``is a``: one of 600 does."""
    return 3.5 if _SENTENCE_WORDS.search(text) else 0


def goes_on(text: str) -> float:
    """A title does not take up what went before: ``However``, ``To address this``."""
    return 3 if _GOES_ON.match(text) else 0


def unfinished(text: str) -> float:
    """A title does not end in a comma, an article, a preposition or an open bracket."""
    last = text.rpartition(" ")[2].casefold()
    cut = last in FUNCTION_WORDS or text.endswith((",", ":", ";", "(", "-"))
    return 5 if cut or text.count("(") > text.count(")") else 0


def small_letters(text: str) -> float:
    """Most titles write their words with capitals."""
    share = capitals(text)
    return 0 if share is None or share > 0.6 else 1 if share > 0.35 else 2


def small_start(text: str) -> float:
    """A title starts with a capital, unless it is a name, ``iVideoGPT``, and with no bracket."""
    first = text.partition(" ")[0]
    if text.startswith("("):
        return 6
    return 4 if first.isalpha() and first.islower() and len(first) > 1 else 0


def page_word(text: str) -> float:
    """A title is not a date, a count, a word of the menu or a user's name."""
    return 20 if is_never_title(text) else 0


def two_names(text: str) -> float:
    """A title does not hold two names with a colon each, as two titles do."""
    return 9 if text.count(": ") > 1 else 0


def label(text: str) -> float:
    """A title does not start with a label: ``Keywords: …``."""
    return 8 if _LABEL.match(text) else 0


def names(text: str) -> float:
    """A title is no list of names."""
    return 5 if is_author_line(text) else 0


def title_case(text: str) -> float:
    """A line of an abstract does not write all of its words with capitals, unless in a list."""
    share = capitals(text)
    if share is None or share < 0.75:
        return 0
    return 1 if text.count(",") > 1 else 3 if share < 0.9 else 4


def named(text: str) -> float:
    """A paragraph does not start with a name and a colon: ``Optima: Optimizing …``."""
    return 1.5 if len(text) <= TITLE_LENGTH and _NAMED.match(text) else 0


def odd_start(text: str) -> float:
    """A paragraph starts neither with a small letter nor with a bracket: one of 3,000 does."""
    first = text.partition(" ")[0]
    small = first[:1].isalpha() and first == first.lower()
    return 7 if small or text.startswith(("(", "[", ",", ")")) else 0


def author_list(text: str) -> float:
    """A paragraph is no list of names."""
    return 15 if len(text) < 2000 and is_author_line(text) else 0


def no_stop(text: str) -> float:
    """A short paragraph is a sentence: it ends in a full stop or a link."""
    if len(text) > TITLE_LENGTH:
        return 0
    share = capitals(text)
    titled = share is not None and share > 0.6
    if ends_sentence(text) or _LINK.search(text):
        return (20 if titled else 4) if text.endswith(("?", "!")) else 0
    return 30 if titled else 14


LONG_TEXT = 400
"""A text with more characters is no title, and its words are not looked at."""
LONG_TEXT_COST = 60.0
"""The cost of reading it as one."""

Rule = Callable[[str], float]

AGAINST_TITLE: tuple[tuple[str, Rule], ...] = (
    ("names", names),
    ("full-stop", full_stop),
    ("too-long", too_long),
    ("link", link),
    ("sentences", sentences),
    ("authors-speak", authors_speak),
    ("prose", prose),
    ("abbreviation", abbreviation),
    ("sentence-words", sentence_words),
    ("goes-on", goes_on),
    ("unfinished", unfinished),
    ("small-letters", small_letters),
    ("small-start", small_start),
    ("page-word", page_word),
    ("two-names", two_names),
    ("label", label),
)
"""Costs of reading a whole text as a title."""

AGAINST_PARAGRAPH: tuple[tuple[str, Rule], ...] = (
    ("odd-start", odd_start),
    ("author-list", author_list),
    ("title-case", title_case),
    ("named", named),
    ("no-stop", no_stop),
)
"""Costs of reading a whole text as a paragraph of an abstract."""


def title_cost(text: str) -> float:
    """The cost of a title."""
    if len(text) > LONG_TEXT:
        return LONG_TEXT_COST
    return sum(rule(text) for _, rule in AGAINST_TITLE)


def uneven_cost(lines: Sequence[str]) -> float:
    """The cost of a wrapped title that has capitals on its first line only."""
    first, *others = map(capitals, lines)
    if first is None or first < 0.9:
        return 0
    return 6 if any(share is not None and share < 0.5 for share in others) else 0


def line_cost(text: str) -> float:
    """The cost of a line that goes on with a paragraph."""
    return title_case(text) + named(text)


def opening_cost(text: str) -> float:
    """The cost of a line that opens a paragraph."""
    return line_cost(text) + odd_start(text)


def paragraph_cost(text: str) -> float:
    """The cost of a paragraph."""
    return sum(rule(text) for _, rule in AGAINST_PARAGRAPH)


_NUMBERED = re.compile(
    r"(?:no\.? ?|#)?(?P<number>\d{1,3})(?: ?[:.)|–—-])? (?P<title>\S.*)", re.IGNORECASE
)
_NUMBERED_SHARE = 0.8
_MIN_NUMBERED = 3


def strip_numbers(titles: Sequence[str]) -> list[str]:
    """Take the numbers off titles that a page numbers in turn: ``1 Optima``, ``2 Walker``.

    A title's own number stays: the numbers of nearly all titles must be each the last one's next.
    """
    found = [_NUMBERED.fullmatch(title) for title in titles]
    numbers = [int(match["number"]) if match else None for match in found]
    steps = sum(before is not None and after == before + 1 for before, after in pairwise(numbers))
    if len(titles) < _MIN_NUMBERED or steps + 1 < _NUMBERED_SHARE * len(titles):
        return list(titles)
    return [match["title"] if match else title for match, title in zip(found, titles, strict=True)]
