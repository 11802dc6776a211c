"""Detects the format of a text source by its content, where its name may say another.

`SIGNATURES` has two tests for each format. Any sign of a format is enough to believe a name, and
to tell apart formats that are no prose. A ``.txt`` file is prose, which may quote an entry or a
line of any format, so there the text as a whole must have the format.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from papercatalog.sources.decoding import decode_leniently

OTHER_FORMAT = "other-format"
"""The code of a problem or remark: the file's content has another format than its name says."""
PROSE = "digest"
"""The format whose files are prose."""

_BIBTEX_ENTRY = re.compile(r"^[ \t]*@[ \t]*\w+\s*[{(][^,={}]*,", re.MULTILINE)
_RIS_START = re.compile(r"^TY {1,2}[-–] ?\S", re.MULTILINE)
_RIS_END = re.compile(r"^ER {1,2}[-–]", re.MULTILINE)
_TITLE_COLUMNS = {"title", "paper title", "document title", "article title"}


def is_json(text: str) -> bool:
    """Whether a text is one JSON value: it starts and ends with brackets."""
    return _is_bracketed(text) and not _has_objects_as_lines(text)


def is_json_lines(text: str) -> bool:
    """Whether a text is JSON Lines: its first lines are objects."""
    return _is_bracketed(text) and _has_objects_as_lines(text)


def _is_bracketed(text: str) -> bool:
    head = "".join(text[:40].split(None, 2))[:2]
    return head in ('{"', "[{", '["') and text.rstrip()[-1:] in ("}", "]")


def _has_objects_as_lines(text: str) -> bool:
    lines = [line for line in text.split("\n", 3)[:3] if line.strip()]
    return len(lines) > 1 and all(line.rstrip().endswith("}") for line in lines[:2])


def is_bibtex(text: str) -> bool:
    """Whether a text has two BibTeX entries such as ``@article{key,``, or starts with one."""
    first = _BIBTEX_ENTRY.search(text)
    if first is None:
        return False
    return not text[: first.start()].strip() or len(_BIBTEX_ENTRY.findall(text[:200_000])) > 1


def is_ris(text: str) -> bool:
    """Whether a text has RIS references, from ``TY  -`` to ``ER  -``."""
    return bool(_RIS_START.search(text) and _RIS_END.search(text))


def is_table(text: str) -> bool:
    """Whether a text is a table whose header row names a title: CSV or tab-separated values."""
    lines = text.split("\n", 3)
    if lines[0].strip().casefold().startswith("sep="):
        lines = lines[1:]
    if len(lines) < 2:
        return False
    for separator in ",;\t":
        cells = [cell.strip().strip('"').casefold() for cell in lines[0].split(separator)]
        plain = all(len(cell) <= 40 and cell.count(" ") <= 4 for cell in cells)
        if len(cells) > 1 and plain and _TITLE_COLUMNS & set(cells) and separator in lines[1]:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Signature:
    """How a format shows in a text."""

    format: str
    """The format's name in `formats.FORMATS`."""
    sign: re.Pattern[str] | None
    """What only this format has; None where another format's sign is the same."""
    is_whole: Callable[[str], bool]
    """Whether a text as a whole has the format, rather than quotes it."""


SIGNATURES = (
    Signature("JSON", re.compile(r"\A(?:\[\s*[\[{\"]|\{\s*\")"), is_json),
    Signature("JSON Lines", None, is_json_lines),
    Signature(
        "BibTeX", re.compile(r"^[ \t]*@[ \t]*\w+\s*[{(]", re.MULTILINE | re.ASCII), is_bibtex
    ),
    Signature("RIS", re.compile(r"^TY {1,3}[-–]", re.MULTILINE), is_ris),
    Signature(
        "CSV",
        re.compile(
            r"\A[^\n]*\btitle\b[\" ]*[,;\t|]|\A[^\n]*[,;\t|][\" ]*title\b",
            re.IGNORECASE | re.ASCII,
        ),
        is_table,
    ),
)


def detect_format(named: str, data: bytes) -> str:
    """Detect the format of a text source: the name of a format in `formats.FORMATS`.

    Args:
        named: The name of the format that the file's name says.
        data: The content, in any encoding that a reader decodes.

    Returns:
        The format whose signature the content has, else ``named``.
    """
    text = normalise(decode_leniently(data))
    if named == PROSE:
        return next((known.format for known in SIGNATURES if known.is_whole(text)), named)
    found = [known.format for known in SIGNATURES if known.sign and known.sign.search(text)]
    return named if named in found or not found else found[0]


def normalise(text: str) -> str:
    """Drop white space and a byte order mark at the start, and end lines with LF."""
    return text.lstrip("\ufeff \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
