"""Rules for LaTeX's quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Node, substitute

_QUOTE = re.compile(r"``(?=[^\s`])(?P<text>[^`]{1,300}?)(?:''|\")")
_SINGLE = re.compile(r"(?<![\w`])`(?=[^\s`])(?P<text>[^`']{1,80}(?:'\w[^`']{0,80})?)'(?![\w'])")


def quote(text: str) -> Iterator[Node]:
    """Read double quotation marks: two grave accents, words, two apostrophes."""
    return substitute(_QUOTE, lambda match: f"“{match['text']}”", text)


def single_quote(text: str) -> Iterator[Node]:
    """Read single quotation marks: a grave accent, words, an apostrophe."""
    return substitute(_SINGLE, lambda match: f"‘{match['text']}’", text)
