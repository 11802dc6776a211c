"""Identifiers: arXiv ids, DOIs and slugs are recognised, normalised and built here only."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote

from slugify import slugify

SLUG_LENGTH = 80
"""The most characters a slug has; it ends at a word's end."""

ARXIV_ID_PATTERN = (
    r"(?:(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4])(?:0[1-9]|1[0-2]))\.[0-9]{4}"
    r"|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5}"
    r"|[a-z][a-z-]*/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{3})"
)
"""Matches an arXiv id as pages hold it: archive and seven digits until March 2007, then four
digits after a point, five since 2015."""
RESERVED_IDS = ("index", "readme")
"""Names whose pages would take the place of a folder's own page."""
MAX_ID_LENGTH = 200
"""Characters of an id: with ``.md`` it fits into a file's name, of at most 255 bytes."""
ID_PATTERN = r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*"
"""Matches an id, but for its length and the reserved ones."""
DOI_ID_PATTERN = r"10\.[0-9]{4,9}/[!-@\[-~]+"
"""Matches a DOI as pages hold it: in lower case."""

_BLANK = r"[ \t\r\n\u00a0]"
_OPENING = rf"(?:\[[^\[\]]*\]\(|\\url\{{|[<(\[{{\"'`*]|{_BLANK}){{0,4}}"
_CLOSING = rf"(?:[.,;:!>)\]}}\"'`*]|{_BLANK}){{0,6}}"
_ARXIV_LABEL = (
    rf"(?:(?:cite{_BLANK}as|corr|(?:arxiv{_BLANK})?(?:e-?|pre-?)prints?|arxiv(?:{_BLANK}id|\.org)?"
    rf"|doi)(?:[:.,]|{_BLANK}){{0,3}}){{0,4}}"
)
_ARXIV_ADDRESS = (
    r"(?:(?:https?:)?//)?"
    r"(?:(?:[a-z0-9-]+\.){0,3}(?:arxiv\.org|xxx\.lanl\.gov|alphaxiv\.org|ar5iv\.org)/(?:[a-z_-]+/)?"
    r"|(?:www\.)?(?:huggingface\.co|hf\.co|arxiv-vanity\.com|emergentmind\.com)/papers/"
    r"|(?:(?:www|api)\.)?(?:semanticscholar\.org|scirate\.com|papers\.cool)/(?:arxiv/|(?=arxiv:))"
    r"|(?:(?:dx\.|www\.)?doi\.org/)?10\.48550/(?=arxiv))(?:arxiv[:.])?"
)
_TYPED_ARXIV_ID = ARXIV_ID_PATTERN.replace("[a-z-]*/", r"[a-z-]*(?:\.[a-z-]{2,8})?/")
_CATEGORIES = rf"[a-z][a-z0-9.-]*(?:[,;]{_BLANK}?[a-z][a-z0-9.-]*){{0,9}}"
ARXIV_PATTERN = (
    rf"{_OPENING}{_ARXIV_LABEL}{_OPENING}(?:{_ARXIV_ADDRESS}|abs/)?({_TYPED_ARXIV_ID})"
    rf"(?:v([0-9]{{1,3}}))?(?:\.pdf|\.html)?/?(?:[?#][!-~]*)?{_CLOSING}"
    rf"(?:[\[(]{_CATEGORIES}[\])]{_CLOSING}){{0,2}}"
    rf"(?:[0-9]{{1,2}}{_BLANK}[a-z]{{3}}{_BLANK}[0-9]{{4}})?"
)
"""Matches a text that is an arXiv id in any spelling; group 1 is the id, group 2 the version.

Like `DOI_PATTERN` it matches the whole of a text that is stripped of white space and of URL
escapes, and ignores case. It is written in the syntax that Python (``re.ASCII``) and JavaScript
share: the browser's copy is generated from it.
"""
DOI_PATTERN = (
    rf"{_OPENING}(?:doi(?:[:.]|{_BLANK}){{0,3}})?{_OPENING}"
    r"(?:(?:(?:https?:)?//)?(?:(?:dx\.|www\.)?doi\.org/"
    r"|[a-z0-9.-]{1,80}/(?:[a-z0-9_.-]+/){0,4}doi/(?:[a-z]+/)?"
    r"|link\.springer\.com/(?:[a-z-]+/){1,2}"
    r"|(?:www\.)?frontiersin\.org/(?:[a-z-]+/){0,2}articles/)(?:doi:)?)?"
    r"(10\.[0-9]{4,9}/(?:[!\"$-'*-;=@-Z\\^-z|~]|\([!-'*-~]*\)|<[!-;=?-~]*>|\[[!-Z\\^-~]*\])+?)"
    rf"(?:/(?:full|abstract|e?pdf|meta))?(?:\.pdf)?/?(?:[?#][!-~]*)?{_CLOSING}"
)
"""Matches a text that is a DOI in any spelling; group 1 is the DOI."""
_ARXIV = re.compile(ARXIV_PATTERN, re.IGNORECASE | re.ASCII)
_DOI = re.compile(DOI_PATTERN, re.IGNORECASE | re.ASCII)
_MARKED_ARXIV = re.compile(
    rf"(?<![a-z0-9])(?:{_ARXIV_ADDRESS}|arxiv(?:\.org)?(?:[:.,]|{_BLANK}){{0,3}}|abs/)"
    rf"({_TYPED_ARXIV_ID})(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
_URL_ESCAPE = re.compile(r"%([2-7][0-9A-Fa-f])")
_SAFE_IN_DOI = ";,/:@&=+$-_.!~*'()"
"""What `encodeURI` of browsers leaves, but for ``?`` and ``#``: browsers write the same address."""
_FOUR_DIGITS = re.compile(r"(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{3,4}")
_PLAIN_TITLE = re.compile(r"[A-Za-z0-9 :?!()/+-]*[A-Za-z0-9][A-Za-z0-9 :?!()/+-]*")
"""A title that `slugify` does nothing else to than part its words; most are, and it is slow."""
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_ID = re.compile(ID_PATTERN)
_DOI_SLUG_LENGTH = 160
_ORCID = re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]")


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An arXiv identifier without its version, and the version where one was given."""

    id: str
    """``2410.08115``, or ``cs/0309040`` as before April 2007."""
    version: int | None = None


def parse_arxiv(text: str) -> ArxivId | None:
    """Read a text that is an arXiv id, bare, labelled or as an address; None where it is not.

    >>> parse_arxiv("https://arxiv.org/pdf/2410.08115v2")
    ArxivId(id='2410.08115', version=2)
    >>> parse_arxiv("arXiv:cs.CL/0309040 [cs.CL]").id
    'cs/0309040'

    Source: https://info.arxiv.org/help/arxiv_identifier.html
    """
    found = _ARXIV.fullmatch(_unescape(text))
    if found is None:
        return None
    return ArxivId(_without_subject(found[1]), int(found[2]) if found[2] else None)


def find_arxiv(text: str) -> str | None:
    """Find the one arXiv id that a text names as such; None where it names none or several.

    >>> find_arxiv("Comment: 9 pages, arXiv preprint arXiv:1508.00882, 2015")
    '1508.00882'
    """
    if whole := parse_arxiv(text):
        return whole.id
    found = {_without_subject(match[1]) for match in _MARKED_ARXIV.finditer(_unescape(text))}
    return found.pop() if len(found) == 1 else None


def parse_doi(text: str) -> str | None:
    """Read a text that is a DOI or its address, in lower case; None where it is not.

    >>> parse_doi("https://doi.org/10.1145/3292500.3330701")
    '10.1145/3292500.3330701'

    Source: https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
    """
    found = _DOI.fullmatch(_unescape(text))
    return found[1].lower() if found else None


def doi_address(doi: str) -> str:
    """Give the address that resolves a DOI; signs that end or divide an address are encoded.

    >>> doi_address("10.1000/(a#b)<1::c>2.0.co;2-d")
    'https://doi.org/10.1000/(a%23b)%3C1::c%3E2.0.co;2-d'

    Source: https://www.doi.org/doi-handbook/HTML/encoding-rules-for-urls.html
    """
    return f"https://doi.org/{quote(doi, safe=_SAFE_IN_DOI)}"


def lacks_digit(text: str) -> bool:
    """Whether a text is an arXiv id since 2015 without its last digits, as spreadsheets leave it.

    >>> lacks_digit("2410.0811")
    True
    """
    return _FOUR_DIGITS.fullmatch(text.strip()) is not None


def _unescape(text: str) -> str:
    """Strip white space and decode the URL escapes of ASCII."""
    return _URL_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text.strip())


def _without_subject(arxiv: str) -> str:
    """Reduce ``math.GT/0309136`` to ``math/0309136``."""
    archive, slash, number = arxiv.lower().partition("/")
    return f"{archive.partition('.')[0]}/{number}" if slash else archive


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

    An id that is taken already or reserved gets ``-2``, ``-3`` and so on.

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
        base = re.sub(r"[^a-z0-9.]+", "-", doi.lower()).strip("-.")[:_DOI_SLUG_LENGTH].strip("-.")
    else:
        base = build_slug(title)
    if base not in taken and base not in RESERVED_IDS:
        return base
    return next(name for n in count(2) if (name := f"{base}-{n}") not in taken)


def is_id(text: str) -> bool:
    """Whether a text can be an id: lower-case letters and digits, joined by ``.-_``.

    >>> is_id("2410.08115"), is_id("index"), is_id("a" * 201)
    (True, False, False)
    """
    return (
        _ID.fullmatch(text) is not None and len(text) <= MAX_ID_LENGTH and text not in RESERVED_IDS
    )


def is_orcid(text: str) -> bool:
    """Whether a text is an ORCID iD: 16 digits, the last of which checks the others.

    >>> is_orcid("0000-0002-1825-0097"), is_orcid("0000-0002-1825-0098")
    (True, False)

    Source: ISO/IEC 7064, MOD 11-2;
    https://support.orcid.org/hc/en-us/articles/360006897674-Structure-of-the-ORCID-Identifier
    """
    if not _ORCID.fullmatch(text):
        return False
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return digits[-1] == "0123456789X"[(12 - total % 11) % 11]
