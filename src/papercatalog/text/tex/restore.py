"""Restores the LaTeX of formulas that have lost their backslashes."""

from __future__ import annotations

import re

from papercatalog.text.tex.symbols import NAMES, SHORT_WORDS

_WORDS = re.compile(
    r"\\(?:text|operatorname|begin|end|math[a-z]+)\{[^{}]*\}"
    r"|\\[A-Za-z]+"
    r"|(?P<name>[A-Za-z]+)(?P<phrase>(?:[ ][A-Za-z]{2,})*)"
)
_GLUED = re.compile(r"([A-Za-z])(times|cdot|leq|geq)")


def restore_commands(tex: str) -> str:
    r"""Put back the backslashes that a formula's commands have lost, and set its words upright.

    ``N_{off} geq epsilon^2`` → ``N_{\text{off}} \geq \epsilon^2``. One or two letters are a product
    of variables, except two letters alone in the braces of an index or power.
    """
    return _WORDS.sub(lambda match: _restored(match, tex), tex)


def _restored(match: re.Match[str], tex: str) -> str:
    name, phrase = match["name"], match["phrase"]
    if name is None:
        return match[0]
    if name in NAMES:
        return f"\\{name}{restore_commands(phrase)}"
    if glued := _GLUED.fullmatch(name):
        return f"{glued[1]} \\{glued[2]}{restore_commands(phrase)}"
    words = [name, *phrase.split()]
    prose = next((n for n in range(len(words)) if not _is_prose(words, n)), len(words))
    braced = tex[max(match.start() - 2, 0) : match.start()] in {"_{", "^{"} and tex.startswith(
        "}", match.end()
    )
    sentence = prose > 1 and not SHORT_WORDS.isdisjoint(words[:prose])
    if max(map(len, words[:prose])) < 3 and not sentence and not (braced and len(name) == 2):
        return name + restore_commands(phrase)
    rest = "".join(f" {word}" for word in words[prose:])
    return rf"\text{{{' '.join(words[:prose])}}}{restore_commands(rest)}"


def _is_prose(words: list[str], at: int) -> bool:
    """Whether a word is no command; ``in`` and ``to`` are none between English words."""
    if words[at] not in NAMES:
        return True
    if words[at] not in {"in", "to"} or at == 0:
        return False
    before = words[at - 1]
    return before in SHORT_WORDS or (
        len(before) > 2 and before not in NAMES and words[at + 1 :] != []
    )
