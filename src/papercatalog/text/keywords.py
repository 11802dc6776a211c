"""Splits the keywords off the end of an abstract."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?:(?:^|(?<=[\s.;)\]}>*_]))[*_]{0,2}"
    r"(?:Key[ -]?words?(?: and phrases)?|KEY[ -]?WORDS?|Index [Tt]erms|INDEX TERMS)"
    r"|(?<=[.!?]\s)key ?words)"
    r"\s*[*_]{0,2}(?:\s?[:—–]|\s-(?=\s))\s*[*_]{0,2}(?=\S)"
)
_SEPARATORS = (";", "·", "•", "|", "\n", ",", " and ")
_SENTENCE = re.compile(r"[.!?]\s+\S|https?://")
_FINAL_AND = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)
_MAX_LENGTH = 600
_MAX_KEYWORD = 80


def split_keywords(abstract: str) -> tuple[str, tuple[str, ...]]:
    """Split raw text at a trailing list of keywords, such as ``Keywords: planning, diffusion``.

    Labels are "Keywords", "Key words", "Keywords and phrases" and "Index Terms". Semicolons, dots,
    bars and line ends separate keywords before commas do, and commas before several "and".

    Args:
        abstract: Raw text; paragraphs are separated by blank lines.

    Returns:
        The text without the list, and the keywords in order, each once. The text as it is and no
        keywords if it has no such list, if sentences or links follow the list, or if nothing
        would be left of the text.
    """
    labels = list(_LABEL.finditer(abstract))
    if not labels:
        return abstract, ()
    label = labels[-1]
    text, listed = abstract[: label.start()].rstrip(), abstract[label.end() :].strip()
    if not text or len(listed) > _MAX_LENGTH or _SENTENCE.search(listed):
        return abstract, ()
    listed = listed.removesuffix(".")
    separator = next((sign for sign in _SEPARATORS if sign in listed), ",")
    if separator == " and " and listed.count(separator) == 1:
        separator = ","  # "search and rescue" is one
    lines = listed if separator == "\n" else " ".join(listed.split())
    parts = (_FINAL_AND.sub("", part.strip(" \t\n*_,;")) for part in lines.split(separator))
    keywords = tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part))
    if not keywords or max(map(len, keywords)) > _MAX_KEYWORD:
        return abstract, ()
    return text, keywords
