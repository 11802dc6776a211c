"""Colours of topics: one of eight for each top-level topic, and for all that is below it.

The eight differ by at least 18 (CIE76) from each other for trichromats, protanopes, deuteranopes
and tritanopes alike, and have a contrast of 4.5 to 1 with the paper of their scheme. They stand
beside a topic's name, never in its place. Rules of a style sheet find a topic by its address, so
they cost pages no markup.

Source of the simulation: Machado, Oliveira and Fernandes, A Physiologically-based Model for
Simulation of Color Vision Deficiency (2009).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

from papercatalog.model.topics import Vocabulary
from papercatalog.outputs.artifacts import Artifact, FileArtifact
from papercatalog.outputs.context import Context

COLOURS = "assets/topics.css"
"""The style sheet of colours, for catalog pages that load the theme's style sheets one by one."""

LIGHT = (
    *("#4f2222", "#3968c6", "#17174f", "#6f6f20"),
    *("#b24d80", "#7b3a88", "#413149", "#3030a6"),
)
"""The colours of the light scheme and of pictures."""
DARK = (
    *("#e8ccb0", "#8181da", "#c8d1da", "#858d5e"),
    *("#d369b0", "#d1949e", "#2e9e2e", "#80c639"),
)
"""Their counterparts in the dark scheme."""
MAX_TOPICS = 300
"""The most topics that get rules: 30 bytes each, in a file that every page loads."""


def build(context: Context) -> Iterator[Artifact]:
    """Build the style sheet of colours."""
    yield FileArtifact(COLOURS, render_topic_colours(context.catalog.vocabulary).encode())


def choose_colours(slugs: Sequence[str]) -> Mapping[str, int]:
    """Choose a colour, by its place in `LIGHT`, for each top-level topic.

    Up to eight topics have different ones; more share them evenly. A topic keeps its colour where
    others come and go, as long as their hashes do not collide.
    """
    colours: dict[str, int] = {}
    free: set[int] = set()
    for slug in sorted(slugs):
        free = free or set(range(len(LIGHT)))
        place = crc32(slug.encode()) % len(LIGHT)
        while place not in free:
            place = (place + 1) % len(LIGHT)
        free.remove(place)
        colours[slug] = place
    return colours


def read_colour(colour: str) -> tuple[int, int, int]:
    """Read ``#rrggbb`` as red, green and blue from 0 to 255."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def render_topic_colours(vocabulary: Vocabulary) -> str:
    """Render the rules that give links to topics, and what is headed by one, ``--pc-topic``.

    A part of a drawing takes the colour of its class, ``pc-topic-0`` to ``pc-topic-7``.
    """
    chosen = choose_colours([topic.slug for topic in vocabulary.roots])
    links: dict[int, list[str]] = {}
    heads: dict[int, list[str]] = {}
    for topic in vocabulary.topics[:MAX_TOPICS]:
        place = chosen[vocabulary.family(topic.slug)[-1]]
        link = f'[href$="topics/{topic.slug}/"]'
        links.setdefault(place, []).append(link)
        if topic.slug in chosen:
            heads.setdefault(place, []).append(f".pc-branch:has(>h2>{link})")
    rules = [f":root{{{_declare(LIGHT)}}}"]
    rules.append(f'@media screen{{[data-md-color-scheme="slate"]{{{_declare(DARK)}}}}}')
    for found in (links, heads):
        for place, selectors in sorted(found.items()):
            rules.append(f"{','.join(selectors)}{{--pc-topic:var(--pc-topic-{place})}}")
    rules += [f".pc-topic-{place}{{stroke:var(--pc-topic-{place})}}" for place in range(len(LIGHT))]
    return "\n".join(rules)


def _declare(colours: Sequence[str]) -> str:
    return ";".join(f"--pc-topic-{place}:{colour}" for place, colour in enumerate(colours))
