"""The generated pages and files as MkDocs sees them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from papercatalog.build.routing import IN_NAVIGATION
from papercatalog.outputs import is_source
from papercatalog.outputs.artifacts import PageArtifact, page_url, render_markdown


class KnownFile(File):
    """A file that is written after MkDocs' own: it knows the address, for links to it."""

    def is_documentation_page(self) -> bool:
        """Keep a page out of MkDocs' own building."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave the writing to others."""


class CatalogPage(File):
    """A page that MkDocs renders. Its body is no Markdown for other plugins to change."""

    body: str
    """HTML."""


class CatalogFiles(Files):
    """The files of the site; those that MkDocs does not build are made when something names them.

    While `is_listing`, they are among the pages: other plugins look at them before MkDocs does.
    """

    def __init__(
        self,
        files: Iterable[File],
        others: Collection[str],
        config: MkDocsConfig,
    ) -> None:
        """``others`` are the paths of pages, below ``docs``, and of files."""
        super().__init__(files)
        self._others = others
        self._config = config
        self.is_listing = True

    def get_file_from_path(self, path: str) -> File | None:
        """Give the file with a path below ``docs``."""
        found = super().get_file_from_path(path)
        if found is None and path in self._others:
            return make_known_file(path, self._config)
        return found

    def end_listing(self) -> None:
        """Begin MkDocs' building; nobody misses pages of ours in a navigation that people wrote."""
        self.is_listing = False
        if self._config.nav is not None:
            for file in self:
                if isinstance(file, CatalogPage):
                    file.inclusion = InclusionLevel.NOT_IN_NAV

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> Sequence[File]:
        """Give the pages, as `Files` does."""
        pages = super().documentation_pages(inclusion=inclusion)
        if not self.is_listing or not inclusion(InclusionLevel.NOT_IN_NAV):
            return pages
        known = {page.src_uri for page in pages}
        others = (path for path in self._others if is_page(path) and path not in known)
        return [*pages, *(make_known_file(path, self._config) for path in sorted(others))]


def find_replaced(files: Iterable[File], paths: Iterable[str], docs: str) -> list[File]:
    """Find the files of ``docs`` in whose places files of ours are written."""
    ours = {destination(path) for path in paths}
    return [file for file in files if file.dest_uri in ours and file.src_dir == docs]


def find_withheld(sources: Iterable[File], paths: Container[str]) -> list[File]:
    """Find the sources of pages of ours that ``exclude_docs`` or ``draft_docs`` withhold."""
    return [
        file
        for file in sources
        if file.inclusion.value <= InclusionLevel.DRAFT.value and file.src_uri in paths
    ]


def destination(path: str) -> str:
    """Give where in the site a page or file of ours is written."""
    return f"{page_url(path)}index.html" if is_page(path) else path


def take_sources(files: Files, config: MkDocsConfig) -> list[File]:
    """Remove the files that are not published as they are, and give them."""
    taken = [file for file in files if is_left_out(file, config)]
    for file in taken:
        files.remove(file)
    return taken


def is_left_out(file: File, config: MkDocsConfig) -> bool:
    """Whether a file is not published as it is: a source, a link, or the theme's own sitemap."""
    is_themes_sitemap = file.src_uri == "sitemap.xml" and file.src_dir != config.docs_dir
    return is_themes_sitemap or is_source(file.src_uri) or leads_outside(file)


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
    """Give a page or file that is written after MkDocs' own, with the text that people change."""
    file = KnownFile(
        path,
        None,
        config.site_dir,
        use_directory_urls=True,
        dest_uri=destination(path),
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    source = Path(config.docs_dir, path)
    if source.is_file():
        file.abs_src_path = str(source)
    else:
        file.content_string = ""
    return file


def make_page_file(page: PageArtifact, config: MkDocsConfig) -> File:
    """Give a page that MkDocs renders: its facts are in the file, its body is beside it."""
    named = page.path in IN_NAVIGATION
    facts, mark, body = render_markdown(page).partition("\n---\n")
    file = CatalogPage.generated(
        config,
        page.path,
        content=f"{facts}{mark}",
        inclusion=InclusionLevel.INCLUDED if named else InclusionLevel.NOT_IN_NAV,
    )
    assert isinstance(file, CatalogPage)  # noqa: S101, MkDocs says no more than File
    file.body = body
    source = Path(config.docs_dir, page.path)
    if source.is_file():  # plugins that date pages ask for the file that people change
        file.abs_src_path, file.generated_by, file.edit_uri = str(source), None, None
    return file
