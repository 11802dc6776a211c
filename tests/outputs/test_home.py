"""The home page's parts, and the text of people that they are put into."""

from __future__ import annotations

from collections.abc import Sequence

import frontmatter
import pytest
import yaml

from made_catalog import CURATED
from made_context import make_context
from papercatalog.model.catalog import build_catalog
from papercatalog.model.home_text import PARTS
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import home
from papercatalog.outputs.artifacts import HomeArtifact
from papercatalog.outputs.context import SiteInfo
from papercatalog.outputs.home import place_parts, render_home_markdown, render_parts

TOPICS = Vocabulary((Topic("light", "Light"), Topic("paper", "Paper"), Topic("agents", "Agents")))
SITE = SiteInfo(name="Lanterns & co", description="All <lanterns>", url="https://example.org/")


def make_home(site: SiteInfo = SITE) -> HomeArtifact:
    context = make_context(build_catalog(CURATED, TOPICS), site, related={})
    (page,) = home.build(context)
    assert isinstance(page, HomeArtifact)
    return page


def name_parts(names: Sequence[str]) -> str:
    return f"[{' '.join(names)}]"


@pytest.mark.parametrize(
    ("text", "placed", "rest"),
    [
        ("A", ["A"], PARTS),
        ("", [], PARTS),
        (
            "<!-- papercatalog: days -->\nA\n<!-- papercatalog: newest -->",
            ["[days]", "A", "[newest]"],
            ("search", "rising", "topics", "take-part"),
        ),
        (
            "<!-- papercatalog: rest -->\nA\n<!-- papercatalog: take-part -->",
            [name_parts(PARTS[:-1]), "A", "[take-part]"],
            (),
        ),
        (
            "<!-- papercatalog: days -->\n<!-- papercatalog: days -->\n<!-- papercatalog: x -->\nA",
            ["[days]", "A"],
            ("search", "newest", "rising", "topics", "take-part"),
        ),
        ("A <!-- papercatalog: days -->", ["A <!-- papercatalog: days -->"], PARTS),
    ],
)
def test_parts_stand_where_markers_say_and_the_rest_below(
    text: str, placed: list[str], rest: tuple[str, ...]
) -> None:
    made, below = place_parts(text, name_parts)
    assert [line for line in made.split("\n") if line] == placed
    assert below == rest


def test_blocks_have_blank_lines_around_them() -> None:
    made, _ = place_parts("A\n<!-- papercatalog: days -->\nB", name_parts)
    assert made == "A\n\n[days]\n\nB"


def test_a_block_within_an_admonition_is_indented_or_stands_below_it() -> None:
    text = "!!! note\n    A\n    <!-- papercatalog: days -->\n    B\nC"
    made, rest = place_parts(text, name_parts)
    assert made == "!!! note\n    A\n\n    [days]\n\n    B\nC"
    assert "days" not in rest
    made, _ = place_parts(text, name_parts, within_blocks=False)
    assert made == "!!! note\n    A\n\n    B\n\n[days]\n\nC"


def test_what_is_beside_the_newest_papers_stands_there_only_with_them() -> None:
    parts = {name: f"<p>{name}\n" for name in PARTS}
    every = render_parts(parts, PARTS)
    assert every == (
        '<div class="pc-home">\n<p>search\n<div class="pc-columns">\n<p>newest\n'
        '<div class="pc-beside">\n<p>rising\n<p>topics\n<p>days\n</div>\n</div>\n'
        "<p>take-part\n</div>"
    )
    assert render_parts(parts, ["newest"]) == '<div class="pc-home">\n<p>newest\n</div>'
    assert render_parts(parts, ["days", "topics"]) == (
        '<div class="pc-home">\n<p>topics\n<p>days\n</div>'
    )
    assert render_parts({**parts, "rising": "\n"}, ["rising"]) == ""


def test_an_export_has_peoples_text_and_metadata() -> None:
    source = (
        "---\ntitle: Mine\ndescription: 'Say \"a\" <b>'\ntags: [x]\nhandler: 1\ncontent: 2\n---\n"
        "Read [about](about.md).\n\n<!-- papercatalog: topics -->\n\nMore.\n"
    )
    facts, text = frontmatter.parse(render_home_markdown(make_home(), source))
    assert facts["description"] == "Say &#34;a&#34; &lt;b&gt;"
    assert (facts["title"], facts["tags"], facts["handler"], facts["content"]) == (
        "Mine",
        ["x"],
        1,
        2,
    )
    assert (facts["template"], facts["hide"]) == ("catalog.html", ["navigation", "toc"])
    assert '<meta property="og:title" content="Mine">' in str(facts["head"])
    order = ["All &lt;lanterns&gt;</h1>", "[about](about.md)", "pc-topics", "More.", "pc-newest"]
    places = [text.index(one) for one in order]
    assert places == sorted(places)
    assert "\n\n</div>" not in text


def test_a_text_with_a_heading_keeps_it_alone() -> None:
    made = render_home_markdown(make_home(), "# Mine\n\nText.\n")
    assert "<h1" not in made
    assert render_home_markdown(make_home(), "").count("<h1") == 1


def test_a_template_and_what_is_hidden_may_be_peoples() -> None:
    source = "---\ntemplate: mine.html\nhide: [toc]\n---\nText.\n"
    facts, _ = frontmatter.parse(render_home_markdown(make_home(), source))
    assert (facts["template"], facts["hide"]) == ("mine.html", ["toc"])
    assert "head" not in facts
    assert facts["description"] == "All &lt;lanterns&gt;"


def test_bad_front_matter_is_an_error() -> None:
    with pytest.raises(yaml.YAMLError):
        render_home_markdown(make_home(), "---\na: [\n---\nText.\n")
