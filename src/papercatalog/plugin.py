"""The MkDocs plugin: turns MkDocs' events into calls of the catalog and the outputs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from papercatalog.artifact import FileArtifact, PageArtifact, page_url, render_markdown
from papercatalog.cache import Cache
from papercatalog.catalog import Catalog, inspect_catalog, render_abstracts
from papercatalog.curation.curate import plan_import
from papercatalog.files import write_bytes
from papercatalog.keeping import (
    load_pages,
    remove_stale,
    save_pages,
    set_aside,
    take_back,
    write_pages,
)
from papercatalog.lean import make_lean
from papercatalog.outputs import SCRIPT, STYLES, build_artifacts, is_source
from papercatalog.progress import show_progress
from papercatalog.shell import MARKS, SPECIMEN, Place, Shell, cut_shell, find_place, make_specimen
from papercatalog.site import Site
from papercatalog.sources.formats import find_sources, read_source

log: logging.LoggerAdapter[logging.Logger] = get_plugin_logger(__name__)

THEME = Path(__file__).parent / "theme"
IN_NAVIGATION = frozenset({"index.md", "topics/index.md", "dates/index.md", "contribute/index.md"})
"""The pages of ours that a site's navigation may name."""
PAGE_EVENTS = (
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)
"""The events by which a plugin or hook takes part in every single page."""


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in ``mkdocs.yml``."""

    shell = Type(bool, default=True)
    """Whether the theme renders one page of a depth for all, or each page anew."""


class ShellFile(File):
    """A page that the shell renders: MkDocs knows its address, and does not build it."""

    def is_documentation_page(self) -> bool:
        """Keep the page out of MkDocs' own building."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave the writing to the shell, which is not there yet when files are copied."""


class PaperCatalogPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Renders a catalog as part of a MkDocs site."""

    def __init__(self) -> None:
        self.shells: dict[Place, Shell] = {}
        """The shells that are cut."""
        self.specimens: dict[str, Place] = {}
        """The places of the specimens, by their paths."""
        self.shelled: list[PageArtifact] = []
        """The pages to fill into shells."""
        self.ours: set[str] = set()
        """The paths of the pages that are made here, specimens among them."""
        self.shared: dict[str, str] = {}
        """The files that hold what these pages would repeat, by path below the site."""
        self.wanted: set[str] = set()
        """The paths of all the site's files."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates and styles between the user's own and the theme's."""
        if not config.use_directory_urls:
            raise PluginError("papercatalog needs use_directory_urls: true, which is the default")
        place = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(place, str(THEME))
        config.theme.static_templates -= {"sitemap.xml"}
        config.extra_css[:0] = STYLES
        config.extra_javascript.append(_module(SCRIPT))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the sources of papers and topics by finished pages, and add what is derived."""
        catalog = load(config)
        for file in [file for file in files if is_source(file.src_uri)]:
            files.remove(file)
        artifacts = list(build_artifacts(catalog, describe_site(config, files)))
        pages = [artifact for artifact in artifacts if isinstance(artifact, PageArtifact)]
        shelled = self._choose_shelled(pages, config)
        self.shelled = [page for page in pages if page.path in shelled]
        logging.getLogger("mkdocs.commands.build").addFilter(is_worth_telling)
        specimens = {place: make_specimen(place) for place in map(find_place, self.shelled)}
        self.specimens = {page.path: place for place, page in specimens.items()}
        self.ours, self.shared = {page.path for page in pages} | set(self.specimens), {}
        for artifact in artifacts:
            if artifact.path in files.src_uris:
                files.remove(files.src_uris[artifact.path])
            if isinstance(artifact, FileArtifact):
                files.append(File.generated(config, artifact.path, content=artifact.content))
            elif artifact.path in shelled:
                files.append(_shell_file(artifact, config))
            else:
                files.append(_page_file(artifact, config))
        for specimen in specimens.values():
            files.append(_page_file(specimen, config))
        return files

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let templates' tags leave no blank lines behind: every page repeats them."""
        env.trim_blocks = env.lstrip_blocks = True
        self.wanted = {file.dest_uri for file in files}
        return env

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Slim a page of ours; cut a specimen into its shell and keep it out of the site."""
        if page.file.src_uri in self.ours:
            root = "../" * page.url.count("/")
            lean = make_lean(output, page.content or "", root, MARKS)
            self.shared |= lean.files
            output = lean.html
        place = self.specimens.get(page.file.src_uri)
        if place is None:
            return output
        self.shells[place] = cut_shell(output, place)
        return ""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep the last build's pages from the cleaning that comes next."""
        if self.config.shell:
            set_aside(Path(config.site_dir))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Fill the shells and write the pages that are new or changed."""
        site = Path(config.site_dir)
        take_back(site)
        cache = Cache(root_of(config))
        pages = show_progress(self._fill_shells(), "writing pages", len(self.shelled))
        save_pages(cache, site, write_pages(site, load_pages(cache, site), pages))
        cache.close()
        remove_stale(site, self.wanted)
        for path, text in self.shared.items():
            write_bytes(site / path, text.encode())
        self.shelled = []

    def _fill_shells(self) -> Iterator[tuple[str, str, Callable[[], str]]]:
        for page in self.shelled:
            shell = self.shells[find_place(page)]
            yield f"{page.url}index.html", shell.hash(page), partial(shell.fill, page)

    def _choose_shelled(self, pages: list[PageArtifact], config: MkDocsConfig) -> set[str]:
        """Say which pages go through a shell; none where somebody else takes part in pages."""
        if not self.config.shell:
            return set()
        others = find_page_listeners(config, self)
        ours = {page.path for page in pages} - IN_NAVIGATION
        others += [path for path in _names_in(config.nav) if path in ours]
        if others:
            log.info("every page is rendered by itself because of %s", ", ".join(others))
            return set()
        return {page.path for page in pages if find_place(page).depth > 1} - IN_NAVIGATION

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when a digest changes."""
        seeds = root_of(config) / "seeds"
        if seeds.is_dir():
            server.watch(str(seeds))
        return server


