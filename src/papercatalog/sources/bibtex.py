"""Reads BibTeX and BibLaTeX files; bibtexparser finds the entries."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

from bibtexparser.library import Library
from bibtexparser.middlewares.enclosing import RemoveEnclosingMiddleware
from bibtexparser.middlewares.interpolate import ResolveStringReferencesMiddleware
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ParsingFailedBlock,
)
from bibtexparser.splitter import Splitter

from papercatalog.model.fields import SOURCED
from papercatalog.model.ids import parse_arxiv
from papercatalog.sources.decoding import decode_text
from papercatalog.sources.facts import find_facts
from papercatalog.sources.raw_records import (
    Boilerplate,
    Piece,
    RawRecord,
    Rejected,
    build_parsed_source,
)
from papercatalog.sources.record import ParsedSource
from papercatalog.text.latex import strip_latex

_KEYS = {key for field in SOURCED for key in (field.keys or {}).get("bibtex", ())}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# What it logs is in the account already.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def parse_bibtex(data: bytes, source: str) -> ParsedSource:
    """Read every entry of a file; strings, preambles and comments are boilerplate.

    An entry that does not close is refused and the next one is read. Two entries with one key
    are two papers. The published day is ``date``, or ``year``, ``month`` and ``day`` together.

    Source: O. Patashnik, BibTeXing, 1988, and the manual of BibLaTeX, section 2.2.
    """
    return build_parsed_source(source, _raw_records(data))


def _raw_records(data: bytes) -> Iterator[Piece]:
    text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n")
    for block in _blocks(text):
        line = (block.start_line or 0) + 1
        if isinstance(block, Entry):
            yield _raw_record(line, block)
        elif isinstance(block, DuplicateBlockKeyBlock):
            yield Rejected(line, "defines a string a second time; leave one")
        elif isinstance(block, ParsingFailedBlock):
            yield Rejected(line, "does not close, or lacks a comma or '='; mend the entry")
        else:
            yield Boilerplate(line)


def _blocks(text: str) -> list[Block]:
    """Split a file into blocks; numbers take the place of the keys, so that none comes twice."""
    library = Library()
    for number, block in enumerate(Splitter(text).split().blocks):
        entry = _entry(block)
        if entry is not None:
            entry.key = str(number)
        library.add(entry or block, fail_on_duplicate_key=False)
    for middleware in (ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()):
        library = middleware.transform(library)
    return library.blocks


def _entry(block: Block | None) -> Entry | None:
    """Take an entry out of the failure that a key or field seen before makes of it."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        return _entry(block.ignore_error_block)
    return block if isinstance(block, Entry) else None


def _raw_record(line: int, entry: Entry) -> RawRecord | Rejected:
    fields: dict[str, Field] = {}
    for field in entry.fields:
        name = field.key.lower()
        if name in ("title", "abstract") and name in fields:
            return Rejected(line, f"has two fields {name}; leave one")
        bare = field.enclosing == "no-enclosing" and not str(field.value).isdecimal()
        if name in ("title", "abstract") and bare:
            return Rejected(
                line, f"its {name} is not one text between braces; a comma may be missing"
            )
        fields.setdefault(name, field)
    values = {name: str(field.value).strip() for name, field in fields.items()}
    joined = [
        (name, f"{values.pop(name)!a} joins strings with '#'; left out")
        for name, field in fields.items()
        if name in _KEYS and field.enclosing == "no-enclosing" and "#" in values[name]
    ]
    authors, remarks = _authors(values.get("author", ""))
    facts = {
        **find_facts("bibtex", values.get),
        "authors": authors,
        "published": _published(values),
        "arxiv": _arxiv(values),
    }
    for name in ("venue", "keywords"):
        facts[name] = strip_latex(str(facts.get(name, "")))
    for name in ("paper", "pdf"):
        facts[name] = str(facts.get(name, "")).removeprefix("\\url{").removesuffix("}")
    return RawRecord(
        line=line,
        title=strip_latex(values.get("title", "")),
        abstract=strip_latex(values.get("abstract", "")),
        facts=facts,
        remarks=(*joined, *remarks),
    )


def _authors(value: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    names = split_multiple_persons_names(value)
    shown = tuple(_shown(name) for name in names if name != "others")
    if "others" not in names:
        return shown, ()
    return shown, (("authors", "the list ends in 'and others': some authors are not named"),)


def _shown(name: str) -> str:
    parts = parse_single_name_into_parts(name, strict=False)
    shown = " ".join([*parts.first, *parts.von, *parts.last])
    suffix = " ".join(parts.jr)
    return strip_latex(f"{shown}, {suffix}" if suffix else shown)


def _published(values: Mapping[str, str]) -> str | None:
    if "date" in values:
        return values["date"] if values["date"].count("-") == 2 else None
    month = values.get("month", "").lower()
    if month[:3] in _MONTHS:
        month = str(_MONTHS.index(month[:3]) + 1)
    parts = (values.get("year", ""), month, values.get("day", ""))
    return "-".join(parts) if all(part.isdecimal() for part in parts) else None


def _arxiv(values: Mapping[str, str]) -> str | None:
    archive = values.get("archiveprefix") or values.get("eprinttype") or "arxiv"
    if (eprint := values.get("eprint")) and archive.lower() == "arxiv":
        if eprint.isdecimal() and "primaryclass" in values:
            return f"{values['primaryclass']}/{eprint}"
        return eprint
    for name in ("url", "journal", "note", "howpublished"):
        value = values.get(name, "").removeprefix("\\url{").removesuffix("}")
        if found := parse_arxiv(value.lower().removeprefix("arxiv preprint ")):
            return found.id
    return None
