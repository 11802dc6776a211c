"""``papercatalog search``: the website's search in the terminal, with the same results."""

from __future__ import annotations

from contextlib import closing

import click

from papercatalog.build.fingerprint import compute_fingerprint, find_built_site
from papercatalog.build.session import Session
from papercatalog.cli.common import count_noun, require_catalog, stop_at
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.runtime.printing import say, say_json
from papercatalog.search import engine
from papercatalog.search.codec import IndexFormatError
from papercatalog.search.constants import SORTS
from papercatalog.search.engine import Results
from papercatalog.search.query import parse_query
from papercatalog.search.reader import SearchIndex


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="The most papers to print.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the papers as a JSON list.")
@click.pass_obj
def search(
    root: CatalogFolder, words: tuple[str, ...], sort: str, limit: int, as_json: bool
) -> None:
    """Find papers as the website does.

    Papers with all WORDS come first, then those with some. "Phrases", title:, author:, topic:,
    year: and -word narrow the results; an arXiv id or a DOI finds its paper. The built site's
    index is used if it is up to date; otherwise an index is made in memory. The exit code is 1 if
    nothing was found.

    \b
        papercatalog search sparse attention
        papercatalog search 'topic:quantization year:2025 -vision' --sort date
    """
    require_catalog(root)
    try:
        index = open_index(root)
        results = engine.search(index, " ".join(words), sort=sort)
        rows = describe_hits(index, results, limit)
    except IndexFormatError as error:
        raise click.ClickException(f"{error}; build the site again with --force") from None
    if as_json:
        say_json(rows)
    else:
        for row in rows:
            say(f"{row['date']}  {row['title']}")
            say(f"{'':12}docs/{str(row['url']).rstrip('/')}.md")
        for typed, taken in results.corrections:
            say(f"no paper has '{typed}'; searched for '{taken}' instead", err=True)
        say(f"found {count_noun(len(results.hits), 'paper')}, shown {len(rows):,}", err=True)
    if not results.hits:
        raise SystemExit(1)


def open_index(root: CatalogFolder) -> SearchIndex:
    """Open the built site's index if it is up to date, else make one from the catalog."""
    if find_built_site(root, compute_fingerprint(root)) is not None:
        return SearchIndex(lambda path: (root / "site" / path).read_bytes())
    with closing(Session(root)) as session:
        session.load()
        stop_at(session.problems)
        files = {file.path: file.content for file in session.derive().index_files}
    return SearchIndex(files.__getitem__)


def find_complete(index: SearchIndex, words: str) -> frozenset[str]:
    """Give the ids of the papers that have all words of a query."""
    results = engine.search(index, words)
    clauses = parse_query(words).clauses
    wanted = sum(one.kind in ("word", "phrase") and not one.exclude for one in clauses)
    return frozenset(
        index.card(hit.paper).url.rstrip("/").rpartition("/")[2]
        for hit in results.hits
        if results.direct or hit.matched >= wanted
    )


def describe_hits(index: SearchIndex, results: Results, limit: int) -> list[dict[str, object]]:
    """Give the first hits as plain data, with their scores."""
    rows: list[dict[str, object]] = []
    for hit in results.hits[:limit]:
        card = index.card(hit.paper)
        rows.append(
            {
                "title": card.title,
                "url": card.url,
                "date": card.date,
                "topics": list(card.topics),
                "authors": card.authors,
                "votes": card.votes,
                "code": card.code,
                "score": hit.score,
            }
        )
    return rows
