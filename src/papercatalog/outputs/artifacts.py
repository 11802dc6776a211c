"""What outputs make. Pages and groups of files say what they depend on and how they are made.

The writer (`build.writer`) decides which of them must be made, and writes them. A `FileArtifact`
comes with its content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import frontmatter
from markupsafe import escape

from papercatalog.runtime.hashing import hash_key

TEMPLATE = "catalog.html"
"""The theme's template for generated pages."""
_BLANK = re.compile(r"\n +(?=\n)")
_BETWEEN_TAGS = re.compile(r"(?<=>)\s+(?=<)")


class PageContent(NamedTuple):
    """The texts of a page."""

    description: str
    """Plain text, for search engines and previews."""
    body: str
    """HTML, safe to stand in the site as it is: one block element that holds an ``h1``."""
    head: str = ""
    """Escaped HTML for the page's ``head``: ``meta``, ``link``, JSON-LD; no blanks between tags."""

    @classmethod
    def of(cls, description: str, html: str, head: str = "") -> PageContent:
        """Normalise HTML: a body without what Python-Markdown would change (tabs, blank lines)."""
        body = _BLANK.sub("\n", html.expandtabs(4).strip())
        return cls(description, body, _BETWEEN_TAGS.sub("", head.strip()))


@dataclass(frozen=True, slots=True)
class PageArtifact:
    """A page that the theme puts its header, navigation and footer around."""

    path: str
    """The Markdown file, relative to ``docs``: ``dates/2025/index.md``."""
    title: str
    """Plain text."""
    key: Callable[[], bytes] = field(repr=False)
    """Hashes all that the content depends on, without making it."""
    make: Callable[[], PageContent] = field(repr=False)
    """Makes the content."""
    shows_related: bool = False
    """Whether the page depends on related papers, which are found in the background."""

    @property
    def url(self) -> str:
        """The address, relative to the site, with its closing slash; empty for the home page."""
        return page_url(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeArtifact(PageArtifact):
    """The home page. People write its text, and say in it where its parts stand."""

    heading: str
    """The heading of a text that has none, plain text."""
    render_parts: Callable[[Sequence[str]], str] = field(repr=False)
    """Renders some of the parts as one block of HTML; see `model.home_text.PARTS`."""
    render_head: Callable[[str], str] = field(repr=False)
    """Renders the metadata for the page's ``head``, by its title."""


@dataclass(frozen=True, slots=True)
class FileArtifact:
    """A file that is served as it is."""

    path: str
    """Relative to the site: ``sitemap.xml``."""
    content: bytes = field(repr=False)

    def key(self) -> bytes:
        """Hash the content."""
        return hash_key(self.content)


@dataclass(frozen=True, slots=True)
class LazyFile:
    """A file that is made when it is written, on all cores."""

    path: str
    """Relative to the site: ``topics/agents/feed.xml``."""
    key: Callable[[], bytes] = field(repr=False)
    """Hashes all that the content depends on, without making it."""
    make: Callable[[], bytes] = field(repr=False)
    """Makes the content."""


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files that are made together, such as the search index."""

    name: str
    """Tells the group from others, in this build and the next."""
    key: Callable[[], bytes] = field(repr=False)
    """Hashes all that the files depend on, without making them."""
    make: Callable[[], Iterable[FileArtifact]] = field(repr=False)
    """Makes the files."""


SingleArtifact = PageArtifact | FileArtifact | LazyFile
"""What becomes one file."""
Artifact = SingleArtifact | FileGroup


def ungroup(artifacts: Iterable[Artifact]) -> Iterator[PageArtifact | FileArtifact]:
    """Make lazy files and the files of groups, and pass pages and other files on."""
    for artifact in artifacts:
        if isinstance(artifact, FileGroup):
            yield from artifact.make()
        elif isinstance(artifact, LazyFile):
            yield FileArtifact(artifact.path, artifact.make())
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
    """Render a page as Markdown with front matter, for a renderer that passes HTML blocks through.

    Themes print title and description without escaping them, so both are escaped here.
    """
    content = page.make()
    facts = {
        "title": str(escape(page.title)),
        "description": str(escape(content.description)),
        "template": TEMPLATE,
        "hide": ["navigation", "toc"],
    }
    if content.head:
        facts["head"] = content.head
    return dump_page(facts, content.body)


def dump_page(facts: Mapping[str, object], text: str) -> str:
    """Write a page of front matter and Markdown."""
    post = frontmatter.Post(text)
    post.metadata.update(facts)
    return f"{frontmatter.dumps(post, sort_keys=False, allow_unicode=True, width=1_000_000)}\n"
