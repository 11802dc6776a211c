"""What a Daily Papers page shows around a paper: its phrases, menu, counts and credits."""

from __future__ import annotations

import re
from functools import lru_cache

from papercatalog.sources.digest.date_lines import is_date_line

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
    view all papers | view arxiv page | view on arxiv | view paper page | view pdf | posted by
    shared by | contributed by | html (experimental) | tex source | view license
    hugging face daily papers | weekly papers | monthly papers | today's papers | paper page
    """.replace("\n", "|").split("|")
    if phrase.strip()
)
_MENU = """
    about abstract all articles arxiv blog buckets careers code collections community company
    contact daily datasets docs enterprise follow following forum github home hot hub inference
    like likes login menu models monthly new next organizations paper papers pdf posts previous
    pricing privacy reply search share signup solutions spaces subscribe subscribed tasks today top
    tos trending upvoted upvotes users website weekly yesterday save bookmark cite copy discuss
"""
_WORDS = frozenset(_MENU.split())
_UNITS = (
    r"authors?|comments?|upvotes?|votes?|likes?|points?|stars?|views?|reads?|citations?"
    r"|repl(?:y|ies)|followers?|downloads?|shares?|reposts?|retweets?|bookmarks?|forks?"
    r"|(?:min(?:ute)?s?)[ -]read|participants?"
)
_COUNT = r"\d+(?:[.,]\d+)*[km]?"
_ARXIV = r"\d{4}\.\d{4,5}(?:v\d+)?"
_ITEM = re.compile(
    rf"(?:(?:view |see |show |read |\+ ?)?(?:all )?{_COUNT} (?:{_UNITS})\b"
    rf"|(?:{_UNITS}|github|git hub|code|hugging ?face)[: ]+\(?{_COUNT}\)?(?!\S)"
    rf"|(?:a|an|\d+) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago\b"
    rf"|(?:just now|(?:arxiv|project|paper|model|dataset) page|view pdf|pdf|html|upvote|github"
    rf"|arxiv|share|save|code|paper|and|models?|datasets?|demo|tweet|bibtex)(?!\S)"
    rf"|(?:arxiv: ?)?{_ARXIV}(?!\S)(?: ?\[[\w., -]+\])?"
    rf"|\[[^\w\s]\] ?(?:{_COUNT}|-)?(?!\S)"
    rf"|[+▲△↑⬆▼♥❤👍⭐★☆💬🔥-]\ufe0f? ?{_COUNT}(?!\S)|{_COUNT} ?[▲△↑⬆▼♥❤👍⭐★☆💬]\ufe0f?(?!\S)"
    rf"|\(?{_COUNT}\)?(?!\S)|[^\w\s]{{1,4}}(?!\S))",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[·•|∙,/]\s*|\s+")
_BARE = re.compile(rf"(?:\(?{_COUNT}\)?|[a-z]+)", re.IGNORECASE)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[^\w\s]{1,80}",
        r"(?:.{1,60} )?[·•|–—-] ?\d+ authors?",
        r"(?:submitted|posted|shared|contributed) by:? .{1,60}",
        r"by ?@?ak and the research community",
        r"on .{6,60} wrote:",
        r"(?:paper )?[·•] ?(?:arxiv:)?\d{4}\.\d{4,5}(?: ?[·•].{0,60})?",
        r"(?:paper )?arxiv: ?\d{4}\.\d{4,5}(?:v\d+)?(?: .{0,40})?",
        r"(?:week|page) \d{1,3}(?:,? \d{4})?(?: of \d+)?|(?:20\d\d-)?w\d\d?",
        r"©.{0,60}|showing \d.{0,60}|total of \d.{0,40}",
        r"\[submitted on .{6,120}\]",
        r"\d{1,3}[.)]|#\d{1,3}",
        r"(?:models|datasets|spaces|collections) citing this paper \d+",
    )
)
_WHEN = re.compile(
    r"(?:first )?(?:published|submitted|updated|posted|listed|announced)(?: on| at)?:? (?P<day>.+)",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:(?:a|an|\d+) \w+ ago|vor \d+ \w+|il y a \d+ \w+|hace \d+ \w+|há \d+ \w+"
    r"|\d+ \w+ (?:fa|geleden)"
    r"|\d+ ?(?:分钟|小时|天|周|个月|年|日|時間|分)前|just now|today|yesterday)",
    re.IGNORECASE,
)
_VOTES = re.compile(r"\d{1,4}|\d+(?:\.\d+)?k|\d{1,3},\d{3}", re.ASCII | re.IGNORECASE)
_SEGMENTS = re.compile(r"(?:^|(?<=\s))[·•∙|](?=\s|$)\s*")
_LONGEST = 120
"""No line of items has more characters."""


def is_phrase(text: str) -> bool:
    """Whether a line is one that the page always shows: ``Upvote``."""
    return len(text) <= _LONGEST and text.casefold().strip(" :»›→←") in _PHRASES


def is_menu_word(text: str) -> bool:
    """Whether a line is a word of the menu: ``Models``."""
    return text.casefold() in _WORDS


def is_menu(text: str) -> bool:
    """Whether a line is several words of the menu: ``Daily Weekly Monthly``."""
    words = text.casefold().split(None, 12)
    return len(words) > 2 and all(word in _WORDS for word in words)


def is_vote_count(text: str) -> bool:
    """Whether a line is a bare number: ``117``, ``1.2k``."""
    return bool(_VOTES.fullmatch(text))


@lru_cache(maxsize=4096)
def is_item_line(text: str) -> bool:
    """Whether a line is counts, credits and links alone; a bare number by itself is none."""
    if len(text) > _LONGEST:
        return False
    if any(pattern.fullmatch(text) for pattern in _PATTERNS):
        return True
    at, found = 0, 0
    while at < len(text):
        item = _ITEM.match(text, at)
        if item is None:
            return False
        found += 1 + (_BARE.fullmatch(item[0]) is None)
        at = item.end()
        separator = _SEPARATOR.match(text, at)
        if separator is None and at < len(text):
            return False
        at = separator.end() if separator else at
    return found > 1


def is_dated_text(text: str) -> bool:
    """Whether a text says when: ``Jun 1``, ``Published on Sep 4, 2026``, ``3 days ago``."""
    return date_text(text) is not None or bool(_AGO.fullmatch(text))


def date_text(text: str) -> str | None:
    """The date in a text that says when, as printed: ``Sep 4, 2026``."""
    if found := _WHEN.fullmatch(text):
        return found["day"] if is_date_line(found["day"]) or _AGO.fullmatch(found["day"]) else None
    return text if is_date_line(text) else None


def split_segments(text: str) -> list[str]:
    """Cut a line at its dots: ``NVIDIA · Jun 1``; a part is empty at a dot that ends the line."""
    if len(text) > 10 * _LONGEST:
        return [text]
    return [part.strip() for part in _SEGMENTS.split(text)]
