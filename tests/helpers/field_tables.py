"""Writes the guide's tables of fields from their declarations, when run as a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from papercatalog.model.declaration import Format, PaperField, Use
from papercatalog.model.fields import FIELDS, SOURCED
from papercatalog.sources.rows import (
    ABSTRACT_COLUMNS,
    PROVENANCE_COLUMNS,
    SURE_COLUMNS,
    TITLE_COLUMNS,
)
from repository import ROOT

GUIDE = ROOT / "docs" / "guide"
FORMATS: dict[Format, str] = {
    "table": "CSV, JSON Lines, Parquet",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
    "crossref": "Crossref",
    "arxiv": "arXiv",
    "daily_papers": "Daily Papers",
    "openalex": "OpenAlex",
}


def render_keys() -> Iterator[str]:
    """Yield the table of front matter: key, kind, meaning, and where it is used."""
    yield "| key | kind | what it holds | shown | searched |"
    yield "|---|---|---|---|---|"
    for field in FIELDS:
        shown, searched = (_tick(field, use) for use in (Use.SHOWN, Use.SEARCHED))
        must = ", required" if field.required else ""
        yield f"| `{field.path}` | {field.kind}{must} | {field.meaning} | {shown} | {searched} |"


def render_columns() -> Iterator[str]:
    """Yield the table of tables' columns: field, and its columns in the order that counts."""
    yield "| field | columns, the first that is not empty counts |"
    yield "|---|---|"
    yield f"| `title` | {_code(TITLE_COLUMNS)} |"
    yield f"| `abstract` | {_code(ABSTRACT_COLUMNS)} |"
    for field in SOURCED:
        if keys := (field.keys or {}).get("table"):
            yield f"| `{field.name}` | {_code(keys)} |"
    yield f"| whether the row is sure | {_code(SURE_COLUMNS)} |"
    yield f"| where its facts are from | {_code(PROVENANCE_COLUMNS)} |"


def render_formats() -> Iterator[str]:
    """Yield the table of the other formats' keys: a row a field, a column a format."""
    others = [format for format in FORMATS if format != "table"]
    yield f"| field | {' | '.join(FORMATS[format] for format in others)} |"
    yield "|---" * (len(others) + 1) + "|"
    for field in SOURCED:
        cells = (_code((field.keys or {}).get(format, ())) for format in others)
        yield f"| `{field.name}` | {' | '.join(cells)} |"


TABLES: dict[str, tuple[Path, Callable[[], Iterator[str]]]] = {
    "keys": (GUIDE / "contributing.md", render_keys),
    "columns": (GUIDE / "sources.md", render_columns),
    "formats": (GUIDE / "sources.md", render_formats),
}


def render_page(page: Path) -> str:
    """Give a page's text with its tables made anew, each between two comments of its name."""
    text = page.read_text("utf-8")
    for name, (place, render) in TABLES.items():
        if place == page:
            start, end = f"<!-- fields: {name} -->\n", f"<!-- end of fields: {name} -->"
            before, _, rest = text.partition(start)
            _, _, after = rest.partition(end)
            assert start in text, f"{page} has no place for the table '{name}'"
            assert end in rest, f"the table '{name}' of {page} has no end"
            text = "\n".join([f"{before}{start}", *render(), "", f"{end}{after}"])
    return text


def _tick(field: PaperField, use: Use) -> str:
    return "yes" if use in field.uses else ""


def _code(keys: tuple[str, ...]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


if __name__ == "__main__":
    for page in {place for place, _ in TABLES.values()}:
        page.write_text(render_page(page), encoding="utf-8")
