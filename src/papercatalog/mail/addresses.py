"""Reads the file of addresses: one a line, with or without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papercatalog.model.invisible import find_unsafe_sign

_LINE = re.compile(r"(?:(?P<name>[^<>]*)<(?P<inside>[^<>]*)>|(?P<alone>[^<>]*))")
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}")
_MAX_LOCAL = 64
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets the newsletter."""

    local: str
    """The part before the ``@``, as written: only its own server knows what it means."""
    domain: str
    """The part after it, in lower case and ASCII."""
    name: str = ""
    line: int = 0
    """The line of the file, from 1."""

    @property
    def address(self) -> str:
        """The whole address; two that are equal are one mailbox."""
        return f"{self.local}@{self.domain}"


@dataclass(frozen=True, slots=True)
class AddressFile:
    """What a file of addresses holds."""

    recipients: tuple[Recipient, ...]
    """Each address once, in the file's order."""
    repeated: int
    """Lines with an address that stands further up already."""
    problems: tuple[tuple[int, str], ...]
    """Line and what is wrong with it, without its text."""


def parse_addresses(text: str) -> AddressFile:
    """Read addresses; empty lines and lines that start with ``#`` are passed over.

    Lines end at line feeds alone: any other control character is a problem, so that no line can
    add a header to a message.
    """
    found: dict[str, Recipient] = {}
    problems: list[tuple[int, str]] = []
    repeated = 0
    for number, line in _list_lines(text):
        try:
            recipient = parse_recipient(line, number)
        except ValueError as error:
            problems.append((number, str(error)))
            continue
        if recipient.address in found:
            repeated += 1
        else:
            found[recipient.address] = recipient
    return AddressFile(tuple(found.values()), repeated, tuple(problems))


def parse_recipient(line: str, number: int = 0) -> Recipient:
    """Read ``ada@example.org`` or ``Ada Lovelace <ada@example.org>``.

    Raises:
        ValueError: What is wrong and what to do. The message does not repeat the line.
    """
    if find_unsafe_sign(line) or not line.isprintable():
        raise ValueError("holds a control character or another invisible sign; delete it")
    found = _LINE.fullmatch(line.strip())
    address = ((found["inside"] or found["alone"] or "") if found else "").strip()
    local, at, domain = address.rpartition("@")
    if not found or not at or not _LOCAL.fullmatch(local) or len(local.encode()) > _MAX_LOCAL:
        raise ValueError("is no address; write it as ada@example.org or Ada <ada@example.org>")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    if not _DOMAIN.fullmatch(domain):
        raise ValueError("has no domain that can be one; correct what follows the @")
    name = " ".join((found["name"] or "").replace('"', " ").split())
    if len(name) > _MAX_NAME:
        raise ValueError(f"has a name of {len(name)} characters; shorten it to {_MAX_NAME}")
    return Recipient(local, domain, name, number)


def _list_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        line = line.removesuffix("\r")
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line
