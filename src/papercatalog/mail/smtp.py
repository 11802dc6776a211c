"""One connection to an SMTP server, and the delivery of one message over it.

A delivery ends in one of few ways, of which each is a return or an exception of its own. What
decides is the end mark after the message: a server that has not got it must not deliver (RFC 5321,
section 4.1.1.4), and one that has may, even if its answer is lost.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from papercatalog.mail.settings import MailSettings, Security

_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait for the server's answers."""

    command: float = 60
    end: float = 600
    """For the answer to the end mark: ten minutes, by RFC 5321, section 4.5.3.2.6."""


class DeliveryError(Exception):
    """The server's answer, or what happened to the connection."""

    def __init__(self, reason: str, reply: str = "") -> None:
        super().__init__(f"{reason}: {reply}" if reply else reason)
        self.reason = reason
        """What happened, without text of the server, which may hold the address."""


class RefusedError(DeliveryError):
    """The server will never take this message for this address."""


class DeferredError(DeliveryError):
    """The server does not take it for this address now."""


class BrokenError(DeliveryError):
    """The connection or the server failed before the end mark: the message was not delivered."""


class UncertainError(DeliveryError):
    """The connection failed after the end mark: the message may have been delivered."""


class FatalError(DeliveryError):
    """No message can be delivered until somebody changes the settings or the server."""


class Connection:
    """An open connection, logged in where there is a user."""

    def __init__(self, settings: MailSettings, timeouts: Timeouts) -> None:
        """Connect.

        Raises:
            BrokenError: The server cannot be reached, or not now.
            FatalError: It cannot be trusted, or it refuses us.
        """
        self._settings, self._timeouts = settings, timeouts
        self._is_clean = True
        """Whether the server expects a command."""
        try:
            self._server = self._open()
        except ssl.SSLCertVerificationError as error:
            reason = f"the server's certificate is not valid: {error.verify_message}"
            raise FatalError(reason) from None
        except smtplib.SMTPServerDisconnected as error:
            raise BrokenError(f"connecting failed: {error}") from None
        except smtplib.SMTPResponseException as error:
            kind = FatalError if 500 <= error.smtp_code < 600 else BrokenError
            is_login = isinstance(error, smtplib.SMTPAuthenticationError)
            what = "the user or password" if is_login else "the connection"
            raise kind(*_say(error.smtp_code, error.smtp_error, what)) from None
        except smtplib.SMTPException as error:
            raise FatalError(f"the server does not offer what is needed: {error}") from None
        except OSError as error:
            kind = FatalError if _is_permanent(error) else BrokenError
            raise kind(f"connecting failed: {error.strerror or error}") from None

    def close(self) -> None:
        """Take leave where the server still listens."""
        if self._is_clean:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self._server.close()

    def deliver(self, recipient: str, message: bytes, before_end: Callable[[], None]) -> None:
        """Deliver one message; returns when the server has accepted it.

        ``before_end`` is called when the message went out whole but for its end mark.

        Raises:
            RefusedError, DeferredError: The connection serves for the next message.
            BrokenError, UncertainError, FatalError: It must be closed.
        """
        utf8 = not recipient.isascii()
        if utf8 and not self._server.has_extn("smtputf8"):
            raise RefusedError("the server takes no address with letters beyond ASCII")
        self._is_clean = False
        try:
            self._begin(recipient, utf8)
            self._server.send(_DOT.sub(b"..", message))
        except (smtplib.SMTPException, OSError) as error:
            raise BrokenError(f"the connection broke: {error}") from None
        before_end()
        code, text = self._finish()
        if code >= 300:
            self._refuse(code, text, "the message")
        self._is_clean = True

    def _open(self) -> smtplib.SMTP:
        given = self._settings
        limit = self._timeouts.command
        # The sender's domain is our name: that of this machine is nobody's business.
        if given.security == Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                given.host, given.port, given.sender.domain, timeout=limit, context=_trust()
            )
        else:
            server = smtplib.SMTP(given.host, given.port, given.sender.domain, timeout=limit)
        try:
            if given.security == Security.STARTTLS:
                server.starttls(context=_trust())
            server.ehlo_or_helo_if_needed()
            if given.user:
                server.login(given.user, given.password)
            assert server.sock is not None  # noqa: S101, it is connected
            # The end mark is a packet of its own, which shall not wait for others.
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            server.close()
            raise
        return server

    def _begin(self, recipient: str, utf8: bool) -> None:
        """Go through the commands before the message."""
        server = self._server
        options = ["SMTPUTF8"] if utf8 else []
        code, text = server.mail(self._settings.sender.address, options)
        if code != 250:
            # This concerns the sender, and so every message.
            raise (FatalError if 500 <= code < 600 else BrokenError)(
                *_say(code, text, "the sender")
            )
        code, text = server.rcpt(recipient)
        if code not in (250, 251):
            self._refuse(code, text, "the address")
        code, text = server.docmd("DATA")
        if code != 354:
            self._refuse(code, text, "the message")

    def _finish(self) -> tuple[int, bytes]:
        """Send the end mark and read the answer."""
        server = self._server
        try:
            assert server.sock is not None  # noqa: S101, it is connected
            server.sock.settimeout(self._timeouts.end)
            server.send(b".\r\n")
            code, text = server.getreply()
            server.sock.settimeout(self._timeouts.command)
        except (smtplib.SMTPException, OSError) as error:
            raise UncertainError(
                f"the connection broke before the server's answer: {error}"
            ) from None
        if not (200 <= code < 300 or 400 <= code < 600):
            raise UncertainError("the server's answer cannot be understood")
        return code, text

    def _refuse(self, code: int, text: bytes, what: str) -> None:
        """Raise what an answer other than success means, the session ready for the next message."""
        said = _say(code, text, what)
        if code == 421 or not 400 <= code < 600:
            raise BrokenError(*said)
        with suppress(smtplib.SMTPException, OSError):
            self._server.rset()
        self._is_clean = True
        raise (RefusedError if code >= 500 else DeferredError)(*said)


@cache
def _trust() -> ssl.SSLContext:
    """Give the system's authorities, which load slowly; ``SSL_CERT_FILE`` names others."""
    return ssl.create_default_context()


def _is_permanent(error: OSError) -> bool:
    """Whether connecting again is useless: no such host, or a port without TLS."""
    if isinstance(error, socket.gaierror):
        return error.errno != socket.EAI_AGAIN
    return isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError)


def _say(code: int, text: bytes | str, what: str) -> tuple[str, str]:
    """Give the reason, with the server's codes (RFC 3463), and the server's own text."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    enhanced = re.match(r"[245]\.\d{1,3}\.\d{1,3}", words)
    codes = f"{code} {enhanced[0]}" if enhanced else str(code)
    return f"the server refused {what} ({codes})", words
