"""``papercatalog preview``: new and changed papers and authors as Markdown, for reviewers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click

from papercatalog.cli.common import count_noun
from papercatalog.cli.git import find_changed, find_fork
from papercatalog.model.author_files import AuthorFile, parse_author
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.declaration import PaperField, Use
from papercatalog.model.field_types import Kind
from papercatalog.model.fields import FIELDS
from papercatalog.model.ids import doi_address
from papercatalog.model.page import parse_page
from papercatalog.model.paper import Paper
from papercatalog.model.placement import list_other_files
from papercatalog.model.problems import CatalogError
from papercatalog.runtime.printing import locate, printable

LIMIT = 900_000
"""Print at most this many bytes: a job summary on GitHub holds 1 MiB."""
MAX_OTHERS = 200
"""Other changed files to name at most."""
MAX_PATH = 200
"""Characters of such a file's path to print at most; a path may have 4,096."""

_SHOWN = [
    field
    for field in FIELDS
    if Use.SHOWN in field.uses and field.path not in ("title", "date", "topics", "authors")
]
"""The fields that follow title, authors, day and topics."""
_PAPER = re.compile(r"docs/papers/[^/]+/[^/]+\.md")
_AUTHOR = re.compile(r"docs/authors/[^/]+\.md")
_TAG = re.compile(r"<(?!https?://[^\s<>]+>)")
_SIGN = re.compile(r"[\\`*_{}\[\]()<>#+!|~@$&:.-]")


@click.command()
@click.option(
    "--changed-since",
    metavar="REV",
    default="origin/main",
    show_default=True,
    help="Show papers whose pages changed since the work branched off REV.",
)
@click.pass_obj
def preview(root: CatalogFolder, changed_since: str) -> None:
    """Print new and changed papers, and pages of authors, as Markdown.

    A workflow shows them in a pull request's summary. Pages with a problem are left out: `check`
    reports them. Changed files that are no paper, topic, author or digest are named first.

    \b
        papercatalog preview
        papercatalog preview --changed-since origin/main >> "$GITHUB_STEP_SUMMARY"
    """
    changed = find_changed(root, find_fork(root, changed_since))
    papers, authors = load_papers(root, changed), load_authors(root, changed)
    others = [locate(path) for path in list_other_files(changed)]
    click.echo("\n".join(render_preview([*papers], [*authors], LIMIT, others)))


def load_papers(root: CatalogFolder, paths: Iterable[str]) -> Iterator[Paper]:
    """Read the valid pages of papers among the files, sorted by path."""
    for path, text in _load_texts(root, filter(_PAPER.fullmatch, paths)):
        with suppress(CatalogError):
            yield parse_page(text, path)


def load_authors(root: CatalogFolder, paths: Iterable[str]) -> Iterator[AuthorFile]:
    """Read the pages of authors among the files that have no problem, sorted by path."""
    for path, text in _load_texts(root, filter(_AUTHOR.fullmatch, paths)):
        author, problems = parse_author(text, Path(path).stem, path)
        if author and not problems:
            yield author


def _load_texts(root: CatalogFolder, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in sorted(paths):
        file = root / path
        if file.is_file() and not file.is_symlink():
            with suppress(UnicodeDecodeError):
                yield path, file.read_bytes().decode("utf-8")


def render_preview(
    papers: Sequence[Paper],
    authors: Sequence[AuthorFile],
    limit: int,
    others: Sequence[str] = (),
) -> Iterator[str]:
    """Write papers and authors as GitHub's Markdown, as many as fit into ``limit`` bytes.

    The last line, which counts those that do not fit, comes on top of that.

    Facts are escaped. Abstracts are quotations of Markdown in which HTML tags are escaped. Before
    them stand the ``others``: changed files that are no part of the catalog.
    """
    head = [*_render_others(others)] if others else []
    head.append(f"## {count_noun(len(papers), 'paper')} new or changed")
    yield from head
    texts = ["\n".join(_render(paper)) for paper in papers]
    if authors:
        heading = f"\n## {count_noun(len(authors), 'author')} new or changed\n"
        texts += ["\n".join(_render_author(author)) for author in authors]
        texts[len(papers)] = heading + texts[len(papers)]
    room = limit - sum(len(line.encode()) + 1 for line in head)
    for place, text in enumerate(texts):
        room -= len(text.encode()) + 1
        if room < 0:
            yield f"\n… and {len(texts) - place} more, which do not fit here."
            return
        yield text


def _render_others(paths: Sequence[str]) -> Iterator[str]:
    yield f"## {count_noun(len(paths), 'file')} not a paper: look at it\n"
    for path in map(printable, paths[:MAX_OTHERS]):
        yield f"- {_plain(path if len(path) <= MAX_PATH else f'{path[:MAX_PATH]}…')}"
    if len(paths) > MAX_OTHERS:
        yield f"- … and {len(paths) - MAX_OTHERS} more"
    yield ""


def _render(paper: Paper) -> Iterator[str]:
    yield f"\n### {_plain(paper.title)}\n"
    if paper.authors:
        yield f"{_plain(', '.join(paper.authors))}\n"
    facts = [f"listed {paper.date}", f"topics: {', '.join(paper.topics) or 'none'}"]
    for field in _SHOWN:
        value = paper.get(field)
        if value in (None, ()):
            continue
        if address := _address(field, value):
            facts.append(f"{_plain(field.label)}: <{address}>")
        else:
            text = ", ".join(value) if isinstance(value, tuple) else str(value)
            facts.append(f"{_plain(field.label)}: {_plain(text)}")
    yield f"`{locate(f'docs/{paper.path}')}` · {' · '.join(facts)}\n"
    yield from _quote(paper.abstract)


def _render_author(author: AuthorFile) -> Iterator[str]:
    yield f"\n### {_plain(author.names[0])}\n"
    facts = [f"names: {_plain(', '.join(author.names))}"]
    if author.orcid:
        facts.append(f"ORCID iD: <https://orcid.org/{author.orcid}>")
    if author.homepage:
        facts.append(f"homepage: <{author.homepage}>")
    if author.papers:
        facts.append(f"papers: {_plain(', '.join(author.papers))}")
    yield f"`{locate(author.path)}` · {' · '.join(facts)}\n"
    if author.text:
        yield from _quote(author.text)


def _quote(markdown: str) -> Iterator[str]:
    return (f"> {line}" for line in _TAG.sub("&lt;", markdown).split("\n"))


def _address(field: PaperField, value: object) -> str:
    """Give the address that a fact stands for; empty for a fact that is none."""
    match field.kind:
        case Kind.DOI:
            return doi_address(str(value))
        case Kind.ARXIV:
            return f"https://arxiv.org/abs/{value}"
        case Kind.ADDRESS:
            return str(value)
        case _:
            return ""


def _plain(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)
