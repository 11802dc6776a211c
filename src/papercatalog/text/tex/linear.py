r"""Writes formulas as readable plain text, also where Unicode lacks a character.

The forms, such as ``N_off``, ``e^(-2K)`` and ``(a+b)/c``, are those of M. Sargent, UnicodeMath, A
Nearly Plain-Text Encoding of Mathematics: https://www.unicode.org/notes/tn28/
"""

from __future__ import annotations

import re
from functools import lru_cache

from papercatalog.text.tex.symbols import FUNCTIONS, SYMBOLS
from papercatalog.text.tex.unicode import SUBSCRIPTS, SUPERSCRIPTS, tex_to_unicode

_MAX_DEPTH = 8
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)
_ATOM = re.compile(r"[^\W_]+(?:\.\d+)?|[^\w\s]")
_DECIMAL = re.compile(r"\d+\.\d+")
_INNER_SPACE = re.compile(r"(?<=[(\[⌈⌊⟨]) | (?=[)\]⌉⌋⟩])")
_TEXTS = frozenset(
    {"text", "textrm", "textit", "textbf", "texttt", "textsf", "mbox", "operatorname"}
)
_FONTS = frozenset({"mathrm", "mathit", "mathbf", "mathsf", "mathtt", "mathcal", "mathfrak"})
_BLACKBOARD = dict(zip("CEHNPQRZ", "ℂ𝔼ℍℕℙℚℝℤ", strict=True))
_ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
}
_SIZES = frozenset(
    {"left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "limits"}
)
_SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "quad": " ", "qquad": " "}
_SIGNS = {
    **dict.fromkeys(("lvert", "rvert", "vert"), "|"),
    **dict.fromkeys(("|", "lVert", "rVert", "Vert"), "‖"),
    **dict(zip("%&#$_{}", "%&#$_{}", strict=True)),
    "cdots": "…",
    "top": "ᵀ",
    "mid": "|",
}


@lru_cache(maxsize=4096)
def tex_to_text(tex: str) -> str | None:
    r"""Write a formula as plain text, or return None if a command has no plain form.

    ``O(n^2)`` → O(n²), ``V_{0.5}`` → V₀.₅, ``N_{\text{off}}`` → N_off, ``n^{1.5}`` → n^1.5,
    ``\mathbb{R}^{m \times n}`` → ℝ^(m×n).
    """
    if (exact := tex_to_unicode(tex)) is not None:
        return exact
    try:
        return _INNER_SPACE.sub("", " ".join(_Writer(tex).write().split()))
    except _NoPlainFormError:
        return None


class _NoPlainFormError(Exception):
    """The formula has a command without a plain form, or its braces do not match."""


class _Writer:
    """Reads a formula from left to right and writes its plain text."""

    def __init__(self, tex: str, depth: int = 0) -> None:
        if depth > _MAX_DEPTH:
            raise _NoPlainFormError
        self.parts: list[str] = _TOKEN.findall(tex)
        self.at = 0
        self.depth = depth

    def write(self) -> str:
        written = ""
        marked = False  # whether a script with its sign stands at the end, such as "_off"
        while self.at < len(self.parts):
            part = self._next()
            if part in {"^", "_"}:
                script = _write_script(part, self._argument())
                if marked and script in {"*", "'"}:
                    script = f"{part}{script}"
                written = written.rstrip() + script
                marked = script[0] == part
            else:
                separator = " " if marked and part.isalnum() and written[-1].isalnum() else ""
                written += separator + self._write_part(part, written)
                marked = False
        return written

    def _next(self) -> str:
        if self.at == len(self.parts):
            raise _NoPlainFormError
        self.at += 1
        return self.parts[self.at - 1]

    def _peek(self) -> str:
        return self.parts[self.at] if self.at < len(self.parts) else ""

    def _argument(self) -> str:
        """Read a command's or script's argument and write it as plain text."""
        return _Writer(self._raw_argument(), self.depth + 1).write().strip()

    def _raw_argument(self) -> str:
        while (part := self._next()) == " ":
            pass
        if part != "{":
            return part + self._raw_argument() if part[1:] in _FONTS | _TEXTS else part
        start, depth = self.at, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(self._next(), 0)
        return "".join(self.parts[start : self.at - 1])

    def _write_part(self, part: str, before: str) -> str:
        if part == "{":
            self.at -= 1
            return self._argument()
        if part in {"}", "&", "#", "`"} or part == "\\":
            raise _NoPlainFormError
        if part == "~":
            return " "
        return self._write_command(part[1:], before) if part[0] == "\\" else part

    def _write_command(self, name: str, before: str) -> str:
        if name in _TEXTS:
            return self._raw_argument()
        if name in _FONTS:
            return self._argument()
        if name == "mathbb":
            letter = self._argument()
            return _BLACKBOARD.get(letter, letter)
        if name in _ACCENTS:
            letter = self._argument()
            if len(letter) != 1:
                raise _NoPlainFormError
            return letter + _ACCENTS[name]
        if name in {"frac", "tfrac", "dfrac"}:
            return f"{_group(self._argument())}/{_group(self._argument())}"
        if name == "sqrt":
            if self._peek() == "[":
                raise _NoPlainFormError
            return f"√{_group(self._argument())}"
        if name in _SIZES:
            self.at += self._peek() == "."
            return ""
        return self._write_symbol(name, before)

    def _write_symbol(self, name: str, before: str) -> str:
        if name in _SPACES:
            return _SPACES[name]
        if name in FUNCTIONS:
            opens = " " * (before[-1:].isalnum() or before[-1:] == ")")
            follows = " " * (self._peek().isalnum() or self._peek()[:1] == "\\")
            return f"{opens}{name}{follows}"
        sign = _SIGNS.get(name) or SYMBOLS.get(name) or _find_symbol(name)
        if sign is None:
            raise _NoPlainFormError
        if (sign.isalpha() or sign in "⌈⌊⟨∑∏∂∇") and self._peek() == " ":
            self.at += 1  # TeX ignores the space after a command
        return sign


def _write_script(sign: str, content: str) -> str:
    """Write an index or a power: raised or lowered if Unicode can, else after ``_`` or ``^``."""
    compact = content.replace(" ", "")
    if not compact:
        raise _NoPlainFormError
    characters = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
    if compact and set(compact) <= characters.keys():
        return "".join(characters[character] for character in compact)
    if sign == "_" and _DECIMAL.fullmatch(compact):
        return ".".join(_write_script("_", digits) for digits in compact.split("."))
    if compact in {"°", "ᵀ", "*", "'"}:
        return compact
    return f"{sign}{content}" if _ATOM.fullmatch(content) else f"{sign}({compact})"


def _group(content: str) -> str:
    return content if _ATOM.fullmatch(content) else f"({content})"


def _find_symbol(name: str) -> str | None:
    """Look a command up in the table of unicode-math that latex2mathml brings along."""
    from latex2mathml.symbols_parser import convert_symbol  # slow to import

    code = convert_symbol(f"\\{name}")
    return chr(int(code, 16)) if code else None
