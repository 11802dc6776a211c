"""A site that was built in parts is the site, byte for byte; parts that do not fit are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from made_context import make_context
from papercatalog.build.partition import FOLDER, SitePart, describe_part, take_part
from papercatalog.cli import main
from papercatalog.model.loading import load_catalog
from papercatalog.outputs import build_artifacts
from papercatalog.outputs.context import SiteInfo
from repository import ROOT, SMALL, run_command


def contents(site: Path) -> dict[str, bytes]:
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }


def build_part(folder: Path, source: Path, part: str = "") -> Path:
    """Build a catalog, or a part of it, in a folder of its own, as on a machine of its own."""
    for name in ("docs", "seeds"):
        shutil.copytree(source / name, folder / name)
    shutil.copy(source / "mkdocs.yml", folder)
    run_command(folder, "build", *(["--part", part] if part else []))
    return folder / "site"


def merge(site: Path, *parts: Path) -> str:
    result = CliRunner().invoke(main, ["merge", str(site), *map(str, parts)])
    if result.exit_code:
        raise AssertionError(result.output)
    return result.output


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The two halves of the small catalog."""
    folder = tmp_path_factory.mktemp("halves")
    return (
        build_part(folder / "1", SMALL, "1/2"),
        build_part(folder / "2", SMALL, "2/2"),
    )


def test_every_artifact_is_in_one_part_and_each_part_has_a_segment_of_its_own() -> None:
    context = make_context(load_catalog(SMALL), SiteInfo("A"))
    artifacts = list(build_artifacts(context))
    parts = [SitePart(1, 2), SitePart(2, 2)]
    taken = [list(take_part(artifacts, part)) for part in parts]
    assert all(taken)
    assert sorted(map(repr, [*taken[0], *taken[1]])) == sorted(map(repr, artifacts))
    segments = [describe_part(context, part) for part in parts]
    assert segments[0].key() != segments[1].key()
    contents = [{file.content for file in group.make()} for group in segments]
    assert contents[0].isdisjoint(contents[1])


@pytest.mark.parametrize(
    ("source", "counts"), [(SMALL, (1, 2)), (ROOT, (3,))], ids=["small", "whole"]
)
def test_the_parts_together_are_the_whole(
    source: Path, counts: tuple[int, ...], tmp_path: Path
) -> None:
    whole = contents(build_part(tmp_path / "whole", source))
    for count in counts:
        parts = [
            build_part(tmp_path / f"{count}-{number}", source, f"{number}/{count}")
            for number in range(1, count + 1)
        ]
        papers = [len(list(part.glob("papers/*/*/index.html"))) for part in parts]
        assert count == 1 or max(papers) < sum(papers)
        said = merge(tmp_path / f"merged-{count}", *parts)
        merged = contents(tmp_path / f"merged-{count}")
        assert f"{count} parts: {len(merged):,} files" in said
        assert sorted(merged) == sorted(whole)
        assert [path for path in merged if merged[path] != whole[path]] == []


def test_every_file_is_in_one_part() -> None:
    parts = [SitePart(number, 5) for number in range(1, 6)]
    for path in (f"papers/2025/{number}.md" for number in range(100)):
        assert [part.holds(path) for part in parts].count(True) == 1


@pytest.mark.parametrize("text", ["", "2", "0/2", "3/2", "a/b", "1/2/3", "-1/2"])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        SitePart.parse(text)
    result = CliRunner().invoke(main, ["build", "--part", text])
    assert result.exit_code == 2
    assert "write 2/8 for the second of eight" in result.stderr


def test_a_part_that_is_missing_or_there_twice_is_named(
    halves: tuple[Path, Path], tmp_path: Path
) -> None:
    for parts, there in (((0,), "1"), ((0, 0), "1, 1"), ((1, 0, 1), "1, 2, 2")):
        with pytest.raises(AssertionError, match=f"2 parts are wanted.*are there: {there}"):
            merge(tmp_path / "site", *(halves[part] for part in parts))
        assert not (tmp_path / "site").exists()


def test_parts_of_two_catalogs_are_refused(halves: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(halves[1], other)
    about = next((other / FOLDER).glob("*.json"))
    about.write_text(about.read_text("utf-8").replace('"catalog": "', '"catalog": "0'), "utf-8")
    with pytest.raises(AssertionError, match="not of the same catalog"):
        merge(tmp_path / "site", halves[0], other)


def test_files_that_differ_are_refused(halves: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(halves[1], other)
    (other / "index.html").write_text("another home page")
    with pytest.raises(AssertionError, match=r"index\.html differs between"):
        merge(tmp_path / "site", halves[0], other)


def test_a_damaged_summary_is_refused(halves: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(halves[1], other)
    summary = next((other / FOLDER).glob("*.search"))
    summary.write_bytes(summary.read_bytes()[:-20])
    with pytest.raises(AssertionError, match="damaged"):
        merge(tmp_path / "site", halves[0], other)


def test_a_folder_that_is_no_part_and_a_site_that_is_there_are_left_alone(
    halves: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(AssertionError, match="holds 0 parts"):
        merge(tmp_path / "site", tmp_path / "empty")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "page.html").write_text("mine")
    with pytest.raises(AssertionError, match="is not empty"):
        merge(tmp_path / "mine", *halves)
    assert contents(tmp_path / "mine") == {"page.html": b"mine"}
