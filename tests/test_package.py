"""The wheel: installed into an empty environment it builds a catalog's site, from anywhere."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from environments import make_environment, run
from papercatalog import __version__
from repository import ROOT, SMALL


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built of a copy of what it is made from."""
    source = tmp_path_factory.mktemp("source")
    for name in ("src", "tests"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist", cwd=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


def test_the_workflow_tests_each_python_that_the_package_supports() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    supported = [
        line.rpartition(" ")[2]
        for line in settings["classifiers"]
        if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", line)
    ]
    assert settings["requires-python"] == f">={supported[0]}"
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8"))
    assert workflow["jobs"]["tests"]["strategy"]["matrix"]["python"] == supported


def test_everything_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    package = ROOT / "src" / "papercatalog"
    wanted = {
        file.relative_to(package.parent).as_posix()
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    names = set(zipfile.ZipFile(wheel).namelist())
    assert wanted <= names
    assert {"papercatalog/theme/templates/paper.html", "papercatalog/py.typed"} <= wanted
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests", "docs", "seeds"))]


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's programs in which the wheel is installed."""
    return make_environment(tmp_path_factory.mktemp("environment"), wheel)


def test_the_installed_wheel_builds_a_site(programs: Path, tmp_path: Path) -> None:
    assert __version__ in run(programs / "papercatalog", "--version", cwd=tmp_path)
    shutil.copytree(SMALL, tmp_path / "small")
    said = run(programs / "papercatalog", "-C", "small", "build", cwd=tmp_path)
    assert "6 papers, 3 topics, 4 days" in said
    site = tmp_path / "small" / "site"
    assert (site / "papers" / "2025" / "2410.08110" / "index.html").is_file()
    assert (site / "assets" / "papercatalog.css").is_file()
    run(programs / "mkdocs", "build", "--strict", cwd=tmp_path / "small")


def test_the_installed_wheel_makes_a_catalog_that_builds(
    programs: Path, wheel: Path, tmp_path: Path
) -> None:
    given = ("--name", "Mine", "--repository", "me/mine", "--topics", "all")
    run(programs / "papercatalog", "new", "mine", *given, cwd=tmp_path)
    mine = tmp_path / "mine"
    (packed,) = (mine / "vendor").iterdir()
    with zipfile.ZipFile(packed) as ours, zipfile.ZipFile(wheel) as built:
        names = {name for name in built.namelist() if name.startswith("papercatalog/")}
        assert names == {name for name in ours.namelist() if name.startswith("papercatalog/")}
        assert all(ours.read(name) == built.read(name) for name in names)
    assert "0 problems" in run(programs / "papercatalog", "check", cwd=mine)
    assert "2 papers" in run(programs / "papercatalog", "build", cwd=mine)
    assert (mine / "site" / "contribute" / "index.html").is_file()
    assert (mine / ".github" / "workflows" / "daily.yml").is_file()
    assert (mine / ".gitignore").is_file()
