"""``papercatalog build``: checks the catalog and builds the website."""

from __future__ import annotations

import json
import time
from contextlib import closing
from typing import Any

import click

from papercatalog.build.fingerprint import (
    compute_fingerprint,
    drop_fingerprint,
    find_built_site,
    save_fingerprint,
)
from papercatalog.build.partition import SitePart
from papercatalog.build.session import Session
from papercatalog.build.size_report import describe_excess, describe_size
from papercatalog.cli.common import describe, require_config, stop_at, stop_at_half_change
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.printing import say, shorten
from papercatalog.runtime.processes import gc_paused

LOOK = "to look at it: make serve, or papercatalog serve"


class PartType(click.ParamType):  # type: ignore[type-arg]
    """A part of a site, such as 2/8."""

    name = "K/N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> SitePart:
        """Read the part."""
        try:
            return SitePart.parse(str(value))
        except ValueError:
            self.fail(f"'{value}' is no part; write 2/8 for the second of eight", param, ctx)


@click.command()
@click.option("--force", is_flag=True, help="Build everything anew; nothing kept is used.")
@click.option("--part", type=PartType(), help="Build one part of so many, for `merge`.")
@click.option("--timings", is_flag=True, help="Print each step's seconds as JSON on stderr.")
@click.pass_obj
def build(root: CatalogFolder, force: bool, part: SitePart | None, timings: bool) -> None:
    """Check the catalog and build the website in site/.

    Nothing is built where nothing has changed since the last build, and else only what has changed;
    --force builds everything.
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
    stop_at_half_change(root)
    fingerprint = f"{compute_fingerprint(root)} {part or ''}".strip()
    if force:
        Cache.forget(root)
    elif (built := find_built_site(root, fingerprint)) is not None:
        say(f"{built} in {shorten(root / 'site')}, nothing has changed since its build")
        say(LOOK)
        return
    drop_fingerprint(root)
    session = Session(root, part=part)
    with gc_paused(), closing(session):
        session.load()
        stop_at(session.problems)
        catalog = session.add_pending()
        session.derive()
        from papercatalog.plugin.run import (
            build_site,  # loads MkDocs, while related papers are found
        )

        size = build_site(root, session)
    built = describe(catalog)
    save_fingerprint(root, fingerprint, built)
    for line in session.describe_pending():
        say(line)
    say(describe_size(size, 0 if part else len(catalog.papers)))
    if excess := describe_excess(size):
        say(f"warning: {excess}", err=True)
    seconds = time.monotonic() - started
    say(f"{built} in {shorten(root / 'site')}, built in {seconds:.1f} s")
    say(LOOK)
    if timings:
        steps = {name: round(seconds, 3) for name, seconds in session.steps.items()}
        click.echo(json.dumps(steps), err=True)
