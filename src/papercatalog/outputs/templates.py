"""The Jinja environment in which pages' bodies are made: it escapes all that it is given."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from papercatalog.artifact import PageArtifact, page_url
from papercatalog.entry import Entry
from papercatalog.text import gist, render_abstract


@lru_cache(maxsize=20_000)
def _gist(markdown: str) -> str:
    return gist(markdown)


def format_day(day: dt.date) -> str:
    """Write a day out in English: ``29 July 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _html(markdown: str) -> Markup:
    return Markup(render_abstract(markdown))  # noqa: S704, sanitised there


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
"""The months' English names."""

_environment = Environment(
    loader=PackageLoader("papercatalog", "theme/templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
_environment.filters.update(gist=_gist, long_day=format_day, html=_html)
_environment.globals["MONTHS"] = MONTHS


def render_page_body(
    kind: str, path: str, title: str, description: str, **data: Any
) -> PageArtifact:
    """Make a page by the template ``kind``; ``root`` in it leads back to the site's own root."""
    root = "../" * page_url(path).count("/") or "./"
    body = _environment.get_template(f"{kind}.html").render(root=root, title=title, **data)
    return PageArtifact(path, title, description, body.strip(), kind)


def describe(entry: Entry) -> str:
    """Describe a paper's page in some 160 characters of plain text."""
    return gist(entry.abstract, 160)
