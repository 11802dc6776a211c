"""Recognises names by their form: people, lists of authors, users, organisations, addresses."""

from __future__ import annotations

import re
from functools import lru_cache

from papercatalog.model.ids import parse_arxiv, parse_doi

_USER = re.compile(r"@?[a-z0-9][a-z0-9_-]{1,38}|@\w{1,39}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NAME = re.compile(r"[^\W\d_]+(?:[.'’-]?[ '’-]?[^\W\d_]+){0,5}\.?")
_NICKNAME = re.compile(r"[\w.'’@&-]{2,30}(?: [\w.'’-]{1,20}){0,2}")
_CAMEL = re.compile(r"(?=\w*[a-z])\w*(?:[a-z][A-Z]|[a-zA-Z]\d)\w*|\w+@\w+")
_NAME_WORDS = 3
_PARTICLES = "al and at bin da de del den der di dos du el for la le of the van von"
_NAME_PARTICLES = frozenset(_PARTICLES.split())
_PERSON_PARTICLES = _NAME_PARTICLES - {"and", "at", "for", "of", "the"}
_MANY_NAMES = 6
"""A list of so many names may have odd ones among them."""
_SUBJECTS = re.compile(
    r"(?:ing|ion|ions|ics|ity|els|ers|ks|age|ages|eos|ory|ness|ment|ments|ance|ence"
    r"|report|reports|survey|card|exam|arena|attention|anything|everything)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:university|institute|laborator(?:y|ies)|labs?|inc|google|deepmind|nvidia|meta|microsoft"
    r"|bytedance|alibaba|tencent|salesforce|apple|amazon|ibm|intel|qwen|openai|anthropic|mistral"
    r"|baidu|huawei|stanford|mit|tsinghua|berkeley|team|college|academy|cnrs|kaist|eth)\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"\b(?:university|universit(?:é|à|ät|y)|universidad|institute?|institut|laborator(?:y|ies)|labs?"
    r"|inc|ltd|corp|gmbh|college|academy|school|department|faculty|center|centre|hospital)\b",
    re.IGNORECASE,
)
_BETWEEN_AUTHORS = re.compile(r"\s*(?:,\s*(?:and\s+|&\s*)?|;\s*|\s+and\s+|\s+&\s+|\s*[·•]\s*)")
_AUTHOR = re.compile(r"(?:[^\W\d_][^\W\d_.'’-]*[.'’-]?(?:[.'’ -]{1,2}|$)){2,5}", re.IGNORECASE)
_FOOTNOTES = re.compile(r"[\d*†‡§¶∗,]+$")
_ET_AL = re.compile(
    r"(?:et al\.?|others|(?:and )?\d+ more|\+ ?\d+(?: more)?|\d+ others)", re.IGNORECASE
)
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+>?", re.IGNORECASE)
_LONGEST_NAME = 60


def is_user(text: str) -> bool:
    """Whether a line is one word as users call themselves: ``akhaliq``, ``@AK``."""
    return bool(_USER.fullmatch(text))


def is_name(text: str) -> bool:
    """Whether a line is a few words as of a person's or an organisation's name."""
    words = text.split(None, 12)
    return (
        len(text) <= 40
        and len([word for word in words if word not in _NAME_PARTICLES]) <= _NAME_WORDS
        and all(word[0].isupper() or word in _NAME_PARTICLES for word in words)
        and _NAME.fullmatch(text) is not None
    )


def is_free_name(text: str) -> bool:
    """Whether a text may be a name where something else says that there is one."""
    return 0 < len(text) <= _LONGEST_NAME and ": " not in text and text.count(" ") <= 8


def is_organisation(text: str) -> bool:
    """Whether a line is an organisation's name: ``NVIDIA``, ``University of California, Davis``."""
    if is_name(text):
        return bool(_ORGANISATION.search(text) or _INSTITUTION.search(text))
    words = text.split(None, 12)
    return (
        is_free_name(text)
        and bool(_INSTITUTION.search(text))
        and all(
            word[0].isupper() or not word[0].isalpha() or word in _NAME_PARTICLES for word in words
        )
    )


def names_subject(text: str) -> bool:
    """Whether a text has a word that people's names do not have: ``Learning``."""
    return bool(_SUBJECTS.search(text))


def split_authors(text: str) -> list[str]:
    """Cut a list of authors at its commas; ``et al.`` and footnote marks are dropped."""
    parts = (_FOOTNOTES.sub("", part.strip()).strip() for part in _BETWEEN_AUTHORS.split(text))
    return [part for part in parts if part and not _ET_AL.fullmatch(part)]


@lru_cache(maxsize=4096)
def is_author_line(text: str) -> bool:
    """Whether a line is two names or more: ``Ann Author, Bea Writer``."""
    if ": " in text or not any(sign in text for sign in (",", ";", " and ", " & ")):
        return False
    if text.endswith(".") and not text.endswith("al."):
        return False
    names = split_authors(text)
    if len(names) + bool(_ET_AL.search(text)) < 2:
        return False
    people = sum(map(_is_author, names))
    if _ET_AL.search(text[-12:]):
        return people > 0
    if 2 * sum(names_subject(name.rpartition(" ")[2]) for name in names) >= len(names):
        return False
    if len(names) >= _MANY_NAMES:
        return people >= 0.75 * len(names)
    single = sum(name.isalpha() and name[0].isupper() for name in names)
    return people + single >= len(names) and people >= max(1, len(names) - 1)


def _is_author(name: str) -> bool:
    return bool(_AUTHOR.fullmatch(name)) and all(
        word[0].isupper() or word in _PERSON_PARTICLES for word in name.split()
    )


def is_camel(text: str) -> bool:
    """Whether a line is one word with a capital or a digit within: ``ZunWang``, ``JimmyMa99``."""
    return bool(_CAMEL.fullmatch(text))


def is_nickname(text: str) -> bool:
    """Whether a line is one word, or a few in small letters, as some people write their names."""
    words = text.split(None, 4)
    return bool(_NICKNAME.fullmatch(text)) and (
        len(words) == 1 or (len(words) < 4 and text.islower() and len(text) < 30)
    )


def is_address(text: str) -> bool:
    """Whether a line is an address or an identifier alone; one with a full stop ends a sentence."""
    text = text.strip("()<>[]")
    if _ADDRESS.fullmatch(text):
        return not text.endswith(".")
    return " " not in text and (parse_arxiv(text) is not None or parse_doi(text) is not None)
