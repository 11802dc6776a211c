"""``papercatalog merge``: the parts of a website put together."""

from __future__ import annotations

from pathlib import Path

import click

from papercatalog.build.partition import PartsError, merge_parts
from papercatalog.runtime.printing import say
from papercatalog.search.codec import IndexFormatError


@click.command()
@click.argument("site", type=click.Path(file_okay=False, path_type=Path))
@click.argument(
    "parts",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def merge(site: Path, parts: tuple[Path, ...]) -> None:
    """Put the PARTS of a website together in SITE.

    SITE is a new or empty folder. Each part is the site/ that `build --part` made of the same
    catalog. The result is byte for byte the same as a build without parts.

    \b
        papercatalog merge site part-1 part-2
    """
    if site.exists() and any(site.iterdir()):
        raise click.ClickException(f"{site} is not empty; name a new folder")
    try:
        files = merge_parts(parts, site)
    except (PartsError, IndexFormatError) as error:
        raise click.ClickException(str(error)) from None
    say(f"{len(parts)} parts: {files:,} files in {site}")
