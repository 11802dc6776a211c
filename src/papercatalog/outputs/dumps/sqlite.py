"""Writes papers as a SQLite database, with a full-text index and views.

The tables follow from the declared fields. A field of one value is a column of ``papers``, a link
``link_code`` and so on; a list is a table of its own, such as ``paper_authors``, with the paper's
number and the position, from 1. ``papers_fts`` is the index (FTS5), whose rows have the numbers of
``papers``.

Datasette finds the index by ``content="papers"``, in this spelling.

Source: https://sqlite.org/fts5.html#external_content_tables
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from papercatalog.model.catalog import Catalog
from papercatalog.model.declaration import PaperField
from papercatalog.model.field_types import Kind
from papercatalog.model.fields import FIELDS
from papercatalog.model.paper import Paper

_LISTS = {Kind.NAMES, Kind.TEXTS, Kind.PATHS, Kind.PAGE_IDS}
_SINGLE = [field for field in FIELDS if field.kind not in _LISTS]
_MANY = [field for field in FIELDS if field.kind in _LISTS]
_INDEXED = "title, abstract, authors"

_VIEWS = """
CREATE VIEW papers_by_topic AS
  SELECT paper_topics.topic, topics.title AS topic_title, papers.*
  FROM papers JOIN paper_topics ON paper = number JOIN topics ON slug = topic;
CREATE VIEW papers_by_author AS
  SELECT paper_authors.author, papers.* FROM papers JOIN paper_authors ON paper = number;
CREATE VIEW papers_by_month AS
  SELECT substr(date, 1, 7) AS month, count(*) AS papers, count(link_code) AS papers_with_code
  FROM papers GROUP BY month ORDER BY month DESC;
"""


def render_sqlite(catalog: Catalog, papers: Sequence[Paper]) -> bytes:
    """Write papers, and all topics of their catalog, as a database.

    The column ``authors`` of ``papers`` has the names in one text, for the index.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript("".join(_list_statements()))
        topics = [(topic.slug, topic.title, topic.parent) for topic in catalog.vocabulary.topics]
        database.executemany("INSERT INTO topics VALUES (?, ?, ?)", topics)
        marks = ", ".join("?" * (len(_SINGLE) + 4))
        database.executemany(
            f"INSERT INTO papers VALUES ({marks})",  # noqa: S608, question marks alone
            (_row(number, paper) for number, paper in enumerate(papers, 1)),
        )
        for field in _MANY:
            database.executemany(
                f"INSERT INTO {_table(field)} VALUES (?, ?, ?)",  # noqa: S608, a declared name
                (
                    (number, position, value)
                    for number, paper in enumerate(papers, 1)
                    for position, value in enumerate(paper.get(field), 1)
                ),
            )
        database.execute("INSERT INTO papers_fts (papers_fts) VALUES ('rebuild')")
        database.commit()
        database.execute("VACUUM")
        return database.serialize()


def _list_statements() -> Iterator[str]:
    yield "CREATE TABLE topics (slug TEXT PRIMARY KEY, title TEXT NOT NULL, parent TEXT);\n"
    columns = "".join(f", {_column(field)} {_type_of(field)}" for field in _SINGLE)
    yield (
        f"CREATE TABLE papers (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE{columns}, "
        "authors TEXT, abstract TEXT NOT NULL);\n"
    )
    for field in _MANY:
        name = _column_of_list(field)
        yield (
            f"CREATE TABLE {_table(field)} (paper INTEGER NOT NULL REFERENCES papers (number), "
            f"position INTEGER NOT NULL, {name} TEXT NOT NULL, PRIMARY KEY (paper, position));\n"
            f"CREATE INDEX {_table(field)}_{name} ON {_table(field)} ({name});\n"
        )
    yield (
        f'CREATE VIRTUAL TABLE papers_fts USING fts5({_INDEXED}, content="papers", '
        "content_rowid='number', tokenize='porter unicode61');\n"
    )
    yield _VIEWS


def _row(number: int, paper: Paper) -> tuple[Any, ...]:
    single = (_plain(paper.get(field)) for field in _SINGLE)
    return number, paper.id, *single, "; ".join(paper.authors), paper.abstract


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _column(field: PaperField) -> str:
    """Name the column of a field of one value: ``venue``, ``link_code``."""
    return f"{field.group.removesuffix('s')}_{field.name}" if field.group else field.name


def _table(field: PaperField) -> str:
    return f"paper_{field.name}"


def _column_of_list(field: PaperField) -> str:
    """Name one value of a list: ``author`` of ``authors``, ``alias`` of ``aliases``."""
    return field.name.removesuffix("es") if field.name.endswith("ses") else field.name[:-1]


def _type_of(field: PaperField) -> str:
    kind = "INTEGER" if field.kind is Kind.COUNT else "TEXT"
    return f"{kind} NOT NULL" if field.required else kind
