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
    catalog, site, words = context.catalog, context.site, context.words
    yield f"# {escape_line(site.name)}"
    if site.description:
        yield f"\n> {escape_line(site.description)}"
    yield f"\n{words.text('llms.papers', number=len(catalog.papers))}"

    def link(name: str, address: str) -> str:
        about = words.text(f"llms.{name}_about")
        return f"- [{words.text(f'llms.{name}')}]({site.url}{address}): {about}"

    yield f"\n## {words.text('llms.data')}\n"
    yield link("json", f"{API}index.json")
    yield link("schema", f"{API}schema.json")
    yield link("data", DATA)
    yield f"\n## {words.text('llms.topics')}\n"
    for topic in catalog.vocabulary.roots:
        for one in (topic, *catalog.vocabulary.children(topic.slug)):
            number = len(catalog.by_topic[one.slug])
            title = escape_line(one.title).replace("[", r"\[").replace("]", r"\]")
            papers = words.text("llms.topic_papers", number=number)
            yield f"- [{title}]({site.url}topics/{one.slug}/): {papers}"
    yield "\n## Optional\n"  # llmstxt.org gives this heading a meaning
    yield link("days", "dates/")
    yield link("authors", "authors/")
