"""A mail server on this machine that fails on purpose, with TLS and log-in, and what it got."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from papercatalog.mail.settings import MailSettings, read_settings

USER, PASSWORD = "news", "a fabricated password"
DROP, STALL, KEEP_AND_DROP = "drop", "stall", "keep and drop"
"""Cut the connection; never answer; take the message, and cut the connection before the answer."""
STAGES = ("EHLO", "MAIL", "RCPT", "DATA", "CONTENT", "END")
"""CONTENT is within the message, END after its end mark."""

Fault = Callable[[str, str], str]
"""Gives what happens at a stage, for a recipient where one is known: a reply, or one of these."""


def no_fault(stage: str, recipient: str) -> str:
    return ""


@dataclass
class MailServer:
    port: int = 0
    fault: Fault = no_fault
    boxes: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    """The messages that each address got."""
    seen: list[str] = field(default_factory=list)
    """Stages in the order in which they were reached."""
    logins: list[bytes] = field(default_factory=list)

    def fail(self, stage: str, *actions: str) -> None:
        """Fail at a stage as often as there are actions."""
        left = list(actions)
        self.fault = lambda at, _: left.pop(0) if at == stage and left else ""

    def counts(self) -> dict[str, int]:
        return {address: len(messages) for address, messages in self.boxes.items()}


class _Protocol(SMTP):
    def __init__(self, server: MailServer, **options: Any) -> None:
        super().__init__(self, hostname="test", enable_SMTPUTF8=True, **options)
        self._state = server

    async def _fails(self, stage: str) -> bool:
        recipients = self.envelope.rcpt_tos if self.envelope else []
        self._state.seen.append(stage)
        action = self._state.fault(stage, recipients[0] if recipients else "")
        if action in (DROP, STALL):
            await self.leave(action)
        elif action:
            await self.push(action)
        return bool(action)

    async def leave(self, action: str) -> None:
        assert isinstance(self.transport, asyncio.WriteTransport)
        if action != STALL:
            self.transport.abort()
        await asyncio.sleep(60)  # until the connection is lost

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        if not await self._fails("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        if not await self._fails("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        if not await self._fails("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if await self._fails("DATA"):
            return
        recipient = self.envelope.rcpt_tos[0] if self.envelope else ""
        self._state.seen.append("CONTENT")
        if self._state.fault("CONTENT", recipient):
            await self.push("354 Go on")
            await self._reader.readline()
            await self.leave(DROP)
        await super().smtp_DATA(arg)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (recipient,) = envelope.rcpt_tos
        self._state.seen.append("END")
        action = self._state.fault("END", recipient)
        if action in ("", KEEP_AND_DROP):
            assert isinstance(envelope.content, bytes)
            self._state.boxes[recipient].append(envelope.content)
        if action in (DROP, STALL, KEEP_AND_DROP):
            await self.leave(action)
        return action or "250 2.0.0 Taken"


@contextmanager
def serve_mail(
    certificate: Path | None = None, *, tls: bool = False, login: bool = False
) -> Iterator[MailServer]:
    """Run a server while the context lasts; with a certificate it offers STARTTLS, or TLS alone."""
    state, loop = MailServer(), asyncio.new_event_loop()
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        state.logins.append(data.login)
        is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False)

    def make() -> _Protocol:
        return _Protocol(
            state,
            loop=loop,
            tls_context=None if tls else context,
            auth_require_tls=not tls,
            auth_required=login and not tls,  # aiosmtpd does not see that all of it is TLS
            authenticator=authenticate if login else None,
        )

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_forever()

    # All of the loop runs in its thread: this one may have the loop of a browser's driver.
    thread = threading.Thread(target=run)
    thread.start()
    opening = loop.create_server(make, "127.0.0.1", 0, ssl=context if tls else None)
    server = asyncio.run_coroutine_threadsafe(opening, loop).result(10)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _stop(server: asyncio.Server) -> None:
    server.close()
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def make_certificate(folder: Path) -> Path:
    """Make a key and a certificate of this machine, which is its own authority, in one file."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(command, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return both


def make_environment(server: MailServer, **more: str) -> dict[str, str]:
    """Give the variables for a server without TLS; more are named without their prefix."""
    values = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(server.port),
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "news@example.org",
        **more,
    }
    return {f"PAPERCATALOG_{name}": value for name, value in values.items()}


def make_settings(server: MailServer, **more: str) -> MailSettings:
    return read_settings(make_environment(server, **more))
