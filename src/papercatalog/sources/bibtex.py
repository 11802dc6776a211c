"""Reads BibTeX and BibLaTeX files; bibtexparser finds the entries and their fields."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from papercatalog.model.ids import find_arxiv, parse_arxiv, parse_doi
from papercatalog.sources.bibtex_pages import build_page_item
from papercatalog.sources.bibtex_values import evaluate, split_authors
from papercatalog.sources.days import parse_month
from papercatalog.sources.decoding import decode_text
from papercatalog.sources.facts import Remark, find_facts, find_unused
from papercatalog.sources.page_items import read_page_item
from papercatalog.sources.raw_records import (
    Boilerplate,
    Piece,
    RawRecord,
    Rejected,
    build_parsed_source,
)
from papercatalog.sources.record import ParsedSource
from papercatalog.text.latex import strip_latex

_TYPES = (
    "article|book|booklet|collection|conference|dataset|electronic|inbook|incollection"
    "|inproceedings|manual|mastersthesis|misc|online|patent|periodical|phdthesis|proceedings"
    "|report|software|techreport|thesis|unpublished|www"
)
_NO_ENTRY = "comment|preamble|string"
_HEAD = re.compile(
    rf"^([ \t]*)(?:@[ \t]*(?!(?:{_NO_ENTRY})\b)(\w+)|({_TYPES})(?=[ \t]*\{{[^\s{{}},=]+,))"
    r"(\s*)([{(])(\s*[^=\n,]*),",
    re.MULTILINE | re.IGNORECASE,
)
"""The head of an entry, up to the comma behind its key: the brace may stand on the next line, the
key hold braces, the ``@`` be missing."""
_LOST_ENTRY = re.compile(r"\btitle\s*=\s*[{\"]", re.IGNORECASE)
_ARXIV_KEYS = ("url", "journal", "journaltitle", "volume", "howpublished", "note", "number", "doi")
_READ = frozenset({
    *("title", "subtitle", "abstract", "author", "year", "month", "day"),
})  # fmt: skip
"""The keys that are read here, and not by the declarations of fields."""

# Its warnings repeat what the import report says.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def parse_bibtex(data: bytes, source: str) -> ParsedSource:
    """Read every entry of a file; strings, preambles and comments are boilerplate.

    An entry that does not close is rejected and the next one is read. Two entries with one key
    are two papers. The published day is ``date``, or ``year``, ``month`` and ``day`` together.

    Source: O. Patashnik, BibTeXing, 1988, and the manual of BibLaTeX, section 2.2.
    """
    return build_parsed_source(source, _raw_records(data))


def _raw_records(data: bytes) -> Iterator[Piece]:
    text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n")
    strings: dict[str, str] = {}
    seen: set[str] = set()
    numbered, keys = _number_entries(text)
    for block in Splitter(numbered).split().blocks:
        line = (block.start_line or 0) + 1
        entry = _entry(block)
        if entry is not None:
            yield _raw_record(line, entry, keys, strings, seen)
        elif isinstance(block, String):
            yield _define(block, line, strings)
        elif isinstance(block, DuplicateBlockKeyBlock):
            yield Rejected(line, "defines a string a second time; leave one")
        elif isinstance(block, ParsingFailedBlock):
            yield Rejected(line, "does not close, or lacks a comma or '='; mend the entry")
        elif isinstance(block, ImplicitComment) and _LOST_ENTRY.search(block.comment):
            yield Rejected(line, "has a title and stands in no entry; begin it as '@article{key,'")
        else:
            yield Boilerplate(line)


def _define(string: String, line: int, strings: dict[str, str]) -> Piece:
    try:
        strings[string.key.lower()] = evaluate(str(string.value), strings)
    except ValueError as error:
        return Rejected(line, f"its string {error}")
    return Boilerplate(line)


def _number_entries(text: str) -> tuple[str, dict[str, str]]:
    """Put numbers in the place of keys, so that each is plain and unique; lines stay lines.

    Returns the text, and the keys by what stands in their place.
    """
    keys: dict[str, str] = {}

    def head(match: re.Match[str]) -> str:
        indent, typed, bare, gap, brace, key = match.groups()
        lines = "\n" * f"{gap}{key}".count("\n")
        number = f"k{len(keys)}"
        keys[number] = key.strip()
        return f"{indent}@{typed or bare}{brace}{number},{lines}"

    return _HEAD.sub(head, text), keys


def _entry(block: Block | None) -> Entry | None:
    """Take an entry out of the failure that a field given twice makes of it."""
    if isinstance(block, DuplicateFieldKeyBlock):
        return _entry(block.ignore_error_block)
    return block if isinstance(block, Entry) else None


def _raw_record(
    line: int,
    entry: Entry,
    keys: Mapping[str, str],
    strings: Mapping[str, str],
    seen: set[str],
) -> RawRecord | Rejected:
    values: dict[str, str] = {}
    remarks: list[Remark] = []
    for field in entry.fields:
        name = field.key.lower()
        try:
            value = evaluate(str(field.value), strings)
        except ValueError as error:
            if name in ("title", "abstract"):
                return Rejected(line, f"its {name} {error}")
            remarks.append((name, f"{str(field.value)[:60]!a} {error}; left out"))
            continue
        if name in ("title", "abstract") and name in values:
            return Rejected(line, f"has two fields {name}; leave one")
        if name in values:
            remarks.append((name, f"a second {name!a}, {value[:60]!a}, is left out"))
        values.setdefault(name, value)
    if page := read_page_item(line, build_page_item(keys.get(entry.key, ""), values)):
        return page
    plain = {name: strip_latex(value).strip() for name, value in values.items()}
    facts = find_facts("bibtex", plain.get)
    facts["authors"], notes = split_authors(values.get("author", ""))
    facts["published"] = _published(plain)
    facts["arxiv"] = _arxiv(plain)
    if "doi" not in facts and (doi := parse_doi(plain.get("url", ""))):
        facts["doi"] = doi
    read = _READ | ({"archiveprefix", "eprinttype"} if plain.get("eprint") else set())
    read |= {"primaryclass", "eprintclass"} if "/" in str(facts["arxiv"]) else set()
    if (archive := _archive(plain)) != "arxiv" and plain.get("eprint"):
        remarks.append(("eprint", f"{plain.pop('eprint')!a} of {archive!a} is left out"))
    if arxiv := parse_arxiv(str(facts["arxiv"] or "")):
        read |= {name for name in _ARXIV_KEYS if arxiv.id in plain.get(name, "").lower()}
    remarks += _other_dates(plain)
    remarks += [*notes, *find_unused("bibtex", plain, facts, read, seen)]
    title = plain.get("title", "")
    if subtitle := plain.get("subtitle"):
        title = f"{title.rstrip(':')}: {subtitle}"
    return RawRecord(line, title, plain.get("abstract"), facts, tuple(remarks))


def _published(values: Mapping[str, str]) -> str:
    """Give the day as text: whole, or as much as there is of it, for the remark."""
    if date := values.get("date"):
        return date
    year, month, day = (values.get(name, "").strip() for name in ("year", "month", "day"))
    if not re.fullmatch(r"\d{4}", year) or not month:
        return year
    named = re.fullmatch(r"([A-Za-z]{3,9})\.?[\s,]*(\d{1,2}\b.*)?|(\d{1,2})", month)
    number = parse_month(named[1] or named[3]) if named else None
    if named and named[2] and not day:
        return f"{named[1]} {named[2]}, {year}"
    if number and day:
        return f"{year}-{number}-{day}"
    return f"{year}-{number:02}" if number else f"{month} {year}"


def _other_dates(values: Mapping[str, str]) -> Iterator[Remark]:
    """Find a year, month or day that ``date`` does not repeat."""
    date = values.get("date", "")
    for name in ("year", "month", "day") if date else ():
        value = values.get(name, "")
        number = str(parse_month(value) or value) if name == "month" else value
        if number and not re.search(rf"(?<!\d)0?{re.escape(number)}(?!\d)", date):
            yield "published", f"{value!a}, as {name!a} has it, is left out: 'date' is read"


def _archive(values: Mapping[str, str]) -> str:
    named = values.get("archiveprefix") or values.get("eprinttype") or "arxiv"
    return named.lower()


def _arxiv(values: Mapping[str, str]) -> str | None:
    """Find the arXiv id: in the fields made for it, else where a text names one as such."""
    eprint = values.get("eprint", "")
    if eprint and _archive(values) == "arxiv":
        subject = values.get("primaryclass") or values.get("eprintclass")
        old = re.fullmatch(r"\d{7}", eprint)
        return f"{subject}/{eprint}" if old and subject else eprint
    if arxiv := values.get("arxivid"):
        return arxiv
    for name in _ARXIV_KEYS:
        found = find_arxiv(values.get(name, ""))
        if found and (name != "note" or parse_arxiv(values[name]) or _is_label(values[name])):
            return found
    return None


def _is_label(note: str) -> bool:
    """Whether a note begins with its own arXiv id, and so does not speak of another paper's."""
    return re.match(r"(?:arxiv|https?://arxiv)", note, re.IGNORECASE) is not None
