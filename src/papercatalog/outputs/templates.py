"""The Jinja environment in which pages' bodies are made: it escapes all that it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic
from papercatalog.outputs.artifacts import Draft, PageArtifact, PageText, page_url
from papercatalog.outputs.template_cache import keep_compiled

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months' English names."""
MOST_CARDS = 16_000
"""So many rendered items of lists are held at most."""
DESCRIPTION = 160
"""How many characters a page's description has at most."""


def format_day(day: dt.date) -> str:
    """Write a day out in English: ``29 July 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_short_day(day: dt.date) -> str:
    """Write a day without its year: ``29 July``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


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


_environment = Environment(
    loader=PackageLoader("papercatalog", "theme/templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
keep_compiled(_environment)
_environment.filters.update(long_day=format_day, short_day=format_short_day, seen_from=shorten_link)
_environment.filters.update(day_url=day_url, month_url=month_url, year_url=year_url)


@cache
def _template(kind: str) -> Template:
    template = _environment.get_template(f"{kind}.html")
    # Each page gets a copy of these: of a dictionary it is made faster.
    template.globals = dict(template.globals)
    return template


def _card(catalog: Catalog, paper: Paper, root: str, level: int) -> Markup:
    """Render a paper as an item of a list; what was rendered lately is not rendered again."""
    known = _cards.setdefault(catalog, {})
    card = known.get((paper.id, level))
    if card is None:
        if len(known) >= MOST_CARDS:
            known.clear()
        card = _template("card").render(catalog=catalog, paper=paper, root=_ROOT, level=level)
        known[paper.id, level] = card
    return Markup(card.replace(_ROOT, root))  # noqa: S704, the template escapes


_ROOT = "\N{NULL}"
_cards: WeakKeyDictionary[Catalog, dict[tuple[str, int], str]] = WeakKeyDictionary()
_environment.globals.update(MONTHS=MONTHS, card=_card)


def render_page_body(
    kind: str, path: str, title: str, description: str, **data: Any
) -> PageArtifact:
    """Make a page by the template ``kind`` of ``data``, as `make_page` takes it."""
    values = {"description": description, **data}
    return make_page(kind, path, title, lambda: values, lambda: description)


def make_page(
    kind: str,
    path: str,
    title: str,
    gather: Callable[[], Mapping[str, Any]],
    describe: Callable[[], str],
) -> PageArtifact:
    """Make a page by the template ``kind``; ``root`` in it leads back to the site's own root.

    ``gather`` gives what the template gets; it is called when the page is wanted. The page's parts
    cover all of that, but of a catalog in it only the vocabulary, which must be there beside a
    topic: a template must get anything else by itself. What ``describe`` says must follow from
    that, too.
    """
    root = "../" * page_url(path).count("/") or "./"

    def draft() -> Draft:
        data = gather()

        def make() -> PageText:
            values = {"root": root, "title": title, **data}
            return PageText.of(describe(), _template(kind).render(values))

        def list_parts() -> list[str | bytes]:
            parts: list[str | bytes] = [kind, path, title]
            _take_apart(data, parts)
            return parts

        return Draft(make, list_parts)

    return PageArtifact(path, title, kind, draft)


_NAMES: Mapping[type, Callable[[Any], str | bytes]] = {
    Paper: lambda paper: paper.key,
    Topic: lambda topic: topic.slug,
    Catalog: lambda catalog: catalog.vocabulary_key,
    **dict.fromkeys((str, int, type(None)), repr),
}
"""What stands for the data that most pages have."""


def _take_apart(value: object, parts: list[str | bytes]) -> None:
    """Take a template's data apart, down to texts that are equal where the data is."""
    if name := _NAMES.get(type(value)):
        parts.append(name(value))
    elif isinstance(value, dict):
        parts.append(f"mapping {len(value)}")
        for name, item in value.items():
            parts.append(repr(name))
            _take_apart(item, parts)
    elif isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        parts.append(f"list {len(value)}")
        for item in value:
            _take_apart(item, parts)
    else:
        parts.append(repr(value))
