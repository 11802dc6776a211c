"""Asks git which files changed since a commit, and which problems the catalog had there."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import click

from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.loading import inspect_catalog
from papercatalog.model.problems import Problem


def find_fork(root: CatalogFolder, revision: str) -> str:
    """Give the merge base of HEAD and a revision such as ``origin/main``: where the work began."""
    if revision.startswith("-"):
        message = f"{revision!a} is no revision; name a branch or commit such as origin/main"
        raise click.UsageError(message)
    return _git(root, "merge-base", revision, "HEAD").decode().strip()


def find_changed(root: CatalogFolder, commit: str) -> frozenset[str]:
    """Name the files that differ from a commit, new ones included, as the catalog does."""
    changed = _git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", commit)
    fresh = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    paths = filter(None, (changed + fresh).decode("utf-8", "replace").split("\0"))
    return frozenset(root.name(root.root / path) for path in paths)


def inspect_before(root: CatalogFolder, commit: str) -> tuple[Problem, ...]:
    """Check the catalog as it was in a commit and give every problem."""
    places = [os.path.relpath(place, root.root) for place in (root.docs, root.seeds)]
    listed = _git(root, "ls-tree", "--name-only", "-z", commit, *places).decode()
    folders = [name for name in listed.split("\0") if name]
    with tempfile.TemporaryDirectory() as folder:
        if folders:
            packed = _git(root, "archive", "--format=zip", commit, *folders)
            # zipfile writes a symbolic link as a text file, so no path leaves the folder.
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                archive.extractall(folder)
        docs, seeds = (Path(folder) / place for place in places)
        before = replace(root, config=Path(folder) / "mkdocs.yml", docs=docs, seeds=seeds)
        return inspect_catalog(before)[1]


def _git(root: CatalogFolder, *arguments: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise click.ClickException(
            "there is no git program; install git, or leave out --changed-since"
        )
    done = subprocess.run([program, *arguments], cwd=root.root, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip()
        hint = "name a branch or commit that exists; in a workflow, check out with fetch-depth: 0"
        hint = hint if arguments[0] == "merge-base" else ""
        text = "; ".join(filter(None, (reason, hint)))
        raise click.ClickException(f"git {arguments[0]} failed: {text}")
    return done.stdout
