"""A sender that is killed at any point: the next run goes on, and nobody gets a mail twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from mail_server import MailServer, make_environment, serve_mail
from papercatalog.cli import main

PROGRAM = dedent(
    """
    import os, signal, smtplib, sys
    from papercatalog.cli import main
    from papercatalog.mail import journal

    point, number = sys.argv[1], int(sys.argv[2])
    reached = 0
    command, send, append = smtplib.SMTP.putcmd, smtplib.SMTP.send, journal._append

    def die(at):
        global reached
        reached += at == point
        if at == point and reached == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def killing_command(self, cmd, args=""):
        die(f"before {cmd.upper()}")
        command(self, cmd, args)

    def killing_send(self, data):
        if data == b".\\r\\n":
            die("before the end mark")
            if point == "after the answer":
                send(self, data)
                self.getreply()  # so the server has taken it
                die(point)
        if len(data) > 1000:
            send(self, data[:500])
            die("within the message")
            data = data[500:]
        send(self, data)

    def killing_append(handle, line):
        state = line.split()[0].decode()
        die(f"before {state}")
        if point == f"within {state}":
            os.write(handle, line[:20])
            die(point)
            os.ftruncate(handle, os.fstat(handle).st_size - 20)
        append(handle, line)
        die(f"after {state}")

    smtplib.SMTP.putcmd = killing_command
    if point in ("before the end mark", "after the answer", "within the message"):
        smtplib.SMTP.send = killing_send
    journal._append = killing_append
    sys.argv = ["papercatalog", *sys.argv[3:]]
    main()
    """
)
"""The command, which kills itself when it reaches a point for the n-th time."""
NAMES = ("ada", "bob", "cem")
COMMAND = ("newsletter", "--week", "2025-W31", "--per-minute", "6000")


def kill(root: Path, server: MailServer, point: str, number: int) -> None:
    arguments = ["-C", str(root), *COMMAND, "--send", str(root / "addresses.txt")]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, point, str(number), *arguments],
        env={**os.environ, **make_environment(server)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def send(root: Path, server: MailServer, *options: str) -> Result:
    return CliRunner().invoke(
        main,
        ["-C", str(root), *COMMAND, "--send", str(root / "addresses.txt"), *options],
        env=make_environment(server),
    )


@pytest.mark.parametrize(
    ("point", "doubt"),
    [
        ("before papercatalog", False),
        ("within papercatalog", False),
        ("before EHLO", False),
        ("before MAIL", False),
        ("before RCPT", False),
        ("before DATA", False),
        ("within the message", False),
        ("before intended", False),
        ("within intended", False),
        ("after intended", True),
        ("before the end mark", True),
        ("after the answer", True),
        ("before accepted", True),
        ("within accepted", True),
        ("after accepted", False),
    ],
)
def test_nobody_is_left_out_and_nobody_gets_it_twice(root: Path, point: str, doubt: bool) -> None:
    number = 1 if point.endswith(("papercatalog", "EHLO", "the answer")) else 2
    hit = NAMES[number - 1]
    with serve_mail() as server:
        kill(root, server, point, number)
        resumed = send(root, server)
        got = {address.partition("@")[0]: count for address, count in server.counts().items()}
        assert resumed.exit_code == (4 if doubt else 0), resumed.output
        assert (f"{hit}@example.org: cut off in an earlier run" in resumed.output) == doubt
        assert {name: got.get(name) for name in NAMES if name != hit} == dict.fromkeys(
            {*NAMES} - {hit}, 1
        )
        assert got.get(hit, 0) == 1 or (doubt and hit not in got)
        assert send(root, server, "--resend-uncertain").exit_code == 0
        assert send(root, server).exit_code == 0
    messages = server.boxes[f"{hit}@example.org"]
    ids = {line for text in messages for line in text.splitlines() if b"Message-ID" in line}
    assert 1 <= len(messages) <= 2
    assert len(ids) == 1, "a server can know the second as the first"
