"""Fixtures of the search tests: made papers and their index, in memory and as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import TOPICS, index_documents, load_papers, make_papers
from made_index import write_files
from papercatalog.search.index import encoding
from papercatalog.search.index.document import Document
from papercatalog.search.reader import SearchIndex


@pytest.fixture(scope="session")
def papers() -> list[Document]:
    """400 made papers, from the oldest to the newest."""
    return sorted(make_papers(load_papers(), 400), key=lambda paper: (paper.date, paper.id))


@pytest.fixture(scope="session")
def files(papers: list[Document]) -> dict[str, bytes]:
    return dict(index_documents(papers, TOPICS))


@pytest.fixture(scope="session")
def index(files: dict[str, bytes]) -> SearchIndex:
    return SearchIndex(files.__getitem__)


@pytest.fixture(scope="session")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index as files below ``search/``."""
    return write_files(files, tmp_path_factory.mktemp("indexed"))


@pytest.fixture(scope="session")
def files_with_tails(papers: list[Document]) -> dict[str, bytes]:
    """The same index with files for all tails, as catalogs of many papers have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "TAIL_FILE_POSTINGS", 1)
        return dict(index_documents(papers, TOPICS))


@pytest.fixture(scope="session")
def folder_with_tails(
    files_with_tails: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return write_files(files_with_tails, tmp_path_factory.mktemp("indexed"))
