"""``papercatalog new``: what it makes is whole, sound, and a catalog's own."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from papercatalog.build.export import describe_site
from papercatalog.cli import main
from papercatalog.model.front_matter import parse_front_matter
from papercatalog.model.loading import load_catalog
from papercatalog.starter import HERE, LEFT_OUT, OURS, NewCatalog, build_starter, load_vocabulary
from papercatalog.starter.wheel import PACKAGE, WHEEL_NAME
from repository import ROOT


def new(folder: Path, *options: str) -> Result:
    given = ("--name", "My papers", "--repository", "Me/my-papers", *options)
    return CliRunner().invoke(main, ["new", str(folder), *given])


def settings(folder: Path) -> yaml.MappingNode:
    node = yaml.compose((folder / "mkdocs.yml").read_text("utf-8"))
    assert isinstance(node, yaml.MappingNode)
    return node


@pytest.mark.parametrize(
    ("topics", "count"), [("all", len(load_vocabulary().topics)), ("none", 0), ("quantization", 2)]
)
def test_a_new_catalog_is_sound(tmp_path: Path, topics: str, count: int) -> None:
    done = new(tmp_path / "mine", "--topics", topics)
    assert done.exit_code == 0, done.output
    catalog = load_catalog(tmp_path / "mine")
    assert len(catalog.papers) == 2
    assert len(catalog.vocabulary.topics) == count
    assert all("made up" in paper.abstract for paper in catalog.papers)
    assert [bool(paper.topics) for paper in catalog.papers] == [count > 0, False]


def test_it_is_called_and_found_as_it_was_said(tmp_path: Path) -> None:
    new(tmp_path, "--name", 'Ünique: "papers" #1', "--topics", "none")
    site = describe_site(settings(tmp_path))
    assert site.name == 'Ünique: "papers" #1'
    assert site.url == "https://me.github.io/my-papers/"
    assert site.new_base == "https://github.com/Me/my-papers/new/main/docs/"
    files = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".whl"]
    texts = {file: file.read_text("utf-8") for file in files}
    assert not [file for file, text in texts.items() if OURS in text or "$name" in text]
    form = tmp_path / ".github" / "ISSUE_TEMPLATE" / "config.yml"
    assert "https://me.github.io/my-papers/contribute/" in texts[form]
    assert "papercatalog add" in texts[tmp_path / ".github" / "workflows" / "add-paper.yml"]


def test_nothing_is_installed_that_is_not_named_by_its_hash(tmp_path: Path) -> None:
    assert new(tmp_path, "--topics", "none").exit_code == 0
    wheel, lock = (tmp_path / "requirements.txt").read_text().splitlines()
    content = (tmp_path / "vendor" / WHEEL_NAME).read_bytes()
    assert wheel == f"./vendor/{WHEEL_NAME} --hash=sha256:{hashlib.sha256(content).hexdigest()}"
    assert lock == "-r requirements.lock"
    locked = (tmp_path / "requirements.lock").read_text()
    assert locked == (ROOT / "requirements.lock").read_text()
    named = re.findall(r"(?m)^([\w.-]+)==[^\\]*\\\n    --hash=sha256:", locked)
    assert len(named) == len(re.findall(r"(?m)^[\w.-]+", locked)) > 30
    assert "papercatalog" not in named


def test_the_wheel_holds_the_package_that_runs(tmp_path: Path) -> None:
    new(tmp_path, "--topics", "none")
    with zipfile.ZipFile(tmp_path / "vendor" / WHEEL_NAME) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    (record,) = (name for name in files if name.endswith(".dist-info/RECORD"))
    rows = {
        path: (digest, size)
        for path, digest, size in csv.reader(files[record].decode().splitlines())
    }
    assert rows.pop(record) == ("", "")
    assert rows.keys() == files.keys() - {record}
    for path, (digest, size) in rows.items():
        hashed = base64.urlsafe_b64encode(hashlib.sha256(files[path]).digest()).decode().rstrip("=")
        assert (digest, int(size)) == (f"sha256={hashed}", len(files[path]))
    for name in ("py.typed", "cli/new.py", "starter/github/workflows/check.yml"):
        assert files[f"papercatalog/{name}"] == (PACKAGE / name).read_bytes()
    assert not [path for path in files if "__pycache__" in path]
    info = record.removesuffix("RECORD")
    assert b"papercatalog = papercatalog.cli:main" in files[f"{info}entry_points.txt"]


def test_another_package_can_be_named(tmp_path: Path) -> None:
    new(tmp_path, "--topics", "none", "--package", "papercatalog==9.9")
    assert (tmp_path / "requirements.txt").read_text() == "papercatalog==9.9\n"
    assert not (tmp_path / "vendor").exists()


def test_workflows_and_forms_are_this_projects_own() -> None:
    files = build_starter(NewCatalog("A", "https://github.com/a/a", OURS, "papercatalog"))
    ours = ROOT / ".github"
    shared = {
        path.relative_to(ours).as_posix(): path.read_bytes()
        for path in ours.rglob("*")
        if path.is_file()
    }
    for name in LEFT_OUT:
        assert shared.pop(name) != files.get(f".github/{name}")
    assert {f".github/{name}": content for name, content in shared.items()}.items() <= files.items()
    assert (HERE / "topics").resolve() == ROOT / "docs" / "topics"


def test_the_same_facts_make_the_same_bytes() -> None:
    catalog = NewCatalog(
        "A", "https://github.com/a/a", "https://a.org/", "papercatalog", ("agents",)
    )
    assert list(build_starter(catalog).items()) == list(build_starter(catalog).items())


def test_topics_above_the_chosen_ones_come_along(tmp_path: Path) -> None:
    new(tmp_path, "--topics", "quantization, agents")
    slugs = {file.stem for file in (tmp_path / "docs" / "topics").iterdir()}
    parents = {
        str(parse_front_matter((ROOT / f"docs/topics/{slug}.md").read_text(), "").values["parent"])
        for slug in ("quantization", "agents")
    }
    assert slugs == {"quantization", "agents", *parents}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--topics", "quantisation"), "did you mean 'quantization'?"),
        (("--repository", "https://example.org/me/papers"), "write OWNER/NAME"),
        (("--repository", "me/../papers"), "write OWNER/NAME"),
        (("--repository", "--upload-pack=x/y z"), "write OWNER/NAME"),
        (("--address", "javascript:alert(1)"), "starts with https://"),
        (("--address", "https://me.org/ x"), "starts with https://"),
    ],
)
def test_invalid_options_are_refused(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    done = new(tmp_path, "--topics", "none", *options)
    assert done.exit_code != 0
    assert words in done.output
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = new(tmp_path, "--topics", "none")
    assert done.exit_code != 0
    assert "not empty" in done.output
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_terminal_what_must_be_said_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert done.exit_code == 2
    assert "--repository" in done.output


def test_a_personal_site_has_no_folder(tmp_path: Path) -> None:
    new(tmp_path, "--repository", "https://github.com/Me/me.github.io.git", "--topics", "none")
    assert describe_site(settings(tmp_path)).url == "https://me.github.io/"


@pytest.mark.parametrize(
    ("language", "home", "sentence"),
    [("de", "Start", "Dieser Artikel ist erfunden"), ("zh", "首页", "这篇论文是虚构的")],
)
def test_a_new_catalog_in_a_language(
    tmp_path: Path, language: str, home: str, sentence: str
) -> None:
    done = new(tmp_path / "mine", "--topics", "quantization", "--language", language)
    assert done.exit_code == 0, done.output
    site = describe_site(settings(tmp_path / "mine"))
    assert site.language == site.words.language == language
    config = yaml.safe_load((tmp_path / "mine" / "mkdocs.yml").read_text("utf-8"))
    assert config["nav"][0] == {home: "index.md"}
    catalog = load_catalog(tmp_path / "mine")
    assert any(paper.abstract.startswith(sentence) for paper in catalog.papers)
    assert [bool(paper.topics) for paper in catalog.papers] == [True, False]
    new(tmp_path / "english", "--topics", "quantization")
    english, other = (
        {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "english", tmp_path / "mine")
    )
    assert english == other


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    done = new(tmp_path / "mine", "--topics", "none", "--language", "fr")
    assert done.exit_code == 2
    assert "'fr' is not one of 'de', 'en', 'zh'" in done.output