def find_page_listeners(config: MkDocsConfig, own: object) -> list[str]:
    """Name the plugins and hooks that take part in single pages."""
    found = set()
    for event in PAGE_EVENTS:
        for method in config.plugins.events[event]:
            owner = getattr(method, "__self__", None)
            if owner is not own:
                found.add(type(owner).__module__ if owner else method.__module__)
    return sorted(found)


def is_worth_telling(record: logging.LogRecord) -> bool:
    """Keep MkDocs from telling that a specimen is not written."""
    return SPECIMEN not in record.getMessage()


def _module(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def _names_in(nav: object) -> list[str]:
    """List the pages that a navigation names."""
    if isinstance(nav, str):
        return [nav]
    below = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [name for item in below for name in _names_in(item)]


def _shell_file(page: PageArtifact, config: MkDocsConfig) -> File:
    return ShellFile(
        page.path,
        None,
        config.site_dir,
        use_directory_urls=True,
        dest_uri=f"{page.url}index.html",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )


def _page_file(page: PageArtifact, config: MkDocsConfig) -> File:
    named = page.path in IN_NAVIGATION
    return File.generated(
        config,
        page.path,
        content=render_markdown(page),
        inclusion=InclusionLevel.INCLUDED if named else InclusionLevel.NOT_IN_NAV,
    )


def root_of(config: MkDocsConfig) -> Path:
    """Give the catalog's folder: the one with the configuration file."""
    return Path(config.config_file_path or ".").resolve().parent


def load(config: MkDocsConfig) -> Catalog:
    """Load the catalog with what is new in its digests; each problem is a warning."""
    root = root_of(config)
    cache = Cache(root)
    catalog, problems = inspect_catalog(root, cache)
    readings = [
        read_source(file.relative_to(root).as_posix(), file.read_bytes())
        for file in find_sources(root / "seeds")
    ]
    plan = plan_import(catalog, readings)
    for problem in (*problems, *plan.account.problems):
        log.warning("%s", problem)
    if plan.new:
        log.info("%d papers of seeds/ have no page yet; they are shown all the same", len(plan.new))
    catalog = plan.apply(catalog)
    render_abstracts(catalog, cache)
    cache.close()
    return catalog


def describe_site(config: MkDocsConfig, files: Files) -> Site:
    """Take from the configuration what the outputs need to know."""
    edit_base = ""
    if config.repo_url and config.edit_uri:
        edit_base = f"{config.repo_url.rstrip('/')}/{config.edit_uri}"
    pages = sorted(page_url(file.src_uri) for file in files.documentation_pages())
    return Site(
        name=config.site_name,
        url=config.site_url or "",
        description=config.site_description or "",
        edit_base=edit_base,
        pages=tuple(pages),
    )
