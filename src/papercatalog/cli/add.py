"""``papercatalog add``: single papers, by identifier, address, file or issue form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

import click

from papercatalog.cli.common import load_or_stop
from papercatalog.cli.import_run import carry_out, parse_joins
from papercatalog.cli.services import attempt, make_fetcher
from papercatalog.cli.source_files import DAY, name_source
from papercatalog.curation.import_plan import Choices
from papercatalog.model.catalog import Catalog
from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.sources.decoding import MAX_BYTES
from papercatalog.sources.fetching.services import Fetcher
from papercatalog.sources.formats import read_source
from papercatalog.sources.issue_form import parse_issue_form
from papercatalog.sources.record import ParsedSource


@click.command()
@click.argument("papers", nargs=-1)
@click.option("--from-issue", "form", type=click.File("rb"), help="An issue form's text, or -.")
@click.option(
    "--date", type=DAY, metavar="DAY", help="The day to list them on.  [default: the day published]"
)
@click.option("--topic", "topics", multiple=True, help="A topic, by slug; may be repeated.")
@click.option("--join", metavar="ID=ID", multiple=True, help="An undecided paper is that page's.")
@click.option("--keep", metavar="ID", multiple=True, help="An undecided paper is one of its own.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.pass_obj
def add(
    root: Path,
    papers: tuple[str, ...],
    form: BinaryIO | None,
    date: dt.datetime | None,
    topics: tuple[str, ...],
    join: tuple[str, ...],
    keep: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add papers by arXiv id, DOI, address or file.

    PAPERS are arXiv ids and DOIs, bare or as addresses, and files that `import` reads too; unlike
    there, pages do not name them. Topics are suggested where none are given. A paper is listed on
    the day its file says, else on --date, else on the day it was published: the computer's clock
    is not asked. What else holds for `import` holds here.

    --from-issue reads the text that GitHub makes of the "Add a paper" issue form. Nothing in it
    is taken for anything but text: neither a path nor a command, nor a topic that is not there.

    \b
        papercatalog add 2410.08115 --topic agents
        papercatalog add https://arxiv.org/abs/2410.08115 10.1145/3292500.3330701
        papercatalog add library.bib --date 2025-07-29
        papercatalog add --from-issue - < form.md
    """
    if not papers and form is None:
        raise click.UsageError("name a paper: an arXiv id, a DOI, an address or a file")
    catalog = load_or_stop(root)
    chosen = find_topics(catalog, topics)
    for name in topics:
        if not find_topics(catalog, [name]):
            raise click.ClickException(f"there is no topic {name!a}; they are in docs/topics")
    fetcher = make_fetcher(root)
    parsed_sources = list(read_papers(root, fetcher, papers))
    if form is not None:
        issue = parse_issue_form(form.read(MAX_BYTES + 1), "issue")
        asked = fetch_papers(fetcher, [issue.asked]) if issue.asked else []
        parsed_sources += [issue.parsed, *asked]
        chosen = chosen or find_topics(catalog, issue.topics)
    choices = Choices(
        date=date.date() if date else None,
        topics=chosen,
        listed=False,
        join=parse_joins(join),
        keep=frozenset(keep),
    )
    carry_out(root, catalog, parsed_sources, choices, dry_run=dry_run, as_json=as_json)


def read_papers(root: Path, fetcher: Fetcher, papers: Sequence[str]) -> Iterable[ParsedSource]:
    """Read the files among the papers and fetch the rest."""
    named = [paper for paper in papers if parse_arxiv(paper) or parse_doi(paper)]
    for paper in papers:
        if paper in named:
            continue
        if not Path(paper).is_file():
            message = f"{paper!a} is no arXiv id, no DOI and no file"
            raise click.ClickException(message)
        yield read_source(name_source(root, Path(paper)), Path(paper).read_bytes())
    yield from fetch_papers(fetcher, named)


def fetch_papers(fetcher: Fetcher, names: Sequence[str]) -> Iterable[ParsedSource]:
    """Fetch papers by arXiv id, in batches, and by DOI; a fault becomes a problem."""
    arxiv = [found.id for name in names if (found := parse_arxiv(name))]
    if arxiv:
        yield attempt("arXiv", partial(fetcher.fetch_arxiv, arxiv))
    for name in names:
        doi = parse_doi(name)
        if doi and not parse_arxiv(name):
            yield attempt(doi, partial(fetcher.fetch_doi, doi))


def find_topics(catalog: Catalog, names: Iterable[str]) -> tuple[str, ...]:
    """Give the slugs of topics that are named by slug or title; others are left out."""
    slugs = {topic.title.casefold(): topic.slug for topic in catalog.vocabulary.topics}
    slugs |= {topic.slug: topic.slug for topic in catalog.vocabulary.topics}
    found = (slugs.get(name.strip().casefold()) for name in names)
    return tuple(dict.fromkeys(slug for slug in found if slug))
