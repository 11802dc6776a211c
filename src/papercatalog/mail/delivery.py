"""Delivers a newsletter: one message to each address, and none twice.

Before the end mark of a message goes out, the journal says *intended*; after the server's answer it
says what that was. Only between these two lines can a crash leave a doubt, and such an address is
named, not written to again unless somebody says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from papercatalog.mail.addresses import Recipient
from papercatalog.mail.journal import Journal, State
from papercatalog.mail.smtp import (
    BrokenError,
    Connection,
    DeferredError,
    DeliveryError,
    FatalError,
    RefusedError,
    UncertainError,
)
from papercatalog.runtime.progress import show_progress

RETRY_PAUSES = (60.0, 300.0, 900.0)
"""Seconds before each new round of the addresses that the server deferred."""
RECONNECT_PAUSES = (0.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds before connecting anew after failures in a row; after the last there is no other."""
ATTEMPTS = 3
"""Attempts for one address in a round if the connection breaks at it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The functions of time that a delivery uses; tests replace them."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Delivery:
    """What came of a newsletter's delivery."""

    accepted: int = 0
    refused: list[tuple[Recipient, DeliveryError]] = field(default_factory=list)
    deferred: list[tuple[Recipient, DeliveryError]] = field(default_factory=list)
    """Addresses that the server did not take, which the next run tries again."""
    uncertain: list[tuple[Recipient, DeliveryError]] = field(default_factory=list)
    """Addresses that may have got it."""
    left: int = 0
    """Addresses that were not tried, because the delivery stopped."""
    stopped: DeliveryError | None = None
    """Why it stopped."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is to get a newsletter, by what its journal says."""

    due: tuple[Recipient, ...]
    accepted: int
    """Addresses that got it in an earlier run."""
    refused: tuple[Recipient, ...]
    """Addresses that were refused in an earlier run."""
    uncertain: tuple[Recipient, ...]
    """Addresses that may have got it in an earlier run and are left alone."""


def plan_delivery(
    recipients: Iterable[Recipient], journal: Journal, *, resend_uncertain: bool
) -> Plan:
    """Divide the recipients by the journal."""
    groups: dict[State | None, list[Recipient]] = {state: [] for state in (None, *State)}
    for recipient in recipients:
        groups[journal.find(recipient)].append(recipient)
    uncertain = groups[State.INTENDED]
    due = [*groups[State.DEFERRED], *groups[None], *(uncertain if resend_uncertain else ())]
    return Plan(
        due=tuple(sorted(due, key=lambda recipient: recipient.line)),
        accepted=len(groups[State.ACCEPTED]),
        refused=tuple(groups[State.REFUSED]),
        uncertain=() if resend_uncertain else tuple(uncertain),
    )


class Mailer:
    """Delivers messages over one connection at a time."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        write: Callable[[Recipient], bytes],
        journal: Journal,
        per_minute: int,
        tell: Callable[[str], None],
        clock: Clock | None = None,
    ) -> None:
        """Begin.

        Args:
            connect: Opens a connection.
            write: Gives the message for a recipient.
            journal: Who got it; it is written.
            per_minute: How many messages a minute at most.
            tell: Tells people what it waits for.
            clock: The time.
        """
        self._connect, self._write, self._journal = connect, write, journal
        self._interval, self._clock = 60 / per_minute, clock or Clock()
        self._tell = tell
        self._connection: Connection | None = None
        self._failures = 0
        """Failures of connections since the server last answered for an address."""
        self._next = 0.0
        self._delivery = Delivery()

    def deliver(self, recipients: Sequence[Recipient]) -> Delivery:
        """Deliver to all recipients in turn; those deferred are tried again in later rounds."""
        delivery, waiting = self._delivery, list(recipients)
        try:
            for pause in (0.0, *RETRY_PAUSES):
                if not waiting:
                    break
                if pause:
                    number = len(waiting)
                    self._tell(f"{number:,} deferred; trying again in {pause:.0f} seconds")
                    self._clock.sleep(pause)
                delivery.deferred, self._failures = [], 0
                for recipient in show_progress(waiting, "sending", len(waiting)):
                    self._deliver_one(recipient)
                waiting = [recipient for recipient, _ in delivery.deferred]
        except FatalError as error:
            delivery.stopped = error
            done = delivery.accepted + len(delivery.refused) + len(delivery.uncertain)
            delivery.left = len(recipients) - done - len(delivery.deferred)
        finally:
            self._disconnect()
        return delivery

    def _deliver_one(self, recipient: Recipient) -> None:
        """Deliver to a recipient, over a new connection if one breaks before the end mark."""
        message, last = self._write(recipient), None
        for _ in range(ATTEMPTS):
            try:
                self._attempt(recipient, message)
            except BrokenError as error:
                last = error
            else:
                return
        if last:
            self._delivery.deferred.append((recipient, last))

    def _attempt(self, recipient: Recipient, message: bytes) -> None:
        """Deliver once, and record what came of it.

        Raises:
            BrokenError: The message was surely not delivered.
            FatalError: No message can be.
        """
        journal, delivery, intended = self._journal, self._delivery, False

        def before_end() -> None:
            nonlocal intended
            journal.record(recipient, State.INTENDED)
            intended = True

        self._wait()
        connection = self._connected()
        try:
            connection.deliver(recipient.address, message, before_end)
        except RefusedError as error:
            journal.record(recipient, State.REFUSED)
            delivery.refused.append((recipient, error))
        except DeferredError as error:
            journal.record(recipient, State.DEFERRED)
            delivery.deferred.append((recipient, error))
        except UncertainError as error:
            self._give_up()
            delivery.uncertain.append((recipient, error))
            return
        except (BrokenError, FatalError):
            if intended:  # the server answered the end mark: it has not taken the message
                journal.record(recipient, State.DEFERRED)
            self._give_up()
            raise
        else:
            journal.record(recipient, State.ACCEPTED)
            delivery.accepted += 1
        self._failures = 0

    def _connected(self) -> Connection:
        """Give the connection, opened anew where there is none."""
        last = BrokenError("the connection broke")
        while self._connection is None:
            if self._failures > len(RECONNECT_PAUSES):
                raise FatalError(f"the server fails again and again; {last.reason}")
            if self._failures and (pause := RECONNECT_PAUSES[self._failures - 1]):
                self._tell(f"{last.reason}; trying again in {pause:.0f} seconds")
                self._clock.sleep(pause)
            try:
                self._connection = self._connect()
            except BrokenError as error:
                last = error
                self._failures += 1
        return self._connection

    def _give_up(self) -> None:
        """Close a connection that is of no more use."""
        self._disconnect()
        self._failures += 1

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _wait(self) -> None:
        """Let time pass so that no more messages a minute go out than are allowed."""
        now = self._clock.now()
        self._clock.sleep(max(0.0, self._next - now))
        self._next = max(now, self._next) + self._interval
