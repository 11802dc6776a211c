"""The Jinja environment in which pages' bodies are made: it escapes all that it is given."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from papercatalog.artifact import PageArtifact, page_url

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months' English names."""
DESCRIPTION = 160
"""How many characters a page's description has at most."""


def format_day(day: dt.date) -> str:
    """Write a day out in English: ``29 July 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_environment = Environment(
    loader=PackageLoader("papercatalog", "theme/templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
_environment.filters["long_day"] = format_day
_environment.globals["MONTHS"] = MONTHS


def render_page_body(
    kind: str, path: str, title: str, description: str, **data: Any
) -> PageArtifact:
    """Make a page by the template ``kind``; ``root`` in it leads back to the site's own root.

    The body is rendered when it is asked for.
    """
    root = "../" * page_url(path).count("/") or "./"
    values = {"root": root, "title": title, **data}
    return PageArtifact(path, title, description, kind, partial(_render, kind, values))


def _render(kind: str, values: dict[str, Any]) -> str:
    return _environment.get_template(f"{kind}.html").render(values)
