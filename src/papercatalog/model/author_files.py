"""Reads ``docs/authors``: where a curator says who is who, and what is known of a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from papercatalog.model.field_types import parse_address, parse_text
from papercatalog.model.front_matter import Value
from papercatalog.model.ids import is_id, is_orcid
from papercatalog.model.names import is_person_slug, name_key
from papercatalog.model.page_report import PageReport
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError, Problem, suggest

KEYS = ("names", "orcid", "homepage", "papers")
"""The keys of an author's front matter."""


@dataclass(frozen=True, slots=True)
class AuthorFile:
    """One page of ``docs/authors``: a person, as a curator describes them."""

    slug: str
    """The page's file name without ``.md``, and the name of the person's address."""
    names: tuple[str, ...]
    """The names that papers print; the first is the one to show."""
    orcid: str = ""
    homepage: str = ""
    papers: tuple[str, ...] = ()
    """Ids of the papers on which a name is this person's; where empty, on all that no other file
    names."""
    text: str = ""
    """About the person, Markdown."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """The line of each key in the page, from 1."""

    @property
    def path(self) -> str:
        """The page, relative to the catalog's root."""
        return f"docs/authors/{self.slug}.md"


def parse_author(text: str, slug: str, path: str) -> tuple[AuthorFile | None, tuple[Problem, ...]]:
    """Read an author's page, and report every problem in it; None where it names nobody.

    The codes are ``bad-id``, ``unknown-key``, ``missing-key``, ``bad-value`` and those of
    `parse_front_matter`.
    """
    if not (is_id(slug) and is_person_slug(slug)):
        message = (
            "the file's name cannot be an address: use three or more lower-case letters and "
            "digits, joined by '-', other than 'index'"
        )
        return None, (Problem(path, 0, "", "bad-id", message),)
    try:
        page = PageReport(text, path, KEYS)
    except CatalogError as error:
        return None, error.problems
    front, problems, report = page.front, page.problems, page.add
    names = _texts(front.values.get("names"))
    if "names" not in front.values:
        report("names", "missing-key", "add 'names:', a list of the names that papers print")
    elif not names:
        report("names", "bad-value", 'write a list of names, such as ["Ada Li", "A. Li"]')
    papers = _texts(front.values.get("papers", []))
    if "papers" in front.values and not papers:
        report("papers", "bad-value", "write a list of papers' ids, or leave the key out")
    orcid, homepage = front.values.get("orcid", ""), front.values.get("homepage", "")
    if "orcid" in front.values and not (isinstance(orcid, str) and is_orcid(orcid)):
        message = "is no ORCID iD; write its 16 digits alone, such as 0000-0002-1825-0097"
        report("orcid", "bad-value", message)
        orcid = ""
    if "homepage" in front.values:
        try:
            homepage = parse_address(homepage)
        except ValueError as error:
            report("homepage", "bad-value", str(error))
            homepage = ""
    try:
        body = parse_text(front.body)
        parse_text("\n".join(names))
    except ValueError as error:
        report("names", "bad-value", f"the page {error}")
        return None, tuple(problems)
    if not names:
        return None, tuple(problems)
    author = AuthorFile(slug, names, str(orcid), str(homepage), papers, body, front.lines)
    return author, tuple(problems)


def _texts(value: Value | None) -> tuple[str, ...]:
    """Read a list of texts, each on one line; empty where it is none."""
    texts = value if isinstance(value, list) else []
    lines = [" ".join(text.split()) for text in texts if isinstance(text, str)]
    return tuple(lines) if all(lines) and len(lines) == len(texts) else ()


def validate_authors(
    files: Sequence[AuthorFile], papers: Sequence[Paper], *, complete: bool
) -> Iterator[Problem]:
    """Report what only shows when authors' pages are held beside papers and each other.

    The codes are ``duplicate-name``, ``duplicate-orcid``, ``unknown-name`` and ``unknown-paper``.
    The last two are left out where some papers could not be read, so not ``complete``.
    """
    if not files:
        return
    yield from _validate_orcids(files)
    by_id = {alias: paper for paper in papers for alias in (*paper.aliases, paper.id)}
    printed = {name_key(name): name for paper in papers for name in paper.authors}
    claims: dict[tuple[str, str], AuthorFile] = {}
    for file in files:
        keys = {name_key(name): name for name in file.names}
        if complete:
            yield from _validate_names(file, keys, printed)
            yield from _validate_papers(file, keys, by_id)
        for key, name in keys.items():
            for claimed in file.papers or [""]:
                claimed = by_id[claimed].id if claimed in by_id else claimed
                other = claims.setdefault((key, claimed), file)
                if other is not file:
                    where = f" on '{claimed}'" if claimed else ""
                    message = (
                        f"'{name}'{where} is {other.path} already; take it out of one, or list "
                        "each person's papers under 'papers'"
                    )
                    yield _problem(
                        file, "papers" if claimed else "names", "duplicate-name", message
                    )


def _validate_orcids(files: Iterable[AuthorFile]) -> Iterator[Problem]:
    first: dict[str, AuthorFile] = {}
    for file in files:
        if file.orcid and (other := first.setdefault(file.orcid, file)) is not file:
            message = f"{file.orcid} is {other.path} already; put all names into one of the pages"
            yield _problem(file, "orcid", "duplicate-orcid", message)


def _validate_names(
    file: AuthorFile, keys: Mapping[str, str], printed: Mapping[str, str]
) -> Iterator[Problem]:
    for key, name in keys.items():
        if key not in printed:
            hint = suggest(name, printed.values(), "take it out")
            yield _problem(
                file, "names", "unknown-name", f"no paper has an author '{name}'; {hint}"
            )


def _validate_papers(
    file: AuthorFile, keys: Mapping[str, str], by_id: Mapping[str, Paper]
) -> Iterator[Problem]:
    for name in file.papers:
        paper = by_id.get(name)
        if paper is None:
            hint = suggest(name, by_id, "the ids are the pages' file names")
            yield _problem(file, "papers", "unknown-paper", f"unknown paper '{name}'; {hint}")
        elif not any(name_key(author) in keys for author in paper.authors):
            message = f"docs/{paper.path} has no author of these names; take the paper out"
            yield _problem(file, "papers", "unknown-name", message)


def _problem(file: AuthorFile, key: str, code: str, message: str) -> Problem:
    return Problem(file.path, file.lines.get(key, 1), key, code, message)
