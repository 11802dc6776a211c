"""Finds a paper's code and project page among the addresses in its abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from papercatalog.text.urls import BARE_URL, GIT_HOSTS, URL, clean_url, split_url


@dataclass(frozen=True, slots=True)
class Links:
    """The links found in an abstract, as https addresses."""

    code: str | None = None
    """A repository, else a data set or demonstration."""
    project: str | None = None
    """The project's own page."""


_ADDRESS = re.compile(f"{URL}|{BARE_URL}")
_REPOSITORY_HOSTS = re.compile(
    r"(?:gist\.)?github\.com|gitlab\.[\w.-]+|bitbucket\.org|codeberg\.org|gitee\.com"
    r"|anonymous\.4open\.science"
)
_REPOSITORY_PATH = re.compile(
    r"/(?!(?:about|apps|collections|explore|features|groups|join|login|marketplace|orgs|search"
    r"|settings|signup|sponsors|topics|users)/)[\w.~-]+/[\w.~-]+"
)
_MODEL_HOSTS = re.compile(r"huggingface\.co|hf\.co|modelscope\.(?:cn|ai)")
_DATA_OR_DEMO_PATH = re.compile(r"/(?:datasets|spaces|studios)/[\w.-]+/[\w.-]+")
_OTHER_HOSTS = re.compile(
    r"(?:[\w-]+\.)*(?:arxiv\.org|doi\.org|youtube\.com|youtu\.be|bilibili\.com|vimeo\.com"
    r"|openreview\.net|aclanthology\.org|semanticscholar\.org|wikipedia\.org|creativecommons\.org"
    r"|twitter\.com|x\.com|google\.com|goo\.gl|forms\.gle|bit\.ly|dropbox\.com|zenodo\.org"
    r"|kaggle\.com|pypi\.org|githubusercontent\.com|githubassets\.com)"
)
_PROJECT_OF_GOOGLE = "sites.google.com"


def find_links(text: str) -> Links:
    """Find the first link to code and the first to a project page, in Markdown or raw text.

    A repository precedes a data set or demonstration. Pages of users and organisations, log-ins
    and model cards are no code; papers, videos, forums, file stores and shortened addresses are
    neither.
    """
    repository = data = project = None
    for url in _addresses(text):
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        if _REPOSITORY_HOSTS.fullmatch(host):
            repository = repository or (url if _REPOSITORY_PATH.match(parts.path) else None)
        elif _MODEL_HOSTS.fullmatch(host):
            data = data or (url if _DATA_OR_DEMO_PATH.match(parts.path) else None)
        elif host == _PROJECT_OF_GOOGLE or not _OTHER_HOSTS.fullmatch(host):
            project = project or url
    return Links(code=repository or data, project=project)


def _addresses(text: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(text):
        typed = split_url(match[0])[0].partition("://")
        url = clean_url(f"https://{typed[2] or typed[0]}")
        host, slash, path = url.removeprefix("https://").partition("/")
        host = host.lower()
        if (plain := host.removeprefix("www.")) in GIT_HOSTS:
            host = plain
        if "." in host.strip("."):
            yield f"https://{host}{slash}{path}"
