"""The last door before a page: whatever a renderer makes, no script and no style gets through."""

from __future__ import annotations

import pytest

from papercatalog.text.sanitise import ATTRIBUTES, TAGS, sanitise


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_no_element_keeps_a_handler_a_style_or_a_name(tag: str) -> None:
    html = sanitise(f'<{tag} onclick="a()" style="color:red" class="b" id="c" src="d">e</{tag}>')
    assert not [name for name in ("onclick", "style", "class", "id=", "src") if name in html]


def test_scripts_frames_and_forms_are_no_allowed_elements() -> None:
    never = {"script", "style", "iframe", "object", "embed", "form", "input", "img", "svg", "base"}
    assert not never & TAGS
    assert not [name for names in ATTRIBUTES.values() for name in names if name.startswith("on")]


@pytest.mark.parametrize("address", ["javascript:a()", "data:text/html,a", "//a.example", "a.html"])
def test_links_lead_to_other_sites_by_http_alone(address: str) -> None:
    assert "href" not in sanitise(f'<a href="{address}">a</a>')
    assert 'href="https://a.example/"' in sanitise('<a href="https://a.example/">a</a>')
