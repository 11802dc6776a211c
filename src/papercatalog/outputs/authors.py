"""The people who wrote the papers: a page each, lists by letter, and files to find them by name."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from itertools import chain, groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from papercatalog.model.authors import Person
from papercatalog.model.names import fold, name_key, sort_key
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import Artifact, FileArtifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.feed_links import list_feeds
from papercatalog.outputs.head import render_head
from papercatalog.outputs.list_tools import list_exports
from papercatalog.outputs.paper_lists import list_person
from papercatalog.outputs.templates import make_lazy_page, make_page

SHORT = 300
"""A list of at most so many people stands on one page."""
LONG_LETTER = 1_000
"""A letter of more people than this is split by the second letter."""
EVERYBODY = 1_500
"""In a catalog of at most so many authors the lists name them all, not only those with a page."""
MOST = 24
"""How many people the first page shows where the list is split: those of most papers."""
TOPICS = 6
"""The most topics of a person's page."""
CO_AUTHORS = 8
"""The most co-authors of a person's page."""
_OTHER = "0"
"""Stands for every beginning that is no letter from a to z."""
_WORD = re.compile(r"[^\W_]+")


class Row(NamedTuple):
    """A person, or a part of the people, in a list."""

    name: str
    url: str
    number: int
    """How many papers, or how many people."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``authors/index.md``, the lists by letter, and ``authors/SLUG.md`` for every person."""
    listed = _list_people(context)
    yield from _build_lists(context, listed)
    for person_id, person in context.people.items():
        yield make_lazy_page(
            context,
            "author",
            f"authors/{person.slug}.md",
            person.name,
            partial(_describe, context, person),
            partial(_gather, context, person_id, person),
            partial(render_head, context, person.url, person.name, list_person(person)),
        )
    yield from _build_names(context, listed)


def link_authors(context: Context, paper: Paper) -> list[tuple[str, str]]:
    """Give each author of a paper as printed, with the address of their page or of a search.

    Addresses are relative to the site.
    """
    people = context.people
    ids = context.catalog.authors.identify(paper)
    return [
        (name, people[person].url if person in people else search_url(name))
        for name, person in zip(paper.authors, ids, strict=True)
    ]


def search_url(name: str) -> str:
    """Give the address, relative to the site, of a search for papers by an author."""
    return f"search/?{urlencode({'author': name})}"


def _list_people(context: Context) -> Sequence[Person]:
    """Give the people that the lists name, sorted by name."""
    authors = context.catalog.authors
    people = context.people if authors.total > EVERYBODY else authors.people(1)
    return list(people.values())


def _has_page(context: Context, person: Person) -> bool:
    return len(person.papers) >= context.site.author_pages or person.file is not None


def list_urls(context: Context) -> Iterator[str]:
    """Give the address of every page of authors but the first, relative to the site."""
    people = _list_people(context)
    if len(people) > SHORT:
        for letter, found in _split(people, 0).items():
            yield f"authors/{letter}/"
            if len(found) > LONG_LETTER:
                yield from (f"authors/{letter}/{pair}/" for pair in _split(found, 1))
    yield from (person.url for person in context.people.values())


def _build_lists(context: Context, people: Sequence[Person]) -> Iterator[Artifact]:
    letters = _split(people, 0)
    is_long = len(people) > SHORT
    most = sorted(people, key=lambda person: -len(person.papers))[:MOST] if is_long else ()
    yield make_page(
        context,
        "authors",
        "authors/index.md",
        context.words.text("authors.title"),
        context.words.text("authors.description", site=context.site.name),
        total=len(people),
        least=context.site.author_pages if len(people) < context.catalog.authors.total else 1,
        letters={}
        if is_long
        else {_label(part): _rows(context, found) for part, found in letters.items()},
        periods=_list_parts(letters, "authors") if is_long else (),
        most=_rows(context, most),
    )
    for letter, found in letters.items() if is_long else ():
        yield from _build_letter(context, letter, found)


def _build_letter(context: Context, letter: str, people: Sequence[Person]) -> Iterator[Artifact]:
    folder = f"authors/{letter}"
    pairs = _split(people, 1) if len(people) > LONG_LETTER else {}
    yield _make_list(context, f"{folder}/index.md", letter, people, pairs)
    for pair, found in pairs.items():
        yield _make_list(context, f"{folder}/{pair}.md", pair, found, {}, letter)


