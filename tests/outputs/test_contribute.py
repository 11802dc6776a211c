"""What the page "Add a paper" is made of, besides its script."""

from __future__ import annotations

import datetime as dt
import json
import zlib

import pytest

from made_context import make_context
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import contribute
from papercatalog.outputs.artifacts import FileArtifact, FileGroup, PageArtifact, ungroup
from papercatalog.outputs.context import SiteInfo
from repository import ROOT

EDIT = "https://github.com/me/papers/edit/main/docs/"
PAPER = Paper(
    id="2410.08115",
    title="A Fabricated Paper",
    date=dt.date(2025, 7, 29),
    arxiv="2410.08115",
    doi="10.1000/x",
    aliases=("an-old-name",),
    abstract="It was made up.",
)


def build(catalog: Catalog, site: SiteInfo) -> tuple[str, dict[str, object]]:
    """Give the page's body and what its other files hold."""
    body, files = "", {}
    for artifact in ungroup(contribute.build(make_context(catalog, site))):
        if isinstance(artifact, PageArtifact):
            assert artifact.path == "contribute/index.md"
            body = artifact.make().body
        else:
            assert isinstance(artifact, FileArtifact)
            if artifact.path == "assets/contribute/words.js":
                continue
            files[artifact.path] = json.loads(artifact.content)
    return body, files


@pytest.mark.parametrize(
    ("edit_base", "expected"),
    [
        (EDIT, "https://github.com/me/papers/new/main/docs/"),
        (
            "https://git.example.org/me/edit/edit/main/docs/",
            "https://git.example.org/me/edit/new/main/docs/",
        ),
        ("https://gitlab.com/me/papers/-/edit/main/docs/", ""),
        ("javascript:alert(1)/edit/main/docs/", ""),
        ("", ""),
    ],
)
def test_where_a_new_file_is_written(edit_base: str, expected: str) -> None:
    assert SiteInfo("A", edit_base=edit_base).new_base == expected


def test_without_a_repository_the_page_says_how_to_write_the_file() -> None:
    body, _ = build(build_catalog([PAPER], Vocabulary(())), SiteInfo("A"))
    assert "<form" not in body
    assert "<script" not in body
    assert "repo_url" in body


def test_topics_of_the_form_are_the_catalogs_own_and_text() -> None:
    topic = Topic("a-topic", '<b>"A" & B</b>')
    body, files = build(build_catalog([], Vocabulary((topic,))), SiteInfo("A", edit_base=EDIT))
    assert 'value="a-topic"' in body
    assert "<b>" not in body
    assert "&lt;b&gt;" in body
    schema = files["contribute/schema.json"]
    assert isinstance(schema, dict)
    assert schema["properties"]["topics"]["items"]["enum"] == ["a-topic"]


def test_a_paper_is_known_by_all_that_names_it() -> None:
    _, files = build(build_catalog([PAPER], Vocabulary(())), SiteInfo("A"))
    names = [
        "arxiv:2410.08115",
        "doi:10.1000/x",
        "id:an-old-name",
        "title:a fabricated paper",
    ]
    keys = {f"{zlib.crc32(name.encode()):08x}": "papers/2025/2410.08115/" for name in names}
    assert files["contribute/known/all.json"] == dict(sorted(keys.items()))


@pytest.mark.parametrize(
    "fact", [{"title": "Another"}, {"arxiv": None}, {"doi": None}, {"aliases": ()}, {"id": "b"}]
)
def test_the_lookup_is_made_anew_where_a_paper_is_known_by_something_else(
    fact: dict[str, object],
) -> None:
    keys = set()
    for paper in (PAPER, PAPER.model_copy(update=fact)):
        catalog = build_catalog([paper], Vocabulary(()))
        keys |= {
            artifact.key()
            for artifact in contribute.build(make_context(catalog, SiteInfo("A")))
            if isinstance(artifact, FileGroup) and artifact.name == "contribute/known"
        }
    assert len(keys) == 2


def test_an_id_is_known_where_neither_arxiv_id_nor_title_say_it() -> None:
    cut = PAPER.model_copy(update={"id": "a-fabricated", "arxiv": None, "doi": None})
    named = cut.model_copy(update={"id": "a-fabricated-paper", "aliases": ()})
    keys = contribute.known_keys(build_catalog([cut], Vocabulary(())))
    assert f"{zlib.crc32(b'id:a-fabricated'):08x}" in keys
    assert len(contribute.known_keys(build_catalog([named], Vocabulary(())))) == 1


def test_a_long_lookup_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = load_catalog(ROOT)
    whole = contribute.known_keys(catalog)
    monkeypatch.setattr(contribute, "MAX_KEYS", 20)
    body, files = build(catalog, SiteInfo("A", edit_base=EDIT))
    cut = {path: shard for path, shard in files.items() if path.startswith("contribute/known/")}
    assert 'data-digits="1"' in body
    assert sorted(cut) == [f"contribute/known/{digit}.json" for digit in "0123456789abcdef"]
    joined: dict[str, str] = {}
    for path, shard in cut.items():
        assert isinstance(shard, dict)
        joined |= {path[len("contribute/known/")] + rest: url for rest, url in shard.items()}
    assert joined == whole


def test_the_spellings_leave_ascii_and_what_nfkd_takes_apart_out() -> None:
    letters = contribute.spell_letters()
    assert letters["03"][0xBB] == "l"
    assert letters["4e"][0x2D] == "Zhong "
    assert not any(letters["00"][:0x80])
    assert letters["00"][0xE9] == ""
    assert all(spelling.isascii() for block in letters.values() for spelling in block)
