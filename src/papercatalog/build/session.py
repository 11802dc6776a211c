"""One build of a catalog's site, from its pages to its files.

The phases in the order in which they run, each a method, and the MkDocs event that calls it:

- load, add_pending, derive: ``papercatalog build`` calls them first; else ``make_artifacts`` does
- stage: ``on_pre_build``; MkDocs and we write to the folder that it gives
- make_artifacts, route: ``on_files``
- add_other_files: ``on_env``, when all of MkDocs' files are known
- take_page: ``on_post_page``, for each page that the theme renders
- write: ``on_post_build``
- publish: ``on_post_build`` too, after those of all other plugins, if nothing was wrong
- measure: ``papercatalog build``, for its report
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeGuard

from papercatalog.build.context import edit_papers, make_context
from papercatalog.build.derived import Derived
from papercatalog.build.incremental import (
    BuildRecord,
    PreviousBuild,
    load_previous,
    measure_growing,
    save_record,
)
from papercatalog.build.page_shell import PLACEHOLDERS, PageKind, PageShell, cut_shell
from papercatalog.build.partition import SitePart, describe_part, take_part
from papercatalog.build.routing import Route, route
from papercatalog.build.segments import render_and_index
from papercatalog.build.size_report import SiteSize, measure_site
from papercatalog.build.slimming import slim_page
from papercatalog.build.staging import drop_stage, find_published, make_stage, publish_stage
from papercatalog.build.theme_assets import MISSING_PAGE, CatalogAssets
from papercatalog.build.writer import SiteWriter
from papercatalog.curation.pending import plan_pending
from papercatalog.model.catalog import Catalog
from papercatalog.model.loading import inspect_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.outputs import build_artifacts, sitemap
from papercatalog.outputs.artifacts import Artifact, FileArtifact, FileGroup, PageArtifact
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.outputs.papers import make_paper_page
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.files import Root
from papercatalog.runtime.progress import show_progress, timed


class Session:
    """One build. It is used once; its background work must be stopped at the end.

    `measure` and `rewrite_papers` may follow after that.
    """

    def __init__(self, root: Root, *, part: SitePart | None = None) -> None:
        """Begin a build of the catalog in ``root``, or of a ``part`` of its site."""
        self._root, self._part, self._has_index = root, part, part is None
        self.problems: Sequence[Problem] = ()
        """What is wrong with the catalog's pages; then with digests, too."""
        self.pending = 0
        """Papers of digests that have no page yet; the site has them all the same."""
        self.uncertain = 0
        """Papers of digests that may have a page already; the site leaves them out."""
        self.steps: dict[str, float] = {}
        """The seconds that each step took."""
        self.has_ended = False
        self._loaded: Catalog | None = None
        self._catalog: Catalog | None = None
        self._derived: Derived | None = None
        self._context: Context | None = None
        self._route = Route()
        self._rendered: Set[str] = frozenset()
        self._other_files: Sequence[str] = ()
        self._site = self._stage = Path()
        self._previous = PreviousBuild()
        self._record = BuildRecord()
        self._shells: dict[PageKind, PageShell] = {}
        self._shared_files: dict[str, str] = {}
        """Scripts and styles that pages share, by path below the site."""
        self.assets: CatalogAssets | None = None
        """Replaces the theme's style sheets and script in pages of ours; without it they stay."""
        self._sizes: Mapping[str, int] = {}
        """The sizes, in bytes, of the files in the generated folders."""

    # Phase: load.

    def load(self) -> Catalog:
        """Load the catalog from disk; ``problems`` has what is wrong with it."""
        with timed(self.steps, "loading"), closing(Cache(self._root)) as cache:
            self._loaded, self.problems = inspect_catalog(self._root, cache)
        return self._loaded

    # Phase: add what is pending.

    def add_pending(self) -> Catalog:
        """Add the papers of digests that have no page yet; nothing is written to ``docs``."""
        catalog = self._loaded or self.load()
        with timed(self.steps, "loading"), closing(Cache(self._root)) as cache:
            plan = plan_pending(self._root, catalog, cache)
        if plan:
            catalog = plan.apply(catalog)
            self.problems = (*self.problems, *plan.report.problems)
            self.pending, self.uncertain = len(plan.new), len(plan.uncertain)
        self._catalog = catalog
        return catalog

    def describe_pending(self) -> Iterator[str]:
        """Say what of the digests has no page yet, and what to do; nothing if all has."""
        if self.pending:
            yield (
                f"papers of seeds/ that have no page yet: {self.pending:,}; the site has them, "
                "and papercatalog import makes their pages"
            )
        if self.uncertain:
            yield (
                f"papers of seeds/ that may have a page already: {self.uncertain:,}; the site "
                "leaves them out, and papercatalog import shows them for a decision"
            )

    # Phase: derive.

    def derive(self) -> Derived:
        """Render and index all papers; start to find related papers and to build the index.

        Both go on in the background. `outputs.search` takes the index's files when they are
        written. A part's site gets no index: `partition.merge_parts` builds that of the whole; only
        saved searches need one all the same.
        """
        catalog = self._catalog or self.add_pending()
        with timed(self.steps, "rendering"), closing(Cache(self._root)) as cache:
            texts = render_and_index(catalog, cache)
        with_index = self._has_index or bool(catalog.searches)
        self._derived = Derived(catalog, texts, with_index=with_index)
        return self._derived

    # Phase: stage.

    def stage(self, site: Path, *, forget: bool = False) -> Path:
        """Make the folder that all of the build is written to; see `staging`.

        With ``forget`` nothing of the previous build is kept: all will be made anew.
        """
        self._site = site
        if forget:
            self._previous = PreviousBuild(found=find_published(site))
        else:
            with closing(Cache(self._root)) as cache:
                self._previous = load_previous(cache, site)
        self._stage = make_stage(site)
        return self._stage

    # Phase: make artifacts.

    def make_artifacts(self, site: SiteInfo, *, without: Collection[str] = ()) -> list[Artifact]:
        """Build the site's artifacts, but those of the outputs named ``without``.

        Pages and groups of files are made later, when they are written.
        """
        self._context = make_context(site, self._derived or self.derive())
        without = without if self._has_index else {*without, "search-files"}
        return list(build_artifacts(self._context, without=without))

    def route(
        self,
        artifacts: Sequence[Artifact],
        *,
        nav: object,
        listeners: Sequence[str],
        with_shells: bool,
    ) -> Route:
        """Decide which of the artifacts the theme renders; see `routing.route`.

        The theme renders its pages in each part, since they depend on each other.
        """
        self._route = route(artifacts, nav, listeners, with_shells=with_shells)
        if self._part and self._context:
            taken = take_part(self._route.others, self._part)
            segment = describe_part(self._context, self._part)
            self._route = replace(self._route, others=[*taken, segment])
        self._rendered = self._route.rendered
        return self._route

    # Phase: take what the theme renders.

    def add_other_files(self, files: Mapping[str, str], pages: Iterable[str]) -> None:
        """Take others' files by source path, and addresses of their pages for the sitemap."""
        placeholders = self._route.placeholders
        self._other_files = [path for source, path in files.items() if source not in placeholders]
        if self._context:
            made = sitemap.build(self._context.with_pages(pages))
            made = take_part(made, self._part) if self._part else made
            self._route = replace(self._route, others=[*self._route.others, *made])

    def take_page(
        self, path: str, html: str, content: str, root: str, protect: Callable[[str, str], str]
    ) -> str:
        """Take a page as the theme rendered it, and give it as it is to be written.

        Pages of ours are slimmed. Of a placeholder page the shell is kept, and nothing is written.

        Args:
            path: The page's Markdown file, relative to ``docs``.
            html: The page.
            content: The page's own part of that.
            root: Leads from the page to the site's root: ``../../``, or empty at the root itself.
            protect: Writes the security policy into a page, given its own part, too.
        """
        if path not in {*self._rendered, MISSING_PAGE}:
            return protect(html, content)
        slim = slim_page(html, content, root, PLACEHOLDERS, self.assets)
        self._shared_files |= slim.files
        kind = self._route.placeholders.get(path)
        if kind is None:
            return protect(slim.html, content)
        self._shells[kind] = cut_shell(protect(slim.html, content), kind)
        return ""

    # Phase: write.

    def write(self) -> None:
        """Write what is new or changed to the stage.

        Pages that show related papers come late, and groups of files, such as the index, last:
        both are made in the background meanwhile.
        """
        every = list(self._route.others)
        every += (FileArtifact(path, text.encode()) for path, text in self._shared_files.items())
        if self.assets and self._catalog:
            every += self.assets.build(self._stage, self._catalog.vocabulary)
        groups = [one for one in every if isinstance(one, FileGroup)]
        early = [one for one in every if not (isinstance(one, FileGroup) or _is_late(one))]
        late = list(filter(_is_late, every))
        writer = SiteWriter(self._stage, self._shells, self._previous)

        def write_pages() -> Iterable[str]:
            yield from writer.write(early)
            if late and self._derived:
                self._derived.wait_for_related()
            yield from writer.write(late)

        with timed(self.steps, "writing"):
            for _ in show_progress(write_pages(), "writing pages", len(early) + len(late)):
                pass
        with timed(self.steps, "indexing"):
            for group in groups:
                writer.write_group(group)
        self._record = writer.record

    # Phase: publish.

    def publish(self) -> None:
        """Move all that was written into the site, and remove what is no part of it any more."""
        with timed(self.steps, "publishing"):
            kept = self._record.files.keys()
            publish_stage(self._site, self._previous.found, kept)
            with closing(Cache(self._root)) as cache:
                save_record(cache, self._site, self._record)
        self._sizes = measure_growing(self._site, self._record, self._other_files)

    # Phase: measure.

    def measure(self) -> SiteSize:
        """Measure the site that was written."""
        return measure_site(self._site, self._sizes)

    def close(self) -> None:
        """Stop the background work, and drop what was not published; may be called again."""
        if self._derived is not None:
            self._derived.close()
        if not self.has_ended and self._stage != Path():
            drop_stage(self._site)
        self._previous = PreviousBuild()
        self.has_ended = True

    # After the build, on a live site.

    def rewrite_papers(self, papers: Sequence[Paper]) -> bool:
        """Write the pages of edited papers into the site, and leave what follows to the next build.

        Gives whether it could: the papers must be where they were, and their topics known.
        """
        if self._context is None or self._derived is None or not self._shells:
            return False
        context = edit_papers(self._context, self._derived, papers)
        if context is None:
            return False
        writer = SiteWriter(make_stage(self._site), self._shells, PreviousBuild())
        written = list(writer.write([make_paper_page(context, paper) for paper in papers]))
        publish_stage(self._site, {}, set())
        return len(written) == len(papers)


def _is_late(artifact: Artifact) -> TypeGuard[PageArtifact]:
    return isinstance(artifact, PageArtifact) and artifact.shows_related
