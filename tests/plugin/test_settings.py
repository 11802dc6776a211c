"""The plugin's settings are the same for MkDocs and for an export; others are refused."""

from __future__ import annotations

import json

import pytest
import yaml
from mkdocs.config.base import ValidationError

from papercatalog.build.export import describe_site
from papercatalog.model.problems import CatalogError
from papercatalog.outputs.context import AUTHOR_PAGES, validate_author_pages
from papercatalog.plugin.config import Setting, Settings

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
        Setting(validate_author_pages, AUTHOR_PAGES).run_validation(yaml.safe_load(value))
    with pytest.raises(CatalogError) as caught:
        describe_site(load(f"plugins:\n- papercatalog:\n    author_pages: {value}"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.field, problem.code) == (4, "author_pages", "bad-config")


def settings_of(**given: object) -> tuple[str, ...]:
    """Give what MkDocs says of settings."""
    settings = Settings()
    settings.load_dict(given)
    failed, _ = settings.validate()
    return tuple(name for name, _ in failed)


@pytest.mark.parametrize(
    "form", ["", "https://a.example.org/new", "https://a.org:8443/x/?l=1&m=a%20b"]
)
def test_a_form_for_mail_can_be_named(form: str) -> None:
    text = f"plugins:\n- papercatalog:\n    mail_form: '{form}'\n    mail_field: EMAIL"
    site = describe_site(load(text))
    assert (site.mail_form, site.mail_field) == (form, "EMAIL")
    assert settings_of(mail_form=form, mail_field="EMAIL") == ()
    assert describe_site(load("")).mail_form == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mail_form", "http://a.org/new"),
        ("mail_form", "https://a.org"),
        ("mail_form", "https://a.org/; script-src *"),
        ("mail_form", "https://a.org/a,b"),
        ("mail_form", 'https://a.org/"onclick=x'),
        ("mail_form", "https://user@a.org/"),
        ("mail_form", "javascript:alert(1)"),
        ("mail_form", "/new"),
        ("mail_form", ["https://a.org/"]),
        ("mail_form", None),
        ("mail_field", "a b"),
        ("mail_field", 'a"b'),
        ("mail_field", ""),
        ("mail_field", 3),
    ],
)
def test_what_is_no_form_is_refused(name: str, value: object) -> None:
    assert settings_of(**{name: value}) == (name,)
    with pytest.raises(CatalogError) as caught:
        describe_site(load(f"plugins:\n- papercatalog:\n    {name}: {json.dumps(value)}"))
    assert [problem.field for problem in caught.value.problems] == [name]
