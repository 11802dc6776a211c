"""``papercatalog preview``: new and changed papers as Markdown, for reviewers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from papercatalog.cli.git import find_changed, find_fork
from papercatalog.model.declaration import PaperField, Use
from papercatalog.model.field_types import Kind
from papercatalog.model.fields import FIELDS
from papercatalog.model.page import parse_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError

LIMIT = 900_000
"""Print at most this many bytes: a job summary on GitHub holds 1 MiB."""

_SHOWN = [
    field
    for field in FIELDS
    if Use.SHOWN in field.uses and field.path not in ("title", "date", "topics", "authors")
]
"""The fields that follow title, authors, day and topics."""
_PAPER = re.compile(r"docs/papers/[^/]+/[^/]+\.md")
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
def preview(root: Path, changed_since: str) -> None:
    """Print new and changed papers as Markdown.

    A workflow shows them in a pull request's summary. Pages with a problem are left out: `check`
    reports them.

    \b
        papercatalog preview
        papercatalog preview --changed-since origin/main >> "$GITHUB_STEP_SUMMARY"
    """
    changed = find_changed(root, find_fork(root, changed_since))
    papers = list(load_pages(root, changed))
    click.echo("\n".join(render_preview(papers, LIMIT)))


def load_pages(root: Path, paths: Iterable[str]) -> Iterator[Paper]:
    """Read the valid pages of papers among the files, sorted by path."""
    for path in sorted(filter(_PAPER.fullmatch, paths)):
        file = root / path
        if not file.is_file() or file.is_symlink():
            continue
        try:
            yield parse_page(file.read_bytes().decode("utf-8"), path)
        except (CatalogError, UnicodeDecodeError):
            continue


def render_preview(papers: Iterable[Paper], limit: int) -> Iterator[str]:
    """Write papers as GitHub's Markdown, as many as fit into ``limit`` bytes.

    Facts are escaped. An abstract is a quotation of Markdown in which HTML tags are escaped.
    """
    papers = list(papers)
    yield f"## {len(papers)} {'paper' if len(papers) == 1 else 'papers'} new or changed"
    room = limit
    for place, paper in enumerate(papers):
        text = "\n".join(_render(paper))
        room -= len(text.encode()) + 1
        if room < 0:
            yield f"\n… and {len(papers) - place} more, which do not fit here."
            return
        yield text


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
    yield f"`docs/{paper.path}` · {' · '.join(facts)}\n"
    yield from (f"> {line}" for line in _TAG.sub("&lt;", paper.abstract).split("\n"))


def _address(field: PaperField, value: object) -> str:
    """Give the address that a fact stands for; empty for a fact that is none."""
    bases = {Kind.ARXIV: "https://arxiv.org/abs/", Kind.DOI: "https://doi.org/", Kind.ADDRESS: ""}
    return f"{bases[field.kind]}{value}" if field.kind in bases else ""


def _plain(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)
