"""The table of rules that know the page's furniture: what stands around the papers.

A rule gives the cost of reading a line as furniture. `SURE` leaves no other reading; higher
numbers are for lines that could also be a title or the rest of a wrapped line, and `layout`
weighs them against those readings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from papercatalog.sources.digest.dates import parse_date_line
from papercatalog.sources.digest.lines import Line

SURE = 0.0
LIKELY = 0.5
POSSIBLE = 3.0
DOUBTFUL = 11.0

_PHRASES = frozenset(
    phrase.strip()
    for phrase in """
    add to collection | ai-generated summary | arxiv page | back to top | edit preview
    get trending papers in your email inbox! | get trending papers in your email inbox
    get trending papers in your email inbox once a day! | daily papers | trending papers
    github repo | hugging face | huggingface | load more | log in | new activity | paper author
    paper submitter | privacy policy | project page | read more | search models, datasets, users...
    search papers | see all | see more | show less | show more | sign in | sign up | skip to content
    submitted by | system theme | terms of service | toggle theme | upvote | view all
    view all papers | view arxiv page | view on arxiv | view paper page | view pdf
    """.replace("\n", "|").split("|")
    if phrase.strip()
)
_MENU = """
    about abstract all articles arxiv blog buckets careers code collections community company
    contact daily datasets docs enterprise follow following forum github home hot hub inference
    like likes login menu models monthly new next organizations paper papers pdf posts previous
    pricing privacy reply search share signup solutions spaces subscribe subscribed tasks today top
    tos trending upvoted upvotes users website weekly yesterday
"""
_WORDS = frozenset(_MENU.split())
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[^\w\s]{1,3}",
        r"[·•|+\-–—▲△↑▼♥❤👍] ?\d+(?:\.\d+)?k?",
        r"(?:.{1,60} )?[·•|–—-] ?\d+ authors?",
        r"\d+ (?:authors?|comments?|upvotes?|votes?|likes?|repl(?:y|ies)|followers?)",
        r"(?:upvotes?|comments?|votes?|likes?|authors?)[ :]+\d+",
        r"submitted by:? .{1,60}",
        r"by ?ak and the research community",
        r"(?:paper )?[·•] ?(?:arxiv:)?\d{4}\.\d{4,5}(?: ?[·•].{0,60})?",
        r"(?:paper )?arxiv:\d{4}\.\d{4,5}(?:v\d+)?(?: .{0,20})?",
        r"(?:published|updated) (?:on )?(?:[a-z]+ \d{1,2}(?:, \d{4})?|\d+ [a-z]+ ago)",
        r"\d+ (?:minutes?|hours?|days?|weeks?|months?) ago",
    )
)
TITLE_LENGTH = 180
"""A title has this many characters at most; of 6,000 papers' the longest has 168."""

