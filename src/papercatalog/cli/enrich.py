"""``papercatalog enrich``: facts that pages lack, filled in from files and services."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from papercatalog.cli.add import fetch_papers
from papercatalog.cli.common import load_or_stop
from papercatalog.cli.printable import printable
from papercatalog.cli.services import NOT_FETCHED, attempt, fetch_days, make_fetcher
from papercatalog.cli.source_files import PATH, read_files
from papercatalog.curation.enrich import Enrichment, find_lacking, plan_enrichment
from papercatalog.curation.import_plan import write_joins
from papercatalog.model.catalog import Catalog
from papercatalog.runtime.progress import show_progress
from papercatalog.sources.record import ParsedSource


@click.command()
@click.argument("sources", nargs=-1, type=PATH)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def enrich(root: Path, sources: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    """Fill in what pages lack: arXiv id, DOI, authors, day of publishing, links, votes.

    SOURCES are files or folders that `import` reads. Without any, the services are asked: Daily
    Papers for the days of papers without an identifier, arXiv and Crossref for what papers with
    one lack, then arXiv for each title that is left, one in three seconds.

    A record fills in facts where it is surely a page's paper: by arXiv id, DOI or title, or by a
    near title with the same authors or abstract. What is there is never replaced, and no page is
    made. Matches that are not sure are named with the reason.
    """
    catalog = load_or_stop(root)
    parsed_sources = read_files(root, sources, None) if sources else ask_services(root, catalog)
    enrichment = plan_enrichment(catalog, parsed_sources)
    if not dry_run:
        write_joins(root, enrichment.joined)
    if as_json:
        click.echo(json.dumps(render_enrichment_json(enrichment), indent=2, ensure_ascii=False))
    else:
        for line in render_enrichment(enrichment):
            click.echo(printable(line))
        if dry_run:
            click.echo("nothing was written (--dry-run)")
    if enrichment.unreadable:
        raise SystemExit(1)


def ask_services(root: Path, catalog: Catalog) -> list[ParsedSource]:
    """Fetch what may know the facts that papers lack; titles are asked for last, one by one."""
    fetcher = make_fetcher(root)
    lacking = list(find_lacking(catalog))
    days = sorted({paper.date for paper in lacking if not (paper.arxiv or paper.doi)})
    names = (paper.arxiv or paper.doi for paper in lacking)
    parsed_sources = [*show_progress(fetch_days(fetcher, days), "fetching days", len(days))]
    parsed_sources += fetch_papers(fetcher, sorted(name for name in names if name))
    found = {join.paper.id for join in plan_enrichment(catalog, parsed_sources).joined}
    titles = sorted(
        paper.title for paper in lacking if not (paper.arxiv or paper.doi) and paper.id not in found
    )
    for title in show_progress(titles, "asking for titles", len(titles)):
        parsed = attempt("arXiv", partial(fetcher.fetch_arxiv_title, title))
        failed = tuple(problem for problem in parsed.rejected if problem.code == NOT_FETCHED)
        parsed_sources.append(replace(parsed, rejected=failed))
        if failed:
            break
    return parsed_sources


def render_enrichment(enrichment: Enrichment) -> Iterator[str]:
    """Write the report in lines for people, the sums last."""
    for join in enrichment.joined:
        gained = ", ".join(join.facts)
        yield f"docs/{join.paper.path}: {gained} ({enrichment.reasons[join.paper.id]})"
    yield from map(str, (*enrichment.refused, *enrichment.unreadable))
    yield (
        f"read {enrichment.records} records: {enrichment.used} fill in facts of "
        f"{len(enrichment.joined)} pages, {enrichment.there} know no more than the page, "
        f"{len(enrichment.refused)} refused, {enrichment.unknown} of papers without a page"
    )


def render_enrichment_json(enrichment: Enrichment) -> dict[str, object]:
    """Give the report as plain data."""
    return {
        "records": enrichment.records,
        "pages": {
            join.paper.id: {"facts": dict(join.facts), "reason": enrichment.reasons[join.paper.id]}
            for join in enrichment.joined
        },
        "used": enrichment.used,
        "there": enrichment.there,
        "refused": [str(problem) for problem in enrichment.refused],
        "unknown": enrichment.unknown,
        "unreadable": [str(problem) for problem in enrichment.unreadable],
    }
