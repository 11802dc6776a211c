"""Takes texts apart: into tokens, and each token, once, into keys and their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from papercatalog.search.analysis import MAX_TERM, STOP_CODES, analyse, atoms, chunks, fold
from papercatalog.search.index.arrays import Growing, Numbers, numbers_of

MOST_TOKENS = 1 << 17
"""Of more tokens than these, a lexicon forgets all."""

_SEPARATORS = {
    code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "'+#.-")
}
"""What no chunk holds, of ASCII."""


class Reading(NamedTuple):
    """A token taken apart."""

    keys: tuple[str, ...]
    places: tuple[int, ...]
    """Of each key, counted from the token's first word."""
    before: tuple[int, ...]
    """Of each key, the code of the stop word before it in the token, else 0."""
    after: tuple[int, ...]
    width: int
    """How many words the token is wide; stop words count."""
    first: int = 0
    """The code of the token's first word if it is a stop word, else 0."""
    last: int = 0


def tokens(text: str) -> list[str]:
    """A text folded and cut at spaces and most signs, so that no chunk is in two tokens."""
    return fold(text).translate(_SEPARATORS).replace(". ", " ").split()


def read_token(token: str) -> Reading:
    """The words of a token."""
    if (word := token.strip(".'-")).isalnum() and word.isascii() and len(word) <= MAX_TERM:
        if code := STOP_CODES.get(word):
            return Reading((), (), (), (), 1, code, code)
        return Reading((word,), (0,), (0,), (0,), 1)
    read = chunks(token)
    codes = [STOP_CODES.get(atom, 0) for chunk in read for atom in atoms(chunk)]
    spots: list[tuple[str, int]] = []
    width = 0
    for chunk in read:
        words, wide = analyse(chunk)
        spots += [(word, width + at) for word, at in words]
        width += wide
    beside = [0, *codes, 0]
    return Reading(
        tuple(word for word, _ in spots),
        tuple(at for _, at in spots),
        tuple(beside[at] for _, at in spots),
        tuple(beside[at + 2] for _, at in spots),
        width,
        *((codes[0], codes[-1]) if codes else ()),
    )


class Lexicon:
    """Tokens with what each was taken apart into, in columns; kept from one text to the next."""

    def __init__(self, read: Callable[[str], Reading]) -> None:
        self._read = read
        self._clear()

    def _clear(self) -> None:
        self._numbers: dict[str, int] = {}
        self._key_numbers: dict[str, int] = {}
        self.keys: list[str] = []
        """All keys, by number."""
        self._of_token = {name: Growing(np.int64) for name in ("width", "first", "last", "count")}
        self._of_key = {name: Growing(np.int64) for name in ("key", "places", "before", "after")}

    def number(self, texts: Sequence[Sequence[str]]) -> Numbers:
        """The number of each token of some texts, one text's after the other's.

        It holds until other texts are numbered.
        """
        found = dict.fromkeys(chain.from_iterable(texts))
        if len(self._numbers) > MOST_TOKENS:
            self._clear()
        self._learn([token for token in found if token not in self._numbers])
        return numbers_of(map(self._numbers.__getitem__, chain.from_iterable(texts)))

    def column(self, name: str) -> Numbers:
        """What is known of each token or key: ``width``, ``places`` and so on, as in `Reading`.

        A token's ``count`` is the number of its keys, ``key`` is a key's number.
        """
        return (self._of_token.get(name) or self._of_key[name]).filled

    def _learn(self, new: Sequence[str]) -> None:
        readings = [self._read(token) for token in new]
        self._numbers |= {token: at for at, token in enumerate(new, len(self._numbers))}
        keys = [key for reading in readings for key in reading.keys]
        fresh = [key for key in dict.fromkeys(keys) if key not in self._key_numbers]
        self._key_numbers |= {key: at for at, key in enumerate(fresh, len(self.keys))}
        self.keys += fresh
        self._of_key["key"].extend(numbers_of(map(self._key_numbers.__getitem__, keys)))
        for name in ("places", "before", "after"):
            column = chain.from_iterable(map(attrgetter(name), readings))
            self._of_key[name].extend(numbers_of(column))
        for name in ("width", "first", "last"):
            self._of_token[name].extend(numbers_of(map(attrgetter(name), readings)))
        self._of_token["count"].extend(numbers_of(len(reading.keys) for reading in readings))
