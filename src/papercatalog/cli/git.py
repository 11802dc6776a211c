"""What a catalog's git repository knows: which files changed, and what was wrong before."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import click

from papercatalog.model.loading import inspect_catalog
from papercatalog.model.problems import Problem


def find_fork(root: Path, revision: str) -> str:
    """Give the commit at which the present work left a revision, such as ``origin/main``."""
    if revision.startswith("-"):
        raise click.UsageError(f"{revision!a} is no revision")
    return _git(root, "merge-base", revision, "HEAD").decode().strip()


def find_changed(root: Path, commit: str) -> frozenset[str]:
    """Name the files that are not as in a commit, relative to the catalog; new ones too."""
    changed = _git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", commit)
    fresh = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(filter(None, (changed + fresh).decode("utf-8", "replace").split("\0")))


def inspect_before(root: Path, commit: str) -> tuple[Problem, ...]:
    """Name every problem that the catalog had in a commit."""
    listed = _git(root, "ls-tree", "--name-only", "-z", commit, "docs", "seeds").decode()
    folders = [name for name in listed.split("\0") if name]
    with tempfile.TemporaryDirectory() as folder:
        if folders:
            packed = _git(root, "archive", "--format=zip", commit, *folders)
            # A link comes out as a file that says where it leads, so none leaves the folder.
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                archive.extractall(folder)
        return inspect_catalog(Path(folder))[1]


def _git(root: Path, *arguments: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise click.ClickException("git is not there; install it or leave --changed-since out")
    done = subprocess.run([program, *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip()
        raise click.ClickException(f"git {arguments[0]}: {reason}")
    return done.stdout
