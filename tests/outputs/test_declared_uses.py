"""What fields declare of their uses is what pages, search and the form do with them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from made_context import make_context
from papercatalog.build.segments import make_render, to_documents
from papercatalog.model.catalog import build_catalog
from papercatalog.model.declaration import PaperField, Use
from papercatalog.model.field_types import Kind
from papercatalog.model.fields import FIELDS
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import build_artifacts
from papercatalog.outputs.artifacts import PageArtifact, ungroup
from papercatalog.outputs.context import SiteInfo

VOCABULARY = Vocabulary((Topic("a-topic", "A Topic"),))
SITE = SiteInfo("A", edit_base="https://github.com/me/papers/edit/main/docs/")
LEAST: dict[str, Any] = {"id": "x", "title": "Least", "date": "2025-07-29", "abstract": "Text."}
SAMPLES: dict[Kind, tuple[Any, str]] = {
    Kind.LINE: ("A sample line", "A sample line"),
    Kind.DAY: ("2031-05-17", "17 May 2031"),
    Kind.ARXIV: ("2410.08115", "2410.08115"),
    Kind.DOI: ("10.1000/sample", "10.1000/sample"),
    Kind.ADDRESS: ("https://sample.example/", "https://sample.example/"),
    Kind.COUNT: ("4711", "4,711"),
    Kind.NAMES: (["A Sample", "B Sample"], ">A Sample</a>, <a"),
    Kind.TEXTS: (["one sample", "another"], "one sample, another"),
    Kind.PATHS: (["seeds/a-sample.txt"], "a-sample.txt"),
    Kind.PAGE_IDS: (["a-topic"], "A Topic"),
}
"""A value of each kind, and how a page shows it."""


def paper_with(field: PaperField) -> Paper:
    value = SAMPLES[field.kind][0]
    return Paper.model_validate(
        {**LEAST, field.group or field.name: {field.name: value} if field.group else value}
    )


def body_of(paper: Paper, path: str) -> str:
    catalog = build_catalog([paper], VOCABULARY)
    for artifact in ungroup(build_artifacts(make_context(catalog, SITE))):
        if isinstance(artifact, PageArtifact) and artifact.path == path:
            return artifact.make().body
    raise LookupError(path)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_a_page_shows_the_fields_that_are_declared_as_shown(field: PaperField) -> None:
    paper = paper_with(field)
    shown = SAMPLES[field.kind][1] in body_of(paper, paper.path)
    assert shown == (Use.SHOWN in field.uses)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_search_gets_the_fields_that_are_declared_as_searched(field: PaperField) -> None:
    with_it, without = to_documents([paper_with(field), Paper(**LEAST)], make_render({}))
    different = {
        name
        for name in ("title", "date", "topics", "authors", "arxiv", "doi", "votes", "code")
        if getattr(with_it, name) != getattr(without, name)
    }
    assert different == ({field.name} if Use.SEARCHED in field.uses else set())


def test_the_form_asks_for_the_fields_that_are_declared_for_it() -> None:
    body = body_of(Paper(**LEAST), "contribute/index.md")
    names = set(re.findall(r' name="([a-z]+)"', body))
    asked = {field.name for field in FIELDS if Use.FORM in field.uses}
    assert names == {*asked - {"arxiv", "doi"}, "identifier", "abstract"}
