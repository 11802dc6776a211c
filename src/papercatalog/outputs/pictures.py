"""Pictures for link previews: one of each top-level topic, and one of the site.

They are drawn at build time, without a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from papercatalog.model.topics import Vocabulary
from papercatalog.outputs.artifacts import Artifact, LazyFile
from papercatalog.outputs.context import Context
from papercatalog.outputs.drawing import draw_card
from papercatalog.outputs.topic_colours import LIGHT, choose_colours, read_colour
from papercatalog.runtime.hashing import hash_key

FOLDER = "pictures"
"""Where the pictures lie in the site, each named by its topic's slug."""
SITE = "index"
"""The name of the site's own picture; no topic can have it."""
SITE_COLOUR = (156, 47, 31)
"""The colour of the site's own picture and of its icon, that of links in the light scheme."""


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
        colour = read_colour(LIGHT[colours[topic.slug]])
        yield _make_picture(topic.slug, colour, topic.title, name)


def find_picture(vocabulary: Vocabulary, slugs: Sequence[str]) -> tuple[str, str]:
    """Give the picture of the first topic's top-level topic: its path in the site and its title.

    Both are those of the site's own picture, whose title is empty, where there is no topic.
    """
    family = vocabulary.family(slugs[0]) if slugs else ()
    if not family:
        return f"{FOLDER}/{SITE}.png", ""
    return f"{FOLDER}/{family[-1]}.png", vocabulary.by_slug[family[-1]].title


def _make_picture(slug: str, colour: tuple[int, int, int], title: str, name: str) -> LazyFile:
    path = f"{FOLDER}/{slug}.png"
    key = partial(hash_key, path, str(colour), title, name)
    return LazyFile(path, key, partial(draw_card, colour, title, name))
