"""What the outputs know of the site they are made for."""

from __future__ import annotations

from dataclasses import dataclass


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
