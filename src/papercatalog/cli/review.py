"""``papercatalog review``: asks for a person's decisions, and saves each at once."""

from __future__ import annotations

import re
from contextlib import closing

import click

from papercatalog.cli.common import (
    changes_catalog,
    find_topics,
    load_or_stop,
    require_catalog,
)
from papercatalog.cli.side_by_side import render_paper, render_side_by_side
from papercatalog.curation.duplicates import DuplicatePair
from papercatalog.curation.edits import plan_merge, read_page, write_changes
from papercatalog.curation.review import (
    DamagedText,
    MissingTopics,
    ReviewItem,
    find_review_items,
)
from papercatalog.model.catalog import Catalog
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.model.page import Fact, edit_page, parse_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.files import write_bytes
from papercatalog.runtime.printing import printable, say


@click.command()
@click.pass_obj
@changes_catalog
def review(root: CatalogFolder) -> None:
    """Walk through the papers that need a person's decision.

    These are papers without a topic, pages that are likely to be the same paper, and text that
    seems damaged. Each is shown with a suggestion if there is one. Answer with a letter: accept,
    edit, merge, skip or quit. Every decision is saved at once, so quitting loses nothing.

    \b
        papercatalog review
    """
    require_catalog(root)
    with closing(Cache.of_built(root)) as cache:
        catalog = load_or_stop(root, cache)
        items = list(find_review_items(catalog, cache))
    decided = 0
    for number, item in enumerate(items, 1):
        asked = {paper.id for paper in _papers(item)}
        if not asked <= catalog.by_id.keys():
            continue
        say("")
        say(f"[{number} of {len(items)}]")
        answer = ask(root, catalog, item)
        if answer == "q":
            break
        if answer != "s":
            decided += 1
            catalog = _read_again(root, catalog, asked)
    if not items:
        say("there is nothing to decide")
        return
    say("")
    say(f"{decided} of {len(items)} decided")


def ask(root: CatalogFolder, catalog: Catalog, item: ReviewItem) -> str:
    """Show an item, save the decision, and give its letter: ``s`` skips, ``q`` quits."""
    if isinstance(item, MissingTopics):
        return ask_topics(root, catalog, item)
    if isinstance(item, DuplicatePair):
        return ask_pair(root, catalog, item)
    return ask_text(root, item)


def ask_topics(root: CatalogFolder, catalog: Catalog, item: MissingTopics) -> str:
    """Ask for a paper's topics."""
    paper, suggestions = item.paper, item.suggestions
    for line in render_paper(paper, f"no topic: docs/{paper.path}"):
        say(line)
    for suggestion in suggestions:
        say(f"suggested {suggestion}")
    accept = "[a]ccept, " if suggestions else ""
    answer = _ask(f"{accept}[e]dit, [s]kip, [q]uit")
    if answer == "a":
        save(root, paper, {"topics": [suggestion.slug for suggestion in suggestions]})
    elif answer == "e":
        found: tuple[str, ...] = ()
        while not found:
            names = click.prompt("topics by slug or title, separated by commas").split(",")
            unknown = [name.strip() for name in names if not find_topics(catalog, [name])]
            if unknown:
                known = ", ".join(sorted(catalog.vocabulary.by_slug))
                say(f"there is no topic {unknown[0]!a}; there are {known}")
            else:
                found = find_topics(catalog, names)
        save(root, paper, {"topics": list(found)})
    return answer


def ask_pair(root: CatalogFolder, catalog: Catalog, pair: DuplicatePair) -> str:
    """Ask whether two pages are one paper; if not, ask for the identifiers that they lack."""
    earlier, later = (catalog.by_id[paper.id] for paper in (pair.earlier, pair.later))
    say(f"likely duplicate: {pair.reason}")
    headings = f"docs/{earlier.path}", f"docs/{later.path}"
    for line in render_side_by_side(earlier, later, *headings):
        say(line)
    answer = _ask("[m]erge into the left page, [d]ifferent papers, [s]kip, [q]uit")
    if answer == "m":
        write_changes(root, plan_merge(root, catalog, earlier.id, later.id))
        say(f"merged into docs/{earlier.path}; '{later.id}' is an alias of it now")
    elif answer == "d":
        for paper in (earlier, later):
            if not paper.arxiv and not paper.doi:
                save(root, paper, _ask_identifier(paper))
    return answer


def ask_text(root: CatalogFolder, item: DamagedText) -> str:
    """Offer to edit a page whose text seems damaged; an invalid page is not saved."""
    paper = item.paper
    for line in render_paper(paper, f"damaged text: docs/{paper.path}"):
        say(line)
    for reason in item.reasons:
        say(reason)
    answer = _ask("[e]dit, [s]kip, [q]uit")
    if answer == "e":
        path = f"docs/{paper.path}"
        edited = click.edit(read_page(root, path), extension=".md")
        if edited is None:
            return "s"
        try:
            parse_page(edited, path)
        except CatalogError as error:
            for problem in error.problems:
                say(problem)
            say("the page was not saved")
            return "s"
        write_bytes(root / path, edited.encode())
    return answer


def save(root: CatalogFolder, paper: Paper, facts: dict[str, Fact]) -> None:
    """Write facts into a page."""
    path = f"docs/{paper.path}"
    write_bytes(root / path, edit_page(read_page(root, path), facts).encode())
    say(f"saved {path}")


def _ask(choices: str) -> str:
    """Ask for one of the letters in brackets."""
    letters = click.Choice(re.findall(r"\[(.)\]", choices))
    answer: str = click.prompt(choices, type=letters, show_choices=False)
    return answer


def _ask_identifier(paper: Paper) -> dict[str, Fact]:
    while True:
        text = click.prompt(f"arXiv id or DOI of '{printable(paper.title)}'")
        if arxiv := parse_arxiv(text):
            return {"arxiv": arxiv.id}
        if doi := parse_doi(text):
            return {"doi": doi}
        say("that is neither an arXiv id, such as 2410.08115, nor a DOI, such as 10.1145/3292500")


def _papers(item: ReviewItem) -> tuple[Paper, ...]:
    if isinstance(item, DuplicatePair):
        return item.earlier, item.later
    return (item.paper,)


def _read_again(root: CatalogFolder, catalog: Catalog, changed: set[str]) -> Catalog:
    """Read these papers' pages again; a page that was merged away is left out."""
    papers = []
    for paper in catalog.papers:
        path = f"docs/{paper.path}"
        if paper.id not in changed:
            papers.append(paper)
        elif (root / path).is_file():
            papers.append(parse_page(read_page(root, path), path))
    return catalog.with_papers(papers)
