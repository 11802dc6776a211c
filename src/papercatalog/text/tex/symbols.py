"""LaTeX commands and the characters that say the same."""

from __future__ import annotations

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
"""Greek letters by command."""

RELATIONS = {
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "neq": "≠",
    "approx": "≈",
    "sim": "∼",
    "simeq": "≃",
    "lesssim": "≲",
    "gtrsim": "≳",
    "leqslant": "≤",
    "geqslant": "≥",
    "propto": "∝",
    "notin": "∉",
    "subseteq": "⊆",
    "mapsto": "↦",
    "longrightarrow": "→",
    "Leftrightarrow": "⇔",
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
"""Signs that stand between two terms, by command."""

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
"""All commands with an equivalent character."""

FUNCTIONS = frozenset({"exp", "inf", "ln", "log", "max", "min", "sup", "tanh"})
"""Function names, which are set upright."""

NAMES = frozenset(SYMBOLS) | FUNCTIONS | {"lceil", "rceil", "lfloor", "rfloor", "sum", "prod"}
"""Commands that are recognised without their backslash."""

SHORT_WORDS = frozenset(
    {
        *("am", "an", "as", "at", "be", "by", "do", "eg", "et", "go", "he", "ie", "if", "in", "is"),
        *("it", "me", "my", "no", "of", "on", "or", "so", "to", "up", "us", "vs", "we"),
    }
)
"""English words of two letters, which are no products of variables."""
