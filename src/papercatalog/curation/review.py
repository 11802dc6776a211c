"""What of a catalog wants a person's decision: papers without a topic, doubles, suspicious text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papercatalog.curation.duplicates import Pair, find_duplicates
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Suggestion, suggest_topics
from papercatalog.runtime.cache import Cache
from papercatalog.text import plain_text

SUSPICIONS = (
    ("a sign that could not be read", re.compile("\N{REPLACEMENT CHARACTER}")),
    ("letters read in the wrong encoding", re.compile(r"Ã[\u0080-\u00bf]|â€[\u0080-\u02ff™œ]")),
    ("an entity of HTML", re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{2,5});")),
    ("a tag of HTML", re.compile(r"</?(?:p|br|i|b|em|sub|sup|jats:[a-z]{1,10}|div|span)/?>")),
    ("a command of LaTeX", re.compile(r"\\(?:text|math|emph|cite|ref|begin|frac)[a-z]{0,6}\{")),
    ("LaTeX without its backslashes", re.compile(r"\b(?:mathcal|mathbb|mathrm|textbf|textit)\b")),
)
"""What text that came through badly has in it, each with a name for people."""

SHORT = 80
"""An abstract of fewer characters is likely to be cut off."""


@dataclass(frozen=True, slots=True)
class NoTopic:
    """A paper without a topic, with those that its text speaks for."""

    paper: Paper
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Suspicious:
    """A paper whose text seems damaged."""

    paper: Paper
    reasons: tuple[str, ...]


Question = NoTopic | Pair | Suspicious


def find_questions(catalog: Catalog, cache: Cache) -> Iterator[Question]:
    """Give all that wants a decision: papers without a topic, then doubles, then damaged text."""
    for paper in catalog.papers:
        if not paper.topics:
            abstract = plain_text(paper.abstract)
            yield NoTopic(paper, suggest_topics(catalog.vocabulary, paper.title, abstract))
    yield from find_duplicates(catalog, cache)
    for paper in catalog.papers:
        if reasons := tuple(find_suspicions(paper)):
            yield Suspicious(paper, reasons)


def find_suspicions(paper: Paper) -> Iterator[str]:
    """Name what seems damaged in a paper's title and abstract, with the place."""
    abstract = plain_text(paper.abstract)
    for name, pattern in SUSPICIONS:
        for text in (paper.title, abstract):
            if found := pattern.search(text):
                shown = text[max(0, found.start() - 20) : found.end() + 20]
                yield f"{name}: …{shown}…"
                break
    if len(abstract) < SHORT:
        yield f"an abstract of {len(abstract)} characters"
