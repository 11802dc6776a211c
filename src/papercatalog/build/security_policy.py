"""A Content Security Policy for every page: browsers run and load nothing but what the site has.

Pages show strangers' text. Should any of it ever become markup, the policy keeps it from running
scripts and from loading or sending anything elsewhere.

Source: Content Security Policy Level 3, https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from markupsafe import escape

DEFAULT: Mapping[str, Sequence[str]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "frame-src": ("'none'",),
    "media-src": ("'self'",),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
}
"""The sources that each directive allows."""
_FALLS_BACK = ("script-src", "style-src", "connect-src", "font-src", "media-src")
"""Directives that stand in a policy only where they allow more than ``default-src``."""

_SOURCE = re.compile(
    r"(?:https|wss)://(?:\*\.)?[\w.-]+(?::\d+)?(?:/[\w./~%-]*)?|'self'|data:|blob:"
)
_INLINE_SCRIPT = re.compile(
    r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<code>.*?)</script>", re.DOTALL
)
_NOT_INLINE = re.compile(
    r"\ssrc\s*=|\stype\s*=\s*(?![\"']?(?:module|text/javascript)\b)", re.IGNORECASE
)
_HEAD = re.compile(r"<head\b[^>]*>\s*(?:<meta charset=[^>]*>)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SecurityPolicy:
    """The policy of a site's pages."""

    more: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Sources that the site's owner allows beside `DEFAULT`, by directive."""

    def protect(self, html: str, content: str = "") -> str:
        """Write the policy into a page's head. It allows the theme's inline scripts by their hash.

        Scripts in the page's own ``content``, which a pull request can write, are not allowed;
        where that cannot be told from the theme's part (see `holds`), no inline script is. A page
        without a head stays as it is.
        """
        around = html.replace(content, "\0") if content else html
        of_theme = _INLINE_SCRIPT.finditer(around) if holds(html, content) else ()
        scripts = dict.fromkeys(
            f"'sha256-{b64encode(sha256(found['code'].encode()).digest()).decode()}'"
            for found in of_theme
            if not _NOT_INLINE.search(found["attributes"])
        )
        head = _HEAD.search(html)
        if head is None:
            return html
        policy = "; ".join(self._directives(tuple(scripts)))
        meta = f'<meta http-equiv="Content-Security-Policy" content="{_quote(policy)}">'
        return f"{html[: head.end()]}{meta}{html[head.end() :]}"

    def _directives(self, scripts: tuple[str, ...]) -> list[str]:
        every = {}
        for name, given in DEFAULT.items():
            more = self.more.get(name, ())
            every[name] = [*([] if more and given == ("'none'",) else given), *more]
        every["script-src"] += scripts
        return [
            " ".join([name, *sources])
            for name, sources in every.items()
            if name not in _FALLS_BACK or sources != every["default-src"]
        ]


def holds(html: str, content: str) -> bool:
    """Whether a page holds its own part verbatim, or has none."""
    return content in html


def allow_form(more: Mapping[str, Sequence[str]], address: str) -> Mapping[str, Sequence[str]]:
    """Add to further sources that forms may be sent to one address; to none if it is empty.

    A source has no query, so the address may be sent to with any.

    >>> allow_form({"form-action": ["https://a.org"]}, "https://b.org/new?list=1")
    {'form-action': ['https://a.org', 'https://b.org/new']}
    """
    if not address:
        return more
    source = address.partition("?")[0]
    return {**more, "form-action": [*more.get("form-action", ()), source]}


def find_policy_faults(more: Mapping[str, object]) -> list[str]:
    """Say what is wrong with sources that a site's owner gives: directives and their lists."""
    faults = []
    for name, sources in more.items():
        if name not in DEFAULT:
            faults.append(f"{name!a} is no directive; there are {', '.join(DEFAULT)}")
        elif not isinstance(sources, list):
            faults.append(f"{name}: write a list of sources, such as [https://example.org]")
        else:
            bad = [one for one in sources if not isinstance(one, str) or not _SOURCE.fullmatch(one)]
            faults += [f"{name}: {one!a} is no source such as https://example.org" for one in bad]
    return faults


def _quote(text: str) -> str:
    """Escape for a value in double quotes; single quotes, which policies have, stay short."""
    return str(escape(text)).replace("&#39;", "'")
