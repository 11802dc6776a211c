"""Sends a newsletter for ``papercatalog newsletter`` and says what came of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import click

from papercatalog.cli.common import count_noun
from papercatalog.mail.addresses import AddressFile, Recipient, parse_addresses
from papercatalog.mail.delivery import Delivery, Mailer, Plan, plan_delivery
from papercatalog.mail.journal import Journal, JournalError, open_journal
from papercatalog.mail.message import make_message
from papercatalog.mail.newsletter import Newsletter
from papercatalog.mail.settings import MailSettings, SettingsError, read_settings
from papercatalog.mail.smtp import Connection, DeliveryError, Timeouts
from papercatalog.runtime.printing import say

INCOMPLETE = 4
"""The exit code where somebody did not get the newsletter, or may not have."""


def send(
    newsletter: Newsletter,
    addresses: str,
    folder: Path,
    *,
    per_minute: int,
    resend_uncertain: bool,
    hide_addresses: bool,
    dry_run: bool,
) -> None:
    """Send a newsletter, or say to how many it would go.

    Args:
        newsletter: The newsletter.
        addresses: The text of the file of addresses.
        folder: The folder of journals.
        per_minute: How many messages a minute at most.
        resend_uncertain: Whether addresses that may have got it get it again.
        hide_addresses: Whether to print neither addresses nor what the server says of them.
        dry_run: Whether to send nothing.
    """
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        raise click.ClickException(f"mail is not set up: {error}") from None
    listed = parse_addresses(addresses)
    for line, problem in listed.problems:
        say(f"line {line} {problem}", err=True)
    if not listed.recipients:
        raise click.ClickException("the file has no address")
    is_new = not (folder / f"{newsletter.name}.txt").exists()
    no_journal = nullcontext(Journal.empty()) if dry_run and is_new else None
    try:
        with no_journal or open_journal(folder, newsletter.name, settings.key) as journal:
            plan = plan_delivery(listed.recipients, journal, resend_uncertain=resend_uncertain)
            announce(newsletter, listed, plan, would="would go" if dry_run else "goes")
            done = None if dry_run else deliver(newsletter, settings, journal, plan, per_minute)
    except BlockingIOError:
        message = "another command is sending a newsletter; wait until it has ended"
        raise click.ClickException(message) from None
    except JournalError as error:
        raise click.ClickException(str(error)) from None
    report(plan, done or Delivery(), listed, hide_addresses=hide_addresses)


def deliver(
    newsletter: Newsletter, settings: MailSettings, journal: Journal, plan: Plan, per_minute: int
) -> Delivery:
    """Deliver to all who are due."""

    def write(recipient: Recipient) -> bytes:
        now = dt.datetime.now(dt.UTC)
        return make_message(newsletter, settings, recipient, now).as_bytes()

    mailer = Mailer(
        connect=lambda: Connection(settings, Timeouts()),
        write=write,
        journal=journal,
        per_minute=per_minute,
        tell=lambda text: say(text, err=True),
    )
    return mailer.deliver(plan.due)


def announce(newsletter: Newsletter, listed: AddressFile, plan: Plan, *, would: str) -> None:
    """Say what goes to how many."""
    say(f"Subject: {newsletter.subject}")
    shown = f"{count_noun(len(newsletter.items), 'paper')} of {newsletter.total:,}"
    size = len(newsletter.render_html()) / 1000
    say(f"{newsletter.name}: {shown}, {size:.0f} kB")
    due = len(plan.due)
    parts = [f"it {would} to {due:,} address{'' if due == 1 else 'es'}"]
    parts += [f"{plan.accepted:,} got it before"] if plan.accepted else []
    parts += [f"{listed.repeated:,} stand in the file twice"] if listed.repeated else []
    say("; ".join(parts))


def report(plan: Plan, done: Delivery, listed: AddressFile, *, hide_addresses: bool) -> None:
    """Say who did not get it, and why; ends the command where that is so."""
    earlier = DeliveryError("cut off in an earlier run")
    uncertain = [*((recipient, earlier) for recipient in plan.uncertain), *done.uncertain]
    for title, rows in (
        ("refused for ever", done.refused),
        ("refused this time; the next run tries again", done.deferred),
        ("uncertain: may have got it; --resend-uncertain sends it again", uncertain),
    ):
        if rows:
            say(f"{title}: {len(rows):,}", err=True)
        for line in describe_rows(rows, hide_addresses=hide_addresses):
            say(line, err=True)
    if plan.refused:
        say(f"refused for ever in an earlier run: {len(plan.refused):,}", err=True)
    say(f"sent: {done.accepted:,}")
    if done.stopped:
        reason = done.stopped.reason if hide_addresses else str(done.stopped)
        left = f"{done.left + len(done.deferred):,} did not get it"
        raise click.ClickException(f"{reason}; {left}: run the same command again to go on")
    if done.refused or done.deferred or uncertain or listed.problems:
        raise SystemExit(INCOMPLETE)


def describe_rows(
    rows: Iterable[tuple[Recipient, DeliveryError]], *, hide_addresses: bool
) -> Iterable[str]:
    """Describe each address and what happened to it, by line alone where addresses are hidden."""
    for recipient, error in rows:
        if hide_addresses:
            yield f"  line {recipient.line}: {error.reason}"
        else:
            yield f"  line {recipient.line}, {recipient.address}: {error}"
