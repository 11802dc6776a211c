"""The bars under a calendar's days: how the largest top-level topics share a day's papers.

A legend names the topics of the bars. Of two topics with one colour, the smaller is not drawn.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs.topic_colours import choose_colours

MOST = 4
"""How many topics a calendar's bars have at most: readers compare few colours at a glance."""
WIDTH = 48
"""The width of a bar."""


class Part(NamedTuple):
    """A topic's part of a bar."""

    topic: Topic
    share: float
    """Of the day's papers. A paper of several top-level topics counts for each in equal parts."""
    colour: int
    """By its place in `papercatalog.outputs.topic_colours.LIGHT`."""
    start: int
    width: int


class Mix(NamedTuple):
    """The bars of a calendar."""

    topics: tuple[Topic, ...]
    """Those of the bars, in their order: the largest first."""
    days: Mapping[dt.date, tuple[Part, ...]]


def mix_topics(vocabulary: Vocabulary, days: Mapping[dt.date, Sequence[Paper]]) -> Mix:
    """Draw the bar of each day; the rest of a bar stands for other topics and for none."""
    counts = {day: _count(vocabulary, papers) for day, papers in days.items()}
    total: Counter[str] = Counter()
    for count in counts.values():
        total.update(count)
    colours = choose_colours([topic.slug for topic in vocabulary.roots])
    chosen: dict[int, Topic] = {}
    for slug in sorted(total, key=lambda slug: (-total[slug], slug)):
        if len(chosen) < MOST:
            chosen.setdefault(colours[slug], vocabulary.by_slug[slug])
    bars = {day: _draw(chosen, counts[day], len(papers)) for day, papers in days.items()}
    return Mix(tuple(chosen.values()), bars)


def _count(vocabulary: Vocabulary, papers: Sequence[Paper]) -> Counter[str]:
    """Count papers by top-level topic."""
    counts: Counter[str] = Counter()
    for paper in papers:
        roots = {family[-1] for slug in paper.topics if (family := vocabulary.family(slug))}
        counts.update({root: 1 / len(roots) for root in roots})
    return counts


def _draw(chosen: Mapping[int, Topic], counts: Counter[str], papers: int) -> tuple[Part, ...]:
    parts = []
    share, start = 0.0, 0
    for colour, topic in chosen.items():
        own = counts[topic.slug] / papers
        share += own
        end = round(share * WIDTH)
        if end > start:
            parts.append(Part(topic, own, colour, start, end - start))
        start = end
    return tuple(parts)
