"""The vocabulary of topics: reads topics' pages and validates their tree and terms.

`loading` reads the files; `topic_suggestions` suggests topics for a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from papercatalog.model.field_types import parse_text
from papercatalog.model.page_report import PageReport
from papercatalog.model.problems import CatalogError, Problem, suggest
from papercatalog.model.terms import MAX_WORDS, TermIndex, is_term, spell_term

KEYS = ("title", "parent", "terms")
"""The keys of a topic's front matter."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of ``docs/topics``."""

    slug: str
    """The page's file name without ``.md``; papers name the topic by it."""
    title: str
    parent: str | None = None
    """The slug of the topic above; None at the top level."""
    terms: tuple[str, ...] = ()
    """The words and phrases by which `suggest_topics` finds the topic."""
    introduction: str = ""
    """Markdown."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """The line of each key in the page, from 1."""

    @property
    def path(self) -> str:
        """The page, relative to the catalog's root."""
        return f"docs/topics/{self.slug}.md"


@dataclass(frozen=True)
class Vocabulary:
    """The topics of a catalog, in two levels; `drop_invalid_parents` makes it so."""

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
        """Give a topic's subtopics by title; for None, the topics of the top level."""
        found = (topic for topic in self.topics if topic.parent == slug)
        return tuple(sorted(found, key=lambda topic: (topic.title.casefold(), topic.slug)))

    def family(self, slug: str) -> tuple[str, ...]:
        """Give a topic's slug and its parent's; empty for an unknown slug."""
        topic = self.by_slug.get(slug)
        if topic is None:
            return ()
        return (slug, topic.parent) if topic.parent else (slug,)

    @cached_property
    def term_index(self) -> TermIndex:
        """The terms of all topics, to find them in texts."""
        return TermIndex((topic.slug, term) for topic in self.topics for term in topic.terms)


def parse_topic(text: str, slug: str, path: str) -> tuple[Topic | None, tuple[Problem, ...]]:
    """Read a topic's page, and report every problem in it.

    A page with problems is a topic all the same, so that papers may name it; only a ``slug`` that
    cannot be one gives None. The codes are ``bad-id``, those of `parse_front_matter`,
    ``missing-key``, ``unknown-key``, ``bad-value`` and ``no-introduction``.
    """
    if not _SLUG.fullmatch(slug) or slug == "index":
        message = "the file's name cannot be a topic; use lower-case letters, digits and '-'"
        return None, (Problem(path, 0, "", "bad-id", message),)
    try:
        page = PageReport(text, path, KEYS)
    except CatalogError as error:
        return Topic(slug, slug), error.problems
    front, problems, report = page.front, page.problems, page.add
    title = front.values.get("title")
    if title is None:
        report("title", "missing-key", "add 'title:' to the front matter")
    elif not isinstance(title, str) or not title.strip():
        report("title", "bad-value", "write one text; quote it where it holds ': ' or '#'")
    for key, given in (("title", title), ("body", front.body)):
        try:
            parse_text(given if isinstance(given, str) else "")
        except ValueError as error:
            report(key, "bad-value", str(error))
    parent = front.values.get("parent")
    if parent is not None and not (isinstance(parent, str) and _SLUG.fullmatch(parent)):
        report("parent", "bad-value", "write the slug of one topic, or leave the key out")
    listed = front.values.get("terms")
    terms: tuple[str, ...] = ()
    if isinstance(listed, list):
        terms = tuple(term for term in listed if isinstance(term, str) and is_term(term))
    if listed is None:
        report("terms", "missing-key", "add 'terms:', a list of the words it is suggested by")
    elif not terms or len(terms) != len(listed):
        message = f"write a list of phrases of at most {MAX_WORDS} words, such as [one, two]"
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


def validate_vocabulary(vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Report problems of the tree, and terms that two topics share.

    The codes are ``unknown-parent``, ``topic-cycle``, ``too-deep`` and ``duplicate-term``.
    """
    return (*_validate_tree(vocabulary), *_validate_terms(vocabulary.topics))


def drop_invalid_parents(vocabulary: Vocabulary) -> Vocabulary:
    """Put topics whose parent has a problem on the top level, so that a site can be built."""
    invalid = {problem.path for problem in _validate_tree(vocabulary)}
    return Vocabulary(
        tuple(
            replace(topic, parent=None) if topic.path in invalid else topic
            for topic in vocabulary.topics
        )
    )


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
            spellings = spell_term(term)
            others = [first[words] for words in sorted(spellings) if words in first]
            first.update(dict.fromkeys(spellings, (topic.slug, term)))
            if others:
                slug, other = others[0]
                message = f"'{term}' is found as '{other}' of '{slug}' already; keep one of them"
                line = topic.lines.get("terms", 0)
                yield Problem(topic.path, line, "terms", "duplicate-term", message)
