r"""Reduces LaTeX to plain text: accents, letters, braces, quotes and styles; formulas stay.

pylatexenc knows the characters. Its parser is not used: it takes ``%`` for a comment, drops ``&``
and commands that it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from papercatalog.text.jats import raise_or_lower

_SIGNS = {
    "---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "\\-": "", "\\/": "", "\\!": "",
    "\\@": "", "\\ ": " ", "\\,": " ", "\\;": " ", "\\:": " ", "\\\\": " ", "\\newline": " ",
    "\\par": "\n\n", "\\quad": " ", "\\qquad": " ",
}  # fmt: skip
_NOT_IN_PYLATEXENC = {
    "textless": "<", "textgreater": ">", "copyright": "©", "S": "§", "P": "¶", "pounds": "£",
    "euro": "€", "textbar": "|", "textunderscore": "_", "slash": "/", "TeX": "TeX",
    "LaTeX": "LaTeX", "textasciicircum": "^", "cprime": "ʹ", "textbraceleft": "{",
    "textbraceright": "}",
}  # fmt: skip
_BELOW = {"textcommabelow": "\u0326", "textcedilla": "\u0327"}

_ACCENT = r"""(?:["'`^~=.]|[uvHckrdb](?![A-Za-z]))"""
_LETTER_COMMAND = r"\\(?:[oOlLij]|ae|AE|oe|OE|aa|AA)(?![A-Za-z])\s*(?:\{\})?"
_INNER_ACCENT = r"""\\["'`^~=.]\s*(?:\{[A-Za-z]\}|[A-Za-z])"""
_GROUP = r"(?:[^{}]|\{[^{}]*\})*"
_TOKEN = re.compile(
    "|".join([
        r"\\(?P<escaped>[&%$\#_{}])",
        r"\$(?:[^$\\]|\\.)++\$|\\\((?:[^\\]|\\[^()])++\\\)",  # a formula holds no start of another
        rf"(?P<before>[^\W\d_])\{{\\(?P<behind>{_ACCENT})\s*(?:\{{\s*\}})?\}}",
        rf"(?P<accented>\\{_ACCENT}\s*(?:\{{\s*(?:{_LETTER_COMMAND}|{_INNER_ACCENT}|[A-Za-z])\s*\}}"
        rf"|{_LETTER_COMMAND}|[A-Za-z]))",
        r"\\(?P<below>textcommabelow|textcedilla)\s*\{(?P<above>[A-Za-z])\}",
        r"\\(?:url|path|nolinkurl)\s*\{(?P<address>[^{}]*)\}",
        rf"\\href\s*\{{(?P<target>[^{{}}]*)\}}\s*\{{(?P<linked>{_GROUP})\}}",
        rf"\\texorpdfstring\s*\{{{_GROUP}\}}\s*\{{(?P<plain>{_GROUP})\}}",
        rf"\\ensuremath\s*\{{(?P<formula>{_GROUP})\}}",
        rf"\\text(?P<script>super|sub)script\s*\{{(?P<scripted>{_GROUP})\}}",
        r"\\(?P<dropped>(?:[hv]space\*?|noopsort|label)\s*\{[^{}]*\})",
        r"\\(?P<style>emph|text(?:bf|it|tt|rm|sf|sc|sl|up|md|normal)?|mbox|relax|protect"
        r"|noindent|bf|it|tt|rm|sf|sc|em)(?![A-Za-z])\s*",
        r"(?P<sign>(?:\\(?:newline|par|quad|qquad)(?![A-Za-z])|---?|``|''|(?<!/)~|\\[-/!@\ ,;:\\]))"
        r"(?:(?<=[a-z])\s*)?",
        r"\\(?P<command>[A-Za-z]+)(?:\{\}|\s*)(?P<arguments>(?:\{[^{}]*\})*)",
        r"(?P<brace>[{}])",
    ]),
    re.DOTALL,
)  # fmt: skip


def strip_latex(text: str) -> str:
    r"""Reduce a BibTeX value to plain text; formulas and commands not known stay as typed.

    >>> strip_latex(r"{\"U}ber {BERT}: 50\% of R\&D, $x_{i}$ and \method{A}")
    'Über BERT: 50% of R&D, $x_{i}$ and \\method{A}'

    An accent in braces behind its letter, as Crossref writes it, is put on the letter.

    The accents are those of TeX: D. E. Knuth, The TeXbook, chapter 9.
    """
    return _TOKEN.sub(_plain, text)


def decode_accents(text: str) -> str:
    r"""Decode the accents and letters of LaTeX in a text that is not LaTeX otherwise.

    >>> decode_accents(r"C. Bal\'azs saves 5% of \alpha and {\O}stby")
    'C. Balázs saves 5% of \\alpha and Østby'
    """
    if "\\" not in text:
        return text
    return _IN_BRACES.sub(lambda token: strip_latex(token[0]), text)


_IN_BRACES = re.compile(
    rf"(?P<brace>\{{)?\\(?:{_ACCENT}\s*(?:\{{\s*(?:{_LETTER_COMMAND}|{_INNER_ACCENT}|[A-Za-z])\s*\}}"
    rf"|{_LETTER_COMMAND}|[A-Za-z])|(?:[oOlL]|ae|AE|oe|OE|aa|AA|ss)(?![A-Za-z])(?:\{{\}}|\s)?)"
    r"(?(brace)\})"
)


def _plain(token: re.Match[str]) -> str:
    found = token.groupdict()
    if found["accented"]:
        return _convert(found["accented"]) or token[0]
    if found["before"]:
        return _convert(f"\\{found['behind']}{{{found['before']}}}") or token[0]
    if found["below"]:
        return unicodedata.normalize("NFC", found["above"] + _BELOW[found["below"]])
    if found["command"]:
        return _plain_command(token)
    if found["sign"]:
        return _SIGNS[found["sign"]]
    if found["target"] is not None:
        linked, target = strip_latex(found["linked"]), _unescape_address(found["target"])
        return linked if target in linked else f"{linked} ({target})"
    if found["address"] is not None:
        return _unescape_address(found["address"])
    if found["plain"] is not None:
        return strip_latex(found["plain"])
    if found["formula"] is not None:
        return f"${found['formula']}$"
    if found["script"]:
        return raise_or_lower(found["script"][:3], strip_latex(found["scripted"]))
    if found["style"] or found["brace"] or found["dropped"]:
        return ""
    return found["escaped"] or token[0]


def _plain_command(token: re.Match[str]) -> str:
    """Convert a command that stands for a character; any other one stays."""
    name = token["command"]
    character = _NOT_IN_PYLATEXENC.get(name) or _find_character(name)
    return character + strip_latex(token["arguments"]) if character else token[0]


def _unescape_address(address: str) -> str:
    return re.sub(r"\\([_%#&~])", r"\1", address.strip())


@lru_cache(maxsize=4096)
def _convert(latex: str) -> str:
    """Convert one accented letter to a character."""
    return unicodedata.normalize("NFC", _load_converter().latex_to_text(latex).strip())


@lru_cache(maxsize=4096)
def _find_character(name: str) -> str:
    """Look a command without arguments up; empty for one that is not known or prints more."""
    spec = _load_converter().latex_context.get_macro_spec(name)
    printed = spec.simplify_repl if spec else None
    character = printed.strip() if isinstance(printed, str) else ""
    return character if len(character) == 1 and character != "%" else ""


@cache
def _load_converter() -> Any:
    """Load pylatexenc's tables where they are needed: that takes 70 ms."""
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text()
