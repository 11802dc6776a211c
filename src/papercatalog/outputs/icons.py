"""The site's icon, drawn as SVG and PNG, and the manifest that names it.

A site whose theme has a ``favicon`` of its own keeps that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from papercatalog.outputs.artifacts import Artifact, FileArtifact, LazyFile
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.outputs.drawing import (
    MARK,
    MARK_HOLE,
    MARK_LINES,
    MARK_RADIUS,
    MARK_SIZE,
    PAPER,
    draw_icon,
)
from papercatalog.outputs.pictures import SITE_COLOUR
from papercatalog.runtime.hashing import hash_key

FOLDER = "icons"
"""Where the icons lie in the site, each named by its width in pixels."""
MANIFEST = "site.webmanifest"
"""The manifest, relative to the site."""
FAVICON = 32
"""The icon for browsers that show no SVG."""
SIZES = (180, 192, 512)
"""Apple's touch icon, and those that a manifest should have."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``site.webmanifest`` and, for a site without an icon of its own, ``icons/``."""
    yield FileArtifact(MANIFEST, _json(describe_site(context.site)))
    if context.site.icon:
        return
    yield FileArtifact(f"{FOLDER}/icon.svg", render_icon().encode())
    for size in (FAVICON, *SIZES):
        path = f"{FOLDER}/{size}.png"
        draw = partial(draw_icon, SITE_COLOUR, size, rounded=size == FAVICON)
        yield LazyFile(path, partial(hash_key, path, str(SITE_COLOUR)), draw)


def find_icon(site: SiteInfo, size: int) -> str:
    """Give the address, relative to the site, of its icon; of ours the one so many pixels wide."""
    return site.icon or f"{FOLDER}/{size}.png"


def describe_site(site: SiteInfo) -> dict[str, Any]:
    """Describe a site as a web app: https://www.w3.org/TR/appmanifest/."""
    icons = [{"src": site.icon}] if site.icon else list(_list_icons())
    paper = _hex(PAPER)
    return {
        "name": site.name,
        "lang": site.language,
        **({"description": site.description} if site.description else {}),
        "start_url": "./",
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": icons,
    }


def render_icon() -> str:
    """Render the site's icon as SVG, as `draw_icon` draws it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MARK_SIZE} {MARK_SIZE}">'
        f'<rect width="{MARK_SIZE}" height="{MARK_SIZE}" rx="{MARK_RADIUS}"'
        f' fill="{_hex(SITE_COLOUR)}"/><path fill="{_hex(PAPER)}" fill-rule="evenodd"'
        f' d="{render_mark()}"/></svg>\n'
    )


def render_mark() -> str:
    """Render the mark as the ``d`` of an SVG path whose ``fill-rule`` is ``evenodd``."""
    boxes = "".join(
        f"M{left} {top}H{right}V{bottom}H{left}z" for left, top, right, bottom in MARK + MARK_LINES
    )
    left, top, right, bottom = MARK_HOLE
    radius, middle = (right - left) / 2, (top + bottom) / 2
    arc = f"a{radius:g} {radius:g} 0 1 0"
    return f"{boxes}M{left:g} {middle:g}{arc} {right - left:g} 0{arc} {left - right:g} 0z"


def _list_icons() -> Iterator[dict[str, str]]:
    yield {"src": f"{FOLDER}/icon.svg", "type": "image/svg+xml", "sizes": "any"}
    for size in SIZES[1:]:
        yield {"src": f"{FOLDER}/{size}.png", "type": "image/png", "sizes": f"{size}x{size}"}


def _hex(colour: Sequence[int]) -> str:
    return f"#{bytes(colour).hex()}"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
