"""The names of people: their parts, how these are split and how they are joined."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_SUFFIX = re.compile(
    r"(?:jr|sr|junior|senior|ii|iii|iv|v|ph\.?\s?d|m\.?d|inc|ltd|llc|corp|co|gmbh|plc)\.?",
    re.IGNORECASE,
)
_BARE_SUFFIX = re.compile(r"[JS]r\.?|II|III|IV")
"""Suffixes that also stand without a comma."""
_COMPANY = re.compile(r"(?:inc|ltd|llc|corp|co|gmbh|plc)\.?", re.IGNORECASE)
PARTICLES = frozenset({
    "al", "bin", "da", "dal", "de", "del", "della", "den", "der", "des", "di", "dos", "du", "el",
    "ibn", "la", "le", "ten", "ter", "van", "von", "zu",
})  # fmt: skip
"""Words that begin a family name of several words, in lower case."""
_CAPITAL_PARTICLES = frozenset({
    "Al", "Da", "De", "Del", "Della", "Di", "Dos", "Du", "El", "La", "Le", "Van", "Von",
})  # fmt: skip
"""Particles that are capitals in many names, and hardly ever a middle name."""
_VIETNAMESE = frozenset({
    "bui", "dang", "dao", "dinh", "do", "doan", "duong", "ho", "hoang", "huynh", "le", "luong",
    "ly", "ngo", "nguyen", "pham", "phan", "tran", "trinh", "truong", "vo", "vu",
})  # fmt: skip
"""Family names before which "Van" and "Le" are middle names, without their accents."""
_AND = frozenset({"e", "y"})
"""Words between the two parts of a Spanish or Portuguese family name."""
_CJK = (
    r"[\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
CJK_NAME = re.compile(rf"{_CJK}+(?:[·・]{_CJK}+)*")
"""A name, or a part of one, in Chinese, Japanese or Korean."""
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,2}")
_NO_PERSON = re.compile(
    r"[\d@&/:;()\[\]{}|+*=<>\"]|\b(?i:and|of|for|the)\b|\bAI\b"
    r"|\b(?i:team|group|collaboration|consortium|labs?|laborator(?:y|ies)|institute|university"
    r"|research|project|initiative|foundation|corporation|company|cent(?:er|re)|community|network"
    r"|society|association|workshop|organi[sz]ation|committee|alliance|authors|contributors)\b"
)
"""What stands in names of organisations, and not in those of people."""


class PersonName(NamedTuple):
    """A name in the parts that bibliographies sort and abbreviate by."""

    family: str
    """With its particles, and with a suffix that no comma parts from it: ``Steele Jr.``. The whole
    name where it is not split: of an organisation, in one word, in Chinese or Korean."""
    given: str = ""
    suffix: str = ""
    """What follows a comma: ``Jr.``."""


@lru_cache(maxsize=65536)
def split_name(name: str) -> PersonName:
    """Split a name as it is shown; one whose parts are not sure stays whole.

    `join_name` of the parts is the name again. A suffix without a comma belongs to the family name,
    as in BibTeX (O. Patashnik, BibTeXing, 1988, section 4).

    >>> split_name("Laurens van der Maaten")
    PersonName(family='van der Maaten', given='Laurens', suffix='')
    >>> split_name("Gemma Team")
    PersonName(family='Gemma Team', given='', suffix='')
    """
    whole = PersonName(name)
    shown, _, suffix = name.partition(", ")
    words = shown.split(" ")
    last = len(words) - 1
    if last > 1 and _BARE_SUFFIX.fullmatch(words[last]):
        last -= 1
    if (
        last < 1
        or "," in shown
        or _NO_PERSON.search(name)
        or _INITIALS.fullmatch(words[last])
        or words[0] in PARTICLES
        or (suffix and (not is_suffix(suffix) or _COMPANY.fullmatch(suffix)))
    ):
        return whole
    at = _family_start(words, last)
    found = PersonName(" ".join(words[at:]), " ".join(words[:at]), suffix)
    return found if join_name(found.given, found.family, suffix) == name else whole


def join_name(given: str, family: str, suffix: str = "") -> str:
    """Join the parts of a name as it is shown; in Chinese, Japanese and Korean the family is first.

    >>> join_name("世民", "李")
    '李世民'
    """
    given, family = given.strip(), family.strip()
    if CJK_NAME.fullmatch(given) and CJK_NAME.fullmatch(family):
        name = family + given
    else:
        name = f"{given} {family}".strip()
    return f"{name}, {suffix.strip()}" if suffix.strip() else name


def is_suffix(text: str) -> bool:
    """Whether a text is what follows a name behind a comma: ``Jr.``, ``III``, ``Inc.``."""
    return _SUFFIX.fullmatch(text.strip()) is not None


def _family_start(words: list[str], last: int) -> int:
    """Find the word that begins the family name, of which the word ``last`` is the last."""
    plain = unicodedata.normalize("NFD", words[last]).encode("ascii", "ignore").decode().lower()
    capitals = frozenset() if plain in _VIETNAMESE else _CAPITAL_PARTICLES
    for at in range(1, last):
        if words[at] in PARTICLES or words[at] in capitals:
            return at
        if words[at] in _AND and at > 1:
            return at - 1
    return last
