"""``papercatalog export``: papers as citations or data, or the website as a plain tree."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papercatalog.cli.common import (
    count_noun,
    describe,
    load_or_stop,
    require_catalog,
    require_topic,
    stop_at,
    stop_at_half_change,
)
from papercatalog.cli.source_files import DAY
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.names import name_key
from papercatalog.model.problems import CatalogError, suggest
from papercatalog.outputs.citations import FORMATS, build_item
from papercatalog.outputs.dumps import DUMPS
from papercatalog.outputs.dumps.parquet import MissingLibraryError
from papercatalog.runtime.files import write_bytes

if TYPE_CHECKING:
    from papercatalog.model.catalog import Catalog
    from papercatalog.model.paper import Paper


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format",
    "name",
    type=click.Choice([*FORMATS, *DUMPS]),
    help="Write papers in this format.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file for the papers."
)
@click.option("--topic", "topics", multiple=True, help="Only papers of this topic, or below it.")
@click.option("--author", "authors", multiple=True, help="Only papers by this author.")
@click.option("--since", type=DAY, metavar="DAY", help="Only papers listed on this day or later.")
@click.pass_obj
def export(
    root: CatalogFolder,
    folder: Path | None,
    name: str | None,
    out: Path | None,
    topics: tuple[str, ...],
    authors: tuple[str, ...],
    since: dt.date | None,
) -> None:
    """Write papers as citations or as data, or the site as a plain tree.

    With --format, papers are written to the file of --out, or else printed, newest first and with
    all facts: `import` takes them back as the same papers. --topic is a slug or a title, --author
    a name in any spelling; each may be repeated, and a paper of any of them counts.

    bibtex, ris and csl (CSL-JSON) are for reference managers. jsonl (JSON Lines), parquet and
    sqlite are for programs; a JSON Lines file whose name ends in .gz is compressed. SQLite has a
    full-text index and views, for queries; `import` does not read it.

    Without --format, the site is written to FOLDER for another renderer: Markdown, static files,
    templates and a mkdocs.yml without our plugin. FOLDER must be empty or an earlier export.
    MkDocs, ProperDocs and Zensical can build it.

    \b
        papercatalog export --format bibtex --out papers.bib
        papercatalog export --format csl --topic agents --since 2025-07-01
        papercatalog export --format ris --author "Ada Lovelace"
        papercatalog export --format jsonl --out papers.jsonl.gz
        papercatalog export --format sqlite --out papers.sqlite
        papercatalog export build/tree
    """
    if name is None:
        if folder is None or out or topics or authors or since:
            message = "name a FOLDER for the site, or a --format for papers, and not both"
            raise click.UsageError(message)
        write_tree(root, folder)
        return
    if folder is not None:
        raise click.UsageError(f"--format writes papers to a file: use --out {folder}")
    if out is None and name in DUMPS and not DUMPS[name].is_text:
        raise click.UsageError(f"name a file for it: --out papers.{DUMPS[name].ending}")
    require_catalog(root)
    catalog = load_or_stop(root)
    papers = select_papers(catalog, topics, authors, since)
    content = render_papers(catalog, papers, name)
    if out and name == "jsonl" and out.suffix == ".gz":
        content = gzip.compress(content, mtime=0)
    if out is None:
        click.echo(content, nl=False)
    else:
        write_bytes(out, content)
    where = f" in {out}" if out else ""
    click.echo(f"{count_noun(len(papers), 'paper')}{where}", err=True)


def render_papers(catalog: Catalog, papers: Sequence[Paper], name: str) -> bytes:
    """Write papers in the format of a name; raises click.ClickException without its library."""
    if name in FORMATS:
        return FORMATS[name].render(build_item(paper, whole=True) for paper in papers).encode()
    try:
        return DUMPS[name].render(catalog, papers)
    except MissingLibraryError as error:
        raise click.ClickException(str(error)) from None


def write_tree(root: CatalogFolder, folder: Path) -> None:
    """Write the site for another renderer, and say how to build it."""
    from papercatalog.build.export import export_tree
    from papercatalog.build.session import Session

    stop_at_half_change(root)
    with closing(Session(root)) as session:
        catalog = session.load()
        stop_at(session.problems)
        try:
            files = export_tree(root, session, folder)
        except CatalogError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{describe(catalog)}: {files:,} files in {folder}")
    click.echo("to build them: mkdocs build, properdocs build or zensical build, in that folder")


def select_papers(
    catalog: Catalog, topics: Sequence[str], authors: Sequence[str], since: dt.date | None
) -> list[Paper]:
    """Give the papers of any of the topics and by any of the authors, newest first.

    Raises click.ClickException, with a suggestion, for a topic or an author that is not there.
    """
    of_topics = {paper.id for topic in topics for paper in papers_of_topic(catalog, topic)}
    by_authors = {paper.id for author in authors for paper in papers_by_author(catalog, author)}
    return [
        paper
        for paper in catalog.papers
        if (not topics or paper.id in of_topics)
        and (not authors or paper.id in by_authors)
        and (since is None or paper.date >= since)
    ]


def papers_of_topic(catalog: Catalog, name: str) -> Sequence[Paper]:
    """Give the papers of a topic, by slug or title, and of the topics below it."""
    return catalog.by_topic[require_topic(catalog, name)]


def papers_by_author(catalog: Catalog, name: str) -> list[Paper]:
    """Give the papers by the people of a name, in any spelling that `name_key` takes for one.

    Where a curator says that a person has several names, each of them finds all papers.
    """
    key = name_key(name)
    people = catalog.authors.people(1)
    found = [
        person
        for person in people.values()
        if key in map(name_key, (person.name, *person.other_names))
    ]
    if not found:
        hint = suggest(
            name,
            [person.name for person in people.values()],
            "write the name as papers print it",
        )
        raise click.ClickException(f"no paper is by {name!a}; {hint}")
    return [paper for person in found for paper in person.papers]
