r"""Writes citations as BibTeX.

Text is LaTeX: its special characters are escaped, and non-ASCII characters stay UTF-8. A title
stands in two pairs of braces, which keep all its capitals in every style. A literal brace is
written as a command, since BibTeX counts braces with a backslash, too. Addresses and identifiers
are not text: they are written as they are, as ``url`` and ``doi`` fields are read verbatim.

Source: O. Patashnik, BibTeXing, 1988; the manual of BibLaTeX, section 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from papercatalog.model.exported import join_list
from papercatalog.outputs.citations.item import (
    CONFERENCE,
    JOURNAL,
    PREPRINT,
    THESIS,
    Item,
    arxiv_of,
    date_of,
)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TYPES = {
    PREPRINT: ("misc", ""),
    CONFERENCE: ("inproceedings", "booktitle"),
    JOURNAL: ("article", "journal"),
    THESIS: ("phdthesis", "school"),
}
"""The entry type of each type of item, and the field that holds its venue."""
_COMMANDS = {
    **{sign: f"\\{sign}" for sign in "%&_#$"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}
_SPECIAL = re.compile(r"[%&_#$\\{}~^<>]|(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")
"""Special characters, and the places within ligatures, which an empty group parts."""
_FORMULA = re.compile(r"\$(?=[^ \n$])((?:[^$\\%#&~]|\\[^ \n])+)(?<![ \n])\$(?![0-9])")
_TEX = re.compile(r"[^\\_^{]*[\\_^{].*|[A-Za-z0-9]?[A-Za-z](?:\([A-Za-z0-9,]+\))?", re.DOTALL)
"""A formula, told from a text between two prices: it has markup, or is one symbol."""
_ENTRY = re.compile(r"(?<!\S)@")
"""What could be read as the beginning of an entry."""
_UNSAFE = re.compile(r"[{}\\]")
_LOWER_AFTER_UPPER = re.compile(r"[^a-z].* [a-z]")


def render_bibtex(item: Item) -> str:
    """Write an item as an entry, with its line end."""
    kind, _ = _TYPES[item["type"]]
    lines = ",\n".join(f"  {name} = {value}" for name, value in _fields(item))
    return f"@{kind}{{{item['id']},\n{lines}\n}}\n"


def escape_latex(text: str) -> str:
    r"""Escape a text for LaTeX; formulas between dollar signs stay.

    >>> escape_latex("R&D saves 50% of $x_{i}$ for $5 {at least}")
    'R\\&D saves 50\\% of $x_{i}$ for \\$5 \\textbraceleft{}at least\\textbraceright{}'
    """
    if not _SPECIAL.search(text):
        return text
    parts, end = [], 0
    for found in _FORMULA.finditer(text):
        if _is_formula(found[1]):
            parts += [_escape(text[end : found.start()]), found[0]]
            end = found.end()
    return "".join([*parts, _escape(text[end:])])


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{{{escape_latex(item['title'])}}}}}"
    if authors := item.get("author"):
        yield "author", f"{{{' and '.join(map(_name, authors))}}}"
    if venue := item.get("container-title"):
        yield _TYPES[item["type"]][1], f"{{{escape_latex(venue)}}}"
    year, month, *day = date_of(item)
    yield "year", f"{{{year:04}}}"
    yield "month", _MONTHS[month - 1]
    if day:
        yield "day", f"{{{day[0]}}}"
    if arxiv := arxiv_of(item):
        yield "eprint", f"{{{arxiv}}}"
        yield "archivePrefix", "{arXiv}"
    if doi := item.get("DOI"):
        yield "doi", _verbatim(doi)
    if url := item.get("URL"):
        yield "url", _verbatim(url)
    yield from _details(item)


def _details(item: Item) -> Iterator[tuple[str, str]]:
    """Write what a whole item has beside a citation; lists have semicolons between."""
    if abstract := item.get("abstract"):
        yield "abstract", f"{{{_ENTRY.sub('{@}', escape_latex(abstract))}}}"
    if keywords := item.get("keyword"):
        yield "keywords", f"{{{escape_latex(keywords)}}}"
    for name, value in item.get("custom", {}).items():
        if name in ("pdf", "code", "project"):
            yield name, _verbatim(value)
        elif isinstance(value, list):
            yield name, f"{{{escape_latex(join_list(value))}}}"
        else:
            yield name, f"{{{escape_latex(str(value))}}}"


def _name(author: dict[str, str]) -> str:
    """Write a name so that BibTeX splits it as it is split here.

    A name that is not split stands in braces, and so does a family name in which a word in lower
    case follows another: BibTeX would take the words up to it for particles.
    """
    if "literal" in author:
        return f"{{{escape_latex(author['literal'])}}}"
    parts = [author["family"], *filter(None, [author.get("suffix")]), author["given"]]
    family, *rest = map(escape_latex, parts)
    if _LOWER_AFTER_UPPER.match(parts[0]):
        family = f"{{{family}}}"
    return ", ".join([family, *rest])


def _is_formula(tex: str) -> bool:
    """Whether a text between dollar signs is a formula, with braces that BibTeX can count."""
    depth = 0
    for brace in re.findall(r"[{}]", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and _TEX.fullmatch(tex) is not None


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _COMMANDS.get(sign[0], "{}"), text)


def _verbatim(address: str) -> str:
    """Write an address; its braces and backslashes are escaped as in URLs."""
    return f"{{{_UNSAFE.sub(lambda sign: f'%{ord(sign[0]):02X}', address)}}}"
