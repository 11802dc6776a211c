"""The home page: what people write, and parts of ours among it or below it.

The parts are search, the newest papers, rising topics, topics, recent days, and how to take part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

import frontmatter
from markupsafe import escape

from papercatalog.model.home_text import (
    PARTS,
    REST,
    find_markers,
    has_main_heading,
    indentation,
)
from papercatalog.outputs.artifacts import (
    TEMPLATE,
    Artifact,
    HomeArtifact,
    PageContent,
    dump_page,
)
from papercatalog.outputs.context import Context
from papercatalog.outputs.dates import latest_months, select_days
from papercatalog.outputs.head import render_head
from papercatalog.outputs.paper_lists import list_all
from papercatalog.outputs.rows import list_rows
from papercatalog.outputs.templates import make_page
from papercatalog.outputs.topic_mix import mix_topics
from papercatalog.outputs.trending import has_votes
from papercatalog.outputs.trends import find_rising

PAPERS = 12
"""How many papers of the newest day the home page shows."""
MONTHS = 2
"""How many months its calendar shows."""
BESIDE = ("rising", "topics", "days")
"""Parts that stand beside the newest papers where there is room."""
_PART = re.compile(r"<!-- ([a-z-]+) -->\n?")
"""Begins a part in the template."""


def build(context: Context) -> Iterator[Artifact]:
    """Build ``index.md``."""
    catalog, site = context.catalog, context.site
    listed = list_all(context)
    newest = next(iter(catalog.by_day), None)
    papers = catalog.by_day[newest] if newest else ()
    page = make_page(
        context,
        "home",
        "index.md",
        listed.title,
        site.description,
        listed=listed,
        paper_count=len(catalog.papers),
        topic_count=len(catalog.vocabulary.topics),
        day_count=len(catalog.by_day),
        roots=[(topic, len(catalog.by_topic[topic.slug])) for topic in catalog.vocabulary.roots],
        rising=find_rising(catalog),
        has_trending=has_votes(catalog),
        newest=newest,
        newest_count=len(papers),
        papers=list_rows(context, papers[:PAPERS]),
        months=(months := latest_months(catalog, MONTHS)),
        mix=mix_topics(catalog.vocabulary, select_days(catalog.by_day, months)),
    )
    heading = site.description or listed.title

    @cache
    def parts() -> Mapping[str, str]:
        _, *found = _PART.split(page.make().body)
        return dict(zip(found[::2], found[1::2], strict=True))

    def render(names: Sequence[str]) -> str:
        return render_parts(parts(), names, context.words.lang)

    def make() -> PageContent:
        body = f"<div>{render_heading(heading)}\n{render(PARTS)}</div>"
        return PageContent(site.description, body, page.make().head)

    yield HomeArtifact(
        page.path,
        page.title,
        page.key,
        make,
        heading=heading,
        render_parts=render,
        render_head=partial(render_head, context, page.url, listed=listed),
    )


def complete_facts(home: HomeArtifact, given: Mapping[str, object]) -> dict[str, object]:
    """Complete a home page's front matter. The description is escaped, since themes print it raw.

    A page with a template of its own gets no metadata of ours.
    """
    facts = {"template": TEMPLATE, "hide": ["navigation", "toc"], **given}
    description = facts.get("description") or home.make().description
    facts["description"] = str(escape(description))
    if facts["template"] == TEMPLATE:
        facts["head"] = home.render_head(str(facts.get("title") or home.title))
    return facts


def render_home_markdown(home: HomeArtifact, source: str) -> str:
    """Render the page as Markdown for a renderer that passes HTML blocks through.

    Args:
        home: The parts.
        source: What people wrote, with front matter; may be empty.

    Raises:
        yaml.YAMLError: The front matter is not valid.
    """
    given, written = frontmatter.parse(source)
    text, rest = place_parts(written, home.render_parts, within_blocks=False)
    if not has_main_heading(written):
        text = f"{render_heading(home.heading)}\n\n{text}"
    facts = complete_facts(home, given)
    return dump_page(facts, f"{text}\n\n{home.render_parts(rest)}")


def render_heading(text: str) -> str:
    """Render the page's heading."""
    return f'<h1 class="pc-motto">{escape(text)}</h1>'


def render_parts(parts: Mapping[str, str], names: Sequence[str], lang: str = "") -> str:
    """Render some of the page's parts, in their own order, as one block without blank lines.

    Args:
        parts: The HTML of each part; empty where there is nothing to show.
        names: Names of parts.
        lang: The attribute that names their language, where the site's is another.
    """
    shown = {name: parts[name] for name in PARTS if name in names and parts[name].strip()}
    beside = "".join(shown[name] for name in BESIDE if name in shown)
    if "newest" in shown and beside:
        shown["newest"] = (
            f'<div class="pc-columns">\n{shown["newest"]}'
            f'<div class="pc-beside">\n{beside}</div>\n</div>\n'
        )
        shown = {name: html for name, html in shown.items() if name not in BESIDE}
    return f'<div class="pc-home"{lang}>\n{"".join(shown.values())}</div>' if shown else ""


def place_parts(
    markdown: str, render: Callable[[Sequence[str]], str], *, within_blocks: bool = True
) -> tuple[str, tuple[str, ...]]:
    """Put blocks in the places of a text's markers.

    A marker that names no part, or one again, goes.

    Args:
        markdown: The text, without front matter.
        render: Renders the named parts as one block without blank lines.
        within_blocks: Whether a block may stand within an admonition or a tab, indented; else it
            stands below that, since Markdown would read what HTML holds there.

    Returns:
        The text, and the parts that are to stand below it since no marker names them.
    """
    written = markdown.split("\n")
    lines = [*written]
    markers = {marker.name: marker.line - 1 for marker in reversed([*find_markers(markdown)])}
    for line, name in find_markers(markdown):
        if name:
            lines[line - 1] = ""
    rest = tuple(name for name in PARTS if name not in markers)
    for name, line in sorted(markers.items(), key=lambda marker: marker[1]):
        if name in PARTS or name == REST:
            block = render(rest if name == REST else [name])
            indent = indentation(written[line])
            if not within_blocks:
                line, indent = _end_of_block(written, line), 0
            before = f"{lines[line]}\n" if lines[line].strip() else ""
            lines[line] = f"{before}\n{' ' * indent}{block}\n"
    return "\n".join(lines), () if REST in markers else rest


def _end_of_block(lines: Sequence[str], line: int) -> int:
    """Find the last line of the admonition, or of the tabs, around a line; itself, if in none."""
    if not indentation(lines[line]):
        return line
    outer = [at for at, text in enumerate(lines) if text.strip() and not indentation(text)]
    opener = lines[max(at for at in outer if at < line)]
    are_tabs = opener.startswith("===")
    ends = (at - 1 for at in outer if at > line and not (are_tabs and lines[at].startswith("===")))
    return next(ends, len(lines) - 1)
