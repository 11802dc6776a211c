"""Reads lists of authors: splits them, turns ``Family, Given`` round, strips marks from names."""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Iterator, Mapping

from papercatalog.model.name_parts import CJK_NAME, PARTICLES, is_suffix, join_name
from papercatalog.text.jats import strip_markup
from papercatalog.text.latex import decode_accents

NO_VALUE = frozenset({
    "n/a", "n.a.", "n.d.", "tbd", "nan", "none", "null", "na", "-", "--", "—", "unknown",
    "not available", "#n/a",
})  # fmt: skip
"""What tables and programs write where they have no value, in lower case."""

_OTHERS = re.compile(
    r"(?:[,;&]|\band\b)?\s*(?:\bet\.?\s?al\b\.?|\band others\b|(?<![^,;])\s*others)\s*\.?\s*$",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){1,3}")
"""A name that `clean_name` leaves as it is; most are such names."""
_LIST_NUMBER = re.compile(r"\s*(?:(?:\(?\d{1,3}[.)\]]|\[\d{1,3}\]|[-*•‣–])\s+)+")
_MARKS = re.compile(
    r"(?:\s*[*†‡§¶∗⋆♯✉⁰¹²³⁴-⁹]+|(?<=[^\W\d_])\d[\d,*†]*|\s\d{4}|\s*\(\d+(?:,\s*\d+)*\))+$"
)
_FOOTNOTES = re.compile(r"(?<=[^\W\d_])\d{1,2}(?:,\s?\d{1,2})*(?=[,;\s]|$)")
_GROUP = re.compile(r"\s*\([^()]*\)")
_LINES = re.compile(r"[\r\n]+")
_SEMICOLONS = re.compile(r"\s*(?:[;；|]|(?<=\s)·(?=\s))\s*")
_AND = re.compile(r",?\s+(?:and|AND|And|&)\s+|\s*&\s*")
_SEVERAL = re.compile(r"[;；|\n]|\sand\s|,[^,]*,", re.IGNORECASE)
_COMMAS = re.compile(r"\s*[,，、]\s*")
_INITIALS = re.compile(r"[A-Z]{1,2}|(?:[A-Z]\.\s?-?){1,4}")
_FAMILY_FIRST = re.compile(
    rf"(?P<family>[^\W\d_][\w'’-]+(?: [\w'’-]+)?) (?P<given>{_INITIALS.pattern})"
)
_GIVEN_KEYS = ("given", "first", "firstname", "first_name", "forename", "givenname", "given_name")
_FAMILY_KEYS = ("family", "last", "lastname", "last_name", "surname", "familyname", "family_name")
_NAME_KEYS = (
    *("name", "literal", "fullname", "full_name", "display_name", "displayname", "raw_author_name"),
    *("text", "author"),
)
_MAX_LIST_TEXT = 200_000


def read_names(value: object) -> list[object]:
    """Read a value of any source as a list of names, each as it is to be shown.

    A text is split at line ends, semicolons, "and" or commas, whichever it has, and each
    ``Family, Given`` is turned round; what stands in brackets comes last, by itself. A list in
    JSON or Python, written as a text, is read as the list. Values of other types stay as they
    are: `parse_facts` rejects them.
    """
    if isinstance(value, str):
        listed = _read_list_text(value)
        return read_names(listed) if listed is not None else [*split_names(value)]
    if isinstance(value, Mapping):
        inner = value.get("author", value.get("authors"))
        return read_names(inner) if isinstance(inner, list) else [name_of_parts(value)]
    if isinstance(value, list | tuple):
        if len(value) == 1 and isinstance(value[0], str) and _SEVERAL.search(value[0]):
            return read_names(value[0])
        return [_read_item(item) for item in value]
    return [] if value is None else [value]


def split_names(text: str) -> Iterator[str]:
    """Split a text into names.

    >>> list(split_names("Author, Ann; Writer, Bea van"))
    ['Ann Author', 'Bea van Writer']
    >>> list(split_names("Ann Author, Bea Writer and Cy King"))
    ['Ann Author', 'Bea Writer', 'Cy King']
    """
    text = html.unescape(text).strip()
    if others := _OTHERS.search(text):
        text = text[: others.start()]
    text, groups = _cut_groups(_FOOTNOTES.sub("", text))
    for line in _LINES.split(text):
        line = _LIST_NUMBER.sub("", line, count=1)
        parts = [part for part in _SEMICOLONS.split(line) if part.strip()]
        for part in parts:
            yield from _split_line(part.strip(), alone=len(parts) == 1)
    if others:
        yield others[0].strip(" ,;&")
    if any(map(str.isalpha, groups)):
        yield groups


def turn_round(name: str) -> str:
    """Turn ``Family, Given`` and ``Family, Given, Suffix`` round.

    >>> turn_round("von Last, First, Jr.")
    'First von Last, Jr.'
    """
    family, *rest = (_MARKS.sub("", part.strip()) for part in name.split(","))
    rest = [part for part in rest if part]
    if not rest or not family:
        return name.strip(" ,")
    suffixes = [part for part in rest if is_suffix(part)]
    given = [part for part in rest if not is_suffix(part)]
    if len(given) > 1:
        return name
    return join_name(" ".join(given), family, ", ".join(suffixes))


