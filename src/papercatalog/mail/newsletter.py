"""Selects the papers of a newsletter, and renders it as HTML and as plain text.

The HTML is what mail clients keep: tables, styles in attributes, no script, no picture. A block of
styles for dark schemes is an extra that a client may drop.
"""

from __future__ import annotations

import hashlib
import quopri
import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from papercatalog.mail.period import Period
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.context import SiteInfo
from papercatalog.outputs.paper_links import list_links
from papercatalog.outputs.templates import (
    day_url,
    month_url,
    render_template,
)
from papercatalog.text import choose_gist, plain_title, render_text
from papercatalog.text.plain import shorten
from papercatalog.words import Words

MAX_HTML = 98_000
"""Bytes of the encoded HTML at most, but for the link to unsubscribe: Gmail cuts at 102 kB."""
MAX_PAPERS = 30
"""Papers of a newsletter at most, unless the command says otherwise."""
NAMES = 3
"""Authors that a paper names; of more, only their number is said."""
WIDTH = 76
"""Columns of the plain text."""
_TITLE, _NAME, _SUBJECT, _PREHEADER, _SENTENCE = 300, 80, 70, 140, 400
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers of a catalog a newsletter has."""

    period: Period
    topic: str = ""
    """A topic's slug; papers of the topics below it count too."""
    query: str = ""
    """A query of the site's search."""
    found: frozenset[str] = frozenset()
    """The ids of the papers that the query finds."""

    @property
    def name(self) -> str:
        """The newsletter's name: the same for the same options, safe as a file's name."""
        parts = [self.period.name, *filter(None, [self.topic])]
        if self.query:
            parts.append(f"search-{hashlib.sha256(self.query.encode()).hexdigest()[:12]}")
        return "-".join(parts)

    def select(self, catalog: Catalog) -> list[Paper]:
        """Give the papers, most votes first, then newest first."""
        papers = catalog.by_topic[self.topic] if self.topic else catalog.papers
        chosen = [
            paper
            for paper in papers
            if self.period.first <= paper.date <= self.period.last
            and (not self.query or paper.id in self.found)
        ]
        return sorted(chosen, key=lambda paper: -(paper.votes or 0))


