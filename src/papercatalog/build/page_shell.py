"""The shell of a page: what the theme puts around a body, rendered once and filled many times.

A specimen page whose title, description, address and body are marks goes through the theme like
any other; its HTML is cut at the marks. A page of the same `Place` is then the same pieces with its
own texts between them, since the theme's relative addresses depend on the place alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import escape

from papercatalog.outputs.artifacts import Draft, PageArtifact, PageText, page_url
from papercatalog.runtime.hashing import hash_key

_TITLE = "specimentitle7f3a"
_DESCRIPTION = "specimendescription7f3a"
_BODY = '<div id="specimenbody7f3a"><h1></h1></div>'
SPECIMEN = "specimenname7f3a"
"""What every part of a specimen's path but the first is called."""
MARKS = (_TITLE, _DESCRIPTION, SPECIMEN)
"""What a specimen has in place of texts that differ between pages."""


class Place(NamedTuple):
    """Where in the site a page lies, as far as its relative addresses to others tell."""

    folder: str
    """The first part of its address."""
    depth: int
    """How many parts its address has, at least two."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A page of the theme, cut into pieces."""

    pieces: tuple[str, ...]
    """HTML and, at every second place, the name of what stands between."""
    key: bytes
    """Changes with any piece."""

    def hash(self, page: PageArtifact, draft: Draft) -> str:
        """Give a key, in hexadecimal, that changes whenever the filled page would."""
        return hash_key(self.key, page.title, page.url, *draft.list_parts()).hex()

    def fill(self, page: PageArtifact, text: PageText) -> str:
        """Give the whole page."""
        values = {
            "title": str(escape(page.title)),
            "description": str(escape(text.description)),
            "url": page.url,
            "body": text.body,
        }
        return "".join(
            values[piece] if place % 2 else piece for place, piece in enumerate(self.pieces)
        )


def find_place(path: str) -> Place:
    """Give the place of a page, by its Markdown file; a shell serves all the pages of one."""
    url = page_url(path)
    return Place(url.split("/", 1)[0], url.count("/"))


def make_specimen(place: Place) -> PageArtifact:
    """Give the page of a place whose texts are marks."""
    names = [place.folder, *[SPECIMEN] * (place.depth - 1)]
    draft = Draft(lambda: PageText(_DESCRIPTION, _BODY), list)
    return PageArtifact("/".join(names) + ".md", _TITLE, "specimen", lambda: draft)


def cut_shell(html: str, place: Place) -> Shell:
    """Cut a specimen as the theme rendered it."""
    names = {
        _TITLE: "title",
        _DESCRIPTION: "description",
        _BODY: "body",
        make_specimen(place).url: "url",
    }
    parts = re.split(f"({'|'.join(map(re.escape, names))})", html)
    pieces = tuple(names.get(part, part) for part in parts)
    return Shell(pieces, hash_key(*pieces))
