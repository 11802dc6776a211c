"""The Jinja environment that renders pages' bodies: it escapes all values that it is given.

A template may use the data of its page, and beside it only ``root``, ``title``, ``render``,
``topic_title``, ``render_row``, and the words of the site's language: ``t`` gives a text, ``words``
all else. Any other name is an error: a page is kept from build to build as long as the hash of its
data is the same, so it must not depend on anything else.
"""

from __future__ import annotations

import datetime as dt
import secrets
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, UndefinedError
from markupsafe import Markup, escape

from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic
from papercatalog.outputs.artifacts import PageArtifact, PageContent, page_url
from papercatalog.outputs.citations import build_item, render_bibtex, render_coins
from papercatalog.outputs.context import Context
from papercatalog.outputs.feed_links import list_feeds
from papercatalog.outputs.head import render_head
from papercatalog.outputs.list_tools import list_exports
from papercatalog.outputs.rows import Row, RowParts, render_parts
from papercatalog.runtime.hashing import hash_key
from papercatalog.text import plain_title, render_direction
from papercatalog.words import Words

if TYPE_CHECKING:
    from papercatalog.outputs.paper_lists import PaperList

MAX_ROWS = 16_000
"""Rendered rows of lists that are held in memory at most."""
DESCRIPTION = 160
"""Characters of a page's description at most."""


@cache
def day_url(day: dt.date) -> str:
    """Give the address of a day's page, relative to the site: ``dates/2025/07/29/``."""
    return f"dates/{day:%Y/%m/%d}/"


@cache
def month_url(day: dt.date) -> str:
    """Give the address of the page of a day's month: ``dates/2025/07/``."""
    return f"dates/{day:%Y/%m}/"


def year_url(day: dt.date) -> str:
    """Give the address of the page of a day's year: ``dates/2025/``."""
    return f"dates/{day:%Y}/"


def shorten_link(address: str, page: str) -> str:
    """Give the shortest way to an address from a page of the site.

    >>> shorten_link("papers/2025/a/", "papers/2025/b/"), shorten_link("dates/", "papers/2025/b/")
    ('../a/', '../../../dates/')
    """
    up, folder = "", page
    while not address.startswith(folder):
        up += "../"
        folder = folder[: folder.rfind("/", 0, -1) + 1]
    return up + address[len(folder) :] or "./"


class TemplateError(Exception):
    """A template that uses a name or an attribute that it is not given."""


