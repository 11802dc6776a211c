"""Files of the citations of lists, ``papers.bib``, ``.ris`` and ``.json``, and the page of all.

Beside the citations of all papers are dumps of them with all facts, ``papers.jsonl.gz``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.api import API, PAGE
from papercatalog.outputs.artifacts import Artifact, LazyFile
from papercatalog.outputs.citations import FORMATS, CitationFormat, build_item
from papercatalog.outputs.context import Context
from papercatalog.outputs.dumps.json_lines import render_json_lines
from papercatalog.outputs.list_tools import DATA, is_by_year
from papercatalog.outputs.paper_lists import list_papers
from papercatalog.outputs.templates import make_page
from papercatalog.runtime.hashing import hash_key

DUMP = "jsonl.gz"
"""The ending of the files of dumps."""
NUMBERS = "numbers.json"
"""The file, beside a list's page, of its papers' numbers in the years' files."""
_MAX_ENTRIES = 20_000
"""Written entries that are held in memory at most, for the other lists of their papers."""
_entries: dict[tuple[bytes, str], str] = {}


def build(context: Context) -> Iterator[Artifact]:
    """Build ``data/index.md``, and the files of all papers and of the lists.

    The files of all papers, ``data/papers.bib`` or, by year, ``data/papers-2025.bib``, have the
    oldest paper first, as search numbers papers: new ones come at the end. Lists are as on their
    pages.
    """
    catalog = context.catalog
    by_year = is_by_year(catalog)
    oldest_first = sorted(catalog.papers, key=attrgetter("date", "id"))
    years = {
        f"-{year:04}" if by_year else "": list(papers)
        for year, papers in groupby(oldest_first, lambda paper: paper.date.year if by_year else 0)
    }
    yield make_page(
        context,
        "data",
        f"{DATA}index.md",
        context.words.text("data.title"),
        context.words.text("data.description", site=context.site.name),
        files=[(part.lstrip("-"), len(papers)) for part, papers in reversed(years.items())],
        formats=[*((made.label, made.ending) for made in FORMATS.values()), ("JSON Lines", DUMP)],
        api=API,
        base=context.site.url or "https://example.org/",
        page=PAGE,
        with_abstracts=not by_year,
    )
    for part, papers in years.items():
        yield from _make_files(f"{DATA}papers{part}", papers)
        yield LazyFile(
            f"{DATA}papers{part}.{DUMP}",
            partial(_hash, papers),
            partial(_render_dump, catalog, papers),
        )
    numbers = {
        paper.id: (paper.date.year, number)
        for papers in years.values()
        for number, paper in enumerate(papers)
    }
    for listed in list_papers(context):
        if not listed.papers or not listed.url:
            continue
        if by_year:
            places = [numbers[paper.id] for paper in listed.papers]
            yield LazyFile(
                f"{listed.url}{NUMBERS}",
                partial(_hash_places, places),
                partial(_render_numbers, places),
            )
        else:
            yield from _make_files(f"{listed.url}papers", listed.papers)


def _make_files(stem: str, papers: Sequence[Paper]) -> Iterator[LazyFile]:
    for made in FORMATS.values():
        yield LazyFile(
            f"{stem}.{made.ending}", partial(_hash, papers), partial(_render, made, papers)
        )


def _hash(papers: Sequence[Paper]) -> bytes:
    return hash_key(*(paper.key for paper in papers))


def _render(made: CitationFormat, papers: Sequence[Paper]) -> bytes:
    return made.join(_render_entry(made, paper) for paper in papers).encode()


def _render_dump(catalog: Catalog, papers: Sequence[Paper]) -> bytes:
    """Write a dump, compressed as RFC 1952 says, without the time at which that was done."""
    return gzip.compress(render_json_lines(catalog, papers), mtime=0)


def _render_entry(made: CitationFormat, paper: Paper) -> str:
    name = paper.key, made.ending
    entry = _entries.get(name)
    if entry is None:
        if len(_entries) >= _MAX_ENTRIES:
            _entries.clear()
        entry = _entries[name] = made.render_entry(build_item(paper))
    return entry


def _hash_places(places: Sequence[tuple[int, int]]) -> bytes:
    return hash_key(repr(places))


def _render_numbers(places: Sequence[tuple[int, int]]) -> bytes:
    """Write the numbers of papers by year, in the list's order: ``{"2025":"120-169,7"}``."""
    years = groupby(places, key=lambda place: place[0])
    found: Mapping[str, str] = {
        f"{year:04}": write_ranges([number for _, number in group]) for year, group in years
    }
    return json.dumps(found, separators=(",", ":")).encode()


def write_ranges(numbers: Sequence[int]) -> str:
    """Write numbers in their order, with ranges for rising runs of them.

    >>> write_ranges([7, 8, 9, 4, 1, 2])
    '7-9,4,1-2'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
