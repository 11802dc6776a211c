"""Reads how mail is sent from variables of the environment, where passwords belong."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote

from papercatalog.mail.addresses import Recipient, parse_recipient

PREFIX = "PAPERCATALOG_"
_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|[0-9a-fA-F:.]+")
_URL = re.compile(
    r"https://[A-Za-z0-9.-]+(?::\d{1,5})?/(?:[!#-&(-;=?-Z_a-z~]|\{address\}|\{token\})*"
)
_MAX_URL = 500
_MIN_KEY = 16


class Security(StrEnum):
    """How a connection to the server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class SettingsError(ValueError):
    """Holds every variable that is missing or wrong."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server and the sender."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    sender: Recipient
    unsubscribe_to: Recipient
    """Who gets requests to unsubscribe by mail."""
    unsubscribe_url: str = ""
    """An https address for one click, with ``{address}`` or ``{token}`` in it; may be empty."""
    key: bytes = field(default=b"", repr=False)
    """Hides addresses in the journal and signs them in ``{token}``; may be empty."""

    def unsubscribe_links(self, recipient: Recipient) -> tuple[str, str]:
        """Give a recipient's ``mailto:`` address and https address; the latter may be empty."""
        subject = quote(f"unsubscribe {recipient.address}")
        mail = f"mailto:{quote(self.unsubscribe_to.address, safe='@')}?subject={subject}"
        token = sign(self.key, f"unsubscribe {recipient.address}")
        url = self.unsubscribe_url.replace("{address}", quote(recipient.address, safe=""))
        return mail, url.replace("{token}", token)


def sign(key: bytes, text: str) -> str:
    """Compute HMAC-SHA-256 (RFC 2104) in hexadecimal."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def read_settings(environment: Mapping[str, str]) -> MailSettings:
    """Read the settings.

    Raises:
        SettingsError: Names every variable that is missing or wrong; it repeats no value.
    """
    problems: list[str] = []

    def get(name: str, default: str | None = None) -> str:
        value = environment.get(f"{PREFIX}{name}", "").strip()
        if not value and default is None:
            problems.append(f"{PREFIX}{name} is not set")
        return value or default or ""

    def get_recipient(name: str, default: str | None = None) -> Recipient:
        value = get(name, default)
        try:
            recipient = parse_recipient(value or "a@b")
        except ValueError as error:
            problems.append(f"{PREFIX}{name} {error}")
            return Recipient("", "")
        if not recipient.local.isascii():
            problems.append(
                f"{PREFIX}{name}: write an address in ASCII: not every server takes others"
            )
        return recipient

    host = get("SMTP_HOST")
    port = get("SMTP_PORT", "587")
    security = get("SMTP_SECURITY", "tls" if port == "465" else "starttls").lower()
    user = get("SMTP_USER", "")
    password = environment.get(f"{PREFIX}SMTP_PASSWORD", "")
    sender = get_recipient("MAIL_FROM")
    unsubscribe_to = get_recipient(
        "MAIL_UNSUBSCRIBE", f"{sender.local or 'a'}@{sender.domain or 'b'}"
    )
    url, key = get("MAIL_UNSUBSCRIBE_URL", ""), get("MAIL_KEY", "")
    if host and not _HOST.fullmatch(host):
        problems.append(f"{PREFIX}SMTP_HOST is no name of a host, such as smtp.example.org")
    if not port.isdecimal() or not 1 <= int(port[:9]) <= 65535:
        problems.append(f"{PREFIX}SMTP_PORT is no port; the usual ones are 587 and 465")
    if security not in list(Security):
        problems.append(f"{PREFIX}SMTP_SECURITY: write starttls, tls or none")
    elif security == Security.NONE and user:
        problems.append(f"{PREFIX}SMTP_SECURITY: 'none' would send the password readable for all")
    if bool(user) != bool(password):
        problems.append(f"set both {PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD, or neither")
    if url and (
        not _URL.fullmatch(url)
        or len(url) > _MAX_URL
        or not ("{address}" in url or "{token}" in url)
    ):
        problems.append(
            f"{PREFIX}MAIL_UNSUBSCRIBE_URL: write an https address with {{address}} or {{token}}"
        )
    if "{token}" in url and not key:
        problems.append(f"{PREFIX}MAIL_KEY is not set, but {{token}} needs it")
    if key and len(key) < _MIN_KEY:
        problems.append(
            f"{PREFIX}MAIL_KEY is short enough to guess: take {_MIN_KEY} characters or more"
        )
    if problems:
        raise SettingsError("; ".join(problems))
    return MailSettings(
        host=host,
        port=int(port),
        security=Security(security),
        user=user,
        password=password,
        sender=sender,
        unsubscribe_to=unsubscribe_to,
        unsubscribe_url=url,
        key=key.encode(),
    )
