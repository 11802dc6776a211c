"""Pictures of link previews, icons and the manifest."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from made_catalog import make_paper
from made_context import make_context
from papercatalog.model.catalog import build_catalog
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import icons, pictures
from papercatalog.outputs.artifacts import FileArtifact, LazyFile
from papercatalog.outputs.context import SiteInfo, own_icon
from papercatalog.outputs.drawing import (
    HEIGHT,
    MARK,
    MARK_HOLE,
    MARK_LINES,
    MARK_SIZE,
    WIDTH,
    draw_card,
    spell,
)
from papercatalog.outputs.icons import render_icon, render_mark
from papercatalog.outputs.pictures import find_picture
from repository import ROOT

SITE = SiteInfo('A "small" <catalog>', "https://example.org/small/", "Made up.")
TITLES = ("Light", "Théorie des graphes", "機械学習", "A " + "very " * 40 + "long title", "W" * 300)
TOPICS = Vocabulary(
    (
        *(Topic(f"topic-{number}", title) for number, title in enumerate(TITLES)),
        Topic("below", "Below", parent="topic-0"),
    )
)
THEME = ROOT / "src" / "papercatalog" / "theme"


def build(site: SiteInfo = SITE, topics: Vocabulary = TOPICS) -> dict[str, LazyFile | FileArtifact]:
    context = make_context(build_catalog([make_paper("a")], topics), site, {})
    made = [*pictures.build(context), *icons.build(context)]
    return {one.path: one for one in made if isinstance(one, LazyFile | FileArtifact)}


def content(artifact: LazyFile | FileArtifact) -> bytes:
    return artifact.make() if isinstance(artifact, LazyFile) else artifact.content


def test_a_picture_of_each_topic_at_the_top_and_of_the_site() -> None:
    found = {path for path in build() if path.startswith("pictures/")}
    assert found == {
        "pictures/index.png",
        *(f"pictures/topic-{number}.png" for number in range(len(TITLES))),
    }


def test_pictures_open_in_their_size_and_are_small() -> None:
    for path, artifact in build().items():
        if not path.endswith(".png"):
            continue
        data = content(artifact)
        with Image.open(BytesIO(data)) as image:
            image.load()
            side = re.sub(r"\D", "", path)
            wanted = (int(side), int(side)) if "icons/" in path else (WIDTH, HEIGHT)
            assert image.size == wanted, path
            colours = image.convert("RGB").getcolors(1 << 16)
            assert colours and len(colours) > 3, path
        assert len(data) < 20_000, path


def test_pictures_are_the_same_bytes_each_time_and_have_other_keys_where_not() -> None:
    first, second = build(), build()
    for path, artifact in first.items():
        assert content(artifact) == content(second[path]), path
        assert artifact.key() == second[path].key()
    others = build(replace(SITE, name="Another"))
    for path in first:
        same = content(first[path]) == content(others[path])
        assert same == (first[path].key() == others[path].key()), path
        assert same == path.startswith("icons/"), path


def test_a_title_that_the_font_lacks_is_left_out() -> None:
    assert draw_card((0, 0, 0), "機械学習", "X") == draw_card((0, 0, 0), "", "X")
    assert draw_card((0, 0, 0), "Théorie", "X") == draw_card((0, 0, 0), "Theorie", "X")
    assert draw_card((0, 0, 0), "Theorie", "X") != draw_card((0, 0, 0), "", "X")


@pytest.mark.parametrize(
    ("text", "spelt"),
    [("Łódź – “Straße”", "Lodz - “Strasse”"), ("Ελλάδα", ""), ("a\u0301", "a"), ("", "")],
)
def test_spelling_for_the_font(text: str, spelt: str) -> None:
    assert spell(text) == spelt


def test_the_picture_of_a_paper() -> None:
    assert find_picture(TOPICS, ["below", "topic-1"]) == ("pictures/topic-0.png", "Light")
    assert find_picture(TOPICS, []) == find_picture(TOPICS, ["gone"]) == ("pictures/index.png", "")


def test_the_manifest_names_icons_that_are_there() -> None:
    made = build()
    manifest = json.loads(content(made["site.webmanifest"]))
    assert manifest["name"] == SITE.name
    assert manifest["start_url"] == "./"
    assert re.fullmatch("#[0-9a-f]{6}", manifest["theme_color"])
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"any", "192x192", "512x512"}
    for icon in manifest["icons"]:
        assert icon["src"] in made
        assert icon["type"] == ("image/svg+xml" if icon["src"].endswith("svg") else "image/png")


def test_an_icon_of_the_sites_own_is_kept() -> None:
    assert own_icon("assets/images/favicon.png") == ""
    made = build(replace(SITE, icon=own_icon("img/mine.svg")))
    assert not [path for path in made if path.startswith("icons/")]
    assert json.loads(content(made["site.webmanifest"]))["icons"] == [{"src": "img/mine.svg"}]


def test_a_site_without_an_address_has_icons_and_no_pictures() -> None:
    paths = build(replace(SITE, url=""))
    assert "icons/icon.svg" in paths
    assert not [path for path in paths if path.startswith("pictures/")]


def test_the_logo_is_the_icons_mark() -> None:
    assert f'd="{render_mark()}"' in (THEME / "partials" / "logo.html").read_text("utf-8")
    assert render_mark() in render_icon()


def test_an_icon_of_16_pixels_is_sharp() -> None:
    corners = [corner for box in (*MARK, *MARK_LINES, MARK_HOLE) for corner in box]
    assert not [corner for corner in corners if corner * 16 % MARK_SIZE]


def test_pillow_is_loaded_only_to_draw() -> None:
    code = (
        "import sys, papercatalog.cli, papercatalog.outputs; sys.exit('PIL.Image' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
