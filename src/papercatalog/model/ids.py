"""Identifiers: arXiv ids, DOIs and slugs are recognised, normalised and built here only."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import count

from slugify import slugify

SLUG_LENGTH = 80
"""The most characters a slug has; it ends at a word's end."""

_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[a-z][a-z-]*(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
ARXIV_PATTERN = (
    r"(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/"
    r"|(?:www\.)?(?:hf\.co|huggingface\.co)/papers/"
    r"|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\.|10\.48550/arxiv\.|arxiv:\s*)?"
    rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?:v(\d+))?(?:\.pdf)?/?"
)
"""Matches a whole arXiv id or address; group 1 is the id, group 2 the version.

Like `DOI_PATTERN` it ignores case and is written in the syntax that Python (``re.ASCII``) and
JavaScript share: the browser's copy is generated from it.
"""
DOI_PATTERN = r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[!-~]+)"
"""Matches a whole DOI or its address; group 1 is the DOI."""
_ARXIV = re.compile(ARXIV_PATTERN, re.IGNORECASE | re.ASCII)
_DOI = re.compile(DOI_PATTERN, re.IGNORECASE | re.ASCII)
_PLAIN_TITLE = re.compile(r"[A-Za-z0-9 :?!()/+-]*[A-Za-z0-9][A-Za-z0-9 :?!()/+-]*")
"""A title that `slugify` does nothing else to than part its words; most are, and it is slow."""
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_ID = re.compile(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An arXiv identifier without its version, and the version where one was given."""

    id: str
    """``2410.08115``, or ``cs/0309040`` as before April 2007."""
    version: int | None = None


def parse_arxiv(text: str) -> ArxivId | None:
    """Read an arXiv id from an id or one of its usual addresses; None where there is none.

    >>> parse_arxiv("https://arxiv.org/pdf/2410.08115v2")
    ArxivId(id='2410.08115', version=2)
    >>> parse_arxiv("arXiv:cs.CL/0309040").id
    'cs/0309040'

    Source: https://info.arxiv.org/help/arxiv_identifier.html
    """
    found = _ARXIV.fullmatch(text.strip().split("#")[0].split("?")[0])
    if found is None:
        return None
    arxiv = found[1].lower()
    if "/" in arxiv:
        archive, number = arxiv.split("/")
        arxiv = f"{archive.split('.')[0]}/{number}"
    return ArxivId(arxiv, int(found[2]) if found[2] else None)


def parse_doi(text: str) -> str | None:
    """Read a DOI, in lower case, from a DOI or its address; None where there is none.

    >>> parse_doi("https://doi.org/10.1145/3292500.3330701")
    '10.1145/3292500.3330701'
    """
    found = _DOI.fullmatch(text.strip())
    return found[1].lower() if found else None


def normalise_title(title: str) -> str:
    """Reduce a title to what two spellings of it share: ASCII letters and digits in lower case.

    >>> normalise_title("Attention  Is Needed!") == normalise_title("attention is needed")
    True
    """
    if _PLAIN_TITLE.fullmatch(title):
        return " ".join(_PLAIN_WORD.findall(title.lower()))
    return slugify(title, separator=" ") or " ".join(title.split()).casefold()


def build_slug(title: str) -> str:
    """Make a title into a slug of at most `SLUG_LENGTH` characters, cut at a word's end.

    >>> build_slug("Optima: Optimizing Effectiveness & Efficiency")
    'optima-optimizing-effectiveness-efficiency'
    """
    return slugify(title, max_length=SLUG_LENGTH, word_boundary=True, save_order=True) or "paper"


def build_id(
    title: str, arxiv: str | None = None, doi: str | None = None, *, taken: Container[str] = ()
) -> str:
    """Name a new page: by its arXiv id, else its DOI made safe, else a slug of its title.

    An id that is taken already gets ``-2``, ``-3`` and so on.

    >>> build_id("A title", arxiv="cs/0309040")
    'cs-0309040'
    >>> build_id("A title", doi="10.1145/3292500.3330701")
    '10.1145-3292500.3330701'
    >>> build_id("A title", taken={"a-title"})
    'a-title-2'
    """
    if arxiv is not None:
        base = arxiv.replace("/", "-").lower()
    elif doi is not None:
        base = re.sub(r"[^a-z0-9.]+", "-", doi.lower()).strip("-.")
    else:
        base = build_slug(title)
    if base not in taken:
        return base
    return next(name for n in count(2) if (name := f"{base}-{n}") not in taken)


def is_id(text: str) -> bool:
    """Whether a text can be an id: lower-case letters and digits, joined by ``.-_``."""
    return _ID.fullmatch(text) is not None
