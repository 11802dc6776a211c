"""``papercatalog schema`` accepts the pages that the check accepts, and no others."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from made_catalog import pages_of, run
from papercatalog.model.front_matter import parse_front_matter


def test_the_schema_agrees_with_the_check(root: Path) -> None:
    schema = json.loads(run(root, "schema").stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["topics"]["items"]["enum"] == ["agents", "light", "paper"]
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for text in pages_of(root).values():
        validator.validate(dict(parse_front_matter(text, "").values))
    for wrong in ({"topics": ["unheard"]}, {"sheep": 1}, {"date": "soon"}, {"title": ""}):
        facts = {"title": "A", "date": "2025-07-29", **wrong}
        assert not validator.is_valid(facts), wrong
