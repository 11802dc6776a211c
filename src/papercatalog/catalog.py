"""The catalog, read-only: all papers and topics, loaded from disk with every problem reported."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from papercatalog.cache import Cache, hash_key
from papercatalog.entry import Entry, are_told_apart
from papercatalog.front_matter import parse_front_matter
from papercatalog.lookup import PageFile, look_up_pages, read_files
from papercatalog.page import parse_page
from papercatalog.parallel import no_collection, stream_out
from papercatalog.problems import CatalogError, Problem, suggest
from papercatalog.restore import keep_entry, restore_entry
from papercatalog.topics import Vocabulary, parse_topic, validate_vocabulary

if TYPE_CHECKING:
    from papercatalog.text import Rendered

T = TypeVar("T")

_AT_ONCE = 10_000
"""So many pages are parsed at a time."""


@dataclass(frozen=True, eq=False)
class Catalog:
    """Papers, newest first, and the vocabulary of their topics."""

    entries: tuple[Entry, ...]
    """Sorted by day, newest first, then by id."""
    vocabulary: Vocabulary
    introduction: str = ""
    """The home page's introduction, Markdown."""
    rendered: dict[str, Rendered] = field(default_factory=dict, compare=False, repr=False)
    """Abstracts with markup that were rendered so far, by their Markdown."""
    words: list[bytes] = field(default_factory=list, compare=False, repr=False)
    """What was read of each run of papers, once it has been: `search.Summary`, as bytes."""
    related: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The related papers of each, by id, once they have been worked out."""

    def render(self, markdown: str) -> Rendered:
        """Render an abstract or an introduction; one with markup is rendered once."""
        from papercatalog.text import parse_text, render_unmarked  # not all commands need it

        found = self.rendered.get(markdown) or render_unmarked(markdown)
        if found is None:
            found = self.rendered[markdown] = parse_text(markdown)
        return found

    @cached_property
    def vocabulary_key(self) -> bytes:
        """A key that changes with any topic."""
        return hash_key(*map(repr, self.vocabulary.topics))

    @cached_property
    def key(self) -> bytes:
        """A key that changes with any paper and any topic."""
        return hash_key(self.vocabulary_key, *(entry.key for entry in self.entries))

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Each paper by its id; former ids are not among them."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Entry, ...]]:
        """The papers of each topic and of the topics below it, newest first."""
        found: dict[str, list[Entry]] = {topic.slug: [] for topic in self.vocabulary.topics}
        known: dict[tuple[str, ...], list[list[Entry]]] = {}
        for entry in self.entries:
            lists = known.get(entry.topics)
            if lists is None:
                families = (self.vocabulary.family(slug) for slug in entry.topics)
                slugs = dict.fromkeys(slug for family in families for slug in family)
                lists = known[entry.topics] = [found[slug] for slug in slugs]
            for entries in lists:
                entries.append(entry)
        return {slug: tuple(entries) for slug, entries in found.items()}

    @cached_property
    def by_day(self) -> Mapping[dt.date, tuple[Entry, ...]]:
        """The papers of each day, newest day first."""
        days = groupby(self.entries, key=lambda entry: entry.date)
        return {day: tuple(entries) for day, entries in days}


def split_by(entries: Sequence[Entry], part: Callable[[dt.date], T]) -> dict[T, Sequence[Entry]]:
    """Cut papers, in the catalog's order, where a part of their days, such as the year, changes."""
    found: dict[T, Sequence[Entry]] = {}
    start = 0
    while start < len(entries):
        this = part(entries[start].date)
        end = bisect_left(entries, True, start, key=lambda entry: part(entry.date) != this)
        found[this] = entries[start:end]
        start = end
    return found


def build_catalog(
    entries: Iterable[Entry], vocabulary: Vocabulary, introduction: str = ""
) -> Catalog:
    """Put papers into the catalog's order."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    ordered.sort(key=lambda entry: entry.date, reverse=True)
    return Catalog(tuple(ordered), vocabulary, introduction)


def load_catalog(
    root: Path, cache: Cache | None = None, pages: Iterable[PageFile] | None = None
) -> Catalog:
    """Read ``docs/papers`` and ``docs/topics`` below ``root``.

    Raises `CatalogError` with every problem of every page.
    """
    catalog, problems = inspect_catalog(root, cache, pages)
    if problems:
        raise CatalogError(problems)
    return catalog


@no_collection()
def inspect_catalog(
    root: Path, cache: Cache | None = None, pages: Iterable[PageFile] | None = None
) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read what can be read, and name the problems of all the rest, sorted by file and line.

    Unknown topics are left out, so that a site can be built of the rest.
    Pages that the cache knows are not parsed again. ``pages`` are those of `look_up_pages`, where
    they have been looked up already.
    """
    cache = cache or Cache()
    problems: list[Problem] = []
    topics = []
    for path, text in _texts(root, "docs/topics", problems):
        if path.count("/") > 2:
            continue
        topic, found = parse_topic(text, Path(path).stem, path)
        problems += found
        topics += [topic] if topic else []
    vocabulary = Vocabulary(tuple(topics))
    problems += validate_vocabulary(vocabulary)
    entries: list[Entry] = []
    for path, entry in _read_pages(pages or look_up_pages(root, cache), cache, problems):
        misplaced = list(_validate_place(entry, path, root, vocabulary))
        problems += misplaced
        entries.append(_without_unknown_topics(entry, vocabulary) if misplaced else entry)
    problems += _validate_together(entries)
    unique = {entry.id: entry for entry in entries}
    catalog = build_catalog(unique.values(), vocabulary, _introduction(root, problems))
    return catalog, tuple(sorted(set(problems)))


