"""Catalogs with something wrong in them: a folder a problem code, and what the commands say.

``expected.txt`` holds what ``papercatalog check`` prints, and after it, where the folder has
digests, what ``papercatalog import --dry-run`` does.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from papercatalog.cli import main
from repository import INVALID, ROOT

FOLDERS = sorted(folder for folder in INVALID.iterdir() if folder.is_dir())
PAGE = (ROOT / "docs" / "guide" / "problems.md").read_text("utf-8")
TESTED_ELSEWHERE = {
    "Remarks on a digest": "tests/sources/test_digest_pastes.py",
    "In another source": "tests/sources",
    "For a person to decide": "test_duplicates.py, test_enrich.py",
    "In an export": "test_export.py",
}
"""Sections of the page whose codes no catalog shows by itself, and who tests them."""
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def documented(*, elsewhere: bool) -> set[str]:
    """Give the codes that the guide documents, with or without those tested elsewhere."""
    _, *sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    return {
        code
        for section in sections
        if elsewhere or section.splitlines()[0] not in TESTED_ELSEWHERE
        for code in re.findall(r"^\| `([a-z0-9-]+)` \|", section, flags=re.MULTILINE)
    }


def find_codes(source: str) -> Iterator[str]:
    """Give the codes that a module reports: literals, and constants or variables for them."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    places = {"Problem": 3, "report": 1}
    arguments = [
        call.args[places[call.func.id]]
        for call in calls
        if isinstance(call.func, ast.Name)
        and len(call.args) > places.get(call.func.id, len(call.args))
    ]
    names = {argument.id for argument in arguments if isinstance(argument, ast.Name)}
    values: list[ast.expr] = list(arguments)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
            else:
                pairs = zip([target], [node.value], strict=True)
            for name, value in pairs:
                if isinstance(name, ast.Name) and (name.id in names or name.id == "code"):
                    values.append(value)
    for value in values:
        if isinstance(value, ast.Constant) and CODE.fullmatch(str(value.value)):
            yield str(value.value)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    return result.stdout


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    said = "" if (folder / "seeds").is_dir() else run("check")
    if (folder / "seeds").is_dir():
        said += run("import", "--dry-run")
    assert said == (folder / "expected.txt").read_text("utf-8")
    assert f"[{folder.name}]" in said


def test_every_documented_code_has_a_folder() -> None:
    assert {folder.name for folder in FOLDERS} == documented(elsewhere=False)


def test_every_code_is_documented() -> None:
    package = ROOT / "src" / "papercatalog"
    used = {code for file in package.rglob("*.py") for code in find_codes(file.read_text("utf-8"))}
    assert len(used) > 20
    assert used <= documented(elsewhere=True)


def test_codes_are_found_in_whatever_way_they_are_given() -> None:
    source = (
        "NO_DAY = 'no-day'\nOTHER = 'not-a-code'\n"
        "Problem(path, 1, '', 'bad-a', 'x')\nProblem(path, 1, '', NO_DAY, 'x')\n"
        "code, message = 'bad-b', 'some-message'\nreport(key, 'bad-c', message)\n"
    )
    assert set(find_codes(source)) == {"bad-a", "bad-b", "bad-c", "no-day"}


def test_json_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INVALID / "bad-value")
    rows = json.loads(run("check", "--format", "json"))
    assert [row["field"] for row in rows] == ["date", "votes", "arxiv", "links.code"]
    lines = [
        f"{row['path']}:{row['line']}: {row['field']}: {row['message']} [{row['code']}]"
        for row in rows
    ]
    assert lines == run("check").splitlines()
