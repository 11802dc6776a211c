"""Compares names of people: which spellings are one name, and how a name becomes an address."""

from __future__ import annotations

import re
import unicodedata

from slugify import slugify

from papercatalog.model.ids import SLUG_LENGTH
from papercatalog.runtime.hashing import hash_key

STROKES = {"ß": "ss", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "ŧ": "t"}
"""Letters that Unicode does not decompose into a letter and an accent."""

_ACCENTS = re.compile(r"[\u0300-\u036f]")
_STROKES = re.compile(f"[{''.join(STROKES)}]")
_SIGNS = re.compile(r"[^\w\s]")
_TYPOGRAPHY = str.maketrans({
    **dict.fromkeys("’‘ʼ`´ʹ′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    ".": " ",
})  # fmt: skip
_PLAIN_KEY = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)")


def fold(text: str) -> str:
    """Convert a text to lower case without accents, in compatibility form (``Ｅ́`` to ``e``)."""
    if text.isascii():
        return text.lower()
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).lower())
    return _STROKES.sub(lambda letter: STROKES[letter[0]], folded)


def name_key(name: str) -> str:
    """Reduce a name to what its spellings share; it holds no dot, unless it is nothing but dots.

    Accents, case, dots and how initials are joined do not count. All else does: whether "J. Smith"
    is "John Smith", or "Xiao-Ming" is "Xiaoming", is a guess.

    >>> name_key("Łukasz J.-P. KAISER") == name_key("Lukasz J P Kaiser")
    True
    """
    key = fold(name)
    if not _SIGNS.search(key):
        return key
    return " ".join(_split_words(key.translate(_TYPOGRAPHY))) or key


def _split_words(text: str) -> list[str]:
    words: list[str] = []
    for word in text.split():
        parts = word.split("-")
        has_initial = any(len(part) == 1 for part in parts)
        words += filter(None, parts) if has_initial else [word]
    return words


def build_name_slug(key: str) -> str:
    """Make a name's key into a slug, which follows from the key alone.

    Where words are lost in the slug, or a page of another kind could have it, a hash of the
    key follows: two names in Chinese script may have one transcription.

    >>> build_name_slug("jean-pierre o'neil")
    'jean-pierre-o-neil'
    """
    if _PLAIN_KEY.fullmatch(key) and len(key) <= SLUG_LENGTH:
        slug = key.replace(" ", "-")
        return slug if is_person_slug(slug) else add_hash(slug, key)
    slug = slugify(key, max_length=SLUG_LENGTH, word_boundary=True, save_order=True)
    is_whole = key.isascii() and len(key) <= SLUG_LENGTH
    return slug if is_whole and is_person_slug(slug) else add_hash(slug or "author", key)


def is_person_slug(slug: str) -> bool:
    """Whether a slug is free for a person: lists of people by letter have the others."""
    return len(slug) > 1 and slug != "index"


def add_hash(slug: str, key: str) -> str:
    """Add a hash of a name's key to its slug."""
    return f"{slug}-{hash_key(key).hex()[:6]}"


def sort_key(name: str) -> tuple[str, str]:
    """Give what names are sorted by, in ASCII: the last word, as a rule the family name, and all.

    >>> sort_key("Robert J. Downey Jr."), sort_key("李明")
    (('downey', 'robert j downey jr'), ('li ming', 'li ming'))
    """
    words = [_transcribe(word) for word in name_key(name).split()]
    family = next((word for word in reversed(words) if not _SUFFIX.fullmatch(word)), words[-1])
    return family, " ".join(words)


def _transcribe(word: str) -> str:
    return word if word.isalnum() and word.isascii() else slugify(word, separator=" ")