def _read_pages(
    pages: Iterable[PageFile], cache: Cache, problems: list[Problem]
) -> Iterator[tuple[str, Entry]]:
    """Parse papers' pages, each with its path; some at a time are in memory.

    Problems are added to ``problems``, and a page that has some is left out.
    """
    files = iter(pages)
    used: list[bytes] = []
    while True:
        known = [
            (page, restore_entry(page.kept) if page.kept else None)
            for page in islice(files, _AT_ONCE)
        ]
        if not known:
            break
        parsed = stream_out(_parse, [page for page, entry in known if entry is None])
        fresh: dict[bytes, bytes] = {}
        for page, entry in known:
            used.append(page.key)
            if entry is None:
                found = next(parsed)
                if not isinstance(found, bytes):
                    problems += found
                    continue
                fresh[page.key] = found
                entry = restore_entry(found)
            yield page.path, entry
        cache.put("page", fresh)
    cache.prune("page", used)


def _parse(page: PageFile) -> bytes | tuple[Problem, ...]:
    """Read a page as `restore_entry` takes it, which is smaller than the paper it makes."""
    try:
        return keep_entry(parse_page(_decode(page.content or b"", page.path), page.path))
    except CatalogError as error:
        return error.problems


def _texts(root: Path, place: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Read the Markdown files of a folder, or the one file, as texts by path."""
    for path, content in read_files(root, place):
        try:
            yield path, _decode(content, path)
        except CatalogError as error:
            problems += error.problems


def _decode(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 at byte {error.start}; save it as UTF-8"
        raise CatalogError([Problem(path, 0, "", "not-utf8", message)]) from None


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
    entry: Entry, path: str, root: Path, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if path != f"docs/{entry.path}":
        message = f"a paper of {entry.date.year} belongs at docs/{entry.path}; move it there"
        yield Problem(path, 0, "", "wrong-folder", message)
    unknown = [slug for slug in entry.topics if slug not in vocabulary.by_slug]
    missing = [name for name in entry.digests if not _is_file(root, name)]
    if unknown or missing:
        lines = _find_lines(root, path)
        for slug in unknown:
            hint = suggest(slug, vocabulary.by_slug, "the topics are in docs/topics")
            message = f"unknown topic '{slug}'; {hint}"
            yield Problem(path, lines.get("topics", 0), "topics", "unknown-topic", message)
        for name in missing:
            message = f"there is no digest '{name}'; add the file or take the name out"
            yield Problem(path, lines.get("digests", 0), "digests", "missing-digest", message)


def _find_lines(root: Path, path: str) -> Mapping[str, int]:
    """Find the lines of a page's keys; none where it has changed since it was looked up."""
    try:
        return parse_front_matter(_decode((root / path).read_bytes(), path), path).lines
    except (OSError, CatalogError):
        return {}


def _without_unknown_topics(entry: Entry, vocabulary: Vocabulary) -> Entry:
    known = tuple(slug for slug in entry.topics if slug in vocabulary.by_slug)
    return entry.model_copy(update={"topics": known})


def _is_file(root: Path, name: str) -> bool:
    inside = not Path(name).is_absolute() and ".." not in Path(name).parts
    return name.startswith("https://") or (inside and (root / name).is_file())


def _validate_together(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Report what only shows when pages are held side by side: ids and papers that recur."""
    claims: dict[tuple[str, str], Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.path):
        path = f"docs/{entry.path}"
        for code, key, value in _claims(entry):
            other = claims.setdefault((code, value), entry)
            if other is not entry and not (key == "title" and are_told_apart(entry, other)):
                message = f"'{value}' is docs/{other.path} already; keep one of the two pages"
                yield Problem(path, 0, key, code, message)


def _claims(entry: Entry) -> Iterator[tuple[str, str, str]]:
    yield "duplicate-id", "", entry.id
    for alias in entry.aliases:
        yield "duplicate-id", "aliases", alias
    if entry.arxiv:
        yield "duplicate-paper", "arxiv", entry.arxiv
    if entry.doi:
        yield "duplicate-paper", "doi", entry.doi
    yield "duplicate-paper", "title", entry.title_key
