"""The generated pages and files as MkDocs sees them."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from papercatalog.build.routing import IN_NAVIGATION
from papercatalog.outputs.artifacts import PageArtifact, page_url, render_markdown


class KnownFile(File):
    """A file that is written after MkDocs' own: it knows the address, for links to it."""

    def is_documentation_page(self) -> bool:
        """Keep a page out of MkDocs' own building."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave the writing to others."""


class CatalogFiles(Files):
    """The files of the site; those that MkDocs does not build are made when a link names them."""

    def __init__(
        self,
        files: Iterable[File],
        others: Container[str],
        config: MkDocsConfig,
    ) -> None:
        """``others`` are the paths of pages, below ``docs``, and of files."""
        super().__init__(files)
        self._others = others
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        """Give the file with a path below ``docs``."""
        found = super().get_file_from_path(path)
        if found is None and path in self._others:
            return make_known_file(path, self._config)
        return found


def leads_outside(file: File) -> bool:
    """Whether a file of ``docs`` lies elsewhere, behind a symbolic link."""
    if file.abs_src_path is None or file.src_dir is None:
        return False
    expected = Path(file.src_dir).resolve() / file.src_uri
    return Path(file.abs_src_path).resolve() != expected


def is_page(path: str) -> bool:
    """Whether a path of ours is a page's and not a file's."""
    return path.endswith(".md")


def make_known_file(path: str, config: MkDocsConfig) -> KnownFile:
    """Give a page or file that is written after MkDocs' own."""
    return KnownFile(
        path,
        None,
        config.site_dir,
        use_directory_urls=True,
        dest_uri=f"{page_url(path)}index.html" if is_page(path) else path,
        inclusion=InclusionLevel.NOT_IN_NAV,
    )


def make_page_file(page: PageArtifact, config: MkDocsConfig) -> File:
    """Give a page that MkDocs renders."""
    named = page.path in IN_NAVIGATION
    return File.generated(
        config,
        page.path,
        content=render_markdown(page),
        inclusion=InclusionLevel.INCLUDED if named else InclusionLevel.NOT_IN_NAV,
    )
