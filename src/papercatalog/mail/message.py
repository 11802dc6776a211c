"""Makes MIME messages of a newsletter: the same newsletter and address give the same bytes.

Sources: RFC 5322 (messages), RFC 2046 (multipart/alternative), RFC 2369 and RFC 8058
(``List-Unsubscribe`` by mail and by one click), RFC 2919 (``List-Id``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import quopri
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime

from papercatalog.mail.addresses import Recipient
from papercatalog.mail.newsletter import Newsletter
from papercatalog.mail.settings import MailSettings


class _Verbatim(UnstructuredHeader, BaseHeader):
    """A header of addresses, which are ASCII and must not be encoded as words, however long."""

    def fold(self, *, policy: Policy) -> str:
        value = str(self).replace(", ", f",{policy.linesep} ")
        return f"{self.name}: {value}{policy.linesep}"


_headers = HeaderRegistry()
for _name in ("list-unsubscribe", "message-id", "list-id"):
    _headers.map_to_type(_name, _Verbatim)
_POLICY = SMTP.clone(header_factory=_headers)
_POLICY_UTF8 = _POLICY.clone(utf8=True)


def make_message(
    newsletter: Newsletter, settings: MailSettings, recipient: Recipient, date: dt.datetime
) -> EmailMessage:
    """Make the message for one recipient.

    Its ``Message-ID`` follows from the newsletter's name and the address: servers that get the
    message a second time, even after a correction of the catalog, can know it.
    """
    mail, url = settings.unsubscribe_links(recipient)
    message = _make_body(newsletter, url or mail, utf8=not recipient.local.isascii())
    message["From"] = _write_address(settings.sender, newsletter.site_name)
    message["To"] = _write_address(recipient)
    message["Subject"] = newsletter.subject
    message["Date"] = format_datetime(date)
    domain = settings.sender.domain
    message["Message-ID"] = (
        f"<{_hash(newsletter.name, newsletter.site_url, recipient.address)}@{domain}>"
    )
    message["List-Id"] = f"<newsletter.{domain}>"
    message["List-Unsubscribe"] = ", ".join(f"<{link}>" for link in filter(None, [mail, url]))
    if url:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    return message


def make_draft(newsletter: Newsletter, date: dt.datetime) -> EmailMessage:
    """Make a message without sender and recipient, which mail programs open as a draft."""
    message = _make_body(newsletter, "", utf8=False)
    message["Subject"] = newsletter.subject
    message["Date"] = format_datetime(date)
    message["X-Unsent"] = "1"
    return message


def _make_body(newsletter: Newsletter, unsubscribe: str, *, utf8: bool) -> EmailMessage:
    policy = _POLICY_UTF8 if utf8 else _POLICY
    texts = {
        "plain": newsletter.render_text(unsubscribe),
        "html": newsletter.render_html(unsubscribe),
    }
    message = EmailMessage(policy)
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/alternative"
    message["Content-Language"] = newsletter.language
    for subtype, text in texts.items():
        part = EmailMessage(policy)
        part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_payload(quopri.encodestring(text.encode()).decode("ascii"))
        message.attach(part)
    message.set_boundary(f"=_{_hash(*texts.values())}")
    return message


def _write_address(recipient: Recipient, name: str = "") -> Address:
    return Address(recipient.name or name, recipient.local, recipient.domain)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]