@dataclass(frozen=True, slots=True)
class Item:
    """What a newsletter says of a paper; texts are plain, addresses are whole."""

    title: str
    address: str
    authors: str
    facts: str
    """Votes and day, as far as there are any: ``12 votes · 29 July``."""
    sentence: str
    topics: tuple[tuple[str, str], ...]
    """Title and address of each."""
    links: tuple[tuple[str, str], ...]
    """Label and address of each."""


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A newsletter, the same for everyone who gets it."""

    name: str
    """Tells this newsletter apart from all others of the catalog."""
    site_name: str
    site_url: str
    language: str
    words: Words = field(repr=False)
    subject: str
    preheader: str
    """What mail programs show beside the subject."""
    heading: str
    items: tuple[Item, ...]
    total: int
    """Papers of the period; more than ``items`` where not all have room."""
    rest: tuple[tuple[str, str], ...]
    """Label and address of the pages that list the papers without room."""

    def render_html(self, unsubscribe: str = "") -> str:
        """Render it as ASCII: other characters are references, which no transport can damage."""
        html = render_template(self.words, "newsletter", letter=self, unsubscribe=unsubscribe)
        return html.encode("ascii", "xmlcharrefreplace").decode()

    def render_text(self, unsubscribe: str = "") -> str:
        """Render it as plain text in lines of at most `WIDTH` columns, long addresses excepted."""
        lines = [*_wrap(f"{self.site_name}: {self.heading}"), ""]
        for item in self.items:
            lines += _list_lines(item)
        if left := self.total - len(self.items):
            lines += [
                self.words.text("mail.rest", count=left),
                *(f"  {address}" for _, address in self.rest),
                "",
            ]
        lines += ["-- ", *_wrap(f"{self.site_name}: {self.site_url}")]
        if unsubscribe:
            lines.append(f"{self.words.text('mail.unsubscribe')}: {unsubscribe}")
        return "\n".join(lines) + "\n"


def make_newsletter(
    catalog: Catalog, site: SiteInfo, selection: Selection, most: int = MAX_PAPERS
) -> Newsletter | None:
    """Make a newsletter of the selected papers, or None where there is none.

    Args:
        catalog: The catalog.
        site: The site; its address must be known.
        selection: Which papers.
        most: How many papers it names at most; fewer if the HTML would exceed `MAX_HTML`.
    """
    papers = selection.select(catalog)
    if not papers:
        return None
    items = tuple(_describe(catalog, site, selection, paper) for paper in papers[:most])

    def make(number: int) -> Newsletter:
        return Newsletter(
            name=selection.name,
            site_name=_on_one_line(site.name),
            site_url=site.url,
            language=site.words.language,
            words=site.words,
            subject=_write_subject(site.words, papers),
            preheader=_write_preheader(site.words, selection, papers),
            heading=_write_heading(site.words, catalog, selection, len(papers)),
            items=items[:number],
            total=len(papers),
            rest=tuple(_list_rest(catalog, site, selection, papers[number:])),
        )

    def measure(number: int) -> int:
        return len(quopri.encodestring(make(number).render_html().encode()))

    if measure(len(items)) <= MAX_HTML:
        return make(len(items))
    return make(max(1, bisect_right(range(len(items)), MAX_HTML, key=measure) - 1))


def _describe(catalog: Catalog, site: SiteInfo, selection: Selection, paper: Paper) -> Item:
    names = [shorten(name, _NAME) for name in paper.authors[:NAMES]]
    more, words = len(paper.authors) - len(names), site.words
    facts = [words.count(paper.votes, "vote")] if paper.votes else []
    if selection.period.first != selection.period.last:
        facts.append(words.short_day(paper.date))
    topics = [catalog.vocabulary.by_slug[slug] for slug in paper.topics]
    return Item(
        title=shorten(plain_title(paper.title), _TITLE),
        address=f"{site.url}{paper.url}",
        authors=", ".join(names) + (words.count(more, "authors_more") if more else ""),
        facts=" · ".join(facts),
        sentence=shorten(choose_gist(render_text(paper.abstract).plain, paper.title), _SENTENCE),
        topics=tuple(
            (shorten(topic.title, _NAME), f"{site.url}topics/{topic.slug}/") for topic in topics
        ),
        links=tuple(list_links(words, paper)),
    )


def _write_subject(words: Words, papers: Sequence[Paper]) -> str:
    title = shorten(_on_one_line(plain_title(papers[0].title)), _SUBJECT)
    more = len(papers) - 1
    return words.text("mail.more_papers", title=title, count=more) if more else title


def _write_preheader(words: Words, selection: Selection, papers: Sequence[Paper]) -> str:
    titles = "; ".join(_on_one_line(plain_title(paper.title)) for paper in papers[1:4])
    days = selection.period.describe(words)
    return shorten(f"{days}{': ' if titles else ''}{titles}", _PREHEADER)


def _write_heading(words: Words, catalog: Catalog, selection: Selection, number: int) -> str:
    papers = words.count(number, "paper")
    if selection.topic:
        topic = catalog.vocabulary.by_slug[selection.topic].title
        papers = words.text("mail.on_topic", papers=papers, topic=topic)
    if selection.query:
        query = shorten(selection.query, _NAME)
        papers = words.text("mail.of_query", papers=papers, query=query)
    return words.text("mail.of_period", papers=papers, period=selection.period.describe(words))


def _list_rest(
    catalog: Catalog, site: SiteInfo, selection: Selection, left: Sequence[Paper]
) -> Iterator[tuple[str, str]]:
    """Yield label and address of the pages that have the papers left out."""
    if not left:
        return
    if selection.query:
        yield (
            site.words.text("mail.all_results"),
            f"{site.url}search/?{urlencode({'q': selection.query})}",
        )
    elif selection.topic:
        title = catalog.vocabulary.by_slug[selection.topic].title
        yield title, f"{site.url}topics/{selection.topic}/"
    elif selection.period.name.startswith("month"):
        yield (
            selection.period.describe(site.words),
            f"{site.url}{month_url(selection.period.first)}",
        )
    else:
        for day in sorted({paper.date for paper in left}):
            yield site.words.short_day(day), f"{site.url}{day_url(day)}"


def _list_lines(item: Item) -> Iterator[str]:
    yield from _wrap(item.title)
    yield from _wrap(item.authors)
    yield from _wrap(" · ".join(filter(None, [item.facts, *(title for title, _ in item.topics)])))
    yield from _wrap(item.sentence)
    yield f"  {item.address}"
    yield from (f"  {label}: {address}" for label, address in item.links)
    yield ""


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _on_one_line(text: str) -> str:
    """Leave out signs of direction, which would not end where a text is cut."""
    return " ".join(_DIRECTION.sub("", text).split())
