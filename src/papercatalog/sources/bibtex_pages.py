"""Makes the item of an entry that a catalog has exported with all facts; see `page_items`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from papercatalog.model.exported import PAGE_MARK
from papercatalog.sources.bibtex_values import split_at_and
from papercatalog.sources.days import parse_month
from papercatalog.text.latex import strip_latex

_VENUES = ("booktitle", "journal", "school")
_AS_WRITTEN = ("url", "doi", "eprint", "pdf", "code", "project")
"""Fields that hold no LaTeX."""
_DETAILS = ("listed", "topics", "pdf", "code", "project", "votes", "digests", "aliases", PAGE_MARK)
_UNSAFE = re.compile(r"%(7B|7D|5C)")


def build_page_item(key: str, values: Mapping[str, str]) -> dict[str, object]:
    """Give what an export of a catalog has written, as the item that it was; else nothing.

    Args:
        key: The entry's key, which is the page's id.
        values: The fields, their names in lower case and their values as LaTeX.
    """
    if PAGE_MARK not in values:
        return {}
    plain = {
        name: value if name in _AS_WRITTEN else strip_latex(value).strip()
        for name, value in values.items()
    }
    return {
        "id": key,
        "title": plain.get("title"),
        "author": [_split_name(name) for name in split_at_and(values.get("author", ""))],
        "issued": {"date-parts": [_date(plain)]},
        "container-title": next(filter(None, map(plain.get, _VENUES)), None),
        "number": plain.get("eprint", ""),
        "DOI": _UNSAFE.sub(lambda code: chr(int(code[1], 16)), plain.get("doi", "")),
        "URL": plain.get("url"),
        "abstract": plain.get("abstract"),
        "keyword": plain.get("keywords"),
        "custom": {name: plain.get(name) for name in _DETAILS},
    }


def _date(plain: Mapping[str, str]) -> list[int]:
    parts = (plain.get("year", ""), str(parse_month(plain.get("month", ""))), plain.get("day", ""))
    return [int(part) for part in parts if part.isdecimal()]


def _split_name(name: str) -> dict[str, str] | str:
    """Split a name at its commas: family, suffix and given name."""
    parts = [strip_latex(part) for part in _split_at_commas(name)]
    match parts:
        case [family, given]:
            return {"family": family, "given": given}
        case [family, suffix, given]:
            return {"family": family, "given": given, "suffix": suffix}
    return strip_latex(name)


def _split_at_commas(name: str) -> Iterator[str]:
    depth = start = 0
    for sign in re.finditer(r"[{},]", name):
        if sign[0] == ",":
            if not depth:
                yield name[start : sign.start()].strip()
                start = sign.end()
        else:
            depth += 1 if sign[0] == "{" else -1
    yield name[start:].strip()
