"""The catalog, read-only: all papers and topics, loaded from disk with every problem reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from rapidfuzz import process

from papercatalog.entry import Entry
from papercatalog.front_matter import parse_front_matter
from papercatalog.ids import normalise_title
from papercatalog.page import parse_page
from papercatalog.problems import CatalogError, Problem
from papercatalog.topics import Vocabulary, parse_topic, validate_vocabulary


@dataclass(frozen=True)
class Catalog:
    """Papers, newest first, and the vocabulary of their topics."""

    entries: tuple[Entry, ...]
    """Sorted by day, newest first, then by id."""
    vocabulary: Vocabulary
    introduction: str = ""
    """The home page's introduction, Markdown."""

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Each paper by its id; former ids are not among them."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Entry, ...]]:
        """The papers of each topic and of the topics below it, newest first."""
        found: dict[str, list[Entry]] = {topic.slug: [] for topic in self.vocabulary.topics}
        for entry in self.entries:
            families = (self.vocabulary.family(slug) for slug in entry.topics)
            for slug in dict.fromkeys(slug for family in families for slug in family):
                found[slug].append(entry)
        return {slug: tuple(entries) for slug, entries in found.items()}

    @cached_property
    def by_day(self) -> Mapping[dt.date, tuple[Entry, ...]]:
        """The papers of each day, newest day first."""
        days = groupby(self.entries, key=lambda entry: entry.date)
        return {day: tuple(entries) for day, entries in days}


def build_catalog(
    entries: Iterable[Entry], vocabulary: Vocabulary, introduction: str = ""
) -> Catalog:
    """Put papers into the catalog's order."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    ordered.sort(key=lambda entry: entry.date, reverse=True)
    return Catalog(tuple(ordered), vocabulary, introduction)


def load_catalog(root: Path) -> Catalog:
    """Read ``docs/papers`` and ``docs/topics`` below ``root``.

    Raises `CatalogError` with every problem of every page.
    """
    catalog, problems = inspect_catalog(root)
    if problems:
        raise CatalogError(problems)
    return catalog


def inspect_catalog(root: Path) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read what can be read, and name the problems of all the rest, sorted by file and line."""
    problems: list[Problem] = []
    topics = []
    for path, text in _texts(root, "docs/topics/*.md", problems):
        topic, found = parse_topic(text, Path(path).stem, path)
        problems += found
        topics += [topic] if topic else []
    vocabulary = Vocabulary(tuple(topics))
    problems += validate_vocabulary(vocabulary)
    entries: list[Entry] = []
    for path, text in _texts(root, "docs/papers/**/*.md", problems):
        try:
            entry = parse_page(text, path)
        except CatalogError as error:
            problems += error.problems
            continue
        entries.append(entry)
        problems += _validate_place(entry, path, text, root, vocabulary)
    problems += _validate_together(entries)
    unique = {entry.id: entry for entry in entries}
    catalog = build_catalog(unique.values(), vocabulary, _introduction(root, problems))
    return catalog, tuple(sorted(set(problems)))


def _texts(root: Path, pattern: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    for file in sorted(root.glob(pattern)):
        path = file.relative_to(root).as_posix()
        try:
            yield path, file.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"is not UTF-8 at byte {error.start}; save it as UTF-8"
            problems.append(Problem(path, 0, "", "not-utf8", message))


def _introduction(root: Path, problems: list[Problem]) -> str:
    for path, text in _texts(root, "docs/index.md", problems):
        if not text.startswith("---"):
            return text.strip()
        try:
            return parse_front_matter(text, path).body
        except CatalogError as error:
            problems += error.problems
    return ""


def _validate_place(
    entry: Entry, path: str, text: str, root: Path, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if path != f"docs/{entry.path}":
        message = f"a paper of {entry.date.year} belongs at docs/{entry.path}; move it there"
        yield Problem(path, 0, "", "wrong-folder", message)
    unknown = [slug for slug in entry.topics if slug not in vocabulary.by_slug]
    missing = [name for name in entry.digests if not _is_file(root, name)]
    if unknown or missing:
        lines = parse_front_matter(text, path).lines
        for slug in unknown:
            near = process.extractOne(slug, list(vocabulary.by_slug), score_cutoff=60)
            hint = f"did you mean '{near[0]}'?" if near else "the topics are in docs/topics"
            message = f"unknown topic '{slug}'; {hint}"
            yield Problem(path, lines["topics"], "topics", "unknown-topic", message)
        for name in missing:
            message = f"there is no digest '{name}'; add the file or take the name out"
            yield Problem(path, lines["digests"], "digests", "missing-digest", message)


def _is_file(root: Path, name: str) -> bool:
    inside = not Path(name).is_absolute() and ".." not in Path(name).parts
    return name.startswith("https://") or (inside and (root / name).is_file())


def _validate_together(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Report what only shows when pages are held side by side: ids and papers that recur."""
    claims: dict[tuple[str, str], Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        path = f"docs/{entry.path}"
        for code, field, value in _claims(entry):
            other = claims.setdefault((code, value), entry)
            if other is not entry:
                message = f"'{value}' is docs/{other.path} already; keep one of the two pages"
                yield Problem(path, 0, field, code, message)


def _claims(entry: Entry) -> Iterator[tuple[str, str, str]]:
    yield "duplicate-id", "", entry.id
    for alias in entry.aliases:
        yield "duplicate-id", "aliases", alias
    if entry.arxiv:
        yield "duplicate-paper", "arxiv", entry.arxiv
    if entry.doi:
        yield "duplicate-paper", "doi", entry.doi
    yield "duplicate-paper", "title", normalise_title(entry.title)
