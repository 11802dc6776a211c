"""Where an address begins and ends in running text, and the form in which it is kept."""

from __future__ import annotations

import re

_CHARACTERS = r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|\\[_%#&~]){1,2000}+"
URL = rf"https?://(?=[A-Za-z0-9]){_CHARACTERS}"
"""A pattern of addresses, which takes in the punctuation that follows them: see `split_url`."""

BARE_URL = (
    r"(?<![\w@/.:\\-])(?:www\.(?=\w)|(?:[\w-]{1,60}\.){1,3}github\.io/"
    r"|(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|hf\.co"
    r"|anonymous\.4open\.science)/(?=\w))" + _CHARACTERS.replace("{1,", "{0,")
)
"""A pattern of addresses without a scheme, of hosts that are surely meant as such."""

GIT_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
"""Hosts whose pages of a repository are also found under its name with ``.git``."""


def split_url(matched: str) -> tuple[str, str]:
    """Split what a pattern matched into the address and the sentence's punctuation after it.

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
    r"""Take LaTeX's backslashes off an address, and ``.git`` off a repository's."""
    plain = re.sub(r"\\([_%#&~])", r"\1", url)
    host = plain.partition("://")[2].partition("/")[0].removeprefix("www.").lower()
    return plain.removesuffix(".git") if host in GIT_HOSTS else plain
