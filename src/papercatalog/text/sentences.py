"""Splits plain text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s+(?:[^\sa-z]|[a-z]{1,2}[A-Z])|$)|[。！？]+[」』”’）]*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[.])(?:(?P<may_end>[a-z]|et al|etc)|e\.g|i\.e|a\.k\.a|w\.r\.t|cf|vs|resp|approx|ca"
    r"|figs?|eqs?|secs?|sects?|tab|nos?|refs?|alg|thm|chap|dr|prof|mrs?|ms|st|vol|pp)\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 9
_BEGINNING = re.compile(
    r"\s+(?:We|This|These|Those|Our|The|In|It|Its|To|However|Here|For|By|On|As|Moreover|Finally"
    r"|Furthermore|Additionally|Then|Thus|While|Although|Experiments?|Results?|Code)\b"
)
"""Words that begin a sentence after an abbreviation, and are no part of names."""


def find_sentence_ends(text: str, stop: int | None = None) -> Iterator[int]:
    """Yield where the sentences of one line end, before ``stop`` if it is given.

    An end is a full stop, exclamation or question mark with the quotation marks and brackets that
    close there, if no small letter follows; or a CJK one. Abbreviations do not end a sentence;
    "et al.", "etc." and a letter alone do if a word such as "We" or "This" follows.
    """
    for match in _END.finditer(text, 0, len(text) if stop is None else stop):
        end = match.end()
        short = _ABBREVIATION.search(text, max(end - _LONGEST_ABBREVIATION, 0), end)
        if not short or (short["may_end"] and _BEGINNING.match(text, end)):
            yield end


def split_sentences(plain: str) -> list[str]:
    """Split plain text into sentences, in order; a line's end ends one, too."""
    sentences = []
    for line in plain.splitlines():
        start = 0
        for end in (*find_sentence_ends(line), len(line)):
            if sentence := line[start:end].strip():
                sentences.append(sentence)
            start = end
    return sentences
