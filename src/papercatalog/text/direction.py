"""Says which way a text runs, and its language where the script alone tells it."""

from __future__ import annotations

import re

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_LANGUAGES = (
    ("ja", re.compile("[\u3041-\u3096\u30a1-\u30fa]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("th", re.compile("[\u0e01-\u0e4f]")),
    ("ka", re.compile("[\u10d0-\u10ff]")),
    ("el", re.compile("[\u0370-\u03ff]{3}")),
)
"""Scripts that one language is written in. Han, Arabic, Cyrillic and Hebrew serve several; of Greek
letters only three in a row are a word and no formula."""


def render_direction(text: str) -> str:
    """Give a text's attributes ``lang`` and ``dir``, with a blank before each; most need none.

    ``dir="auto"`` stands where there are letters that run from right to left: the first letter
    decides, by the Unicode Bidirectional Algorithm, UAX #9, rules P2 and P3.

    >>> render_direction("Plain"), render_direction("\u05e9\u05dc"), render_direction("\u3053")
    ('', ' dir="auto"', ' lang="ja"')
    """
    if text.isascii():
        return ""
    if _RIGHT_TO_LEFT.search(text):
        return ' dir="auto"'
    return next((f' lang="{name}"' for name, found in _LANGUAGES if found.search(text)), "")
