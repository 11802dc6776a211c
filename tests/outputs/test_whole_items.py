"""Exports with all facts: our readers take them back as the same papers, field for field."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from papercatalog.model.paper import Paper
from papercatalog.outputs.citations import FORMATS, build_item
from papercatalog.sources.formats import read_source
from strategies import PAPERS

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def without_controls(paper: Paper) -> Paper | None:
    """Give a paper without control characters, which no format carries; None if nothing is left."""
    values = paper.model_dump()

    def clean(text: str) -> str:
        return _CONTROL.sub("", text)

    lists = ("authors", "keywords", "digests")
    values |= {name: clean(values[name]) for name in ("title", "abstract")}
    values["venue"] = clean(values["venue"] or "") or None
    values |= {name: [*filter(None, map(clean, values[name]))] for name in lists}
    if not (values["title"].strip() and values["abstract"].strip()):
        return None
    return Paper.model_validate(values)


@given(PAPERS)
@pytest.mark.parametrize("name", FORMATS)
def test_any_paper_comes_back_as_it_was(name: str, paper: Paper) -> None:
    clean = without_controls(paper)
    if clean is None:
        return
    text = FORMATS[name].render([build_item(clean, whole=True)])
    read = read_source(f"x.{FORMATS[name].ending}", text.encode())
    assert [problem.message for problem in read.rejected] == []
    (record,) = read.records
    assert record.page == clean
    assert read.remarks == ()