def _make_list(
    context: Context,
    path: str,
    part: str,
    people: Sequence[Person],
    pairs: Mapping[str, Sequence[Person]],
    letter: str = "",
) -> Artifact:
    """Make the list of the people of a letter, or of two where they are split by the second."""
    label, words = _label(part), context.words
    return make_page(
        context,
        "authors_part",
        path,
        words.text("authors.of_letter", letter=label),
        words.text("authors.of_letter_described", site=context.site.name, letter=label),
        total=len(people),
        trail_steps=[(_label(letter), f"authors/{letter}/")] if letter else [],
        periods=_list_parts(pairs, f"authors/{part}"),
        people=() if pairs else _rows(context, people),
    )


def _split(people: Iterable[Person], place: int) -> dict[str, list[Person]]:
    """Split people, sorted by name, by the first letters of the family name, up to a ``place``."""

    def part(person: Person) -> str:
        family = sort_key(person.name)[0]
        return "".join(_letter(family[at : at + 1]) for at in range(place + 1))

    parts: dict[str, list[Person]] = {}
    for name, found in groupby(people, part):
        parts.setdefault(name, []).extend(found)
    return parts


def _letter(text: str) -> str:
    """Give the letter from a to z with which a folded text begins."""
    first = text[:1]
    return first if "a" <= first <= "z" else _OTHER


def _label(part: str) -> str:
    return part.title().replace(_OTHER, "#")


def _list_parts(parts: Mapping[str, Sequence[Person]], folder: str) -> list[Row]:
    return [Row(_label(part), f"{folder}/{part}/", len(found)) for part, found in parts.items()]


def _rows(context: Context, people: Iterable[Person]) -> list[Row]:
    """Give a row for each person; it leads to their page or, without one, to a search."""
    return [
        Row(
            person.name,
            person.url if _has_page(context, person) else search_url(person.name),
            len(person.papers),
        )
        for person in people
    ]


def _describe(context: Context, person: Person) -> str:
    papers = len(person.papers)
    return context.words.text("authors.papers_by", count=papers, name=person.name)


def _gather(context: Context, person_id: str, person: Person) -> Mapping[str, Any]:
    papers = person.papers
    topics = Counter(slug for paper in papers for slug in paper.topics).most_common()
    file = person.file
    names = {name_key(name): name for name in (*reversed(person.other_names), person.name)}
    return {
        "here": person.url,
        "other_names": person.other_names,
        "orcid": file.orcid if file else "",
        "homepage": file.homepage if file else "",
        "text": file.text if file else "",
        "edit_url": context.site.edit_url(f"authors/{person.slug}.md") if file else "",
        "total": len(papers),
        "searches": [(name, search_url(name)) for name in reversed(names.values())],
        "topics": sorted(topics, key=lambda topic: (-topic[1], topic[0]))[:TOPICS],
        "co_authors": [*_find_co_authors(context, person_id, papers)],
        "papers": papers,
        "exports": list_exports(context.catalog, list_person(person)),
        "feeds": list_feeds(context, list_person(person)),
    }


def _find_co_authors(context: Context, person_id: str, papers: Sequence[Paper]) -> Iterator[Row]:
    """Give those with the most papers in common, under their page's name or as printed."""
    authors, people = context.catalog.authors, context.people
    ids_of = [authors.identify(paper) for paper in papers]
    counts = Counter(chain.from_iterable(map(dict.fromkeys, ids_of)))
    del counts[person_id]
    most = nsmallest(CO_AUTHORS, counts.items(), key=lambda item: (-item[1], item[0]))
    for other, number in most:
        if other in people:
            yield Row(people[other].name, people[other].url, number)
        else:
            name = next(
                paper.authors[ids.index(other)]
                for paper, ids in zip(papers, ids_of, strict=True)
                if other in ids
            )
            yield Row(name, search_url(name), number)


def _build_names(context: Context, people: Iterable[Person]) -> Iterator[Artifact]:
    """Build ``authors/names-LETTER.json``: the people with a name of which a word begins so.

    A row has a name, the number of papers and, unless it is the name in lower case with hyphens,
    the slug; an empty one if the person has no page.
    """
    files: dict[str, list[list[str | int]]] = {}
    for person in people:
        names = {name_key(name): name for name in (*reversed(person.other_names), person.name)}
        for key, name in names.items():
            row: list[str | int] = [name, len(person.papers)]
            slug = person.slug if _has_page(context, person) else ""
            if slug != name.lower().replace(" ", "-"):
                row.append(slug)
            for letter in dict.fromkeys(map(_letter, _WORD.findall(fold(key)))):
                files.setdefault(letter, []).append(row)
    for letter, rows in sorted(files.items()):
        content = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        yield FileArtifact(f"authors/names-{letter}.json", content.encode())
