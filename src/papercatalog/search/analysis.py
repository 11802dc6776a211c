"""Turns text into index terms: folds accents, splits words, drops stop words, stems.

The stop words and the Porter stemmer are lunr's. ``analysis.js`` and ``stemmer.js`` are its twins
in the browser; the two sides agree term by term.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS as STOP_WORDS

STOP_CODES = {word: number % 5 + 1 for number, word in enumerate(sorted(STOP_WORDS))}
"""Stop words are not indexed; the words beside them remember them by these numbers, which a fifth
of the stop words share: told apart for the most part, in few bits."""

ATOM = r"[^\W_]+(?:(?<=[0-9])\.[0-9][^\W_]*)*"
"""Letters and digits, with a decimal point between digits: ``attention``, ``8b``, ``gpt3.5``."""

CHUNK = re.compile(rf"{ATOM}(?:\+\+|#|(?:[-'’‐]{ATOM})+)?")
"""What is indexed together: an atom (``c++`` and ``c#`` too), or atoms joined by a hyphen."""

_ATOM = re.compile(rf"{ATOM}(?:\+\+|#)?")
_APOSTROPHE = re.compile(r"['’](s(?![^\W_]))?")
_MARK = re.compile(r"[\u0300-\u036f]")

STEMMED_ENDS = tuple("cdegilmnrstuy")
"""The last letters of all suffixes that the Porter stemmer knows: it leaves other words alone."""

MAX_TERM = 40
"""Longer atoms (hashes, runs of letters) are cut to this many characters."""


class Chunk(NamedTuple):
    """One chunk of text, analysed into words as they are written, folded, yet unstemmed."""

    words: tuple[tuple[str, int], ...]
    """Its atoms but the stop words, each with its place counted from the chunk's first atom;
    then, for a hyphenated chunk, its atoms written as one and a hyphen, at place 0."""
    width: int
    """How many atoms the chunk holds; stop words count."""


def fold(text: str) -> str:
    """The text in lower case, without accents, in compatibility form (``Ｅ́`` → ``e``)."""
    if text.isascii():
        return text.lower()
    return _MARK.sub("", unicodedata.normalize("NFKD", text).lower())


def chunks(text: str) -> list[str]:
    """The folded chunks of a text, in their order: ``["state-space", "models"]``."""
    return CHUNK.findall(fold(text))


def atoms(chunk: str) -> list[str]:
    """The atoms of a folded chunk: ``state`` and ``space`` of ``state-space``."""
    return [atom[:MAX_TERM] for atom in _ATOM.findall(_APOSTROPHE.sub("", chunk))]


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The Porter stem of a folded word, as lunr makes it; words beyond ASCII's letters stay."""
    if word.endswith(STEMMED_ENDS) and word.isascii():
        return str(PorterStemmer().stem(word))
    return word


def analyse(chunk: str) -> Chunk:
    """The words of one folded chunk.

    >>> analyse("state-of-the-art").words
    (('state', 0), ('art', 3), ('stateoftheart-', 0))
    """
    found = atoms(chunk)
    kept = tuple((atom, at) for at, atom in enumerate(found) if atom not in STOP_WORDS)
    if len(found) < 2:
        return Chunk(kept, len(found))
    return Chunk((*kept, ("".join(found)[:MAX_TERM] + "-", 0)), len(found))
