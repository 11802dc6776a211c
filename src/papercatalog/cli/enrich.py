"""``papercatalog enrich``: fills in facts that pages lack, from files and services."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from papercatalog.cli.common import (
    DRY_RUN,
    NOTHING_WRITTEN,
    changes_catalog,
    load_or_stop,
    require_catalog,
)
from papercatalog.cli.services import (
    NOT_FETCHED,
    Filler,
    attempt,
    fetch_days,
    fetch_papers,
    make_fetcher,
)
from papercatalog.cli.source_files import PATH, read_files
from papercatalog.curation.enrich import (
    RecordOutcome,
    find_lacking,
    plan_enrichment,
)
from papercatalog.curation.enrich_report import render_enrichment, render_enrichment_json
from papercatalog.curation.import_plan import PagesChangedError, write_updates
from papercatalog.model.catalog import Catalog
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.runtime.printing import say, say_json
from papercatalog.runtime.progress import show_progress
from papercatalog.sources.record import ParsedSource

MOST_SHOWN = 20
"""Records without a page that are named; a service's answers to a title have many."""


@click.command()
@click.argument("sources", nargs=-1, type=PATH)
@DRY_RUN
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
@changes_catalog
def enrich(root: CatalogFolder, sources: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    """Fill in facts that pages lack, such as identifiers and authors.

    SOURCES are files or folders in any format that `import` reads, such as a table of facts: one
    paper a row, with its title, and a column for each fact. Without SOURCES, services are asked:
    Daily Papers for the days of papers that have no identifier, arXiv and Crossref for papers
    that have one, Daily Papers and OpenAlex for what these do not know, then arXiv for each
    remaining title, one every three seconds.

    A record is used if it is surely a page's paper: by arXiv id, DOI or title, or by a similar
    title with the same authors or abstract. Facts of a page are never replaced, and no page is
    made. The last three lines count every piece, record and fact that was read. Named, with what
    to do, are: facts that a page has otherwise, records that match no page or not surely, and
    rows whose column `sure` says no.

    \b
        papercatalog enrich facts.csv --dry-run
        papercatalog enrich library.bib facts.jsonl
        papercatalog enrich
    """
    require_catalog(root)
    catalog = load_or_stop(root)
    parsed_sources = read_files(root, sources, None) if sources else ask_services(root, catalog)
    try:
        enrichment = plan_enrichment(catalog, parsed_sources)
    except RuntimeError as error:
        message = (
            f"{error}, so nothing was written; this is a bug: please report it with the source"
        )
        raise click.ClickException(message) from None
    if not dry_run:
        try:
            write_updates(root, enrichment.updates)
        except PagesChangedError as error:
            raise click.ClickException(str(error)) from None
    if as_json:
        say_json(render_enrichment_json(enrichment))
    else:
        for line in render_enrichment(enrichment, shown=MOST_SHOWN if sources else 0):
            say(line)
        if dry_run:
            say(NOTHING_WRITTEN)
    if enrichment.rejected or enrichment.records[RecordOutcome.INVALID]:
        raise SystemExit(1)


def ask_services(root: CatalogFolder, catalog: Catalog) -> list[ParsedSource]:
    """Fetch records of papers that lack facts; titles are searched last, one by one."""
    fetcher = make_fetcher(root)
    lacking = list(find_lacking(catalog))
    days = sorted({paper.date for paper in lacking if not (paper.arxiv or paper.doi)})
    parsed_sources = [*show_progress(fetch_days(fetcher, days), "fetching days", len(days))]
    listed = [update.paper for update in plan_enrichment(catalog, parsed_sources).updates]
    names = {paper.arxiv or paper.doi for paper in (*lacking, *listed)}
    fetched = fetch_papers(fetcher, sorted(name for name in names if name))
    complete = {paper.arxiv for paper in lacking if paper.keywords and paper.links.code}
    filler = Filler(fetcher, required=True)
    parsed_sources += filler.fill_papers(fetched, complete={*filter(None, complete)})
    found = {update.paper.id for update in plan_enrichment(catalog, parsed_sources).updates}
    titles = sorted(
        paper.title for paper in lacking if not (paper.arxiv or paper.doi) and paper.id not in found
    )
    for title in show_progress(titles, "searching titles", len(titles)):
        parsed = attempt("arXiv", partial(fetcher.fetch_arxiv_title, title))
        failed = tuple(problem for problem in parsed.rejected if problem.code == NOT_FETCHED)
        parsed_sources.append(
            replace(
                parsed,
                rejected=failed,
                pieces=parsed.pieces - parsed.rejected_pieces,
                rejected_pieces=0,
            )
        )
        if failed:
            break
    return parsed_sources
