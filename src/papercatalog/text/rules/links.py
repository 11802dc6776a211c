"""Rules for links: LaTeX's commands and bare addresses."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from papercatalog.text.nodes import Link, Node, substitute
from papercatalog.text.urls import BARE_URL, URL, clean_url, split_url

_LABEL = r"\{(?P<label>[^{}]{0,200}\{[^{}]{1,200}\}|[^{}]{1,200})\}"
_COMMAND = re.compile(rf"\\?\b(?:url|href)\{{\s?(?P<url>{URL})\s?\}}(?:{_LABEL})?")
_LOST_COMMAND = re.compile(rf"(?P<url>{URL}){_LABEL}")
_HTML_LINK = re.compile(
    rf"<a\s[^<>]{{0,200}}?href\s*=\s*[\"']?\s*(?P<url>{URL})[\"']?(?:[^<>]{{0,200}}>"
    r"(?:(?P<label>(?:[^<]|<(?!/?a\b)[^<>]{0,40}>){0,300}?)</a\s*>)?)?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_MARKDOWN_LINK = re.compile(
    rf"!?\[(?P<label>[^\[\]]{{1,200}})\]\(<?(?P<url>{URL}|{BARE_URL})(?P<end>>\))?"
)
_LINK = re.compile(URL)
_BARE_LINK = re.compile(BARE_URL)
_ADDRESS = re.compile(r"https?:|[\w-]+(?:\.[\w-]+)+/|[{}]")


def link_command(text: str) -> Iterator[Node]:
    r"""Read ``\url{…}`` and ``\href{…}{…}``."""
    return substitute(_COMMAND, _labelled, text, "{")


def html_link(text: str) -> Iterator[Node]:
    """Read ``<a href="https://a.org">our page</a>``, also without its end."""
    return substitute(_HTML_LINK, _read_html, text, "<")


def _read_html(match: re.Match[str]) -> Iterator[Node]:
    url = clean_url(split_url(html.unescape(match["url"]))[0])
    label = html.unescape(_TAG.sub("", match["label"] or "")).strip()
    words = label.rstrip(".,;:")
    yield Link(url, url if not words or _ADDRESS.search(words) else words)
    yield label[len(words) :]


def markdown_link(text: str) -> Iterator[Node]:
    """Read ``[our page](https://a.org)``."""
    return substitute(_MARKDOWN_LINK, _read_markdown, text, "](")


def _read_markdown(match: re.Match[str]) -> Iterator[Node]:
    address, rest = match["url"], ""
    if not match["end"]:
        address, closed, rest = _split_at_end(match["url"])
        if not closed:
            yield match[0]
            return
    url = clean_url(address if "://" in address else f"https://{address}")
    label = match["label"].strip()
    yield Link(url, url if not label or _ADDRESS.search(label) else label)
    yield rest


def _split_at_end(matched: str) -> tuple[str, bool, str]:
    """Split at the parenthesis that closes a Markdown link, as ``a.org/(b)).`` at the second."""
    depth = 0
    for at, character in enumerate(matched):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return matched[:at], True, matched[at + 1 :]
    return matched, False, ""


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
