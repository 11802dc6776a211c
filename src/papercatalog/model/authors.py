"""The people who wrote the papers, found by their names and by what curators say of them.

Spellings that `name_key` takes for one name are one person, unless a page of ``docs/authors`` says
otherwise; nothing else is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern

from papercatalog.model.author_files import AuthorFile
from papercatalog.model.names import add_hash, build_name_slug, name_key, sort_key
from papercatalog.model.paper import Paper
from papercatalog.runtime.processes import gc_paused


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """An author with a page of their own."""

    slug: str
    """The name of the page's address: ``authors/SLUG/``."""
    name: str
    """The name to show: the curator's first one, else the spelling that most papers print,
    and of two as frequent the one with accents."""
    other_names: tuple[str, ...]
    """The curator's other names, then those that papers print, the most frequent first."""
    papers: Sequence[Paper] = field(repr=False)
    """Newest first, each once."""
    file: AuthorFile | None = None
    """What a curator says of the person."""

    @property
    def url(self) -> str:
        """The page's address, relative to the site."""
        return f"authors/{self.slug}/"


class Authors:
    """Tells who is who among the authors of papers. A value: it follows from what it is made of.

    A person's id is the key of their name or, where a curator describes them, the path of the page
    in ``docs/authors``: that has a dot, and a key has none.
    """

    @gc_paused()
    def __init__(self, papers: Iterable[Paper], files: Sequence[AuthorFile] = ()) -> None:
        """``papers`` are in the catalog's order."""
        self._files = {file.path: file for file in files}
        claims = _collect_claims(files)
        self._ids: dict[str, tuple[str, ...]] = {}
        self._papers: dict[str, list[Paper]] = {}
        self._people: dict[int, Mapping[str, Person]] = {}
        keys: dict[str, str] = {}
        for paper in papers:
            ids = []
            for name in paper.authors:
                key = keys.get(name) or keys.setdefault(name, intern(name_key(name)))
                if of_key := claims.get(key):
                    key = of_key.get(paper.id) or _claim_by_alias(of_key, paper) or key
                ids.append(key)
                listed = self._papers.get(key)
                if listed is None:
                    self._papers[key] = [paper]
                elif listed[-1] is not paper:
                    listed.append(paper)
            self._ids[paper.id] = tuple(ids)

    @property
    def total(self) -> int:
        """How many people there are."""
        return len(self._papers)

    def count_papers(self) -> Counter[int]:
        """Count the people by the number of their papers."""
        return Counter(map(len, self._papers.values()))

    def identify(self, paper: Paper) -> tuple[str, ...]:
        """Give the id of each author of a paper, in the paper's order."""
        return self._ids[paper.id]

    @gc_paused()
    def people(self, least: int) -> Mapping[str, Person]:
        """Give the people with a page of their own by id, sorted by name.

        They have at least so many papers, or a curator describes them.
        """
        if least not in self._people:
            found = [
                (name, papers)
                for name, papers in self._papers.items()
                if len(papers) >= least or name in self._files
            ]
            slugs = self._assign_slugs(name for name, _ in found)
            people = {name: self._describe(name, slugs[name], papers) for name, papers in found}
            ordered = sorted(people.items(), key=lambda item: (*sort_key(item[1].name), item[0]))
            self._people[least] = dict(ordered)
        return self._people[least]

    def _assign_slugs(self, ids: Iterable[str]) -> dict[str, str]:
        """Give each person a slug: a curator's file name, else that of the name's key.

        Of several keys with one slug, such as "jean-luc o" and "jean luc o", the first, with blanks
        only, keeps it; the slugs of others end in a hash, which never changes.
        """
        slugs = {path: file.slug for path, file in self._files.items()}
        taken = set(slugs.values())
        for key in sorted(set(ids) - slugs.keys()):
            slug = build_name_slug(key)
            slugs[key] = slug if slug not in taken else add_hash(slug, key)
            taken.add(slugs[key])
        return slugs

    def _describe(self, person: str, slug: str, papers: Sequence[Paper]) -> Person:
        file = self._files.get(person)
        printed = Counter(paper.authors[self._ids[paper.id].index(person)] for paper in papers)
        names = sorted(printed, key=lambda name: (-printed[name], name.isascii(), name))
        if file:
            names = list(dict.fromkeys([*file.names, *names]))
        return Person(slug, names[0], tuple(names[1:]), tuple(papers), file)


def _collect_claims(files: Iterable[AuthorFile]) -> dict[str, dict[str, str]]:
    """Give the file that a name's key stands for, by paper's id; by an empty id for all others."""
    claims: dict[str, dict[str, str]] = {}
    for file in files:
        for name in file.names:
            of_key = claims.setdefault(name_key(name), {})
            for paper in file.papers or [""]:
                of_key.setdefault(paper, file.path)
    return claims


def _claim_by_alias(claims: Mapping[str, str], paper: Paper) -> str | None:
    found = (claims[alias] for alias in paper.aliases if alias in claims)
    return next(found, None) or claims.get("")
