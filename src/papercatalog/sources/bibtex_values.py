"""Evaluates the values of BibTeX's fields: joined strings, and lists of names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from bibtexparser.middlewares.names import parse_single_name_into_parts

from papercatalog.model.name_parts import is_suffix, join_name
from papercatalog.sources.facts import Remark
from papercatalog.sources.names import split_names, turn_round
from papercatalog.text.latex import strip_latex

_TOKEN = re.compile(r'(?P<quoted>"(?:[^"{}]|\{[^{}]*\})*")|(?P<name>[^\s#"{}]+)|(?P<between>#|\s+)')


def evaluate(value: str, strings: Mapping[str, str]) -> str:
    """Join the parts of a value, ``may # "~3"``: texts in braces or quotes, numbers, strings.

    Raises ValueError where a part follows another without ``#`` between them.
    """
    value = value.strip()
    parts: list[str] = []
    joined = True
    at = 0
    while at < len(value):
        token = _TOKEN.match(value, at)
        if token and token["between"]:
            joined = joined or "#" in token[0]
            at = token.end()
            continue
        if not joined:
            raise ValueError("is not one text between braces; a comma may be missing")
        joined = False
        if value[at] == "{":
            end = _closing_brace(value, at)
            parts.append(value[at + 1 : end])
            at = end + 1
        elif token is None:
            raise ValueError("has a brace or quote that does not close")
        else:
            name = token["name"]
            parts.append(strings.get(name.lower(), name) if name else token["quoted"][1:-1])
            at = token.end()
    return "".join(parts).strip()


def _closing_brace(text: str, start: int) -> int:
    """Find the brace that closes the one at ``start``; the text's end where none does."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[0] == "}":
            return match.start()
    return len(text)


def split_authors(value: str) -> tuple[list[str], list[Remark]]:
    """Split names at "and" outside of braces; a list by commas or semicolons is one too."""
    value = " ".join(html.unescape(value).split()).strip(" ,")
    if value.startswith("{") and _closing_brace(value, 0) == len(value) - 1:
        inner = value[1:-1]
        people = split_at_and(inner)
        if len(people) > 1 and all("," in person for person in people):
            value = inner
    people = split_at_and(value)
    bare = re.sub(r"\{[^{}]*\}", "x", value)
    listed = bare.count(",") > 2 or (bare.count(",") == 2 and not is_suffix(bare.split(",")[1]))
    if len(people) == 1 and (listed or re.search(r"[;&]", strip_latex(bare))):
        return [*split_names(strip_latex(value))], []
    names = [name for person in people for name in _names(person)]
    remarks: list[Remark] = []
    if len(people) == 1 and re.fullmatch(r"[^\s,]+ [^,]+, [^\s,.]{2,} [^,.]{2,}", bare):
        remarks = [("authors", f"{names[0]!a} is read as one name; separate names by 'and'")]
    return names, remarks


def split_at_and(value: str) -> list[str]:
    """Split names at "and" outside of braces."""
    parts, start, depth = [], 0, 0
    for match in re.finditer(r"(?<=\s)\\?and(?=\s)|\\.|[{}]", value, re.IGNORECASE | re.DOTALL):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0 and match[0].lower().lstrip("\\") == "and":
            parts.append(value[start : match.start()])
            start = match.end()
    parts.append(value[start:])
    return [part.strip(" ,") for part in parts if part.strip(" ,")]


def _names(person: str) -> Iterator[str]:
    """Give one name as it is shown, and "et al." behind it by itself."""
    if person.lower() == "others":
        yield "others"
        return
    if found := re.search(r"[\s,]+et\.? al\.?$", person):
        yield from _names(person[: found.start()])
        yield "et al."
        return
    try:
        parts = parse_single_name_into_parts(person, strict=False)
    except (ValueError, IndexError):
        yield turn_round(strip_latex(person))
        return
    first, von, last, jr = (
        " ".join(strip_latex(word).strip() for word in words)
        for words in (parts.first, parts.von, parts.last, parts.jr)
    )
    yield join_name(first, f"{von} {last}".strip(), jr)
