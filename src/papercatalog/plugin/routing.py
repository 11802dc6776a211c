"""Which artifacts MkDocs renders, and which are written after its own files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papercatalog.build.page_shell import find_place
from papercatalog.outputs.artifacts import Artifact, FileArtifact, PageArtifact, PagesArtifact
from papercatalog.plugin.files import IN_NAVIGATION


def divide(
    artifacts: Iterable[Artifact], *, shelled: bool
) -> tuple[list[PageArtifact], list[Artifact]]:
    """Give the pages that MkDocs renders, and all that it does not.

    Where pages are not ``shelled``, it renders each of them.
    """
    own: list[PageArtifact] = []
    others: list[Artifact] = []
    for artifact in artifacts:
        if isinstance(artifact, PagesArtifact) and not shelled:
            own += artifact.make()
        elif isinstance(artifact, PageArtifact) and not (shelled and _has_shell(artifact.path)):
            own.append(artifact)
        else:
            others.append(artifact)
    return own, others


def _has_shell(path: str) -> bool:
    """Whether a page goes through a shell, where pages do."""
    return find_place(path).depth > 1 and path not in IN_NAVIGATION


def list_paths(artifacts: Iterable[Artifact]) -> Iterator[str]:
    """List the paths of all pages, below ``docs``, and of the files that are known by name."""
    for artifact in artifacts:
        if isinstance(artifact, PagesArtifact):
            yield from artifact.paths
        elif isinstance(artifact, PageArtifact | FileArtifact):
            yield artifact.path


def pages_in(artifacts: Iterable[Artifact]) -> Iterator[str]:
    """List the paths of pages, of those that are made together one for all."""
    for artifact in artifacts:
        if isinstance(artifact, PagesArtifact):
            yield artifact.paths[0]
        elif isinstance(artifact, PageArtifact):
            yield artifact.path
