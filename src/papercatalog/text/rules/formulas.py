"""Rules for formulas that have lost their delimiters and backslashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.text.nodes import Math, Node, substitute
from papercatalog.text.rules.delimited_math import math_node
from papercatalog.text.tex.restore import restore_commands
from papercatalog.text.tex.symbols import FUNCTIONS, NAMES, RELATIONS, SHORT_WORDS

_LEFT_RIGHT = re.compile(r"(?P<head>\b[A-Za-z]?)left\((?P<content>[^`]{1,150}?)right\)")
_ORDER = re.compile(
    r"(?P<head>\b(?:O|Omega|Theta)|\b(?:mathcal|tilde)\{O\})"
    r"\((?P<content>(?:[^()`]|\([^()`]{0,60}\)){1,150}+)\)"
)
_BRACED = r"\{(?:[^{}]|\{[^{}]{0,60}\}){0,60}\}"
_TOKEN = re.compile(rf"(?:[^\s{{}}]|{_BRACED}|[{{}}])+")
_TERM = re.compile(rf"-?(?:[A-Za-z0-9α-ωΑ-Ω|/*+.,()^_×·\\-]|{_BRACED})+")
_WORD = re.compile(r"[A-Za-z]+")
_SURE = re.compile(r"[_^]\{")
_SCRIPT = re.compile(r"[_^]")
_LOST_COMMAND = re.compile(r"(?<![A-Za-z\\])[A-Za-z]+\{|[\d)}]\{")
_OPERATORS = frozenset(RELATIONS) | {"=", "<", ">", "+", "-", "*", "/", "≤", "≥", "×"}
_ELEMENT = re.compile(r"[a-z]|.*[_^].*")
_CLOSED_BEFORE_LETTER = re.compile(r"\}(?=[A-Za-z])")
_LONGEST = 300
_ARTICLES = frozenset({"a", "A", "I"})


def left_right(text: str) -> Iterator[Node]:
    r"""Read ``Oleft(n^2right)``, which was ``O\left(n^2\right)``."""
    return substitute(_LEFT_RIGHT, _call, text, "left(")


def order(text: str) -> Iterator[Node]:
    """Read an order of growth with LaTeX in it: ``O(1/epsilon^2)``; ``O(n log n)`` stays."""

    def build(match: re.Match[str]) -> Node:
        content = match["content"]
        words = _WORD.findall(content)
        plain = not _SCRIPT.search(content) and not any(
            word in NAMES and word not in FUNCTIONS for word in words
        )
        return match[0] if plain else _call(match)

    return substitute(_ORDER, build, text)


def _call(match: re.Match[str]) -> Node:
    content = match["content"].strip()
    tokens = content.split()
    if "to" in tokens or not all(_is_operand(token) or token in _OPERATORS for token in tokens):
        return match[0]
    head = re.sub(r"^(?=mathcal|tilde)", r"\\", match["head"])
    return _node(f"{head}({content})")


def formula(text: str) -> Iterator[Node]:
    """Read a chain of terms, one of them with a braced index or power: ``p_{gen} > 0.5``."""
    tokens = list(_TOKEN.finditer(text)) if _SURE.search(text) else []
    written = 0
    first = 0
    while first < len(tokens):
        last = _chain_end(tokens, first)
        start, end = tokens[first].start(), tokens[last].end()
        core = _trimmed(text[start:end])
        if len(core) <= _LONGEST and _SURE.search(core) and (last > first or _is_term(core)):
            at = text.index(core, start)
            yield text[written:at]
            yield _node(core)
            written = at + len(core)
        first = last + 1
    yield text[written:]


def _chain_end(tokens: list[re.Match[str]], first: int) -> int:
    """Return the index of the last token of the chain of terms that starts at ``first``."""
    last = first
    is_mapping = first > 0 and tokens[first - 1][0].endswith(":")
    while _is_operand(left := _trimmed(tokens[last][0])) and _ends_open(tokens[last][0]):
        following = [_trimmed(token[0]) for token in tokens[last + 1 : last + 3]]
        operator = tokens[last + 1][0] if len(following) == 2 else ""
        if operator in _OPERATORS and _joins(left, operator, following[1], is_mapping):
            last += 2
        elif following and _SCRIPT.search(tokens[last][0]) and _follows(following[0]):
            last += 1
        else:
            break
    return last


def _joins(left: str, operator: str, right: str, is_mapping: bool) -> bool:
    """Whether an operator and a term continue a formula.

    Four operators are English words too. ``to`` is an arrow only after a colon, as in
    ``f: X to R^{3}``; ``in`` follows a variable, as in ``x in R^{3}``, and no name of a set.
    """
    if not _is_operand(right) or right in _ARTICLES:
        return False
    if operator in {"in", "to", "times", "sim"} and not _SCRIPT.search(right):
        return False
    if operator == "to":
        return is_mapping
    return operator != "in" or "times" in right or _ELEMENT.fullmatch(left) is not None


def _follows(term: str) -> bool:
    """Whether a term multiplies the one before it, as ``f_i`` and ``p_i``."""
    return bool(_SCRIPT.search(term)) and _is_term(term)


def _ends_open(token: str) -> bool:
    """Whether a token does not end with punctuation."""
    return token[-1] not in ".,;:!?"


def _trimmed(core: str) -> str:
    """Strip the sentence's punctuation and unmatched parentheses from both ends."""
    core = core.strip("\"'“”.,;:!?")
    while core.startswith("(") and core.count("(") > core.count(")"):
        core = core[1:]
    while core.endswith((")", ",", ".", ":", ";")) and (
        core[-1] != ")" or core.count(")") > core.count("(")
    ):
        core = core[:-1]
    if core.startswith("(") and core.endswith(")") and "(" not in core[1:]:
        core = core[1:-1]
    return core.lstrip("-")


def _is_operand(token: str) -> bool:
    """Whether a token is a term and no English word: in ``up to 2^{16}`` only ``2^{16}`` is."""
    lower = token.lower()
    return _is_term(token) and (lower not in SHORT_WORDS or (token.isupper() and lower != "in"))


def _is_term(token: str) -> bool:
    """Whether a token consists of variables, numbers, known names and their scripts."""
    if len(token) > _LONGEST or not _TERM.fullmatch(token) or _LOST_COMMAND.search(token):
        return False
    if token.count("(") != token.count(")"):
        return False
    outside = re.sub(_BRACED, "{}", token)
    return all(_is_name(word[0], outside[word.end() :]) for word in _WORD.finditer(outside))


def _is_name(word: str, after: str) -> bool:
    if word in NAMES or len(word) <= 2:
        return True
    return after.startswith(("_", "^")) and not word.islower()


def _node(core: str) -> Node:
    """Return a formula's node; LaTeX needs a space between ``}`` and a letter to read well."""
    tex = restore_commands(core)
    node = math_node(tex)
    return node if isinstance(node, str) else Math(_CLOSED_BEFORE_LETTER.sub("} ", tex))