@cache
def _make_environment(words: Words) -> Environment:
    environment = Environment(
        loader=PackageLoader("papercatalog", "theme/templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters.update(long_day=words.day, short_day=words.short_day)
    environment.filters.update(month=words.month, month_name=words.month_name)
    environment.filters.update(number=words.number, percent=words.percent, decimal=words.decimal)
    environment.filters.update(day_url=day_url, month_url=month_url, year_url=year_url)
    environment.filters.update(seen_from=shorten_link, readable=plain_title)
    environment.filters.update(
        bibtex=lambda paper: render_bibtex(build_item(paper)),
        direction=lambda text: Markup(render_direction(text)),  # noqa: S704, attributes of ours
    )
    environment.globals.update(words=words, t=partial(render_text, words))
    return environment


def render_text(words: Words, key: str, /, **values: object) -> Markup:
    """Give a text of the site's words as HTML; it may hold tags, and values are escaped."""
    escaped = {
        name: value if type(value) is int else escape(value) for name, value in values.items()
    }
    return Markup(words.text(key, **escaped))  # noqa: S704, our own text, and its values escaped


def make_page(
    context: Context,
    template: str,
    path: str,
    title: str,
    description: str,
    *,
    listed: PaperList | None = None,
    **data: Any,
) -> PageArtifact:
    """Make a page of data that is at hand; see `make_lazy_page`.

    ``listed`` is the list of papers that the page is about. It must follow from the data, and the
    template gets its ``feeds`` and ``exports`` too.
    """
    if listed:
        data["feeds"] = list_feeds(context, listed)
        data["exports"] = list_exports(context.catalog, listed)
    head = partial(render_head, context, page_url(path), title, listed)
    return make_lazy_page(context, template, path, title, lambda: description, lambda: data, head)


def make_lazy_page(
    context: Context,
    template: str,
    path: str,
    title: str,
    describe: Callable[[], str],
    gather: Callable[[], Mapping[str, Any]],
    head: Callable[[], str],
    *,
    shows_related: bool = False,
) -> PageArtifact:
    """Make a page of data that is gathered when it is wanted.

    Args:
        context: Renders abstracts and knows the topics' titles.
        template: The name of the template, without its ending.
        path: The page's Markdown file, relative to ``docs``.
        title: The page's title, plain text.
        describe: Gives the description; it must follow from the data.
        gather: Gives the page's data, the same each time. The page's key hashes all of it.
        head: Gives the metadata for the page's ``head``, as `render_head` does; it must follow
            from the data, and may depend on the site's name and address.
        shows_related: Whether the data holds related papers.
    """

    def key() -> bytes:
        parts: list[str | bytes] = [template, path, title, context.catalog.vocabulary_key]
        parts.append(context.site.language)
        _collect_parts([_gather(gather)], parts)
        return hash_key(*parts)

    def make() -> PageContent:
        root = "../" * page_url(path).count("/") or "./"
        values = {"root": root, "title": title, **_gather(gather)}
        body = _render(context, template, root, values)
        return PageContent.of(describe(), body, head())

    return PageArtifact(path, title, key, make, shows_related)


def render_template(words: Words, template: str, **values: Any) -> str:
    """Render a template that is no page's body: it may use the words and the values alone."""
    return _load(words, template).render(**values)


@lru_cache(maxsize=1)  # a page is made and, right after that, its key
def _gather(gather: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    return gather()


def _render(context: Context, template: str, root: str, values: Mapping[str, Any]) -> str:
    by_slug = context.catalog.vocabulary.by_slug
    try:
        return _load(context.words, template).render(
            render=context.render,
            topic_title=lambda slug: by_slug[slug].title,
            render_row=partial(_render_row, context, root),
            **values,
        )
    except UndefinedError as error:
        frames = traceback.extract_tb(error.__traceback__)
        place = [frame for frame in frames if not frame.filename.endswith(".py")][-1]
        names = ", ".join(sorted({*values, "render", "topic_title", "render_row", "t", "words"}))
        raise TemplateError(
            f"{PurePath(place.filename).name}:{place.lineno}: {error}; it may use {names}"
        ) from None


@cache
def _load(words: Words, template: str) -> Template:
    found = _make_environment(words).get_template(f"{template}.html")
    found.globals = dict(found.globals)  # each page copies them: a dictionary is copied faster
    return found


def _render_row(
    context: Context,
    root: str,
    row: Row,
    level: int,
    dated: bool,
    cited: bool,
    marked: Iterable[str] = (),
) -> Markup:
    """Render a paper's row in a list; keeps recent ones.

    Args:
        context: Renders the gist and knows the topics' titles.
        root: Leads from the page to the site's root.
        row: What the row shows.
        level: The level of its heading.
        dated: Whether the row names the day.
        cited: Whether it holds the citation as COinS.
        marked: Topics whose links in the row get an ``id``, ``topics/SLUG/``.
    """
    words = context.words
    name = row.key, context.catalog.vocabulary_key, words.key
    parts = _rows.get(name)
    if parts is None:
        if len(_rows) >= MAX_ROWS:
            _rows.clear()
        parts = _rows[name] = render_parts(context, row, _ROOT)
    day = row.paper.date
    date = f'<a href="{_ROOT}{day_url(day)}">{words.day(day)}</a>' if dated else ""
    coins = render_coins(build_item(row.paper)) if cited else ""
    made = parts.join(level, coins and f'<span class="Z3988" title="{coins}"></span>', date)
    for slug in marked:
        link = f'<a href="{_ROOT}topics/{slug}/"'
        made = made.replace(link, f'<a id="topics/{slug}/"{link[2:]}', 1)
    return Markup(made.replace(_ROOT, root))  # noqa: S704, `render_parts` escapes


_ROOT = f"{secrets.token_hex(16)}/"
"""Stands in a kept row for the way to the site's root. No text of a paper can hold it."""
_rows: dict[tuple[bytes, bytes, str], RowParts] = {}

_KEYS: Mapping[type, Callable[[Any], str | bytes]] = {
    Paper: lambda paper: paper.key,
    Row: lambda row: row.key,
    Topic: lambda topic: topic.slug,  # the vocabulary's key, which is in every page's, has the rest
    **dict.fromkeys((str, int, type(None)), repr),
}
"""How the values that most pages have are hashed; all others are by their ``repr``."""


def _collect_parts(values: Iterable[object], parts: list[str | bytes]) -> None:
    """Take a template's data apart into texts that are equal exactly where the data is."""
    for value in values:
        if key := _KEYS.get(type(value)):
            parts.append(key(value))
        elif isinstance(value, dict):
            parts.append(f"mapping {list(value)}")
            _collect_parts(value.values(), parts)
        elif isinstance(value, list | tuple) and not hasattr(value, "_fields"):
            parts.append(f"list {len(value)}")
            _collect_parts(value, parts)
        else:
            parts.append(repr(value))
