"""How what the catalog gives is written: which artifact becomes which files, and when anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from papercatalog.build.incremental import Job, Output
from papercatalog.build.page_shell import Place, Shell, find_place
from papercatalog.outputs.artifacts import (
    Artifact,
    Draft,
    FilesArtifact,
    PageArtifact,
    PagesArtifact,
)
from papercatalog.runtime.hashing import hash_key


def plan_job(shells: Mapping[Place, Shell], artifact: Artifact) -> Job:
    """Say how an artifact is written. A page goes into the shell of its place."""
    if isinstance(artifact, PageArtifact):
        page = _plan_page(shells[find_place(artifact.path)], artifact)
        return Job(artifact.path, page.key, lambda: [page])
    if isinstance(artifact, PagesArtifact):
        shell = shells[find_place(artifact.paths[0])]
        key = hash_key(shell.key, artifact.hash()).hex()
        return Job(artifact.name, key, lambda: (_plan_page(shell, one) for one in artifact.make()))
    if isinstance(artifact, FilesArtifact):
        return Job(artifact.name, artifact.hash().hex(), partial(_list, artifact))
    file = Output.of(artifact.path, artifact.content)
    return Job(artifact.path, file.key, lambda: [file])


def _plan_page(shell: Shell, page: PageArtifact) -> Output:
    draft = page.draft()
    key = shell.hash(page, draft)
    return Output(f"{page.url}index.html", key, partial(_fill, shell, page, draft))


def _fill(shell: Shell, page: PageArtifact, draft: Draft) -> bytes:
    return shell.fill(page, draft.make()).encode(errors="xmlcharrefreplace")


def _list(files: FilesArtifact) -> Iterator[Output]:
    return (Output.of(file.path, file.content) for file in files.make())
