r"""Finds signs that nobody sees but that change what is shown or stored beside them.

Control characters end texts, files of XML and terminals' lines. Signs of direction turn the text
after them round until they are ended, also text that is not theirs.

Source: Unicode Standard Annex 9, https://www.unicode.org/reports/tr9/
"""

from __future__ import annotations

import re

_SUSPECT = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_STEP = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\n]")
_ENDED_BY = {"\u202a": "\u202c", "\u202b": "\u202c"} | dict.fromkeys("\u2066\u2067\u2068", "\u2069")


def find_unsafe_sign(text: str) -> str:
    """Give the first control character or sign of direction that must not be in a text.

    Embeddings and isolates are allowed where they end in the same line. Overrides, which show
    letters in another order than they are stored, are not. Empty where there is nothing.

    >>> find_unsafe_sign("\u2067\u05d0\u2069 a"), find_unsafe_sign("a\u202eb") == "\u202e"
    ('', True)
    """
    if not _SUSPECT.search(text):
        return ""
    opened: list[str] = []
    for found in _STEP.finditer(text):
        sign = found[0]
        if sign == "\n":
            if opened:
                return opened[-1]
        elif sign in _ENDED_BY:
            opened.append(sign)
        elif opened and _ENDED_BY[opened[-1]] == sign:
            opened.pop()
        else:
            return sign
    return opened[-1] if opened else ""
