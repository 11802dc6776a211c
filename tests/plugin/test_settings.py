"""The plugin's settings are the same for MkDocs and for an export; others are refused."""

from __future__ import annotations

import pytest
import yaml
from mkdocs.config.base import ValidationError

from papercatalog.build.export import describe_site
from papercatalog.model.problems import CatalogError
from papercatalog.outputs.context import AUTHOR_PAGES
from papercatalog.plugin import Settings
from papercatalog.plugin.config import AuthorPages

WITHOUT = ("", "plugins: [papercatalog]", "plugins:\n- search\n- papercatalog:\n    shell: false")
GIVEN = (
    "plugins:\n- search\n- papercatalog:\n    author_pages: 12",
    "plugins:\n  papercatalog:\n    author_pages: 12",
    "plugins:\n- papercatalog:\n    author_pages: 0xC",
)
WRONG = ("0", "-1", "many", "true", "2.5", "[]", '""', '"12"', "null")


def load(text: str) -> yaml.MappingNode:
    node = yaml.compose(f"site_name: A\n{text}")
    assert isinstance(node, yaml.MappingNode)
    return node


@pytest.mark.parametrize("text", WITHOUT)
def test_authors_of_five_papers_have_pages(text: str) -> None:
    assert describe_site(load(text)).author_pages == AUTHOR_PAGES
    settings = Settings()
    settings.load_dict({})
    assert settings.validate() == ([], [])
    assert settings.author_pages == AUTHOR_PAGES


@pytest.mark.parametrize("text", GIVEN)
def test_the_setting_says_how_many_papers_earn_a_page(text: str) -> None:
    assert describe_site(load(text)).author_pages == 12
    settings = Settings()
    settings.load_dict({"author_pages": 12})
    assert settings.validate() == ([], [])
    assert settings.author_pages == 12


@pytest.mark.parametrize("value", WRONG)
def test_another_value_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="whole number from 1 on"):
        AuthorPages().run_validation(yaml.safe_load(value))
    with pytest.raises(CatalogError) as caught:
        describe_site(load(f"plugins:\n- papercatalog:\n    author_pages: {value}"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.field, problem.code) == (4, "author_pages", "bad-config")
