"""``papercatalog build``: the site, by MkDocs. Most is loaded while a `Companion` works already."""

from __future__ import annotations

import json
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from papercatalog.build.fingerprint import compute_stamp, drop_stamp, find_built, keep_stamp
from papercatalog.build.index_worker import Companion
from papercatalog.build.part import Part
from papercatalog.cli.common import require_config
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.processes import gc_paused
from papercatalog.runtime.progress import timed


class PartType(click.ParamType):  # type: ignore[type-arg]
    """A part of a site, such as 2/8."""

    name = "K/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Part:
        """Read the part."""
        try:
            return Part.parse(str(value))
        except ValueError:
            self.fail(f"'{value}' is no part; write 2/8 for the second of eight", param, ctx)


@click.command()
@click.option("--force", is_flag=True, help="Build even where nothing has changed.")
@click.option("--part", type=PartType(), help="Build one part of so many, for `merge`.")
@click.option("--timings", is_flag=True, help="Print each step's seconds as JSON on stderr.")
@click.pass_obj
def build(root: Path, force: bool, part: Part | None, timings: bool) -> None:
    """Check the catalog and build the website in site/.

    Nothing is built where nothing has changed since the last time; else what has changed is.
    SOURCE_DATE_EPOCH is honoured; the same catalog gives the same bytes.

    A catalog that is too large for one machine is built in parts, each on one of its own, and the
    parts' sites are put together:

    \b
        papercatalog build --part 1/2       on one machine
        papercatalog build --part 2/2       on another
        papercatalog merge site PART PART   where both sites have been copied to
    """
    started = time.monotonic()
    require_config(root)
    with gc_paused(), closing(Companion(root, indexed=part is None)) as companion:
        stamp = f"{compute_stamp(root)} {part}" if part else compute_stamp(root)
        steps: dict[str, float] = {}
        built = None if force else find_built(root, stamp)
        if built is not None:
            click.echo(f"{built} in {root / 'site'}, nothing has changed since its build")
        else:
            drop_stamp(root)
            built = _build(root, companion, part, steps)
            keep_stamp(root, stamp, built)
            seconds = time.monotonic() - started
            click.echo(f"{built} in {root / 'site'}, built in {seconds:.1f} s")
    click.echo("to look at it: make serve, or papercatalog serve")
    if timings:
        click.echo(
            json.dumps({name: round(seconds, 3) for name, seconds in steps.items()}), err=True
        )


def _build(root: Path, companion: Companion, part: Part | None, steps: dict[str, float]) -> str:
    """Build the site and describe its catalog; add each step's seconds to ``steps``."""
    from papercatalog.build.prepare import prepare
    from papercatalog.build.size_report import describe_extent, find_excess
    from papercatalog.cli.common import describe, load_or_stop

    with timed(steps, "loading"), closing(Cache(root)) as cache:
        catalog = load_or_stop(root, cache, companion.pages())
    with timed(steps, "reading"):
        prepared = prepare(root, companion, catalog)
    from papercatalog.plugin.run import build_site

    extent, spent = build_site(root, prepared, part)
    steps |= spent
    click.echo(describe_extent(extent, 0 if part else len(catalog.papers)))
    if excess := find_excess(extent):
        click.echo(f"warning: {excess}", err=True)
    return describe(catalog)
