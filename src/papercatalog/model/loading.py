"""Reads a catalog from disk and reports every problem of every page at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TypeVar

from papercatalog.model.author_files import parse_author, validate_authors
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.front_matter import parse_front_matter
from papercatalog.model.home_text import HOME_PAGES, validate_home_text
from papercatalog.model.page import parse_page
from papercatalog.model.paper import Paper, have_different_ids
from papercatalog.model.paper_cache import dump_paper, load_paper
from papercatalog.model.placement import find_misplaced_files
from papercatalog.model.problems import CatalogError, Problem, suggest
from papercatalog.model.searches import parse_search
from papercatalog.model.topics import (
    Vocabulary,
    drop_invalid_parents,
    parse_topic,
    validate_vocabulary,
)
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.files import Root, list_files
from papercatalog.runtime.hashing import hash_key
from papercatalog.runtime.processes import gc_paused, parallel_imap

T = TypeVar("T")

TOPICS_PAGE = "docs/topics/index.md"
"""The one page among the topics that is none: an introduction to them."""
BATCH = 10_000
"""Pages that are in memory at a time."""
_KIND = "paper"
"""The kind under which the cache keeps papers."""


def load_catalog(root: Root, cache: Cache | None = None) -> Catalog:
    """Read ``docs/papers``, ``docs/topics``, ``docs/authors`` and ``docs/searches``.

    Raises `CatalogError` with every problem of every page.
    """
    catalog, problems = inspect_catalog(root, cache)
    if problems:
        raise CatalogError(problems)
    return catalog


@gc_paused()
def inspect_catalog(root: Root, cache: Cache | None = None) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read what can be read, and name every problem of the rest, sorted by file and line.

    Unknown topics are left out of papers, and a topic whose parent is invalid stands on its own, so
    that a site can be built of the rest. Pages whose papers the cache has are not parsed again.
    """
    cache = cache or Cache()
    problems = list(find_misplaced_files(root))
    topics = _read_values(root, "docs/topics", parse_topic, problems)
    authors = _read_values(root, "docs/authors", parse_author, problems)
    searches = _read_values(root, "docs/searches", parse_search, problems)
    vocabulary = Vocabulary(tuple(topics))
    problems += validate_vocabulary(vocabulary)
    vocabulary = drop_invalid_parents(vocabulary)
    papers: list[Paper] = []
    unreadable: list[Problem] = []
    for path, paper in _read_papers(root, cache, unreadable):
        misplaced = list(_validate_place(paper, path, root, vocabulary))
        problems += misplaced
        papers.append(_without_unknown_topics(paper, vocabulary) if misplaced else paper)
    problems += _find_missing_digests(papers, root)
    problems += _validate_together(papers)
    problems += validate_authors(authors, papers, complete=not unreadable)
    unique = {paper.id: paper for paper in papers}
    catalog = build_catalog(
        unique.values(),
        vocabulary,
        authors,
        searches,
        _read_introduction(root, TOPICS_PAGE, problems),
    )
    problems += _validate_home(root)
    problems += unreadable
    return catalog, tuple(sorted(set(problems)))


def _read_values(
    root: Root,
    folder: str,
    parse: Callable[[str, str, str], tuple[T | None, tuple[Problem, ...]]],
    problems: list[Problem],
) -> list[T]:
    """Read the pages right in a folder; ``parse`` takes a page's text, slug and path."""
    values = []
    for path, text in _texts(root, folder, problems):
        if path.count("/") > folder.count("/") + 1 or path == TOPICS_PAGE:
            continue
        value, found = parse(text, Path(path).stem, path)
        problems += found
        values += [value] if value else []
    return values


def _read_papers(root: Root, cache: Cache, problems: list[Problem]) -> Iterator[tuple[str, Paper]]:
    """Read all papers, each with its page's path, and keep them in the cache.

    The problems of pages are added to ``problems``; a page that has some gives no paper.
    """
    folder = "docs/papers"
    base, paths = str(root / folder), _list_pages(root, folder)
    used: list[bytes] = []
    while batch := list(islice(paths, BATCH)):
        pages = [(path, _read(f"{base}{path[len(folder) :]}")) for path in batch]
        keys = [hash_key(path, content) for path, content in pages]
        kept = cache.get(_KIND, keys)
        unknown = [page for key, page in zip(keys, pages, strict=True) if key not in kept]
        parsed = parallel_imap(_parse, unknown)
        fresh: dict[bytes, bytes] = {}
        for key, path in zip(keys, batch, strict=True):
            data = kept.get(key) or next(parsed)
            if not isinstance(data, bytes):
                problems += data
                continue
            if key not in kept:
                fresh[key] = data
            yield path, load_paper(data)
        cache.put(_KIND, fresh)
        used += keys
    cache.prune(_KIND, used)