def name_of_parts(author: Mapping[str, object]) -> object:
    """Join the parts of a name in an object, by the keys that CSL, Zotero and others use."""
    parts = {key.replace("-", "_").lower(): value for key, value in author.items()}

    def text(*keys: str) -> str:
        values = (parts.get(key) for key in keys)
        found = next((value for value in values if value and isinstance(value, str | list)), "")
        return " ".join(map(str, found)) if isinstance(found, list) else str(found)

    particles = (text("dropping_particle"), text("non_dropping_particle"))
    family = " ".join(filter(None, (*particles, text(*_FAMILY_KEYS))))
    given = " ".join(filter(None, (text(*_GIVEN_KEYS), text("middle", "middlename"))))
    role = text("creatortype", "role") or "author"
    if given or family:
        name = join_name(given, family, text("suffix"))
        return name if role.lower() == "author" else f"({role}) {name}"
    for key in _NAME_KEYS:
        nested = parts.get(key)
        if nested:
            return name_of_parts(nested) if isinstance(nested, Mapping) else nested
    return author


def clean_name(name: str) -> str:
    """Strip markup, footnote marks and the numbers that tell namesakes apart.

    >>> clean_name("Bj&ouml;rn Writer 0002")
    'Björn Writer'

    Raises:
        ValueError: if the text is no name.
    """
    if _PLAIN.fullmatch(name) and not _OTHERS.search(name):
        return name
    text = " ".join(strip_markup(decode_accents(name)).split())
    text = _MARKS.sub("", _LIST_NUMBER.sub("", text, count=1)).strip(" ,;:")
    if _OTHERS.fullmatch(text) or text.casefold() in ("others", "et al", "al"):
        raise ValueError("stands for authors that are not named")
    if (
        text.startswith("(")
        or not any(map(str.isalpha, text))
        or text.casefold() in NO_VALUE - {"na"}
    ):
        raise ValueError("names no author")
    return text


def _read_item(item: object) -> object:
    """Read one item of a list: a text, an object of parts, or arXiv's list of parts."""
    if isinstance(item, Mapping):
        return name_of_parts(item)
    if isinstance(item, list) and item and all(isinstance(part, str) for part in item):
        family, given, suffix = [*item, "", ""][:3]
        return f"{join_name(given, family)} {suffix}".strip()
    return turn_round(item) if isinstance(item, str) and "," in item else item


def _read_list_text(text: str) -> list[object] | None:
    """Read ``["Ann", "Bea"]`` or ``['Ann', 'Bea']``; None for any other text."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or len(text) > _MAX_LIST_TEXT:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return found if isinstance(found, list) else None
    return None


def _split_line(text: str, *, alone: bool) -> Iterator[str]:
    """Split at "and" and commas; a part between semicolons is one name, family first or not."""
    if not alone:
        yield from (turn_round(_MARKS.sub("", part)) for part in _AND.split(text))
        return
    text = re.sub(r":\s+", ", ", text)
    people = [part for part in _AND.split(text) if part.strip(" ,")]
    with_comma = [part.count(",") == 1 and _is_family_first(part) for part in people]
    if all(with_comma):
        yield from map(turn_round, people)
        return
    for part in people:
        yield from _split_commas(part)


def _cut_groups(text: str) -> tuple[str, str]:
    """Take out what stands in brackets, affiliations and the like, and give it beside the rest."""
    groups: list[str] = []
    while found := _GROUP.search(text):
        groups.append(found[0].strip())
        text = text[: found.start()] + text[found.end() :]
    return text, " ".join(groups)


def _is_family_first(text: str) -> bool:
    """Whether a text with one comma is one name: not two names of two words or more."""
    family, given = (part.split() for part in text.split(","))
    if not family or not given:
        return False
    if CJK_NAME.fullmatch(family[0]):
        return len(family[0]) == 1
    long = [word for word in family if word.lower() not in PARTICLES]
    return min(len(long), len(given)) == 1 or all(map(_INITIALS.fullmatch, given))


def _split_commas(text: str) -> Iterator[str]:
    parts = [part for part in _COMMAS.split(text) if part]
    initials = parts[1::2]
    if len(parts) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in initials):
        yield from (
            join_name(given, family) for family, given in zip(parts[::2], initials, strict=True)
        )
        return
    all_with_initials = len(parts) > 1 and all(map(_FAMILY_FIRST.fullmatch, parts))
    names: list[str] = []
    for part in parts:
        if names and is_suffix(part):
            names[-1] += f", {part}"
        elif (found := _FAMILY_FIRST.fullmatch(part)) and ("." in part or all_with_initials):
            names.append(join_name(found["given"], found["family"]))
        else:
            names.append(part)
    yield from names
