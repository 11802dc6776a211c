"""Page shells: what the theme puts around a page's body, rendered once and filled many times.

A placeholder page, whose title, description, address and body are placeholders, goes through the
theme like any other page. Its HTML is cut at the placeholders. Every page of the same `PageKind` is
these pieces with its own texts between them, since the theme's relative addresses depend on the
kind alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import escape

from papercatalog.outputs.artifacts import PageArtifact, PageContent
from papercatalog.runtime.hashing import hash_key

_TITLE = "placeholdertitle7f3a"
_DESCRIPTION = "placeholderdescription7f3a"
_HEAD = '<meta name="placeholderhead7f3a">'
_BODY = '<div id="placeholderbody7f3a"><h1></h1></div>'
PLACEHOLDER = "placeholdername7f3a"
"""Every part of a placeholder page's path but the first."""
PLACEHOLDERS = (_TITLE, _DESCRIPTION, PLACEHOLDER)
"""What a placeholder page has where other pages have texts of their own."""


class PageKind(NamedTuple):
    """Where in the site a page lies, as far as its relative addresses tell."""

    folder: str
    """The first part of its address."""
    depth: int
    """The number of parts of its address, at least two."""


@dataclass(frozen=True, slots=True)
class PageShell:
    """A page of the theme, cut into pieces."""

    pieces: tuple[str, ...]
    """HTML and, at every second place, the name of the text that stands between."""
    key: bytes
    """Hashes the pieces."""

    def fill(self, page: PageArtifact, content: PageContent) -> str:
        """Give the whole page as HTML."""
        values = {
            "title": str(escape(page.title)),
            "description": str(escape(content.description)),
            "url": page.url,
            "head": content.head,
            "body": content.body,
        }
        return "".join(
            values[piece] if place % 2 else piece for place, piece in enumerate(self.pieces)
        )


def kind_of(url: str) -> PageKind:
    """Give the kind of a page, by its address."""
    return PageKind(url.split("/", 1)[0], url.count("/"))


def make_placeholder_page(kind: PageKind) -> PageArtifact:
    """Make the page of a kind whose texts are placeholders; it is not written, so it has no key."""
    names = [kind.folder, *[PLACEHOLDER] * (kind.depth - 1)]
    content = PageContent(_DESCRIPTION, _BODY, _HEAD)
    return PageArtifact("/".join(names) + ".md", _TITLE, key=lambda: b"", make=lambda: content)


def cut_shell(html: str, kind: PageKind) -> PageShell:
    """Cut a placeholder page as the theme rendered it."""
    names = {
        _TITLE: "title",
        _DESCRIPTION: "description",
        _HEAD: "head",
        _BODY: "body",
        make_placeholder_page(kind).url: "url",
    }
    parts = re.split(f"({'|'.join(map(re.escape, names))})", html)
    pieces = tuple(names.get(part, part) for part in parts)
    return PageShell(pieces, hash_key(*pieces))
