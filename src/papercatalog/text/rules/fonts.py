"""Rules for LaTeX's font commands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Emphasis, Node, substitute

_FONT = re.compile(
    r"(?:\\|(?<![A-Za-z^_\\]))(?P<name>emph|text(?:it|bf|sc|tt|sf|rm))\{(?P<text>[^{}]{1,300})\}"
    r"|\{\\?(?P<switch>it|em|bf)\s(?P<switched>[^{}]{1,300})\}"
)
_ITALIC_RANGE = re.compile(
    r"\b(?P<font>it|bf) (?P<low>\d+(?:\.\d+)?) ?[-–~] ?(?P=font) (?P<high>\d+(?:\.\d+)?)(?![\w.])"
)
_COLOUR = re.compile(
    r"(?:\\textcolor\{[A-Za-z]{1,20}\}"
    r"|(?<![A-Za-z])\\?(?:red|blue|green|orange|teal|purple|magenta|cyan|violet))"
    r"\{(?P<text>[^{}]{1,300})\}"
)
_ITALIC = frozenset({"emph", "textit", "it", "em"})
_BOLD = frozenset({"textbf", "bf"})


def font(text: str) -> Iterator[Node]:
    r"""Read ``\emph{…}``, ``\textbf{…}``, ``{\it …}``, also without backslash: ``textit{…}``."""

    def build(match: re.Match[str]) -> Node:
        name = match["name"] or match["switch"]
        words = match["text"] or match["switched"]
        return Emphasis(words, strong=name in _BOLD) if name in _ITALIC | _BOLD else words

    return substitute(_FONT, build, text)


def italic_range(text: str) -> Iterator[Node]:
    """Read ``it 3-it 10``, a range of numbers in italics: 3–10. Digits are not set in italics."""
    return substitute(_ITALIC_RANGE, lambda match: f"{match['low']}–{match['high']}", text)


def colour(text: str) -> Iterator[Node]:
    r"""Drop colours: ``\textcolor{red}{new}`` and ``red{new}``, which was a macro, → new."""
    return substitute(_COLOUR, lambda match: match["text"], text, "{")
