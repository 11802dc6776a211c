"""Rules for links: LaTeX's commands and bare addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Link, Node, substitute
from papercatalog.text.urls import BARE_URL, URL, clean_url, split_url

_LABEL = r"\{(?P<label>[^{}]{0,200}\{[^{}]{1,200}\}|[^{}]{1,200})\}"
_COMMAND = re.compile(rf"\\?\b(?:url|href)\{{\s?(?P<url>{URL})\s?\}}(?:{_LABEL})?")
_LOST_COMMAND = re.compile(rf"(?P<url>{URL}){_LABEL}")
_LINK = re.compile(URL)
_BARE_LINK = re.compile(BARE_URL)
_ADDRESS = re.compile(r"https?:|[\w-]+(?:\.[\w-]+)+/|[{}]")


def link_command(text: str) -> Iterator[Node]:
    r"""Read ``\url{…}`` and ``\href{…}{…}``."""
    return substitute(_COMMAND, _labelled, text, "{")


def lost_link_command(text: str) -> Iterator[Node]:
    r"""Read ``https://a.org{this https URL}``, the rest of an ``\href`` without its command."""
    return substitute(_LOST_COMMAND, _labelled, text)


def link(text: str) -> Iterator[Node]:
    """Link addresses, without the punctuation of the sentence around them."""
    return substitute(_LINK, _bare, text)


def bare_link(text: str) -> Iterator[Node]:
    """Link addresses without a scheme, of hosts that no other text looks like."""
    return substitute(_BARE_LINK, _without_scheme, text)


def _labelled(match: re.Match[str]) -> Link:
    url = clean_url(split_url(match["url"])[0])
    label = match["label"]
    return Link(url, url if label is None or _ADDRESS.search(label) else label.strip() or url)


def _bare(match: re.Match[str]) -> Iterator[Node]:
    address, rest = split_url(match[0])
    url = clean_url(address)
    yield Link(url, url)
    yield rest


def _without_scheme(match: re.Match[str]) -> Iterator[Node]:
    address, rest = split_url(match[0])
    url = clean_url(f"https://{address}")
    yield Link(url, url.removeprefix("https://"))
    yield rest
