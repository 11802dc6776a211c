"""Runs an import and prints its report, for `import` and `add`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any

import click

from papercatalog.cli.common import DRY_RUN, NOTHING_WRITTEN, load_or_stop
from papercatalog.cli.side_by_side import render_side_by_side
from papercatalog.curation.import_plan import (
    Choices,
    ImportPlan,
    PagesChangedError,
    UncertainMatch,
    find_changed,
    plan_import,
    write_plan,
)
from papercatalog.curation.import_report import render_report, render_report_json
from papercatalog.model.catalog import Catalog
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.problems import Problem
from papercatalog.runtime.printing import say, say_json
from papercatalog.runtime.progress import show_progress
from papercatalog.sources.record import ParsedSource

MAX_PLANS = 3
"""How often an import is planned anew at most, because pages changed meanwhile."""

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--join",
        metavar="PAPER=PAGE",
        multiple=True,
        help="An uncertain paper is that page's: add its facts there. Two ids.",
    ),
    click.option(
        "--keep",
        metavar="PAPER",
        multiple=True,
        help="An uncertain paper is another one: make a page. An id.",
    ),
    DRY_RUN,
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
)


def import_options(command: Any) -> Any:
    """Add the options that `import` and `add` share to a command."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def run_import(
    root: CatalogFolder,
    catalog: Catalog,
    read: Callable[[], Iterable[ParsedSource]],
    choices: Choices,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Plan an import, write it unless it is a dry run, and print the report.

    A source is let go once its papers are planned. If a page was edited or made while the sources
    were read, the import is planned anew, with the pages as they are then. If anything was
    rejected, the command stops with exit code 1 after all else was written.
    """
    for left in reversed(range(MAX_PLANS)):
        plan, remarks = _plan(catalog, read(), choices)
        if dry_run or not (changed := find_changed(root, plan)):
            break
        if not left:
            raise click.ClickException(f"{PagesChangedError(changed)}; nothing was written")
        say("pages changed while the sources were read: planning the import anew", err=True)
        catalog = load_or_stop(root)
    if not dry_run:
        try:
            write_plan(root, plan, show_progress(plan.new, "writing pages", len(plan.new)))
        except PagesChangedError as error:
            raise click.ClickException(str(error)) from None
    _print_report(plan, remarks, dry_run=dry_run, as_json=as_json)
    if plan.report.problems:
        raise SystemExit(1)


def _plan(
    catalog: Catalog, parsed_sources: Iterable[ParsedSource], choices: Choices
) -> tuple[ImportPlan, list[Problem]]:
    """Plan an import, and collect the remarks of its sources; stop where its sums do not agree."""
    records = 0
    balanced = True
    remarks: list[Problem] = []

    def watched() -> Iterator[ParsedSource]:
        nonlocal records, balanced
        for parsed in parsed_sources:
            records += len(parsed.records)
            balanced &= parsed.balanced()
            remarks.extend(parsed.remarks)
            yield parsed

    plan = plan_import(catalog, watched(), choices)
    report = plan.report
    if not (balanced and report.is_balanced(records)):
        raise click.ClickException(
            "the report's sums do not agree, so nothing was written; this is a bug: please report "
            "it with the source. " + "; ".join(render_report(report))
        )
    check_choices(plan, catalog, choices)
    return plan, remarks


def _print_report(
    plan: ImportPlan, remarks: Sequence[Problem], *, dry_run: bool, as_json: bool
) -> None:
    if as_json:
        data = render_report_json(plan.report)
        data["uncertain"] = [render_uncertain_json(match) for match in plan.uncertain]
        data["remarks"] = [str(remark) for remark in remarks]
        say_json(data)
    else:
        for remark in remarks:
            say(remark, err=True)
        for match in plan.uncertain:
            for line in render_uncertain(match):
                say(line)
        for line in render_report(plan.report):
            say(line)
        if dry_run:
            say(NOTHING_WRITTEN)


def parse_same(pairs: Sequence[str]) -> dict[str, str]:
    """Read the values of --join: ``PAPER=PAGE``, the uncertain paper's id and the page's."""
    same = {}
    for pair in pairs:
        paper, equals, page = pair.partition("=")
        if not (paper and equals and page):
            raise click.UsageError(f"write --join PAPER=PAGE, two ids, instead of {pair!a}")
        same[paper] = page
    return same


def check_choices(plan: ImportPlan, catalog: Catalog, choices: Choices) -> None:
    """Stop if a choice names an unknown paper or page."""
    for paper in sorted({*choices.same, *choices.different} - plan.ids):
        message = f"the sources have no paper {paper!a}; name one that was shown as uncertain"
        raise click.ClickException(message)
    for page in sorted(set(choices.same.values()) - catalog.by_id.keys()):
        message = f"there is no page {page!a}; its id is its file's name without .md"
        raise click.ClickException(message)


def render_uncertain(match: UncertainMatch) -> Iterator[str]:
    """Show an uncertain paper beside the page, and how to decide."""
    source, line = match.place
    yield f"uncertain: {match.reason}"
    yield from render_side_by_side(
        match.paper, match.page, f"{source}:{line}", f"docs/{match.page.path}"
    )
    paper, page = match.paper.id, match.page.id
    yield "run the same command again with one of these:"
    yield f"  --join {paper}={page}   if both are one paper"
    yield f"  --keep {paper}   if they are two papers"
    yield ""


def render_uncertain_json(match: UncertainMatch) -> dict[str, object]:
    """Give an uncertain paper as plain data."""
    return {
        "id": match.paper.id,
        "page": match.page.id,
        "reason": match.reason,
        "source": match.place[0],
        "line": match.place[1],
        "papers": [paper.model_dump(mode="json") for paper in (match.paper, match.page)],
    }
