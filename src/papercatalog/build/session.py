"""One build of a catalog's site, from its pages to its files.

The phases, in their order: `Session.load`, `Session.add_pending`, `Session.derive`,
`Session.make_artifacts`, `Session.write` and `Session.measure`. Between making and writing, the
theme renders placeholder pages and the pages that a navigation names: `plugin` has MkDocs do that.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from papercatalog.build.context import make_context, relate_in
from papercatalog.build.derived import Derived
from papercatalog.build.incremental import (
    FOLDERS,
    PreviousBuild,
    drop_hidden,
    hide_folders,
    load_previous,
    remove_stale,
    restore_folders,
    save_record,
)
from papercatalog.build.page_shell import (
    PLACEHOLDERS,
    PageKind,
    PageShell,
    cut_shell,
)
from papercatalog.build.partition import Part, describe_part, take_part
from papercatalog.build.routing import Route, route
from papercatalog.build.segments import read_texts
from papercatalog.build.size_report import SiteSize, measure_site
from papercatalog.build.slimming import slim_page
from papercatalog.build.writer import SiteWriter
from papercatalog.curation.pending import plan_pending
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.loading import inspect_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.problems import Problem
from papercatalog.outputs import build_artifacts
from papercatalog.outputs.artifacts import Artifact, FileArtifact, FileGroup, PageArtifact
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.outputs.papers import make_paper_page
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.progress import show_progress, timed


class Session:
    """One build. A session is used once; `close` must be called at its end."""

    def __init__(self, root: Path, *, part: Part | None = None) -> None:
        """Begin a build of the catalog in ``root``, or of a ``part`` of its site."""
        self._root, self._part = root, part
        self.problems: Sequence[Problem] = ()
        """What is wrong with the catalog's pages; then with digests, too."""
        self.pending = 0
        """Papers of digests that have no page yet; they are shown all the same."""
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
        self._site = Path()
        self._previous = PreviousBuild()
        self._shells: dict[PageKind, PageShell] = {}
        self._shared_files: dict[str, str] = {}
        """Scripts and styles that pages share, by path below the site."""
        self._sizes: Mapping[str, int] = {}
        """The sizes, in bytes, of the files in the generated folders."""

    # Phase 1: load.

    def load(self) -> Catalog:
        """Load the catalog from disk; ``problems`` has what is wrong with it."""
        with timed(self.steps, "loading"), closing(Cache(self._root)) as cache:
            self._loaded, self.problems = inspect_catalog(self._root, cache)
        return self._loaded

    # Phase 2: plan what is pending.

    def add_pending(self) -> Catalog:
        """Add the papers of digests that have no page yet; nothing is written to ``docs``."""
        catalog = self._loaded or self.load()
        with timed(self.steps, "loading"), closing(Cache(self._root)) as cache:
            plan = plan_pending(self._root, catalog, cache)
        if plan:
            catalog = plan.apply(catalog)
            self.problems = (*self.problems, *plan.report.problems)
            self.pending = len(plan.new)
        self._catalog = catalog
        return catalog

    # Phase 3: derive.

    def derive(self) -> Derived:
        """Read all texts; start to find related papers and to build the index, in the background.

        An index is not built for a part: `partition.merge_parts` builds that of the whole.
        """
        catalog = self._catalog or self.add_pending()
        with timed(self.steps, "reading"), closing(Cache(self._root)) as cache:
            texts = read_texts(catalog, cache)
        self._derived = Derived(catalog, texts, with_index=self._part is None)
        return self._derived

    # Phase 4: make artifacts.

    def make_artifacts(self, site: SiteInfo, *, without: Collection[str] = ()) -> list[Artifact]:
        """Make the site's pages and files, but those of the outputs named; none is rendered yet."""
        self._context = make_context(site, self._derived or self.derive())
        without = without if self._part is None else {*without, "index"}
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

    # Phase 5: write.

    def hide_previous(self, site: Path, *, forget: bool = False) -> None:
        """Hide the previous build's pages from a cleaning of the ``site`` folder that comes next.

        With ``forget`` they are not kept: all will be made anew.
        """
        self._site = site
        if forget:
            drop_hidden(site)
            return
        with closing(Cache(self._root)) as cache:
            self._previous = load_previous(cache, site)
        hide_folders(site)

    def add_other_files(self, files: Mapping[str, str]) -> None:
        """Name the files that others write: their paths in the site, by source path."""
        placeholders = self._route.placeholders
        self._other_files = [path for source, path in files.items() if source not in placeholders]

    def restore_previous(self) -> None:
        """Move the previous build's pages back."""
        restore_folders(self._site)

    def take_page(self, path: str, html: str, content: str, root: str) -> str:
        """Take a page as the theme rendered it, and give it as it is to be written.

        Pages of ours are slimmed. Of a placeholder page the shell is kept, and nothing is written.

        Args:
            path: The page's Markdown file, relative to ``docs``.
            html: The page.
            content: The page's own part of that.
            root: Leads from the page to the site's root: ``../../``, or empty at the root itself.
        """
        if path not in self._rendered:
            return html
        slim = slim_page(html, content, root, PLACEHOLDERS)
        self._shared_files |= slim.files
        kind = self._route.placeholders.get(path)
        if kind is None:
            return slim.html
        self._shells[kind] = cut_shell(slim.html, kind)
        return ""

    def write(self) -> None:
        """Write what is new or changed below the site, and remove what is there no more.

        Pages that show related papers come late, and groups of files, such as the index, last:
        both are made in the background meanwhile.
        """
        every = list(self._route.others)
        every += (FileArtifact(path, text.encode()) for path, text in self._shared_files.items())
        groups = [one for one in every if isinstance(one, FileGroup)]
        early = [one for one in every if not (isinstance(one, FileGroup) or _is_late(one))]
        late = [one for one in every if isinstance(one, PageArtifact) and one.shows_related]
        writer = SiteWriter(self._site, self._shells, self._previous)

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
        with closing(Cache(self._root)) as cache:
            save_record(cache, self._site, writer.record)
        self._sizes = _measure_files(self._site, writer, self._other_files)
        remove_stale(self._site, self._previous, self._sizes)

    # Phase 6: report.

    def measure(self) -> SiteSize:
        """Measure the site that was written."""
        return measure_site(self._site, self._sizes)

    def close(self) -> None:
        """Stop the background work if it still goes on; may be called twice."""
        if self._derived is not None:
            self._derived.close()
        self._previous = PreviousBuild()
        self.has_ended = True

    # After the build, on a live site.

    def rewrite_papers(self, papers: Sequence[Paper]) -> bool:
        """Write the pages of edited papers into the site that was written.

        All that follows from an edit elsewhere, such as related papers, is left to the next build.
        Gives whether it could: the papers must be where they were, and their topics known.
        """
        if self._context is None or self._derived is None or not self._shells:
            return False
        before = self._context.catalog
        if not all(_is_edited_only(paper, before) for paper in papers):
            return False
        edited = {paper.id: paper for paper in papers}
        after = build_catalog(
            (edited.get(paper.id, paper) for paper in before.papers),
            before.vocabulary,
            before.introduction,
        )
        context = replace(self._context, catalog=after, related=relate_in(after, self._derived))
        writer = SiteWriter(self._site, self._shells, PreviousBuild())
        pages = [make_paper_page(context, paper) for paper in papers]
        return len(list(writer.write(pages))) == len(papers)


def _is_late(artifact: Artifact) -> bool:
    return isinstance(artifact, PageArtifact) and artifact.shows_related


def _is_edited_only(paper: Paper, before: Catalog) -> bool:
    """Tell whether a paper is in a catalog under the same path, with topics of that catalog."""
    there = before.by_id.get(paper.id)
    topics: Container[str] = before.vocabulary.by_slug.keys()
    return (
        there is not None
        and there.path == paper.path
        and all(slug in topics for slug in paper.topics)
    )


def _measure_files(site: Path, writer: SiteWriter, others: Iterable[str]) -> dict[str, int]:
    """Give the size, in bytes, of each file in the generated folders, by path."""
    sizes = {path: file.size for path, file in writer.record.files.items()}
    for path in set(others) - sizes.keys():
        if (file := site / path).is_file():
            sizes[path] = file.stat().st_size
    return {path: size for path, size in sizes.items() if path.partition("/")[0] in FOLDERS}
