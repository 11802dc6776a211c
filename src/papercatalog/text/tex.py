"""The LaTeX of abstracts: its symbols, its form in Unicode, commands that lost a backslash."""

from __future__ import annotations

import re

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "varepsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "varphi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Pi": "Π",
    "Sigma": "Σ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
}
"""Commands of Greek letters."""

RELATIONS = {
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "neq": "≠",
    "approx": "≈",
    "sim": "∼",
    "in": "∈",
    "to": "→",
    "rightarrow": "→",
    "leftarrow": "←",
    "leftrightarrow": "↔",
    "Rightarrow": "⇒",
    "uparrow": "↑",
    "downarrow": "↓",
    "times": "×",
    "cdot": "·",
    "pm": "±",
}
"""Commands of signs that stand between two terms."""

SYMBOLS = {
    **GREEK,
    **RELATIONS,
    "infty": "∞",
    "nabla": "∇",
    "partial": "∂",
    "ell": "ℓ",
    "deg": "°",
    "circ": "°",
    "ast": "*",
    "dots": "…",
    "ldots": "…",
    "textgreater": ">",
    "textless": "<",
}
"""Commands that one character says as well."""

FUNCTIONS = frozenset({"exp", "inf", "ln", "log", "max", "min", "sup", "tanh"})
"""Commands of functions, which are set upright under their own name."""

NAMES = frozenset(SYMBOLS) | FUNCTIONS | {"lceil", "rceil", "lfloor", "rfloor", "sum", "prod"}
"""Commands that are known again when they have lost their backslash."""

_SUPERSCRIPTS = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True)) | {
    "*": "*",
    "°": "°",
}
_SUBSCRIPTS = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))

_TOKEN = re.compile(
    r"\\(?P<font>text|mathrm|mathcal|mathbf|mathbb|mathit)\{(?P<word>[^{}\\^_]*)\}"
    r"|[ ]?\\(?P<command>[A-Za-z]+)[ ]?"
    r"|(?P<script>[\^_])(?:\{(?P<braced>[^{}]*)\}|(?P<bare>\\[A-Za-z]+|[^\\{}]))"
    r"|\\(?P<sign>[,%&#$_ ])"
    r"|(?P<plain>[^\\{}^_~&#`])"
)


def to_unicode(tex: str) -> str | None:
    r"""Write a formula in plain Unicode, or return None where that cannot say it all.

    ``\alpha`` → α, ``O(n^2)`` → O(n²), ``10^{-3}`` → 10⁻³; ``n^{1.5}`` → None.
    """
    written: list[str] = []
    end = 0
    while end < len(tex):
        match = _TOKEN.match(tex, end)
        token = _token_to_unicode(match) if match else None
        if match is None or token is None:
            return None
        written.append(token)
        end = match.end()
    return " ".join("".join(written).split())


def _token_to_unicode(match: re.Match[str]) -> str | None:
    if match["font"]:
        return match["word"]
    if command := match["command"]:
        return _command_to_unicode(command, match[0])
    if match["script"]:
        content = to_unicode(match["braced"] or match["bare"] or "\\")
        signs = _SUPERSCRIPTS if match["script"] == "^" else _SUBSCRIPTS
        if content is None or not set(content) <= signs.keys():
            return None
        return "".join(signs[sign] for sign in content)
    if sign := match["sign"]:
        return " " if sign == "," else sign
    return match["plain"]


def _command_to_unicode(command: str, typed: str) -> str | None:
    if command in RELATIONS:
        return f" {RELATIONS[command]} " if " " in typed else RELATIONS[command]
    if command in SYMBOLS:
        return " " * typed.startswith(" ") + SYMBOLS[command]
    return f" {command} " if command in FUNCTIONS else None


_WORDS = re.compile(
    r"\\(?:text|operatorname|begin|end|math[a-z]+)\{[^{}]*\}"
    r"|\\[A-Za-z]+"
    r"|(?P<name>[A-Za-z]+)(?P<phrase>(?:[ ][A-Za-z]{2,})*)"
)
_GLUED = re.compile(r"([A-Za-z])(times|cdot|leq|geq)")


def restore(tex: str) -> str:
    r"""Give a formula's commands the backslash that they lost, and set its words upright.

    ``N_{off} geq epsilon^2`` → ``N_{\text{off}} \geq \epsilon^2``. Runs of one or two letters
    are products of variables, unless a brace holds nothing else.
    """
    return _WORDS.sub(lambda match: _restored(match, tex), tex)


def _restored(match: re.Match[str], tex: str) -> str:
    name, phrase = match["name"], match["phrase"]
    if name is None:
        return match[0]
    if name in NAMES:
        return f"\\{name}{restore(phrase)}"
    if glued := _GLUED.fullmatch(name):
        return f"{glued[1]} \\{glued[2]}{restore(phrase)}"
    words = [name, *phrase.split()]
    prose = next((n for n, word in enumerate(words) if word in NAMES), len(words))
    braced = tex[max(match.start() - 2, 0) : match.start()] in {"_{", "^{"} and tex.startswith(
        "}", match.end()
    )
    if max(map(len, words[:prose])) < 3 and not (braced and len(name) == 2):
        return name + restore(phrase)
    rest = "".join(f" {word}" for word in words[prose:])
    return rf"\text{{{' '.join(words[:prose])}}}{restore(rest)}"
