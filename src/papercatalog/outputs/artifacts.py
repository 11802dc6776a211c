"""What the outputs make: pages and files, as values. Where they are written is others' matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import frontmatter
from markupsafe import escape

TEMPLATE = "catalog.html"
"""The theme's template for a page of ours."""
_BLANK = re.compile(r"\n +(?=\n)")


class PageText(NamedTuple):
    """What a page says."""

    description: str
    """Plain text, for search engines and previews."""
    body: str
    """Finished HTML, safe to stand in the site as it is: one block element that holds an ``h1``."""

    @classmethod
    def of(cls, description: str, html: str) -> PageText:
        """Leave out of a body what Python-Markdown would change in it: tabs, blank lines."""
        return cls(description, _BLANK.sub("\n", html.expandtabs(4).strip()))


class Draft(NamedTuple):
    """A page for which all is gathered that it is made of."""

    make: Callable[[], PageText]
    """Makes what it says."""
    list_parts: Callable[[], list[str | bytes]]
    """Lists texts of which one changes whenever what it says would."""


@dataclass(frozen=True, slots=True)
class PageArtifact:
    """A page that is made when it is wanted, and only where it would not be what it was."""

    path: str
    """The Markdown file, relative to ``docs``: ``dates/2025/index.md``."""
    title: str
    """Plain text."""
    kind: str
    """The template that makes it, such as ``paper``."""
    draft: Callable[[], Draft] = field(repr=False)
    """Gathers what it is made of, each time anew."""

    def make(self) -> PageText:
        """Make what it says."""
        return self.draft().make()

    @property
    def url(self) -> str:
        """The address, relative to the site, with its closing slash; empty for the home page."""
        return page_url(self.path)


@dataclass(frozen=True, slots=True)
class PagesArtifact:
    """Pages of which most often none has changed; then none is looked at by itself."""

    name: str
    """What tells them from others: ``papers/2025-07-29``."""
    paths: Sequence[str]
    """The Markdown file of each, relative to ``docs``; all are equally deep in one top folder."""
    make: Callable[[], Iterable[PageArtifact]] = field(repr=False)
    """Gives the pages, each time anew."""
    hash: Callable[[], bytes] = field(repr=False)
    """Makes a key that changes whenever one of the pages would."""


@dataclass(frozen=True, slots=True)
class FileArtifact:
    """A file that is served as it is."""

    path: str
    """Relative to the site: ``sitemap.xml``."""
    content: bytes


@dataclass(frozen=True, slots=True)
class FilesArtifact:
    """Files that are made together, and only where something they are made of has changed."""

    name: str
    """What they are, in a word: ``search``."""
    make: Callable[[], Iterable[FileArtifact]] = field(repr=False)
    """Makes the files, each time anew."""
    hash: Callable[[], bytes] = field(repr=False)
    """Makes a key that changes whenever one of the files would."""


Artifact = PageArtifact | PagesArtifact | FileArtifact | FilesArtifact


def unfold(artifacts: Iterable[Artifact]) -> Iterator[PageArtifact | FileArtifact]:
    """Make what is made together, and pass the rest on."""
    for artifact in artifacts:
        if isinstance(artifact, PagesArtifact | FilesArtifact):
            yield from artifact.make()
        else:
            yield artifact


def page_url(path: str) -> str:
    """Turn a Markdown file's path into its address.

    >>> page_url("papers/2025/x.md"), page_url("topics/index.md"), page_url("index.md")
    ('papers/2025/x/', 'topics/', '')
    """
    stem = path.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return f"{stem}/"


def render_markdown(page: PageArtifact) -> str:
    """Write a page as Markdown with front matter, for a renderer that passes HTML blocks through.

    The themes print title and description without escaping them, so both are escaped here.
    """
    text = page.make()
    post = frontmatter.Post(
        text.body,
        title=str(escape(page.title)),
        description=str(escape(text.description)),
        template=TEMPLATE,
        hide=["navigation", "toc"],
    )
    return f"{frontmatter.dumps(post, sort_keys=False, allow_unicode=True, width=1_000_000)}\n"
