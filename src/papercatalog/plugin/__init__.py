"""The MkDocs plugin: turns MkDocs' events into calls of a build session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from papercatalog.build.security_policy import SecurityPolicy, allow_form, find_policy_faults, holds
from papercatalog.build.session import Session
from papercatalog.build.theme_assets import (
    CatalogAssets,
    find_missing_content,
    shows_by_script,
)
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.outputs import SCRIPT, STYLES
from papercatalog.outputs.artifacts import TEMPLATE, HomeArtifact
from papercatalog.outputs.templates import TemplateError
from papercatalog.plugin.config import (
    Settings,
    describe_site,
    folder_of,
    make_module,
    uses_theme_script,
)
from papercatalog.plugin.files import (
    CatalogFiles,
    CatalogPage,
    find_replaced,
    find_withheld,
    make_page_file,
    take_sources,
)
from papercatalog.plugin.home import HOME, HomePage, find_home, is_home
from papercatalog.plugin.live import LiveReload
from papercatalog.plugin.messages import (
    has_warned,
    hide_placeholders,
    log,
    report_problems,
    report_replaced,
    warn_of_changed_text,
    warn_of_search_box,
    warn_of_withheld,
)
from papercatalog.plugin.other_plugins import drop_dates, find_page_listeners, keep_preview
from papercatalog.plugin.requirements import (
    drop_instant_navigation,
    lacks_search_box,
    prepare_templates,
    require_directory_urls,
    require_material,
    tell_of_address,
    warn_of_search,
)

THEME = Path(__file__).parents[1] / "theme"
FIRST, LAST, AFTER_ALL = 100, -100, -1000
"""Priorities of events: before, and after, other plugins and hooks; after those that are last."""


class PaperCatalogPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Renders a catalog as part of a MkDocs site."""

    def __init__(self) -> None:
        self.session: Session | None = None
        """The build that goes on or was the last; `run.build_site` gives one to begin with."""
        self._is_live = False
        self._warned, self._is_changed, self._title = False, False, ""
        self._home: HomePage | None = None
        self._site = ""
        """The folder of the site; MkDocs' setting names another one while a build goes on."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Stay the same object for all builds of a live site; MkDocs asks for this method."""
        self._is_live = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates and styles between the user's own and the theme's."""
        require_material(config)
        warn_of_search(config)
        tell_of_address(config)
        drop_instant_navigation(config)
        given = self.config.content_security_policy
        if faults := find_policy_faults(given if isinstance(given, dict) else {}):
            raise PluginError(f"content_security_policy: {'; '.join(faults)}")
        # Tables align cells by an attribute: a style of a cell's own is no part of the policy.
        config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
        place = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(place, str(THEME))
        config.theme.static_templates -= {"sitemap.xml"}
        config.extra_css[:0] = STYLES
        config.extra_javascript.append(make_module(SCRIPT))
        hide_placeholders()
        return config

    @event_priority(LAST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Begin a session, and let MkDocs and other plugins write where it wants the files."""
        require_directory_urls(config)
        self._warned = self._is_changed = False
        if self.session is None or self.session.has_ended:
            self.session = Session(self._folder(config))
        self._site = config.site_dir
        config.site_dir = str(
            self.session.stage(Path(config.site_dir), forget=not self.config.shell)
        )

    @event_priority(FIRST)
    def _add_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Replace the sources of papers and topics by finished pages, and add what is derived."""
        require_directory_urls(config)
        session = self._session()
        sources = take_sources(files, config)
        site = describe_site(
            config,
            docs=self._folder(config).locate("docs/"),
            author_pages=self.config.author_pages,
            mail_form=self.config.mail_form,
            mail_field=self.config.mail_field,
        )
        artifacts = session.make_artifacts(site, without={"sitemap"})
        report_problems(session, self._folder(config))
        route = session.route(
            artifacts,
            nav=config.nav,
            listeners=find_page_listeners(config, self),
            with_shells=self.config.shell,
        )
        if route.reasons:
            log.info("every page is rendered by itself because of %s", ", ".join(route.reasons))
        warn_of_withheld(find_withheld(sources, route.paths), self._folder(config))
        home = find_home(files, config)
        self._home = next(HomePage(one) for one in route.pages if isinstance(one, HomeArtifact))
        try:
            made = [make_page_file(page, config) for page in route.pages if page.url]
        except TemplateError as error:
            raise PluginError(str(error)) from None
        paths = route.paths - {HOME}
        replaced = find_replaced(files, paths, config.docs_dir)
        report_replaced(replaced, self._folder(config))
        gone = {*paths, home.src_uri, *(file.src_uri for file in replaced)}
        given = [file for file in files if file.src_uri not in gone]
        return CatalogFiles([home, *given, *made], paths, config)

    @event_priority(LAST)
    def _end_listing(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Keep pages that MkDocs does not build from its building, once others have seen them."""
        if isinstance(files, CatalogFiles):
            files.end_listing()
        return files

    on_files = CombinedEvent(_add_files, _end_listing)

    @event_priority(FIRST)
    def _hide_text(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Hide a paper's title from all that takes titles and Markdown for templates."""
        if isinstance(page.file, CatalogPage):
            self._title, page.title = page.title, ""
        keep_preview(page)
        return markdown

    @event_priority(LAST)
    def _show_text(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Put title and body into a page of ours, and placeholders into the home page."""
        if self._home and is_home(page.file):
            return self._home.begin(page, markdown)
        if not isinstance(page.file, CatalogPage):
            return markdown
        page.title = self._title
        return page.file.body

    on_page_markdown = CombinedEvent(_hide_text, _show_text)

    @event_priority(LAST)
    def on_page_content(
        self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Put the catalog's parts into the home page."""
        return self._home.end(page, html) if self._home and is_home(page.file) else html

    @event_priority(LAST)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Take dates of changes from a page that has no file of its own to change."""
        if isinstance(page.file, CatalogPage) or is_home(page.file):
            drop_dates(page, config)
        return context

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let templates' tags leave no blank lines behind, and name the theme's templates."""
        if not (self.config.whole_theme or uses_theme_script(config, files)):
            self._session().assets = CatalogAssets()
        prepare_templates(env, config, THEME)
        pages = files.documentation_pages()
        self._session().add_other_files(
            {file.src_uri: file.dest_uri for file in files},
            [file.url for file in pages if not (isinstance(file, CatalogPage) or is_home(file))],
        )
        return env

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Slim a page of ours, and keep a placeholder page out of the site."""
        root, content = "../" * page.url.count("/"), page.content or ""
        if self._has_policy and not self._is_changed and not holds(output, content):
            self._is_changed = True
            warn_of_changed_text(page.file.src_uri)
        if not self._warned and lacks_search_box(output, page.meta):
            self._warned = True
            warn_of_search_box(page.file.src_uri)
        session, path = self._session(), page.file.src_uri
        if is_home(page.file):
            path = HOME
            if page.meta.get("template") != TEMPLATE or shows_by_script(content):
                return self._protect(output, content)
            if session.assets:
                session.assets.add_content(content)
        return session.take_page(path, output, content, root, self._protect)

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Protect the theme's own pages; slim ours for addresses without one."""
        if own := find_missing_content(template_name, output_content):
            root = urlsplit(config.site_url or "/").path or "/"
            take = self._session().take_page
            return take(template_name, output_content, own, root, self._protect)
        return self._protect(output_content) if template_name.endswith(".html") else output_content

    def _write(self, *, config: MkDocsConfig) -> None:
        """Write what is new or changed of all that MkDocs has not built itself."""
        try:
            self._session().write()
        except TemplateError as error:
            raise PluginError(str(error)) from None

    @event_priority(AFTER_ALL)
    def _publish(self, *, config: MkDocsConfig) -> None:
        """Publish the site, unless MkDocs is going to fail because of warnings."""
        session = self._session()
        if not (config.strict and has_warned()):
            session.publish()
        config.site_dir = self._site
        session.close()

    on_post_build = CombinedEvent(_write, _publish)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave no process and no half site behind."""
        if self.session is not None:
            self.session.close()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Build again when a digest changes; show an edited paper before the rest is built."""
        root = self._folder(config)
        live = LiveReload(root, builder, lambda papers: self._session().rewrite_papers(papers))
        server.builder = live.rebuild
        for place in (root / "seeds", live.flag):
            if place.exists():
                server.watch(str(place))
        return server

    def _protect(self, html: str, content: str = "") -> str:
        """Write the security policy into a page, if it has one."""
        if not self._has_policy:
            return html
        given = self.config.content_security_policy
        more = allow_form(given if isinstance(given, dict) else {}, self.config.mail_form)
        return SecurityPolicy(more).protect(html, content)

    @property
    def _has_policy(self) -> bool:
        """Whether pages get a policy; on a live site they do not, whose reload runs inline."""
        return not self._is_live and bool(self.config.content_security_policy)

    def _folder(self, config: MkDocsConfig) -> CatalogFolder:
        return folder_of(config, self.config.seeds, self.config.cache)

    def _session(self) -> Session:
        assert self.session is not None  # noqa: S101, on_pre_build comes first
        return self.session
