"""The vocabulary of topics: its pages, its tree, and topics suggested for a text with reasons.

Reading files is `catalog`'s. What a paper's topics are is decided by people, in the paper's page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, product, starmap

from papercatalog.model.front_matter import parse_front_matter
from papercatalog.model.problems import CatalogError, Problem, suggest

KEYS = ("title", "parent", "terms")
"""The keys of a topic's front matter."""

LONGEST = 6
"""The most words of a term."""
MOST = 4
"""The most topics that are suggested for a paper."""
IN_TITLE = 6.0
"""What a term counts in the title."""
PHRASE, WORD = 2.0, 1.0
"""What a term of several words, or of one, counts in the abstract each time it stands there."""
TIMES = 3
"""A term counts in the abstract this often at most."""
MIN_SCORE = 5.0
"""The score that a suggestion needs."""
SHARE = 0.3
"""The part of the best topic's score that every other suggestion needs."""
SPECIFIC = 1.5
"""How much further up a topic of the second level stands than its score alone would put it."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"\w+")
_HYPHEN = re.compile(r"[-\u2010\u2011]")


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of ``docs/topics``."""

    slug: str
    """The page's file name without ``.md``; papers name the topic by it."""
    title: str
    parent: str | None = None
    """The slug of the topic above; None at the top level."""
    terms: tuple[str, ...] = ()
    """Words and phrases that speak for the topic; `suggest_topics` says how they are matched."""
    introduction: str = ""
    """Markdown."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """The line in the page of each key."""

    @property
    def path(self) -> str:
        """The page, relative to the catalog's root."""
        return f"docs/topics/{self.slug}.md"


@dataclass(frozen=True)
class Vocabulary:
    """The topics of a catalog, in two levels."""

    topics: tuple[Topic, ...]

    @cached_property
    def by_slug(self) -> Mapping[str, Topic]:
        """Each topic by its slug."""
        return {topic.slug: topic for topic in self.topics}

    @property
    def roots(self) -> tuple[Topic, ...]:
        """The topics of the top level, by title."""
        return self.children(None)

    def children(self, slug: str | None) -> tuple[Topic, ...]:
        """The topics right below one, by title; those of the top level for None."""
        found = (topic for topic in self.topics if topic.parent == slug)
        return tuple(sorted(found, key=lambda topic: (topic.title.casefold(), topic.slug)))

    def family(self, slug: str) -> tuple[str, ...]:
        """A topic's slug and, after it, that of the topic above; nothing for an unknown slug."""
        topic = self.by_slug.get(slug)
        if topic is None:
            return ()
        if topic.parent is None or topic.parent not in self.by_slug or topic.parent == slug:
            return (slug,)
        return (slug, topic.parent)

    @cached_property
    def _phrases(self) -> Mapping[tuple[str, ...], tuple[str, str]]:
        """The words of each term, in each of its spellings, with its topic and the term."""
        found: dict[tuple[str, ...], tuple[str, str]] = {}
        for topic in self.topics:
            for term in topic.terms:
                for words in _spellings(term):
                    found.setdefault(words, (topic.slug, term))
        return found

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """How many words the phrases have that start with a word, the longest first."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for words in self._phrases:
            found[words[0]].add(len(words))
        return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that a text speaks for."""

    slug: str
    score: float
    reasons: tuple[str, ...]
    """The topic's terms that were found, and where: ``"4-bit", "weight-only" in the title``."""

    def __str__(self) -> str:
        return f"{self.slug}: {'; '.join(self.reasons)}"


def parse_topic(text: str, slug: str, path: str) -> tuple[Topic | None, tuple[Problem, ...]]:
    """Read a topic's page as far as it can be read, and name every problem in it.

    There is a topic wherever ``slug`` can be one, so that one slip in its page is one problem
    and not one more in every paper. The codes are ``bad-id``, those of `parse_front_matter`,
    ``missing-key``, ``unknown-key``, ``bad-value`` and ``no-introduction``.
    """
    if not _SLUG.fullmatch(slug) or slug == "index":
        message = "the file's name cannot be a topic; use lower-case letters, digits and '-'"
        return None, (Problem(path, 0, "", "bad-id", message),)
    try:
        front = parse_front_matter(text, path)
    except CatalogError as error:
        return Topic(slug, slug), error.problems
    problems = []

    def report(key: str, code: str, message: str) -> None:
        problems.append(Problem(path, front.lines.get(key, 1), key, code, message))

    for key in front.values:
        if key not in KEYS:
            report(key, "unknown-key", f"unknown key '{key}'; the keys are {', '.join(KEYS)}")
    title = front.values.get("title")
    if title is None:
        report("title", "missing-key", "add 'title:' to the front matter")
    elif not isinstance(title, str) or not title.strip():
        report("title", "bad-value", "write one text; quote it where it holds ': ' or '#'")
    parent = front.values.get("parent")
    if parent is not None and not (isinstance(parent, str) and _SLUG.fullmatch(parent)):
        report("parent", "bad-value", "write the slug of one topic, or leave the key out")
    listed = front.values.get("terms")
    terms: tuple[str, ...] = ()
    if isinstance(listed, list):
        terms = tuple(term for term in listed if isinstance(term, str) and _is_term(term))
    if listed is None:
        report("terms", "missing-key", "add 'terms:', a list of the words it is suggested by")
    elif not terms or len(terms) != len(listed):
        message = f"write a list of phrases of at most {LONGEST} words, such as [one, two]"
        report("terms", "bad-value", message)
    if not front.body:
        message = "there is no introduction; write a few sentences below the front matter"
        problems.append(Problem(path, front.body_line, "body", "no-introduction", message))
    topic = Topic(
        slug,
        " ".join(title.split()) if isinstance(title, str) and title.strip() else slug,
        parent if isinstance(parent, str) and parent else None,
        terms,
        front.body,
        front.lines,
    )
    return topic, tuple(problems)


