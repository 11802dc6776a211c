"""Colours of topics: readable, told apart by all eyes, kept, and found by address."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs.drawing import PAPER
from papercatalog.outputs.topic_colours import (
    DARK,
    LIGHT,
    MAX_TOPICS,
    choose_colours,
    read_colour,
    render_topic_colours,
)

Triple = tuple[float, float, float]
NIGHT = ("#1a1916", "#22201c")
"""Paper and cards in the dark scheme."""
EYES: dict[str, tuple[Triple, Triple, Triple]] = {
    "trichromat": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranope": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanope": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How they see linear RGB: Machado, Oliveira and Fernandes (2009), severity 1."""


def linear(colour: str) -> Triple:
    parts = [part / 255 for part in read_colour(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of WCAG 2.2."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def dot(row: Triple, colour: Triple) -> float:
    return sum(a * b for a, b in zip(row, colour, strict=True))


def lab(colour: str, eyes: str) -> Triple:
    """Convert to CIELAB what somebody sees of a colour."""

    def bend(value: float) -> float:
        return float(value ** (1 / 3)) if value > 0.008856 else 7.787 * value + 16 / 116

    red, green, blue = (min(1.0, max(0.0, dot(row, linear(colour)))) for row in EYES[eyes])
    x = bend((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505)
    y = bend(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = bend((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("eyes", EYES)
def test_no_two_colours_look_alike(colours: tuple[str, ...], eyes: str) -> None:
    for one, other in combinations([lab(colour, eyes) for colour in colours], 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 >= 18


def test_every_colour_is_readable_on_its_paper() -> None:
    paper = f"#{bytes(PAPER).hex()}"
    assert min(contrast(colour, paper) for colour in LIGHT) >= 4.5
    assert min(contrast(colour, night) for colour in DARK for night in NIGHT) >= 4.5


def test_topics_share_the_colours_evenly_and_keep_them() -> None:
    slugs = [f"topic-{number}" for number in range(8)]
    assert len(set(choose_colours(slugs).values())) == len(LIGHT)
    many = choose_colours([f"topic-{number}" for number in range(20)])
    assert sorted(Counter(many.values()).values()) == [2, 2, 2, 2, 3, 3, 3, 3]
    assert choose_colours(["a", "b"])["a"] == choose_colours(["a"])["a"]


def test_rules_find_a_topic_and_its_family_by_their_addresses() -> None:
    topics = Vocabulary((Topic("light", "Light"), Topic("lamps", "Lamps", parent="light")))
    place = choose_colours(["light"])["light"]
    rule = f"{{--pc-topic:var(--pc-topic-{place})}}"
    css = render_topic_colours(topics)
    assert f'[href$="topics/light/"],[href$="topics/lamps/"]{rule}' in css
    assert f'.pc-branch:has(>h2>[href$="topics/light/"]){rule}' in css
    assert LIGHT[place] in css
    assert DARK[place] in css


def test_many_topics_get_no_more_than_so_many_rules() -> None:
    topics = Vocabulary(tuple(Topic(f"t-{number}", "T") for number in range(2 * MAX_TOPICS)))
    assert len(render_topic_colours(topics)) < 100 * MAX_TOPICS