def _parse(page: tuple[str, bytes]) -> bytes | tuple[Problem, ...]:
    """Parse a page, a path and its content, as `dump_paper` writes it: that is small to send."""
    path, content = page
    try:
        return dump_paper(parse_page(_decode(content, path), path))
    except CatalogError as error:
        return error.problems


def _texts(root: Root, place: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Read the Markdown files of a folder, or the one file, as texts by path."""
    for path in _list_pages(root, place):
        content = _read(str(root / path))
        try:
            yield path, _decode(content, path)
        except CatalogError as error:
            problems += error.problems


def _list_pages(root: Root, place: str) -> Iterator[str]:
    """List the pages below a folder, or the one page, without those that are symbolic links."""
    yield from list_files(root, place, ".md", links=False)


def _read(file: str) -> bytes:
    with open(file, "rb", 0) as opened:  # noqa: PTH123, pathlib takes longer to open
        return opened.read()


def _decode(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 at byte {error.start}; save it as UTF-8"
        raise CatalogError([Problem(path, 0, "", "not-utf8", message)]) from None


def _read_introduction(root: Root, page: str, problems: list[Problem]) -> str:
    for path, text in _texts(root, page, problems):
        if not text.startswith("---"):
            return text.strip()
        try:
            return parse_front_matter(text, path).body
        except CatalogError as error:
            problems += error.problems
    return ""


def _validate_home(root: Root) -> Iterator[Problem]:
    problems: list[Problem] = []
    for page in HOME_PAGES:
        for path, text in _texts(root, page, problems):
            yield from validate_home_text(text, path)
            return
    yield from problems


def _validate_place(
    paper: Paper, path: str, root: Root, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if path != f"docs/{paper.path}":
        message = f"a paper of {paper.date.year} belongs at docs/{paper.path}; move it there"
        yield Problem(path, 0, "", "wrong-folder", message)
    unknown = [slug for slug in paper.topics if slug not in vocabulary.by_slug]
    if unknown:
        lines = _find_lines(root, path)
        for slug in unknown:
            hint = suggest(slug, vocabulary.by_slug, "the topics are in docs/topics")
            message = f"unknown topic '{slug}'; {hint}"
            yield Problem(path, lines.get("topics", 0), "topics", "unknown-topic", message)


def _find_missing_digests(papers: Iterable[Paper], root: Root) -> Iterator[Problem]:
    """Report each digest that is not there once, on the first of the pages that name it."""
    pages: dict[str, list[str]] = {}
    for paper in papers:
        for name in dict.fromkeys(paper.digests):
            pages.setdefault(name, []).append(f"docs/{paper.path}")
    for name, paths in pages.items():
        if _is_file(root, name):
            continue
        path = min(paths)
        others = f", which {len(paths):,} pages name" if len(paths) > 1 else ""
        message = f"there is no digest '{name}'{others}; add the file or take the name out"
        line = _find_lines(root, path).get("digests", 0)
        yield Problem(path, line, "digests", "missing-digest", message)


def _find_lines(root: Root, path: str) -> Mapping[str, int]:
    """Find the lines of a page's keys; none where it has changed since it was looked up."""
    try:
        return parse_front_matter(_decode((root / path).read_bytes(), path), path).lines
    except (OSError, CatalogError):
        return {}


def _without_unknown_topics(paper: Paper, vocabulary: Vocabulary) -> Paper:
    known = tuple(slug for slug in paper.topics if slug in vocabulary.by_slug)
    return paper.model_copy(update={"topics": known})


def _is_file(root: Root, name: str) -> bool:
    inside = not Path(name).is_absolute() and ".." not in Path(name).parts
    if name.startswith("https://"):
        return True
    try:
        return inside and (root / name).is_file()
    except (OSError, ValueError):  # too long for a file's name, or not one at all
        return False


def _validate_together(papers: Iterable[Paper]) -> Iterator[Problem]:
    """Report what only shows when pages are held side by side: ids and papers that recur."""
    claims: dict[tuple[str, str], Paper] = {}
    for paper in sorted(papers, key=lambda paper: paper.path):
        path = f"docs/{paper.path}"
        for code, key, value in _claims(paper):
            other = claims.setdefault((code, value), paper)
            if other is not paper and not (key == "title" and have_different_ids(paper, other)):
                message = f"'{value}' is docs/{other.path} already; keep one of the two pages"
                if key == "title":
                    message += ", or give both their arXiv ids or DOIs if they are two papers"
                yield Problem(path, 0, key, code, message)


def _claims(paper: Paper) -> Iterator[tuple[str, str, str]]:
    yield "duplicate-id", "", paper.id
    for alias in paper.aliases:
        yield "duplicate-id", "aliases", alias
    if paper.arxiv:
        yield "duplicate-paper", "arxiv", paper.arxiv
    if paper.doi:
        yield "duplicate-paper", "doi", paper.doi
    yield "duplicate-paper", "title", paper.title_key
