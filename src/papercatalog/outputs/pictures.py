"""Pictures for link previews: one of each top-level topic, and one of the site.

They are drawn at build time, without a network.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from zlib import crc32

from papercatalog.model.topics import Vocabulary
from papercatalog.outputs.artifacts import Artifact, LazyFile
from papercatalog.outputs.context import Context
from papercatalog.outputs.drawing import draw_card
from papercatalog.runtime.hashing import hash_key

FOLDER = "pictures"
"""Where the pictures lie in the site, each named by its topic's slug."""
SITE = "index"
"""The name of the site's own picture; no topic can have it."""
SITE_COLOUR = (156, 47, 31)
"""The colour of the site's own picture and of its icon, that of links in the light scheme."""
_HUES = 24
_LIGHTNESS = (0.2, 0.27, 0.33)
"""The lightness of neighbouring hues, so that they differ by more than the hue."""
_SATURATION = 0.42


def build(context: Context) -> Iterator[Artifact]:
    """Build ``pictures/SLUG.png`` for top-level topics, and ``pictures/index.png``.

    Previews need whole addresses, so a site that does not know its own has no pictures.
    """
    if not context.site.url:
        return
    name, roots = context.site.name, context.catalog.vocabulary.roots
    colours = choose_colours([topic.slug for topic in roots])
    yield _make_picture(SITE, SITE_COLOUR, name, "")
    for topic in roots:
        yield _make_picture(topic.slug, colours[topic.slug], topic.title, name)


def find_picture(vocabulary: Vocabulary, slugs: Sequence[str]) -> tuple[str, str]:
    """Give the picture of the first topic's top-level topic: its path in the site and its title.

    Both are those of the site's own picture, whose title is empty, where there is no topic.
    """
    family = vocabulary.family(slugs[0]) if slugs else ()
    if not family:
        return f"{FOLDER}/{SITE}.png", ""
    return f"{FOLDER}/{family[-1]}.png", vocabulary.by_slug[family[-1]].title


def choose_colours(slugs: Sequence[str]) -> Mapping[str, tuple[int, int, int]]:
    """Choose a dark colour for each topic; up to 24 topics have different ones.

    A topic keeps its colour where others come and go, as long as their hashes do not collide.
    """
    colours: dict[str, tuple[int, int, int]] = {}
    taken: set[int] = set()
    for slug in sorted(slugs):
        hue = crc32(slug.encode()) % _HUES
        while hue in taken and len(taken) < _HUES:
            hue = (hue + 1) % _HUES
        taken.add(hue)
        lightness = _LIGHTNESS[hue % len(_LIGHTNESS)]
        red, green, blue = colorsys.hls_to_rgb(hue / _HUES, lightness, _SATURATION)
        colours[slug] = round(255 * red), round(255 * green), round(255 * blue)
    return colours


def _make_picture(slug: str, colour: tuple[int, int, int], title: str, name: str) -> LazyFile:
    path = f"{FOLDER}/{slug}.png"
    key = partial(hash_key, path, str(colour), title, name)
    return LazyFile(path, key, partial(draw_card, colour, title, name))
