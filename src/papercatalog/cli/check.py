"""``papercatalog check``: reports every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import click

from papercatalog.cli.common import count_noun, describe, require_catalog
from papercatalog.cli.git import find_changed, find_fork, inspect_before
from papercatalog.curation.duplicates import LIKELY_DUPLICATE, report_duplicates
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.loading import inspect_catalog
from papercatalog.model.placement import list_other_files
from papercatalog.model.problems import Problem
from papercatalog.model.searches import FINDS_NOTHING
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.printing import format_json, printable, say

OTHER_FILE = "other-file"
"""A changed file that is no part of the catalog, and which the site may publish all the same."""

NOTICES = (LIKELY_DUPLICATE, OTHER_FILE, FINDS_NOTHING)
"""The codes of what never fails a check."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, and whether the check fails for it."""

    problem: Problem
    blocks: bool


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Lines, a JSON list, or annotations for a GitHub workflow.",
)
@click.option("--changed-since", metavar="REV", help="Fail only for what changed since REV.")
@click.pass_obj
def check(root: CatalogFolder, form: str, changed_since: str | None) -> None:
    """Report every problem: what is wrong, where, and what to do.

    The exit code is 1 if there is a problem. Pages that are likely to be the same paper are
    reported too, but do not fail the check: `review` lets a person decide. Nor does a saved search
    that finds nothing.

    With --changed-since REV, a git revision such as origin/main, a problem fails the check only if
    its page changed since the work branched off REV, or if REV did not have the problem. Old
    problems are shown, and so is every changed file that is no paper, topic, author, search or
    digest.

    \b
        papercatalog check
        papercatalog check --format github --changed-since origin/main
    """
    require_catalog(root)
    with closing(Cache.of_built(root)) as cache:
        catalog, problems = inspect_catalog(root, cache)
        notices = list(report_duplicates(catalog, problems, cache))
        if catalog.searches:
            from papercatalog.build.saved_searches import report_empty_searches  # loads slowly

            notices += report_empty_searches(catalog, cache)
    block, others = set(problems), list[Problem]()
    if changed_since is not None:
        fork = find_fork(root, changed_since)
        changed, before = find_changed(root, fork), map(_key, inspect_before(root, fork))
        old = set(before)
        block = {
            problem for problem in problems if problem.path in changed or _key(problem) not in old
        }
        others = [
            Problem(path, 0, "", OTHER_FILE, "changed, and is not a paper: look at it")
            for path in list_other_files(changed)
        ]
    every = sorted({*problems, *notices, *others})
    locate = (lambda problem: problem) if form == "text" else root.locate_problem  # `say` does
    findings = [Finding(locate(problem), problem in block) for problem in every]
    for line in FORMATS[form](findings):
        (say if form == "text" else click.echo)(line)
    if form != "json":
        rest = len(findings) - len(block)
        more = f", {rest} more that do not fail the check" if rest else ""
        problems_found = count_noun(len(block), "problem")
        say(f"{describe(catalog)}: {problems_found}{more}", err=bool(block))
    if block:
        raise SystemExit(1)


def render_text(findings: Iterable[Finding]) -> Iterator[str]:
    """Write a line for each, with a note if it does not fail the check."""
    for finding in findings:
        note = "" if finding.blocks else f" ({_why_not(finding.problem)})"
        yield f"{finding.problem}{note}"


def render_json(findings: Iterable[Finding]) -> Iterator[str]:
    """Write one JSON list."""
    rows = [
        {
            **{name: getattr(finding.problem, name) for name in Problem.__dataclass_fields__},
            "blocks": finding.blocks,
        }
        for finding in findings
    ]
    yield format_json(rows)


def render_github(findings: Iterable[Finding]) -> Iterator[str]:
    """Write workflow commands, which GitHub shows beside the lines that they name.

    Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    for finding in findings:
        problem = finding.problem
        places = {"file": problem.path, "title": problem.code}
        if problem.line:
            places["line"] = str(problem.line)
        given = ",".join(f"{key}={_escape(places[key], ':,')}" for key in sorted(places))
        field = f"{problem.field}: " if problem.field else ""
        lesser = "notice" if problem.code == OTHER_FILE else "warning"
        level = "error" if finding.blocks else lesser
        yield f"::{level} {given}::{_escape(field + problem.message)}"


FORMATS = {"text": render_text, "json": render_json, "github": render_github}


def _escape(text: str, more: str = "") -> str:
    """Percent-encode what would end a workflow command or a value; leave out what `printable` does.

    >>> _escape("a\\n##[error]%")
    'a%0A## [error]%25'
    """
    quoted = {"%", "\r", "\n", *more}
    return "".join(
        f"%{ord(part):02X}" if part in quoted else printable(part)
        for part in re.split(r"([%\r\n:,])", text)
    )


def _key(problem: Problem) -> tuple[str, str, str, str]:
    """Identify a problem without its line, which changes when lines above it do."""
    return problem.path, problem.field, problem.code, problem.message


def _why_not(problem: Problem) -> str:
    return (
        "a notice"
        if problem.code in (LIKELY_DUPLICATE, OTHER_FILE, FINDS_NOTHING)
        else "an old problem"
    )
