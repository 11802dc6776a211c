"""How what the catalog gives is written: which artifact becomes which files, and when anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from papercatalog.artifact import Artifact, Draft, FileArtifact, FilesArtifact, PageArtifact
from papercatalog.cache import hash_key
from papercatalog.keeping import Job
from papercatalog.shell import Place, Shell, find_place


def plan_job(shells: Mapping[Place, Shell], artifact: Artifact) -> Job:
    """Say how an artifact is written. A page goes into the shell of its place."""
    if isinstance(artifact, PageArtifact):
        shell, draft = shells[find_place(artifact)], artifact.draft()
        fill = partial(_fill, shell, artifact, draft)
        return Job(artifact.path, shell.hash(artifact, draft), fill)
    if isinstance(artifact, FileArtifact):
        key = hash_key(artifact.content).hex()
        return Job(artifact.path, key, lambda: [(artifact.path, artifact.content)])
    key = artifact.hash().hex()
    return Job(artifact.name, key, partial(_list, artifact), single=False)


def _fill(shell: Shell, page: PageArtifact, draft: Draft) -> Iterator[tuple[str, bytes]]:
    html = shell.fill(page, draft.make())
    yield f"{page.url}index.html", html.encode(errors="xmlcharrefreplace")


def _list(files: FilesArtifact) -> Iterator[tuple[str, bytes]]:
    return ((file.path, file.content) for file in files.make())
