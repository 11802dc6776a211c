"""``papercatalog add``: adds single papers by identifier, address, file or issue form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import click

from papercatalog.cli.common import changes_catalog, find_topics, load_or_stop
from papercatalog.cli.import_runner import import_options, parse_same, run_import
from papercatalog.cli.services import Filler, fetch_papers, make_fetcher
from papercatalog.cli.source_files import DAY, name_source
from papercatalog.curation.import_plan import Choices
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.sources.decoding import MAX_BYTES
from papercatalog.sources.fetching.services import Fetcher
from papercatalog.sources.formats import read_source
from papercatalog.sources.issue_form import complete_record, parse_issue_form
from papercatalog.sources.record import ParsedSource


@click.command()
@click.argument("papers", nargs=-1)
@click.option(
    "--from-issue", "form", type=click.File("rb"), help="A file with an issue form's text, or -."
)
@click.option(
    "--date", type=DAY, metavar="DAY", help="The day to list them on.  [default: the day published]"
)
@click.option("--topic", "topics", multiple=True, help="A topic, by slug; may be repeated.")
@import_options
@click.pass_obj
@changes_catalog
def add(
    root: CatalogFolder,
    papers: tuple[str, ...],
    form: BinaryIO | None,
    date: dt.date | None,
    topics: tuple[str, ...],
    join: tuple[str, ...],
    keep: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add papers by arXiv id, DOI, address or file.

    PAPERS are arXiv ids and DOIs, bare or as addresses, and files of any format that `import`
    reads. A paper that is fetched gains what arXiv or Crossref do not know from Daily Papers and
    OpenAlex, such as venue, keywords and code. Unlike `import`, `add` does not name the file in
    the page. Without --topic, topics are suggested. A paper's day is the one its file lists it on,
    else --date, else the day it was published. Uncertain papers are left out and shown, as by
    `import`.

    --from-issue reads the text that GitHub makes of the "Add a paper" issue form. It is plain
    text to this command: no path or command in it has an effect, and unknown topics are ignored.

    \b
        papercatalog add 2410.08115 --topic agents
        papercatalog add https://arxiv.org/abs/2410.08115 10.1145/3292500.3330701
        papercatalog add library.bib --date 2025-07-29
        papercatalog add --from-issue - < form.md
    """
    if not papers and form is None:
        message = "name a paper by arXiv id, DOI, address or file: papercatalog add 2410.08115"
        raise click.UsageError(message)
    catalog = load_or_stop(root)
    chosen = find_topics(catalog, topics)
    for name in topics:
        if not find_topics(catalog, [name]):
            raise click.ClickException(f"there is no topic {name!a}; they are in docs/topics")
    fetcher = make_fetcher(root)
    filler = Filler(fetcher)
    parsed_sources = list(read_papers(root, fetcher, filler, papers))
    if form is not None:
        issue = parse_issue_form(form.read(MAX_BYTES + 1), "issue")
        asked = fetch_papers(fetcher, [issue.asked]) if issue.asked else []
        filled = filler.fill_papers(complete_record(parsed, issue) for parsed in asked)
        parsed_sources += [issue.parsed, *filled]
        chosen = chosen or find_topics(catalog, issue.topics)
    choices = Choices(
        date=date,
        topics=chosen,
        listed=False,
        same=parse_same(join),
        different=frozenset(keep),
    )
    run_import(root, catalog, lambda: parsed_sources, choices, dry_run=dry_run, as_json=as_json)


def read_papers(
    root: CatalogFolder, fetcher: Fetcher, filler: Filler, papers: Sequence[str]
) -> Iterable[ParsedSource]:
    """Read the files among the papers; fetch the others and fill them in."""
    named = [paper for paper in papers if parse_arxiv(paper) or parse_doi(paper)]
    for paper in papers:
        if paper in named:
            continue
        if not Path(paper).is_file():
            message = f"{paper!a} is neither an arXiv id, nor a DOI, nor a file that exists"
            raise click.ClickException(message)
        yield read_source(name_source(root, Path(paper)), Path(paper).read_bytes())
    yield from filler.fill_papers(fetch_papers(fetcher, named))
