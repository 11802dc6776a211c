"""``papercatalog check``: every problem at once."""

from __future__ import annotations

import json
from pathlib import Path

import click

from papercatalog.catalog import inspect_catalog
from papercatalog.cli.loading import describe


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON list.")
@click.pass_obj
def check(root: Path, as_json: bool) -> None:
    """Name every problem in the catalog at once: what, where, and what to do.

    The exit code is 1 where there is one.
    """
    catalog, problems = inspect_catalog(root)
    if as_json:
        rows = [
            {name: getattr(problem, name) for name in problem.__dataclass_fields__}
            for problem in problems
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(problem)
        click.echo(f"{describe(catalog)}: {len(problems)} problems", err=bool(problems))
    if problems:
        raise SystemExit(1)
