"""Delivery by SMTP: whatever fails, each address gets one message or is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from zlib import crc32

import pytest

from mail_server import (
    DROP,
    KEEP_AND_DROP,
    PASSWORD,
    STAGES,
    STALL,
    USER,
    MailServer,
    make_certificate,
    make_settings,
    serve_mail,
)
from papercatalog.mail.addresses import Recipient
from papercatalog.mail.delivery import (
    RECONNECT_PAUSES,
    RETRY_PAUSES,
    Clock,
    Delivery,
    Mailer,
    plan_delivery,
)
from papercatalog.mail.journal import State, open_journal
from papercatalog.mail.settings import MailSettings
from papercatalog.mail.smtp import Connection, Timeouts, _trust

PEOPLE = tuple(Recipient(name, "example.org", line=line) for line, name in enumerate("abc", 1))
A, B, C = (one.address for one in PEOPLE)
QUICK = Timeouts(command=0.5, end=0.5)


@dataclass
class FakeTime:
    """Counts seconds in place of waiting."""

    slept: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(lambda: sum(self.slept), self.slept.append)


def write(recipient: Recipient) -> bytes:
    return f"To: {recipient.address}\r\n\r\n.a line with a dot\r\n..\r\n".encode() * 5


def run(
    folder: Path,
    settings: MailSettings,
    people: tuple[Recipient, ...] = PEOPLE,
    *,
    per_minute: int = 6_000,
    resend_uncertain: bool = False,
    fake: FakeTime | None = None,
    timeouts: Timeouts = QUICK,
) -> Delivery:
    """Deliver as the command does, with a clock that never waits."""
    with open_journal(folder, "week", b"k" * 20) as journal:
        plan = plan_delivery(people, journal, resend_uncertain=resend_uncertain)
        mailer = Mailer(
            lambda: Connection(settings, timeouts),
            write,
            journal,
            per_minute,
            lambda text: None,
            (fake or FakeTime()).clock(),
        )
        return mailer.deliver(plan.due)


def find_states(folder: Path, people: tuple[Recipient, ...] = PEOPLE) -> list[State | None]:
    with open_journal(folder, "week", b"k" * 20) as journal:
        return [journal.find(one) for one in people]


def test_each_gets_one_message_as_it_was_written(tmp_path: Path) -> None:
    with serve_mail() as server:
        done = run(tmp_path, make_settings(server))
        again = run(tmp_path, make_settings(server))
    assert server.boxes == {one.address: [write(one)] for one in PEOPLE}
    assert (done.accepted, again.accepted) == (3, 0)
    assert server.seen.count("EHLO") == 1, "one connection serves for all"


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "CONTENT"])
def test_a_dropped_connection_is_opened_anew(tmp_path: Path, stage: str) -> None:
    with serve_mail() as server:
        server.fail(stage, DROP)
        done = run(tmp_path, make_settings(server))
    assert done.stopped is None
    if stage == "END":  # the server had the whole message: it may have delivered it
        assert [one.address for one, _ in done.uncertain] == [A]
        assert server.counts() == {B: 1, C: 1}
        assert find_states(tmp_path) == [State.INTENDED, State.ACCEPTED, State.ACCEPTED]
    else:
        assert done.accepted == 3
        assert server.counts() == {A: 1, B: 1, C: 1}


def test_a_connection_that_breaks_within_a_message_leaves_no_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papercatalog.mail.delivery.RETRY_PAUSES", ())

    def write_much(recipient: Recipient) -> bytes:
        return b"A line that is repeated.\r\n" * (400_000 if recipient.address == A else 1)

    with serve_mail() as server, open_journal(tmp_path, "week") as journal:
        server.fault = lambda *at: DROP if at == ("CONTENT", A) else ""
        settings, clock = make_settings(server), FakeTime().clock()
        connect = partial(Connection, settings, Timeouts(5, 5))
        mailer = Mailer(connect, write_much, journal, 6_000, print, clock)
        done = mailer.deliver(PEOPLE)
        assert journal.find(PEOPLE[0]) is None
    assert [one.address for one, _ in done.deferred] == [A]
    assert server.counts() == {B: 1, C: 1}


def test_an_answer_that_was_lost_leaves_a_doubt_that_people_decide(tmp_path: Path) -> None:
    with serve_mail() as server:
        server.fail("END", KEEP_AND_DROP)
        settings = make_settings(server)
        assert [one.address for one, _ in run(tmp_path, settings).uncertain] == [A]
        assert run(tmp_path, settings).accepted == 0
        assert server.counts() == {A: 1, B: 1, C: 1}
        assert run(tmp_path, settings, resend_uncertain=True).accepted == 1
    assert server.counts() == {A: 2, B: 1, C: 1}
    assert server.boxes[A] == [write(PEOPLE[0])] * 2, "the same bytes: servers can know it"


@pytest.mark.parametrize("stage", STAGES)
def test_a_silent_server_is_left_after_a_while(tmp_path: Path, stage: str) -> None:
    with serve_mail() as server:
        server.fail(stage, STALL)
        done = run(tmp_path, make_settings(server))
    assert len(done.uncertain) <= (stage in ("CONTENT", "END"))
    assert done.accepted + len(done.uncertain) == 3


@pytest.mark.parametrize("stage", ["RCPT", "DATA", "END"])
def test_a_refused_address_stops_nobody(tmp_path: Path, stage: str) -> None:
    with serve_mail() as server:
        server.fail(stage, "550 5.1.1 <a@example.org>: nobody is called so")
        done = run(tmp_path, make_settings(server))
        again = run(tmp_path, make_settings(server))
    ((recipient, error),) = done.refused
    assert recipient.address == A
    assert "550 5.1.1" in error.reason
    assert "example.org" not in error.reason
    assert "nobody is called so" in str(error)
    assert server.counts() == {B: 1, C: 1}
    assert again == Delivery(), "it is not tried again"


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "END"])
def test_a_deferred_address_is_tried_again_later(tmp_path: Path, stage: str) -> None:
    fake = FakeTime()
    with serve_mail() as server:
        server.fail(stage, *["451 4.7.1 Later"] * 2)
        done = run(tmp_path, make_settings(server), fake=fake)
    assert done.accepted == 3
    assert server.counts() == {A: 1, B: 1, C: 1}
    assert (RETRY_PAUSES[0] in fake.slept) == (stage != "MAIL")


def test_an_address_that_stays_deferred_is_left_to_the_next_run(tmp_path: Path) -> None:
    fake = FakeTime()
    with serve_mail() as server:
        server.fault = lambda stage, recipient: (
            "451 Later" if (stage, recipient) == ("END", B) else ""
        )
        done = run(tmp_path, make_settings(server), fake=fake)
        assert [one.address for one, _ in done.deferred] == [B]
        assert [pause for pause in fake.slept if pause >= 1] == list(RETRY_PAUSES)
        assert server.counts() == {A: 1, C: 1}
        server.fault = lambda stage, recipient: ""
        assert run(tmp_path, make_settings(server)).accepted == 1
    assert server.counts() == {A: 1, B: 1, C: 1}


def test_an_address_at_which_the_server_always_dies_stops_nobody(tmp_path: Path) -> None:
    with serve_mail() as server:
        server.fault = lambda *at: DROP if at == ("DATA", A) else ""
        done = run(tmp_path, make_settings(server))
    assert [one.address for one, _ in done.deferred] == [A]
    assert server.counts() == {B: 1, C: 1}


def test_421_after_the_message_closes_the_connection_and_sends_it_once(tmp_path: Path) -> None:
    with serve_mail() as server:
        server.fail("END", "421 4.3.0 Closing")
        done = run(tmp_path, make_settings(server))
        assert done.accepted == 3
        assert server.counts() == {A: 1, B: 1, C: 1}
        assert server.seen.count("EHLO") == 2
        server.fault = lambda stage, _: "421 4.3.0 Closing" if stage == "END" else ""
        late = (Recipient("late", "example.org"),)
        assert len(run(tmp_path, make_settings(server), late).deferred) == 1
    assert find_states(tmp_path, late) == [State.DEFERRED], "there is no doubt: it was not taken"


def test_a_refused_sender_stops_at_once(tmp_path: Path) -> None:
    with serve_mail() as server:
        server.fail("MAIL", "550 5.7.1 Not from you")
        done = run(tmp_path, make_settings(server))
    assert done.stopped
    assert "the sender (550 5.7.1)" in str(done.stopped)
    assert (done.accepted, done.left, server.seen.count("MAIL")) == (0, 3, 1)


def test_a_server_that_never_works_stops_after_some_attempts(tmp_path: Path) -> None:
    fake = FakeTime()
    with serve_mail() as server:
        server.fault = lambda stage, _: DROP if stage == "EHLO" else ""
        done = run(tmp_path, make_settings(server), fake=fake)
        assert done.stopped
        assert done.left == 3
        assert [pause for pause in fake.slept if pause >= 1] == [*filter(None, RECONNECT_PAUSES)]
        server.fault = lambda stage, _: KEEP_AND_DROP if stage == "END" else ""
        many = tuple(Recipient(f"n{n}", "example.org") for n in range(40))
        done = run(tmp_path, make_settings(server), many)
    assert done.stopped
    assert len(done.uncertain) == len(RECONNECT_PAUSES) + 1, "doubts do not pile up"


def test_nothing_is_sent_to_a_host_that_is_not_there(tmp_path: Path) -> None:
    with serve_mail() as server:
        settings = make_settings(server)
    assert "connecting failed" in str(run(tmp_path, settings).stopped)
    settings = make_settings(server, SMTP_HOST="no.such.host.invalid")
    fake = FakeTime()
    assert "connecting failed" in str(run(tmp_path, settings, fake=fake).stopped)


def test_messages_are_paced(tmp_path: Path) -> None:
    fake = FakeTime()
    with serve_mail() as server:
        run(tmp_path, make_settings(server), per_minute=30, fake=fake)
    assert [pause for pause in fake.slept if pause] == [2.0, 2.0]


@pytest.fixture(autouse=True)
def forget_authorities() -> None:
    """Each test trusts what its own environment names."""
    _trust.cache_clear()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@contextmanager
def serve_tls(certificate: Path, *, tls: bool) -> Iterator[tuple[MailServer, MailSettings]]:
    with serve_mail(certificate, tls=tls, login=True) as server:
        yield (
            server,
            make_settings(
                server,
                SMTP_SECURITY="tls" if tls else "starttls",
                SMTP_USER=USER,
                SMTP_PASSWORD=PASSWORD,
            ),
        )


@pytest.mark.parametrize("tls", [True, False])
def test_it_logs_in_over_tls(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch, tls: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serve_tls(certificate, tls=tls) as (server, settings):
        server.fail("DATA", DROP)
        done = run(tmp_path, settings)
    assert done.accepted == 3
    assert server.counts() == {A: 1, B: 1, C: 1}
    assert server.logins == [USER.encode()] * 2


@pytest.mark.parametrize("tls", [True, False])
def test_a_certificate_of_nobody_known_stops_at_once(
    tmp_path: Path, certificate: Path, tls: bool
) -> None:
    with serve_tls(certificate, tls=tls) as (server, settings):
        done = run(tmp_path, settings)
    assert "certificate is not valid" in str(done.stopped)
    assert (server.logins, server.boxes) == ([], {})


def test_a_certificate_of_another_host_stops_at_once(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serve_mail(certificate, tls=True) as server:
        settings = make_settings(server, SMTP_SECURITY="tls", SMTP_HOST="127.0.0.2")
        # The server listens on one address only: connect there, and ask for the other name.
        monkeypatch.setattr("socket.create_connection", _to_first_address())
        done = run(tmp_path, settings)
    assert "certificate is not valid" in str(done.stopped)


def _to_first_address() -> object:
    import socket

    connect = socket.create_connection

    def connected(address: tuple[str, int], *arguments: object, **options: object) -> socket.socket:
        return connect(("127.0.0.1", address[1]))

    return connected


def test_a_wrong_password_stops_at_once(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serve_mail(certificate, login=True) as server:
        wrong = {"SMTP_USER": USER, "SMTP_PASSWORD": "wrong", "SMTP_SECURITY": "starttls"}
        done = run(tmp_path, make_settings(server, **wrong))
    assert "the user or password (535" in str(done.stopped)
    assert "wrong" not in str(done.stopped)
    assert (done.left, server.boxes, server.seen.count("MAIL")) == (3, {}, 0)


def test_a_server_without_encryption_gets_no_password(tmp_path: Path) -> None:
    with serve_mail() as server:
        settings = make_settings(
            server, SMTP_SECURITY="starttls", SMTP_USER=USER, SMTP_PASSWORD=PASSWORD
        )
        done = run(tmp_path, settings)
    assert "does not offer what is needed" in str(done.stopped)
    assert server.seen == ["EHLO"]


def test_letters_beyond_ascii_go_to_servers_that_know_them(tmp_path: Path) -> None:
    people = (Recipient("ädä", "example.org"),)
    with serve_mail() as server:
        assert run(tmp_path, make_settings(server), people).accepted == 1
    assert server.counts() == {"ädä@example.org": 1}


def test_a_thousand_addresses_get_one_message_each(tmp_path: Path) -> None:
    """A server that refuses, defers, stalls and dies; the sender stops and goes on again."""
    people = tuple(Recipient(f"n{n}", "example.org", line=n) for n in range(1_000))
    attempts: dict[tuple[str, str], int] = {}

    def fault(stage: str, recipient: str) -> str:
        tries = attempts[stage, recipient] = attempts.get((stage, recipient), -1) + 1
        draw = crc32(f"{stage} {recipient} {tries}".encode()) % 1000
        if stage == "RCPT":
            tries = len([one for one in server.seen if one == "RCPT"])
            draw = crc32(f"RCPT {tries}".encode()) % 1000
            return "550 5.1.1 No" if draw < 10 else "450 4.2.0 Later" if draw < 50 else ""
        if stage == "DATA":
            return "451 4.3.0 Later" if draw < 20 else DROP if draw < 40 else ""
        if stage == "CONTENT":
            return DROP if draw < 20 else ""
        if stage == "END":
            return (
                "554 5.6.0 No"
                if draw < 10
                else "452 4.2.2 Later"
                if draw < 30
                else KEEP_AND_DROP
                if draw < 40
                else DROP
                if draw < 50
                else STALL
                if draw < 52
                else ""
            )
        return ""

    refused: set[str] = set()
    uncertain: set[str] = set()
    with serve_mail() as server:
        server.fault = fault
        for _ in range(4):
            done = run(tmp_path, make_settings(server), people, timeouts=Timeouts(0.2, 0.2))
            refused |= {one.address for one, _ in done.refused}
            uncertain |= {one.address for one, _ in done.uncertain}
    every = {one.address for one in people}
    assert (done.accepted, done.deferred, done.stopped) == (0, [], None)
    assert len(refused) > 10
    assert 10 < len(uncertain) < 60
    assert every - refused - uncertain <= server.boxes.keys()
    assert set(server.counts().values()) == {1}
    assert not refused & set(server.boxes)
