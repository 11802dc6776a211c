"""The MkDocs plugin: turns MkDocs' events into calls of the catalog and the outputs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from papercatalog.build.incremental import (
    NOTHING,
    Keeper,
    drop_aside,
    look_back,
    set_aside,
    take_back,
)
from papercatalog.build.index_worker import Companion
from papercatalog.build.jobs import plan_job
from papercatalog.build.live import Live
from papercatalog.build.page_shell import MARKS, Place, Shell, cut_shell, find_place, make_specimen
from papercatalog.build.part import Part
from papercatalog.build.prepare import Prepared, prepare
from papercatalog.build.slimming import make_lean
from papercatalog.build.writer import Writing
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs import SCRIPT, STYLES, build_artifacts, is_source
from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.outputs.papers import remake_page
from papercatalog.outputs.site_info import Site
from papercatalog.outputs.template_cache import keep_compiled
from papercatalog.plugin.config import describe_site, make_module, root_of
from papercatalog.plugin.files import IN_NAVIGATION, CatalogFiles, is_page, make_page_file
from papercatalog.plugin.messages import is_worth_telling, tell
from papercatalog.plugin.other_plugins import find_page_listeners, names_in
from papercatalog.plugin.routing import divide, list_paths, pages_in
from papercatalog.runtime.cache import Cache

log: logging.LoggerAdapter[logging.Logger] = get_plugin_logger(__name__)

THEME = Path(__file__).parents[1] / "theme"


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in ``mkdocs.yml``."""

    shell = Type(bool, default=True)
    """Whether the theme renders one page of a depth for all, or each page anew."""


class PaperCatalogPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Renders a catalog as part of a MkDocs site."""

    def __init__(self) -> None:
        self.prepared: Prepared | None = None
        """What the build begins with, where it has been made already."""
        self.part: Part | None = None
        """The part of the site that is wanted; None for the whole."""
        self.shells: dict[Place, Shell] = {}
        """The shells that are cut."""
        self.plan = partial(plan_job, self.shells)
        """Says how an artifact is written, and when anew."""
        self.specimens: dict[str, Place] = {}
        """The places of the specimens, by their paths."""
        self.ours: set[str] = set()
        """The paths of the pages that are made here and that MkDocs renders."""
        self.shared: dict[str, str] = {}
        """The files that hold what our pages would repeat, by path below the site."""
        self.companion: Companion | None = None
        """Makes what is made of all papers' words, meanwhile."""
        self.writing: Writing | None = None
        """What is written after MkDocs' own files."""
        self.sizes: dict[str, int] = {}
        """The sizes, in bytes, of the files in the generated folders after the last build."""
        self.left = NOTHING
        """What the last build left."""
        self.wanted: set[str] = set()
        """The paths of MkDocs' own files."""
        self.built: tuple[Catalog, Site] | None = None
        """What the last build was made of."""
        self.steps: dict[str, float] = {}
        """The seconds that each step of the build took."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates and styles between the user's own and the theme's."""
        if not config.use_directory_urls:
            raise PluginError("papercatalog needs use_directory_urls: true, which is the default")
        place = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(place, str(THEME))
        config.theme.static_templates -= {"sitemap.xml"}
        config.extra_css[:0] = STYLES
        config.extra_javascript.append(make_module(SCRIPT))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the sources of papers and topics by finished pages, and add what is derived."""
        site, root = Path(config.site_dir), root_of(config)
        take_back(site)
        prepared, self.prepared = self.prepared, None
        if prepared is None:
            prepared = prepare(root, Companion(root))
        self.companion = prepared.companion
        self.companion.keep(self.left)
        tell(prepared)
        catalog = prepared.catalog
        for file in [file for file in files if is_source(file.src_uri)]:
            files.remove(file)
        self.built = (catalog, describe_site(config, files))
        artifacts = list(build_artifacts(*self.built))
        ours = set(list_paths(artifacts))
        shelled = self._has_shells(set(filter(is_page, ours)) - IN_NAVIGATION, config)
        own, others = divide(artifacts, shelled=shelled)
        places = dict.fromkeys(map(find_place, pages_in(others)))
        specimens = {place: make_specimen(place) for place in places}
        self.specimens = {page.path: place for place, page in specimens.items()}
        logging.getLogger("mkdocs.commands.build").addFilter(is_worth_telling)
        rendered = [*own, *specimens.values()]
        self.ours, self.shared = {page.path for page in rendered}, {}
        if self.part:
            from papercatalog.build.partition import take_part

            others = list(take_part(catalog, others, self.part))
        self.writing = Writing(catalog, prepared.companion, others, self.plan)
        if not shelled:
            self.writing.relate()
        kept = [file for file in files if file.src_uri not in ours]
        made = [make_page_file(page, config) for page in rendered]
        return CatalogFiles([*kept, *made], ours, config)

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let templates' tags leave no blank lines behind: every page repeats them."""
        env.trim_blocks = env.lstrip_blocks = True
        keep_compiled(env)
        self.wanted = {file.dest_uri for file in files if file.src_uri not in self.specimens}
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
        site = Path(config.site_dir)
        if self.config.shell:
            with closing(Cache.of_built(root_of(config))) as cache:
                self.left = look_back(cache, site)
            set_aside(site)
        else:
            drop_aside(site)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is new or changed of all that MkDocs has not built itself."""
        assert self.writing is not None  # noqa: S101, it was made of MkDocs' files
        shared = (FileArtifact(path, text.encode()) for path, text in self.shared.items())
        site = Path(config.site_dir)
        self.sizes = self.writing.finish(root_of(config), site, self.left, shared, self.wanted)
        self.steps = self.writing.steps
        self._close()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave no process behind."""
        self._close()

    def _close(self) -> None:
        if self.companion is not None:
            self.companion.close()
        self.companion = self.writing = None
        self.left = NOTHING

    def _has_shells(self, ours: Container[str], config: MkDocsConfig) -> bool:
        """Whether pages go through shells; not where somebody else takes part in them.

        ``ours`` are the paths of those that no navigation should name.
        """
        if not self.config.shell:
            return False
        others = find_page_listeners(config, self)
        others += [path for path in names_in(config.nav) if path in ours]
        if others:
            log.info("every page is rendered by itself because of %s", ", ".join(others))
        return not others

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay the same object for all builds of a live site: see `live`."""

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Build again when a digest changes; show a changed paper before the rest is built."""
        root = root_of(config)
        live = Live(root, builder, partial(self._show, Path(config.site_dir)))
        server.builder = live.rebuild
        for place in (root / "seeds", live.flag):
            if place.exists():
                server.watch(str(place))
        return server

    def _show(self, folder: Path, papers: Sequence[Paper]) -> bool:
        """Write the pages of changed papers into the live site, if they are still where they were.

        All that follows from the change is left to the next build.
        """
        if self.built is None or not self.shells:
            return False
        before, site = self.built
        if any(
            paper.id not in before.by_id
            or paper.path != before.by_id[paper.id].path
            or not before.vocabulary.by_slug.keys() >= set(paper.topics)
            for paper in papers
        ):
            return False
        changed = {paper.id: paper for paper in papers}
        after = build_catalog(
            (changed.get(paper.id, paper) for paper in before.papers),
            before.vocabulary,
            before.introduction,
        )
        pages = [remake_page(after, site, paper, before) for paper in papers]
        for _ in Keeper(folder, NOTHING).do_jobs(pages, self.plan):
            pass
        return True
