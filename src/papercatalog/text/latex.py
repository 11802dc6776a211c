"""Takes the LaTeX of BibTeX values off: accents, letters, braces, quotes; formulas stay."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø",
    "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
_SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "\\-": "", "\\/": "", "\\ ": " "}
_TOKEN = re.compile(
    r"""
      \\(?P<escaped>[&%$\#_{}])
    | \$(?:[^$\\]|\\.)+\$ | \\\((?:[^\\]|\\[^)])+\\\)
    | \\(?:(?P<accent>["'`^~=.])|(?P<letter_accent>[uvHckrdb])(?![A-Za-z]))\s*
      (?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\(?P<dotless>[ij])(?![A-Za-z])|(?P<bare>[A-Za-z]))
    | \\(?P<letter>ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])(?![A-Za-z])\s*
    | \\(?P<style>emph|text(?:bf|it|tt|rm|sf|sc|sl|up|md|normal)?|url|path
      |bf|it|tt|rm|sf|sc|em)(?![A-Za-z])\s*
    | \\[A-Za-z]+(?:\{[^{}]*\})*
    | (?P<sign>---?|``|''|(?<!/)~|\\[-/\ ])
    | (?P<brace>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)


def strip_latex(text: str) -> str:
    r"""Reduce a BibTeX value to plain text; formulas and commands not known stay as typed.

    >>> strip_latex(r"{\"U}ber {BERT}: 50\% of R\&D, $x_{i}$ and \method{A}")
    'Über BERT: 50% of R&D, $x_{i}$ and \\method{A}'

    The accents are those of TeX: D. E. Knuth, The TeXbook, chapter 9.
    """
    return _TOKEN.sub(_plain, text)


def _plain(token: re.Match[str]) -> str:
    accent = token["accent"] or token["letter_accent"]
    if accent:
        letter = token["braced"] or token["dotless"] or token["bare"]
        return unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    if token["letter"]:
        return _LETTERS[token["letter"]]
    if token["sign"]:
        return _SIGNS[token["sign"]]
    if token["style"] or token["brace"]:
        return ""
    return token["escaped"] or token[0]
