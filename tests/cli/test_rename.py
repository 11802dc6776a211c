"""``papercatalog rename``: the page moves, its old id redirects, imports still find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_catalog import LANTERNS, changed_lines, page_of, run, texts_of


def test_rename_moves_the_page_and_leaves_an_alias(root: Path) -> None:
    before = page_of(root, "one")
    result = run(root, "rename", "one", "2507.00001")
    assert result.stdout.splitlines() == [
        "wrote docs/papers/2025/2507.00001.md",
        "removed docs/papers/2025/one.md",
    ]
    assert changed_lines(before, page_of(root, "2507.00001")) == ["+aliases: [one]"]
    run(root, "rename", "2507.00001", "last")
    assert "aliases: [one, 2507.00001]\n" in page_of(root, "last").replace('"', "")
    run(root, "rename", "last", "one")
    assert "aliases: [2507.00001, last]\n" in page_of(root, "one").replace('"', "")
    assert run(root, "check").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nothing", "new", "there is no paper 'nothing'"),
        ("one", "two", "'two' is already the id of docs/papers/2025/two.md"),
        ("one", "one", "'one' is already the id of docs/papers/2025/one.md"),
        ("one", "../up", "cannot be an id"),
        ("one", "Upper", "cannot be an id"),
    ],
)
def test_a_rename_that_cannot_be(root: Path, old: str, new: str, said: str) -> None:
    before = texts_of(root)
    result = run(root, "rename", old, new)
    assert result.exit_code == 1
    assert said in result.stderr
    assert texts_of(root) == before


def test_an_import_finds_a_renamed_page(root: Path) -> None:
    run(root, "rename", "one", "lanterns")
    digest = root / "seeds" / "one.txt"
    digest.write_text(f"Jul 28, 2025\n\nPaper Lanterns\n\n{LANTERNS}\n", "utf-8")
    assert "1 unchanged" in run(root, "import").stdout
