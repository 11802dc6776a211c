"""Joins style sheets into one, without the rules that no element can match.

A catalog page uses a fifth of the theme's rules. A rule stays if each class that its selector needs
occurs in a page, a template or a script, or is one of ours; a custom property stays if something
uses it. What the parser does not know stays as it is.

Source of the grammar: CSS Syntax Module Level 3, https://www.w3.org/TR/css-syntax-3/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_STRING = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\''
_COMMENT = re.compile(rf"({_STRING})|/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(rf"({_STRING})|\s+", re.DOTALL)
_BESIDE = re.compile(rf"({_STRING})| ?([{{}};,]) ?|(:) ")
_TOKEN = re.compile(rf"{_STRING}|[(){{}};,]", re.DOTALL)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_VALUE = re.compile(r"\[(data-md-[\w-]+|dir)=[\"']?([^\"'\]]*)[\"']?\]")
_ATTRIBUTE = re.compile(r"\s(class|dir|data-md-[\w-]+)=\"([^\"]*)\"")
_THEME_CLASS = re.compile(r"\bmd-[\w-]+")
_PARENTHESES = re.compile(rf"\((?:{_STRING}|[^()])*\)")
_BRACKETS = re.compile(rf"\[(?:{_STRING}|[^\]])*\]")
_PROPERTY = re.compile(r"\s*(--[\w-]+)\s*:")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_NESTING = ("@media", "@supports", "@layer", "@container")


@dataclass(slots=True)
class Names:
    """What selectors can match: the classes of pages, and the values of some attributes."""

    classes: set[str] = field(default_factory=set)
    values: set[tuple[str, str]] = field(default_factory=set)
    """The theme's attributes (``data-md-…``) and ``dir``, each with a value."""

    def add_page(self, html: str) -> None:
        """Add those of a page's markup."""
        for name, value in _ATTRIBUTE.findall(html):
            if name == "class":
                self.classes.update(value.split())
            else:
                self.values.add((name, value))

    def add_text(self, text: str) -> None:
        """Add the theme's classes that a template or script names anywhere."""
        self.classes.update(_THEME_CLASS.findall(text))

    def match(self, selector: str) -> bool:
        """Tell whether an element may match a selector; what stands in parentheses is not asked."""
        while selector != (selector := _PARENTHESES.sub("", selector)):
            pass
        if not self.values.issuperset(_VALUE.findall(selector)):
            return False
        needed = _CLASS.findall(_BRACKETS.sub("", selector))
        return self.classes.issuperset(name for name in needed if not name.startswith("pc-"))


def join_styles(sheets: Iterable[str], names: Names, elsewhere: str = "") -> str:
    """Join style sheets in their order, without the rules that match nothing.

    Args:
        sheets: Their texts.
        names: What the pages have.
        elsewhere: Other style sheets and scripts of the pages: they may use custom properties, too.
    """
    css = "".join(_prune(minify_css(sheet), names) for sheet in sheets)
    while True:
        used = set(_USED.findall(css)) | set(re.findall(r"--[\w-]+", elsewhere))
        if css == (css := _drop_properties(css, used)):
            return css


def minify_css(css: str) -> str:
    """Leave out comments and white space that mean nothing.

    The theme marks focus by a class that its script sets; browsers have a pseudo-class for that.
    """
    css = _COMMENT.sub(lambda found: found[1] or " ", css).replace(
        ".focus-visible", ":focus-visible"
    )
    css = _BLANKS.sub(lambda found: found[1] or " ", css)
    css = _BESIDE.sub(lambda found: found[1] or found[2] or found[3], css)
    return re.sub(r";+}", "}", css).strip()


def _prune(css: str, names: Names) -> str:
    return "".join(_prune_rules(css, names))


def _prune_rules(css: str, names: Names) -> Iterator[str]:
    for head, body in split_rules(css):
        if body is None:
            yield "" if head.startswith("@charset") else f"{head};"
        elif head.startswith(_NESTING):
            if kept := _prune(body, names):
                yield f"{head}{{{kept}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif kept := ",".join(filter(names.match, split_at(head, ","))):
            yield f"{kept}{{{body}}}"


def _drop_properties(css: str, used: set[str]) -> str:
    """Drop the declarations of custom properties that are not ``used``, and empty rules."""
    rules = []
    for head, body in split_rules(css):
        if body is None:
            rules.append(f"{head};")
            continue
        if head.startswith(_NESTING):
            kept = _drop_properties(body, used)
        else:
            lines = split_at(body, ";")
            kept = ";".join(
                line for line in lines if not (own := _PROPERTY.match(line)) or own[1] in used
            )
        if kept:
            rules.append(f"{head}{{{kept}}}")
    return "".join(rules)


def split_rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Split minified CSS into rules, each with its head and its body; statements have no body."""
    start, depth, head = 0, 0, ""
    for token in _TOKEN.finditer(css):
        if token[0] == "{":
            if not depth:
                head, start = css[start : token.start()], token.end()
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if not depth:
                yield head, css[start : token.start()]
                start = token.end()
        elif token[0] == ";" and not depth:
            yield css[start : token.start()], None
            start = token.end()


def split_at(text: str, mark: str) -> list[str]:
    """Split at a mark where it stands outside strings, parentheses and braces.

    >>> split_at(":is(a,b) c,d", ",")
    [':is(a,b) c', 'd']
    """
    parts, start, depth = [], 0, 0
    for token in _TOKEN.finditer(text):
        if token[0] in "({":
            depth += 1
        elif token[0] in ")}":
            depth -= 1
        elif token[0] == mark and not depth:
            parts.append(text[start : token.start()])
            start = token.end()
    return [*parts, text[start:]]
