"""``papercatalog review``: walks through what wants a decision; each is saved at once."""

from __future__ import annotations

import re
from pathlib import Path

import click

from papercatalog.cli.add import find_topics
from papercatalog.cli.common import load_or_stop
from papercatalog.cli.printable import printable
from papercatalog.cli.side_by_side import render_paper, render_side_by_side
from papercatalog.curation.duplicates import Pair
from papercatalog.curation.edits import plan_merge, read_page, write_revision
from papercatalog.curation.review import NoTopic, Question, Suspicious, find_questions
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.model.page import Fact, edit_page, parse_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.files import write_bytes


@click.command()
@click.pass_obj
def review(root: Path) -> None:
    """Walk through the papers that want a decision.

    These are papers without a topic, pages that are likely to be one paper, and text that seems
    damaged. Each is shown with a suggestion where there is one: accept it, edit, or skip. Every
    decision is saved at once, so quitting loses nothing.
    """
    cache = Cache.of_built(root)
    catalog = load_or_stop(root, cache)
    questions = list(find_questions(catalog, cache))
    decided = 0
    for number, question in enumerate(questions, 1):
        asked = {paper.id for paper in _entries(question)}
        if not asked <= catalog.by_id.keys():
            continue
        click.echo(f"\n[{number} of {len(questions)}]")
        answer = ask(root, catalog, question)
        if answer == "q":
            break
        if answer != "s":
            decided += 1
            catalog = _read_again(root, catalog, asked)
    click.echo(f"\n{decided} of {len(questions)} decided")


def ask(root: Path, catalog: Catalog, question: Question) -> str:
    """Show a question, save the answer, and give its letter: ``s`` skips, ``q`` quits."""
    if isinstance(question, NoTopic):
        return ask_topics(root, catalog, question)
    if isinstance(question, Pair):
        return ask_pair(root, catalog, question)
    return ask_text(root, question)


def ask_topics(root: Path, catalog: Catalog, question: NoTopic) -> str:
    """Ask for a paper's topics."""
    paper, suggestions = question.paper, question.suggestions
    click.echo("\n".join(render_paper(paper, f"no topic: docs/{paper.path}")))
    for suggestion in suggestions:
        click.echo(f"suggested {printable(str(suggestion))}")
    accept = "[a]ccept, " if suggestions else ""
    answer = _ask(f"{accept}[e]dit, [s]kip, [q]uit")
    if answer == "a":
        save(root, paper, {"topics": [suggestion.slug for suggestion in suggestions]})
    elif answer == "e":
        found: tuple[str, ...] = ()
        while not found:
            names = click.prompt("topics, by slug or title, with commas between").split(",")
            unknown = [name.strip() for name in names if not find_topics(catalog, [name])]
            if unknown:
                click.echo(f"there is no topic {unknown[0]!a}")
            else:
                found = find_topics(catalog, names)
        save(root, paper, {"topics": list(found)})
    return answer


def ask_pair(root: Path, catalog: Catalog, question: Pair) -> str:
    """Ask whether two pages are one paper; where they are not, for what tells them apart."""
    earlier, later = (catalog.by_id[paper.id] for paper in (question.earlier, question.later))
    click.echo(f"likely duplicate: {question.reason}")
    heads = f"docs/{earlier.path}", f"docs/{later.path}"
    click.echo("\n".join(render_side_by_side(earlier, later, *heads)))
    answer = _ask("[m]erge into the left page, [d]ifferent papers, [s]kip, [q]uit")
    if answer == "m":
        write_revision(root, plan_merge(root, catalog, earlier.id, later.id))
    elif answer == "d":
        for paper in (earlier, later):
            if not paper.arxiv and not paper.doi:
                save(root, paper, _ask_identifier(paper))
    return answer


def ask_text(root: Path, question: Suspicious) -> str:
    """Ask for a page's text to be mended in the person's own editor."""
    paper = question.paper
    click.echo("\n".join(render_paper(paper, f"suspicious text: docs/{paper.path}")))
    for reason in question.reasons:
        click.echo(printable(reason))
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
                click.echo(problem)
            click.echo("the page stays as it was")
            return "s"
        write_bytes(root / path, edited.encode())
    return answer


def save(root: Path, paper: Paper, facts: dict[str, Fact]) -> None:
    """Set facts of a page at once."""
    path = f"docs/{paper.path}"
    write_bytes(root / path, edit_page(read_page(root, path), facts).encode())
    click.echo(f"saved {path}")


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
        click.echo("that is neither; an arXiv id is such as 2410.08115")


def _entries(question: Question) -> tuple[Paper, ...]:
    if isinstance(question, Pair):
        return question.earlier, question.later
    return (question.paper,)


def _read_again(root: Path, catalog: Catalog, changed: set[str]) -> Catalog:
    """Give the catalog with these papers as their pages are now; a page may be gone."""
    papers = []
    for paper in catalog.papers:
        path = f"docs/{paper.path}"
        if paper.id not in changed:
            papers.append(paper)
        elif (root / path).is_file():
            papers.append(parse_page(read_page(root, path), path))
    return build_catalog(papers, catalog.vocabulary, catalog.introduction)
