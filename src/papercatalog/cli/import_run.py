"""Carries an import out and prints its report, for `import` and `add`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from papercatalog.cli.printable import printable
from papercatalog.cli.side_by_side import render_side_by_side
from papercatalog.curation.import_plan import (
    Choices,
    Plan,
    Undecided,
    plan_import,
    write_joins,
    write_new,
)
from papercatalog.curation.import_report import render_account, render_account_json
from papercatalog.model.catalog import Catalog
from papercatalog.model.problems import Problem
from papercatalog.runtime.progress import show_progress
from papercatalog.sources.record import ParsedSource


def carry_out(
    root: Path,
    catalog: Catalog,
    parsed_sources: Iterable[ParsedSource],
    choices: Choices,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Plan an import, write it unless it is a rehearsal, and print the account.

    Each parsed source is let go once its papers are planned. Stops with exit code 1, after all was
    written, where something was rejected.
    """
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
    account = plan.account
    if not (balanced and account.is_balanced(records)):
        raise click.ClickException(
            "the account does not add up, so nothing was written; please report this digest: "
            + "; ".join(render_account(account))
        )
    check_choices(plan, catalog, choices)
    if not dry_run:
        write_new(root, show_progress(plan.new, "writing pages", len(plan.new)))
        write_joins(root, plan.joined)
    if as_json:
        report = render_account_json(account)
        report["undecided"] = [render_undecided_json(case) for case in plan.undecided]
        report["remarks"] = [str(remark) for remark in remarks]
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for remark in remarks:
            click.echo(printable(str(remark)), err=True)
        for case in plan.undecided:
            for line in render_undecided(case):
                click.echo(line)
        for line in render_account(account):
            click.echo(printable(line))
        if dry_run:
            click.echo("nothing was written (--dry-run)")
    if account.problems:
        raise SystemExit(1)


def parse_joins(pairs: Sequence[str]) -> dict[str, str]:
    """Read ``ID=ID``: the undecided paper's, then the page's."""
    joins = {}
    for pair in pairs:
        paper, equals, page = pair.partition("=")
        if not (paper and equals and page):
            raise click.UsageError(f"write --join PAPER=PAGE, two ids, instead of {pair!a}")
        joins[paper] = page
    return joins


def check_choices(plan: Plan, catalog: Catalog, choices: Choices) -> None:
    """Stop where a decision names a paper or a page that is not there."""
    for paper in sorted({*choices.join, *choices.keep} - plan.ids):
        raise click.ClickException(f"there is no paper {paper!a} in what was read")
    for page in sorted(set(choices.join.values()) - catalog.by_id.keys()):
        raise click.ClickException(f"there is no page {page!a} in the catalog")


def render_undecided(case: Undecided) -> Iterator[str]:
    """Show an undecided paper beside the page that it may be, and how to decide."""
    source, line = case.place
    yield f"undecided: {case.reason}"
    yield from render_side_by_side(
        case.paper, case.page, f"{source}:{line}", f"docs/{case.page.path}"
    )
    paper, page = case.paper.id, case.page.id
    yield f"the same paper: --join {paper}={page}; another one: --keep {paper}"
    yield ""


def render_undecided_json(case: Undecided) -> dict[str, object]:
    """Give an undecided paper as plain data."""
    return {
        "id": case.paper.id,
        "page": case.page.id,
        "reason": case.reason,
        "source": case.place[0],
        "line": case.place[1],
        "papers": [paper.model_dump(mode="json") for paper in (case.paper, case.page)],
    }