def _is_term(text: str) -> bool:
    return 1 <= len(_words(text)) <= LONGEST


def validate_vocabulary(vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Name what is wrong between topics.

    The codes are ``unknown-parent``, ``topic-cycle``, ``too-deep`` and ``duplicate-term``.
    """
    return (*_validate_tree(vocabulary), *_validate_terms(vocabulary.topics))


def _validate_tree(vocabulary: Vocabulary) -> Iterator[Problem]:
    for topic in vocabulary.topics:
        if topic.parent is None:
            continue
        above = vocabulary.by_slug.get(topic.parent)
        if above is None:
            hint = suggest(topic.parent, vocabulary.by_slug, "the topics are in docs/topics")
            code, message = "unknown-parent", f"unknown topic '{topic.parent}'; {hint}"
        elif topic.slug in (above.slug, above.parent):
            code, message = "topic-cycle", "the topic is above itself; take one parent out"
        elif above.parent is not None:
            code = "too-deep"
            message = f"'{above.slug}' has a parent itself, and there are two levels; name another"
        else:
            continue
        yield Problem(topic.path, topic.lines.get("parent", 0), "parent", code, message)


def _validate_terms(topics: Iterable[Topic]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for topic in topics:
        for term in topic.terms:
            spellings = _spellings(term)
            others = [first[words] for words in sorted(spellings) if words in first]
            first.update(dict.fromkeys(spellings, (topic.slug, term)))
            if others:
                slug, other = others[0]
                message = f"'{term}' is found as '{other}' of '{slug}' already; keep one of them"
                line = topic.lines.get("terms", 0)
                yield Problem(topic.path, line, "terms", "duplicate-term", message)


def suggest_topics(vocabulary: Vocabulary, title: str, abstract: str) -> tuple[Suggestion, ...]:
    """Propose the topics whose terms stand in a paper's title and abstract, both plain text.

    Terms match whole words; case and a plural's ending do not matter, nor whether a hyphen of a
    term is a hyphen, a blank or nothing in the text. Of overlapping terms the longest is found.
    A topic's score is `IN_TITLE` for each of its terms in the title, and `PHRASE` or `WORD` for
    each place in the abstract where one stands, up to `TIMES` a term. Suggested are at most
    `MOST` topics that score `MIN_SCORE`, and a `SHARE` of the best; a topic gives way to those
    below it, which imply it. The strongest stands first, where sub-topics are favoured by
    `SPECIFIC`.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    reasons: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for place, text in (("title", title), ("abstract", abstract)):
        for (slug, term), times in Counter(_find_terms(vocabulary, text)).items():
            scores[slug] += IN_TITLE if place == "title" else _weight(term) * min(times, TIMES)
            reasons[slug].setdefault(place, []).append(term)
    enough = max(MIN_SCORE, SHARE * max(scores.values(), default=0.0))
    strong = {slug for slug, score in scores.items() if score >= enough}
    implied = {vocabulary.by_slug[slug].parent for slug in strong}

    def rank(slug: str) -> tuple[float, str]:
        return -scores[slug] * (SPECIFIC if vocabulary.by_slug[slug].parent else 1.0), slug

    chosen = sorted(strong - implied, key=rank)[:MOST]
    return tuple(
        Suggestion(slug, scores[slug], tuple(starmap(_reason, reasons[slug].items())))
        for slug in chosen
    )


@lru_cache(maxsize=1 << 14)
def _weight(term: str) -> float:
    return PHRASE if len(_words(term)) > 1 else WORD


def _reason(place: str, terms: Iterable[str]) -> str:
    quoted = (f'"{term}"' for term in terms)
    return f"{', '.join(quoted)} in the {place}"


def _find_terms(vocabulary: Vocabulary, text: str) -> Iterator[tuple[str, str]]:
    """Yield topic and term of each hit, from left to right; none overlap."""
    words = _words(text)
    phrases, lengths = vocabulary._phrases, vocabulary._lengths
    taken = 0
    for at, word in enumerate(words):
        if at >= taken and word in lengths:
            for length in lengths[word]:
                hit = phrases.get(words[at : at + length])
                if hit:
                    yield hit
                    taken = at + length
                    break


def _spellings(term: str) -> set[tuple[str, ...]]:
    """Give the words of a term, with each part that has hyphens taken apart and in one word."""
    parts = ({_words(part), _words(_HYPHEN.sub("", part))} for part in term.split())
    return {words for choice in product(*parts) if (words := tuple(chain.from_iterable(choice)))}


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_singular, _WORD.findall(text.casefold())))


@lru_cache(maxsize=1 << 16)
def _singular(word: str) -> str:
    """Take off the plural's ending, roughly; terms and texts are treated alike."""
    if len(word) < 4 or not word.endswith("s"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
