"""``papercatalog newsletter``: new papers as a mail, to look at, to keep or to send."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from papercatalog.cli.common import (
    DRY_RUN,
    count_noun,
    load_or_stop,
    require_catalog,
    require_config,
    require_topic,
)
from papercatalog.cli.newsletter_delivery import send
from papercatalog.cli.source_files import DAY
from papercatalog.mail.message import make_draft
from papercatalog.mail.newsletter import MAX_PAPERS, Newsletter, Selection, make_newsletter
from papercatalog.mail.period import Period, day_period, latest_week, parse_month, parse_week
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.runtime.files import write_bytes
from papercatalog.runtime.printing import say

if TYPE_CHECKING:
    from papercatalog.model.catalog import Catalog

NOTHING = 3
"""The exit code where no paper is selected."""
FOLDER = "newsletter"
"""Where journals lie, below the catalog."""


@click.command()
@click.option("--week", metavar="WEEK", help="The papers listed in this week, such as 2025-W31.")
@click.option("--day", type=DAY, metavar="DAY", help="The papers listed on this day.")
@click.option("--month", metavar="MONTH", help="The papers listed in this month, such as 2025-07.")
@click.option("--topic", help="Only papers of this topic, or below it.")
@click.option("--search", "query", help="Only papers that have all words of this query.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=MAX_PAPERS,
    show_default=True,
    help="The most papers to describe; the mail links to the others.",
)
@click.option("--open", "opens", is_flag=True, help="Show the mail in a browser.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the mail to this file, such as week.eml, as a draft.",
)
@click.option(
    "--send",
    "addresses",
    type=click.File("rb"),
    metavar="FILE",
    help="Send it to each address in this file; '-' is standard input.",
)
@click.option(
    "--per-minute",
    type=click.IntRange(1),
    default=60,
    show_default=True,
    help="The most messages to send in a minute.",
)
@click.option(
    "--journal",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"The folder that remembers who got it.  [default: {FOLDER}/ in the catalog]",
)
@click.option(
    "--resend-uncertain", is_flag=True, help="Send it again to addresses that may have got it."
)
@click.option("--hide-addresses", is_flag=True, help="Name addresses by their line in FILE alone.")
@DRY_RUN
@click.pass_obj
def newsletter(
    root: CatalogFolder,
    week: str | None,
    day: dt.date | None,
    month: str | None,
    topic: str | None,
    query: str | None,
    limit: int,
    opens: bool,
    out: Path | None,
    addresses: BinaryIO | None,
    per_minute: int,
    journal: Path | None,
    resend_uncertain: bool,
    hide_addresses: bool,
    dry_run: bool,
) -> None:
    """Make a mail of new papers, and send it.

    Without --week, --day or --month, the papers are those of the newest week, from Monday to
    Sunday, that has papers and has ended. Papers with the most votes come first. Without --open,
    --out or --send, the mail is printed as plain text.

    --send delivers one message to each address of FILE: one a line, such as ada@example.org or
    "Ada Lovelace <ada@example.org>". The server and the sender are read from variables of the
    environment; the guide's page "Newsletter" lists them. Who got it stands in a journal: run the
    same command again after a failure, and it goes on. An address whose delivery was cut off
    before the server's answer may have got it; it is named, and gets it again only with
    --resend-uncertain.

    The exit code is 3 if there is no paper to send, 4 if somebody did not get it or may not have,
    and 1 if sending stopped.

    \b
        papercatalog newsletter --week 2025-W31 --open
        papercatalog newsletter --week 2025-W31 --topic agents --out agents.eml
        papercatalog newsletter --week 2025-W31 --send addresses.txt --dry-run
    """
    require_catalog(root)
    require_config(root)
    if dry_run and addresses is None:
        raise click.UsageError("--dry-run says what --send would do; add --send FILE")
    catalog = load_or_stop(root)
    period = choose_period(catalog, week, day, month)
    made = select(root, catalog, period, topic, query, limit) if period else None
    if period is None or made is None:
        say("there is no paper to send", err=True)
        raise SystemExit(NOTHING)
    draft = make_draft(made, dt.datetime.combine(period.last, dt.time(), dt.UTC))
    if out:
        write_bytes(out, draft.as_bytes())
        say(f"{count_noun(len(made.items), 'paper')} in {out}", err=True)
    if opens:
        show(made)
    if addresses:
        send(
            made,
            decode(addresses.read()),
            journal or root / FOLDER,
            per_minute=per_minute,
            resend_uncertain=resend_uncertain,
            hide_addresses=hide_addresses,
            dry_run=dry_run,
        )
    elif not (out or opens):
        for line in made.render_text().splitlines():
            say(line)


def choose_period(
    catalog: Catalog, week: str | None, day: dt.date | None, month: str | None
) -> Period | None:
    """Give the period that is named, else the newest week with papers that has ended."""
    if sum(bool(given) for given in (week, day, month)) > 1:
        raise click.UsageError("name one of --week, --day and --month")
    try:
        if week:
            return parse_week(week)
        if month:
            return parse_month(month)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if day:
        return day_period(day)
    return latest_week(catalog.by_day, dt.datetime.now(dt.UTC).date())


def select(
    root: CatalogFolder,
    catalog: Catalog,
    period: Period,
    topic: str | None,
    query: str | None,
    limit: int,
) -> Newsletter | None:
    """Make the newsletter of the papers that the options select; None if there is none."""
    from papercatalog.build.export import load_site
    from papercatalog.model.field_types import parse_address
    from papercatalog.model.problems import CatalogError

    try:
        site = load_site(root)
    except CatalogError as error:
        raise click.ClickException(str(error)) from None
    try:
        address = parse_address(site.url).rstrip("/")
    except ValueError:
        message = "a mail needs whole addresses; name the site's as site_url in mkdocs.yml"
        raise click.ClickException(message) from None
    slug = require_topic(catalog, topic) if topic else ""
    found: frozenset[str] = frozenset()
    if query:
        from papercatalog.cli.search import find_complete, open_index

        found = find_complete(open_index(root), query)
    site = replace(site, url=f"{address}/")
    return make_newsletter(catalog, site, Selection(period, slug, query or "", found), limit)


def decode(content: bytes) -> str:
    """Read the file of addresses as UTF-8, or stop."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise click.ClickException("the file of addresses is not UTF-8; convert it") from None


def show(made: Newsletter) -> None:
    """Show the mail's HTML in a browser."""
    with tempfile.NamedTemporaryFile(suffix=".html", delete=False) as file:
        file.write(made.render_html().encode())
    say(file.name, err=True)
    click.launch(file.name)
