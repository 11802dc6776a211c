"""``llms.txt``: what the site holds and where, as Markdown for language models.

Source: https://llmstxt.org/
"""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.outputs.api import API
from papercatalog.outputs.artifacts import Artifact, FileArtifact
from papercatalog.outputs.context import Context
from papercatalog.outputs.list_tools import DATA
from papercatalog.text.escape import escape_line


def build(context: Context) -> Iterator[Artifact]:
    """Build ``llms.txt``."""
    yield FileArtifact("llms.txt", "\n".join(_lines(context)).encode() + b"\n")


def _lines(context: Context) -> Iterator[str]:
    catalog, site = context.catalog, context.site
    yield f"# {escape_line(site.name)}"
    if site.description:
        yield f"\n> {escape_line(site.description)}"
    yield (
        f"\nPapers: {len(catalog.papers):,}. Each has a page with its abstract, authors and links."
    )
    yield "\n## Data\n"
    yield f"- [Papers as JSON]({site.url}{API}index.json): start here; the index names all files"
    yield f"- [Schema]({site.url}{API}schema.json): the JSON Schema of the files of papers"
    yield f"- [Data]({site.url}{DATA}): dumps and citations, with examples"
    yield "\n## Topics\n"
    for topic in catalog.vocabulary.roots:
        for one in (topic, *catalog.vocabulary.children(topic.slug)):
            number = len(catalog.by_topic[one.slug])
            title = escape_line(one.title).replace("[", r"\[").replace("]", r"\]")
            yield f"- [{title}]({site.url}topics/{one.slug}/): papers: {number:,}"
    yield "\n## Optional\n"
    yield f"- [Days]({site.url}dates/): which papers came when"
    yield f"- [Authors]({site.url}authors/): who wrote them"
