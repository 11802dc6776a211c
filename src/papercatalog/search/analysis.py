"""Text analysis: split words, drop stop words, stem.

The stop words and the Porter stemmer are lunr's. ``analysis.js`` and ``stemmer.js`` do the same in
the browser, word by word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS

from papercatalog.model.names import fold
from papercatalog.search.constants import JOINED_MARK, MAX_TERM_LENGTH, STOP_WORD_CODES

STOP_WORDS = tuple(sorted(WORDS))
"""The words that are not indexed."""
STOP_CODES = {word: number % STOP_WORD_CODES + 1 for number, word in enumerate(STOP_WORDS)}
"""The code, from 1, by which an indexed word remembers a stop word before or after it."""

_ATOM = r"[^\W_]+(?:(?<=[0-9])\.[0-9][^\W_]*)*"
"""Letters and digits, with decimal points between digits: ``attention``, ``8b``, ``gpt3.5``."""
_CHUNKS = re.compile(rf"{_ATOM}(?:\+\+|#|(?:[-'’‐]{_ATOM})+)?")
"""An atom (``c++`` and ``c#`` too), or atoms joined by hyphens or apostrophes."""
_ATOMS = re.compile(rf"{_ATOM}(?:\+\+|#)?")
_APOSTROPHES = re.compile(r"['’](s(?![^\W_]))?")

_STEMMED_ENDS = tuple("cdegilmnrstuy")
"""The last letters of all suffixes that the Porter stemmer removes or replaces."""


class Chunk(NamedTuple):
    """The words of a chunk of text, folded but not stemmed."""

    words: tuple[tuple[str, int], ...]
    """Each atom that is no stop word, with its offset from the chunk's first atom; a hyphenated
    chunk also has all its atoms as one word with `JOINED_MARK`, at offset 0."""
    width: int
    """How many atoms the chunk has, stop words included."""


def split_chunks(text: str) -> list[str]:
    """Split a text into folded chunks, in order: ``["state-space", "models"]``."""
    return _CHUNKS.findall(fold(text))


def split_atoms(chunk: str) -> list[str]:
    """Split a folded chunk into atoms: ``state`` and ``space`` of ``state-space``."""
    return [atom[:MAX_TERM_LENGTH] for atom in _ATOMS.findall(_APOSTROPHES.sub("", chunk))]


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return lunr's Porter stem of a folded word; words beyond ASCII are their own stems."""
    if word.endswith(_STEMMED_ENDS) and word.isascii():
        return str(PorterStemmer().stem(word))
    return word


def analyse_chunk(chunk: str) -> Chunk:
    """Analyse one folded chunk.

    >>> analyse_chunk("state-of-the-art").words
    (('state', 0), ('art', 3), ('stateoftheart-', 0))
    """
    atoms = split_atoms(chunk)
    kept = tuple((atom, offset) for offset, atom in enumerate(atoms) if atom not in STOP_CODES)
    if len(atoms) < 2:
        return Chunk(kept, len(atoms))
    joined = "".join(atoms)[:MAX_TERM_LENGTH] + JOINED_MARK
    return Chunk((*kept, (joined, 0)), len(atoms))
