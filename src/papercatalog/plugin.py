"""The MkDocs plugin: turns MkDocs' events into calls of the catalog and the outputs."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from papercatalog.artifact import PageArtifact, page_url, render_markdown
from papercatalog.catalog import Catalog, inspect_catalog
from papercatalog.curate import plan_import
from papercatalog.outputs import build_artifacts
from papercatalog.progress import show_progress
from papercatalog.site import Site
from papercatalog.sources.digest import parse_digest

log: logging.LoggerAdapter[logging.Logger] = get_plugin_logger(__name__)

THEME = Path(__file__).parent / "theme"
IN_NAVIGATION = frozenset({"index.md", "topics/index.md", "dates/index.md"})
"""The pages of ours that a site's navigation may name."""


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in ``mkdocs.yml``: none."""


class PaperCatalogPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Renders a catalog as part of a MkDocs site."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates and styles between the user's own and the theme's."""
        place = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(place, str(THEME))
        config.theme.static_templates -= {"sitemap.xml"}
        config.extra_css.insert(0, "assets/papercatalog.css")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the sources of papers and topics by finished pages, and add what is derived."""
        catalog = load(config)
        ours = [file for file in files.documentation_pages() if _is_source(file.src_uri)]
        for file in ours:
            files.remove(file)
        site = describe_site(config, files)
        for artifact in show_progress(
            build_artifacts(catalog, site), "making pages", len(catalog.entries)
        ):
            if isinstance(artifact, PageArtifact):
                present = files.src_uris.get(artifact.path)
                if present is not None:
                    files.remove(present)
                inclusion = (
                    InclusionLevel.INCLUDED
                    if artifact.path in IN_NAVIGATION
                    else InclusionLevel.NOT_IN_NAV
                )
                content: str | bytes = render_markdown(artifact)
            else:
                inclusion, content = InclusionLevel.NOT_IN_NAV, artifact.content
            files.append(
                File.generated(config, artifact.path, content=content, inclusion=inclusion)
            )
        return files

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when a digest changes."""
        seeds = root_of(config) / "seeds"
        if seeds.is_dir():
            server.watch(str(seeds))
        return server


def root_of(config: MkDocsConfig) -> Path:
    """Give the catalog's folder: the one with the configuration file."""
    return Path(config.config_file_path or ".").resolve().parent


def load(config: MkDocsConfig) -> Catalog:
    """Load the catalog with what is new in its digests; each problem is a warning."""
    root = root_of(config)
    catalog, problems = inspect_catalog(root)
    digests = sorted(root.glob("seeds/**/*.txt"))
    readings = [
        parse_digest(file.read_bytes(), file.relative_to(root).as_posix()) for file in digests
    ]
    plan = plan_import(catalog, readings)
    for problem in (*problems, *plan.account.problems):
        log.warning("%s", problem)
    if plan.new:
        log.info("%d papers of seeds/ have no page yet; they are shown all the same", len(plan.new))
    return plan.apply(catalog)


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


def _is_source(path: str) -> bool:
    return path.startswith(("papers/", "topics/"))
