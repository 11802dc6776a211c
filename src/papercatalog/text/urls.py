"""Finds the ends of addresses in running text and normalises addresses."""

from __future__ import annotations

import re

_CHARACTERS = r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|\\[_%#&~]){1,2000}+"
URL = rf"https?://(?=[A-Za-z0-9]){_CHARACTERS}"
"""A pattern of addresses; it includes the punctuation after them, which `split_url` removes."""

BARE_URL = (
    r"(?<![\w@/.:\\-])(?:www\.(?=\w)|(?:[\w-]{1,60}\.){1,3}github\.io/"
    r"|(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|hf\.co"
    r"|anonymous\.4open\.science)/(?=\w))" + _CHARACTERS.replace("{1,", "{0,")
)
"""A pattern of addresses without a scheme, of hosts that no other text looks like."""

GIT_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
"""Hosts that serve a repository's page also under its address with ``.git``."""


def split_url(matched: str) -> tuple[str, str]:
    """Split a match of `URL` or `BARE_URL` into the address and the punctuation after it.

    ``https://a.org/b).`` → ``https://a.org/b`` and ``).``
    """
    end = len(matched)
    unmatched = matched.count(")") - matched.count("(")
    while end:
        last = matched[end - 1]
        if last == ")" and unmatched > 0:
            unmatched -= 1
        elif last not in ".,;:!?'*&$":
            break
        end -= 1
    return matched[:end], matched[end:]


def clean_url(url: str) -> str:
    r"""Remove LaTeX's backslashes from an address, and ``.git`` from a repository's."""
    plain = re.sub(r"\\([_%#&~])", r"\1", url)
    host = plain.partition("://")[2].partition("/")[0].removeprefix("www.").lower()
    return plain.removesuffix(".git") if host in GIT_HOSTS else plain
