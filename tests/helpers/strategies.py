"""Papers made up by hypothesis: any text, and the texts that YAML is known to misread."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import strategies as st

from papercatalog.model.field_types import LAST_YEAR
from papercatalog.model.fields import Links
from papercatalog.model.ids import ARXIV_ID_PATTERN, is_id, parse_doi
from papercatalog.model.invisible import find_unsafe_sign
from papercatalog.model.paper import Paper

TRAPS = st.sampled_from(
    [
        "no",
        "Yes",
        "null",
        "~",
        "12:30",
        "2410.08110",
        "1e3",
        "0x1F",
        "---",
        "--- a",
        "...",
        "a: b",
        "a #b",
        "# a",
        "- a",
        "? a",
        "[a, b]",
        "{a: b}",
        "{{ config }}",
        "{% raw %}",
        "&a *b",
        "!!python/object:os.system",
        "| >",
        "%YAML 1.2",
        "@a `b`",
        "'",
        '"',
        'it\'s "it"',
        "back\\slash\\",
        "\\u0041",
        "é\u00a0\u2028\u2029\u0085",
        "\ufeffbom\ufeff",
        "\x00\x07\x1b\x7f",
        "😀 𝔸 \U0010ffff",
        "\u202egnp.exe",
        "\u2067\u05d0\u05d1 (a)\u2069",
        "<img src=x onerror=alert(1)>",
        "<<: *a",
        "=",
        "2025-07-29",
        "2025-07-29T00:00:00Z",
    ]
)
PIECES = TRAPS | st.text(max_size=30)


def _make_safe(text: str) -> str:
    """Delete the signs that pages may not hold, if there is one."""
    return _UNSAFE.sub("", text) if find_unsafe_sign(text) else text


_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
TEXTS = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)
LINES = TEXTS.map(lambda text: _make_safe(" ".join(text.split())).strip()).filter(bool)
ABSTRACTS = (
    st.lists(PIECES | st.sampled_from(["\n", "\n---\n", "\n\n", "\t", "  "]), min_size=1)
    .map("".join)
    .map(lambda text: _make_safe(text.replace("\r", "\n")).strip())
    .filter(bool)
)
IDS = st.from_regex(r"[a-z0-9]{1,8}(?:[._-]{1,2}[a-z0-9]{1,8}){0,3}", fullmatch=True).filter(is_id)
DAYS = st.dates(dt.date(1, 1, 1), dt.date(LAST_YEAR, 12, 31))
ADDRESSES = st.from_regex(
    r"https?://[a-z]{1,9}\.[a-z]{2,3}/[!#-&(-;=?-\[\]_a-z~]{0,20}", fullmatch=True
)
ARXIV = st.from_regex(ARXIV_ID_PATTERN, fullmatch=True)
DOIS = st.from_regex(
    r"10\.[0-9]{4}/(?:[!$%&*+,./:;=@a-z0-9^_|~-]|\([a-z0-9-]\)|<[a-z0-9:]>){0,6}[a-z0-9]",
    fullmatch=True,
).filter(lambda doi: parse_doi(doi) == doi)


def unique(items: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, max_size=4, unique=True).map(tuple)


PAPERS = st.builds(
    Paper,
    id=IDS,
    title=LINES,
    date=DAYS,
    topics=unique(IDS),
    authors=st.lists(LINES, max_size=4).map(tuple),
    published=st.none() | DAYS,
    arxiv=st.none() | ARXIV,
    doi=st.none() | DOIS,
    venue=st.none() | LINES,
    keywords=unique(LINES),
    links=st.builds(Links, **dict.fromkeys(Links.model_fields, st.none() | ADDRESSES)),
    votes=st.none() | st.integers(0, 999_999_999),
    digests=unique(LINES),
    aliases=unique(IDS),
    abstract=ABSTRACTS,
)
"""Any paper that can be."""
