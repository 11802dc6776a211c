"""What the outputs know of the site they are made for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GITHUB_EDITOR = re.compile(r"(https?://[^/]+/[^/]+/[^/]+)/edit/(.+/)")


@dataclass(frozen=True, slots=True)
class Site:
    """The site's own facts, as ``mkdocs.yml`` gives them."""

    name: str
    url: str = ""
    """The public address with a closing slash; empty where it is not known."""
    description: str = ""
    edit_base: str = ""
    """What a source file's path below ``docs`` is added to, to edit it; may be empty."""
    pages: tuple[str, ...] = ()
    """Addresses of the site's other pages, relative to it, for the sitemap."""

    def edit_url(self, path: str) -> str:
        """Where a file below ``docs`` can be edited; empty where no repository is known."""
        return f"{self.edit_base}{path}" if self.edit_base else ""

    @property
    def new_base(self) -> str:
        """What a source file's folder below ``docs`` is added to, for GitHub's "new file" editor.

        Empty where the repository is unknown or its addresses are not GitHub's.

        >>> Site("", edit_base="https://github.com/me/papers/edit/main/docs/").new_base
        'https://github.com/me/papers/new/main/docs/'
        """
        found = _GITHUB_EDITOR.fullmatch(self.edit_base)
        return f"{found[1]}/new/{found[2]}" if found else ""
