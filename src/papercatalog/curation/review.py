"""Lists what needs a person's decision: papers without a topic, duplicates, damaged text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papercatalog.curation.duplicates import DuplicatePair, find_duplicates
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topic_suggestions import Suggestion, suggest_topics
from papercatalog.runtime.cache import Cache
from papercatalog.text import plain_text

DAMAGE = (
    ("an unreadable character", re.compile("\N{REPLACEMENT CHARACTER}")),
    ("wrongly decoded letters", re.compile(r"Ã[\u0080-\u00bf]|â€[\u0080-\u02ff™œ]")),
    ("an HTML entity", re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{2,5});")),
    ("an HTML tag", re.compile(r"</?(?:p|br|i|b|em|sub|sup|jats:[a-z]{1,10}|div|span)/?>")),
    ("a LaTeX command", re.compile(r"\\(?:text|math|emph|cite|ref|begin|frac)[a-z]{0,6}\{")),
    ("LaTeX without backslashes", re.compile(r"\b(?:mathcal|mathbb|mathrm|textbf|textit)\b")),
)
"""Patterns of damaged text, each with a name for people."""

SHORT_ABSTRACT = 80
"""An abstract of fewer characters is likely cut off."""


@dataclass(frozen=True, slots=True)
class MissingTopics:
    """A paper without a topic, and the topics that its text suggests."""

    paper: Paper
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class DamagedText:
    """A paper whose title or abstract seems damaged."""

    paper: Paper
    reasons: tuple[str, ...]


ReviewItem = MissingTopics | DuplicatePair | DamagedText


def find_review_items(catalog: Catalog, cache: Cache) -> Iterator[ReviewItem]:
    """List papers without a topic, then likely duplicates, then damaged text."""
    for paper in catalog.papers:
        if not paper.topics:
            abstract = plain_text(paper.abstract)
            yield MissingTopics(paper, suggest_topics(catalog.vocabulary, paper.title, abstract))
    yield from find_duplicates(catalog, cache)
    for paper in catalog.papers:
        if reasons := tuple(find_damage(paper)):
            yield DamagedText(paper, reasons)


def find_damage(paper: Paper) -> Iterator[str]:
    """Name each kind of damage in a paper's title or abstract, with the text around it."""
    abstract = plain_text(paper.abstract)
    for name, pattern in DAMAGE:
        for text in (paper.title, abstract):
            if found := pattern.search(text):
                context = text[max(0, found.start() - 20) : found.end() + 20]
                yield f"{name}: …{context}…"
                break
    if len(abstract) < SHORT_ABSTRACT:
        yield f"a short abstract: {len(abstract)} characters"