_VOTES = re.compile(r"\d{1,4}|\d+(?:\.\d+)?k", re.ASCII)
_USER = re.compile(r"@?[a-z0-9][a-z0-9_-]{1,38}|@\w{1,39}", re.ASCII)
_NAME = re.compile(r"[^\W\d_]+(?:[.'’-]?[ '’-]?[^\W\d_]+){0,5}\.?")
_NAME_WORDS = 3
_PARTICLES = "al and at bin da de del den der di dos du el for la le of the van von"
_NAME_PARTICLES = frozenset(_PARTICLES.split())
_SUBJECTS = re.compile(
    r"(?:ing|ion|ions|ics|ity|els|ers|ks|age|ages|eos|ory|ness|ment|ments|ance|ence"
    r"|report|reports|survey|card|exam|arena|attention|anything|everything)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:university|institute|laborator(?:y|ies)|labs?|inc|google|deepmind|nvidia|meta|microsoft"
    r"|bytedance|alibaba|tencent|salesforce|apple|amazon|ibm|intel|qwen|openai|anthropic|mistral"
    r"|baidu|huawei|stanford|mit|tsinghua|berkeley|team|college|academy|cnrs|kaist|eth)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a digest, and how often it shows each."""

    lines: Sequence[Line]
    times: Counter[str]


def phrase(page: Page, at: int) -> float | None:
    """Words that the page always shows: ``Upvote``, ``View all``."""
    return SURE if page.lines[at].text.casefold().rstrip(":") in _PHRASES else None


def pattern(page: Page, at: int) -> float | None:
    """Dots, counts and credits: ``·``, ``12 authors``, ``Submitted by akhaliq``."""
    text = page.lines[at].text
    return SURE if len(text) <= 100 and any(p.fullmatch(text) for p in _PATTERNS) else None


def credited(page: Page, at: int) -> float | None:
    """The name on the line after a bare ``Submitted by``."""
    if at == 0 or page.lines[at - 1].text.casefold().rstrip(":") != "submitted by":
        return None
    text = page.lines[at].text
    if at + 1 < len(page.lines) and len(page.lines[at + 1].text) > TITLE_LENGTH:
        return LIKELY if _is_name(text) else None
    if _USER.fullmatch(text) or (_is_name(text) and " " in text and not _SUBJECTS.search(text)):
        return SURE
    return LIKELY if _is_name(text) else None


def day(page: Page, at: int) -> float | None:
    """A date: ``Jul 29``."""
    return LIKELY if parse_date_line(page.lines[at].text) else None


def votes(page: Page, at: int) -> float | None:
    """A bare number: ``117``. In wrapped text it may be the last word of a sentence."""
    return LIKELY if _VOTES.fullmatch(page.lines[at].text) else None


def navigation(page: Page, at: int) -> float | None:
    """A word of the menu: ``Models``. In wrapped text it may be the last word of a title."""
    return POSSIBLE if page.lines[at].text.casefold() in _WORDS else None


def user(page: Page, at: int) -> float | None:
    """A user: one word in lower case, ``akhaliq``."""
    return LIKELY if _USER.fullmatch(page.lines[at].text) else None


def repeated(page: Page, at: int) -> float | None:
    """A name that the page shows again and again, as it does its submitters'."""
    text = page.lines[at].text
    again = page.times[text] >= 3
    return LIKELY if again and _is_name(text) and not _SUBJECTS.search(text) else None


def header(page: Page, at: int) -> float | None:
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


def flanked(page: Page, at: int) -> float | None:
    """A name with furniture on both sides: a submitter's between dots and votes."""
    if not _is_name(page.lines[at].text):
        return None
    sides = (side for side in (at - 1, at + 1) if 0 <= side < len(page.lines))
    known = [any(rule(page, side) is not None for rule in _UNMISTAKABLE) for side in sides]
    return POSSIBLE if all(known) else POSSIBLE * 2 if any(known) else None


def organisation(page: Page, at: int) -> float | None:
    """An organisation: ``Google DeepMind``, ``· NVIDIA``."""
    text = page.lines[at].text
    if text.startswith(("· ", "• ")):
        return LIKELY if _is_name(text[2:]) else None
    return LIKELY if _is_name(text) and _ORGANISATION.search(text) else None


def name(page: Page, at: int) -> float | None:
    """Anything else that could be a person's name: ``Jinheon Baek``."""
    text = page.lines[at].text
    return DOUBTFUL if _is_name(text) and not _SUBJECTS.search(text) else None


Rule = Callable[[Page, int], float | None]

_UNMISTAKABLE: tuple[Rule, ...] = (phrase, pattern, votes, day)

RULES: tuple[tuple[str, Rule], ...] = (
    ("phrase", phrase),
    ("pattern", pattern),
    ("credited", credited),
    ("day", day),
    ("votes", votes),
    ("navigation", navigation),
    ("user", user),
    ("repeated", repeated),
    ("header", header),
    ("flanked", flanked),
    ("organisation", organisation),
    ("name", name),
)


def furniture_costs(lines: Sequence[Line]) -> list[float | None]:
    """The cost of reading each line as furniture: its cheapest rule's; None where none fits."""
    page = Page(lines, Counter(line.text for line in lines))
    return [
        min((cost for _, rule in RULES if (cost := rule(page, at)) is not None), default=None)
        for at in range(len(lines))
    ]


def is_never_title(text: str) -> bool:
    """Whether a line is a date, a count, a word of the menu or a user, and so no title."""
    known = text.casefold() in _WORDS or _VOTES.fullmatch(text) or _USER.fullmatch(text)
    return bool(known or parse_date_line(text))


def _is_name(text: str) -> bool:
    """Whether a line is a few words as of a person's or an organisation's name."""
    words = text.split()
    return (
        len(text) <= 40
        and len([word for word in words if word not in _NAME_PARTICLES]) <= _NAME_WORDS
        and all(word[0].isupper() or word in _NAME_PARTICLES for word in words)
        and _NAME.fullmatch(text) is not None
    )
