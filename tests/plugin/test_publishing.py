"""A build that fails leaves the site as it was; what other plugins write is published."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from repository import SMALL

HOOK = """
from pathlib import Path

def on_nav(nav, config, files):
    (Path(config.site_dir) / "early.txt").write_text("early")

def on_post_build(config):
    (Path(config.site_dir) / "late.txt").write_text("late")
"""
FAILING = """

def on_post_build(config):
    raise OSError("the disk is full")
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small catalog with a site that MkDocs has built, in another folder than ``site``."""
    root = tmp_path / "small"
    shutil.copytree(SMALL, root)
    config = (root / "mkdocs.yml").read_text("utf-8")
    config = re.sub(r"(?m)^plugins:\n(?:  .*\n)+", "plugins:\n  - papercatalog\n", config)
    config += "site_dir: public\nhooks: [first_hook.py]\n"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    (root / "first_hook.py").write_text(HOOK)
    run(root)
    return root


def use_hook(root: Path, code: str) -> None:
    """Let builds use another hook: MkDocs loads a file only once in a process."""
    count = len(list(root.glob("*hook.py")))
    (root / f"{count}_hook.py").write_text(code)
    config = root / "mkdocs.yml"
    text = re.sub(r"hooks: .*", f"hooks: [{count}_hook.py]", config.read_text("utf-8"))
    config.write_text(text, encoding="utf-8")


def run(root: Path) -> str:
    """Build as MkDocs does; gives the folder that the settings name after that."""
    config = load_config(str(root / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return config.site_dir


def read(root: Path) -> dict[str, bytes]:
    site = root / "public"
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def test_what_other_plugins_write_is_published(root: Path) -> None:
    before = read(root)
    assert (before["early.txt"], before["late.txt"]) == (b"early", b"late")
    assert run(root) == str(root / "public")
    assert read(root) == before
    use_hook(root, "")
    run(root)
    assert read(root) == {path: before[path] for path in before.keys() - {"early.txt", "late.txt"}}


@pytest.mark.parametrize("fault", ["warning", "error"])
def test_a_build_that_fails_leaves_the_site(fault: str, root: Path) -> None:
    before = read(root)
    page = root / "docs" / "papers" / "2025" / "2410.08110.md"
    text = page.read_text("utf-8") + "\nOne more sentence.\n"
    if fault == "warning":
        page.write_text(text.replace("topics: [", "topics: [no-such-topic, "), encoding="utf-8")
    else:
        page.write_text(text, encoding="utf-8")
        use_hook(root, FAILING)
    with pytest.raises((OSError, SystemExit)):
        run(root)
    assert read(root) == before
    page.write_text(text, encoding="utf-8")
    if fault == "error":
        use_hook(root, HOOK)
    run(root)
    name = "papers/2025/2410.08110/index.html"
    assert b"One more sentence." in (root / "public" / name).read_bytes()
    assert b"One more sentence." not in before[name]
